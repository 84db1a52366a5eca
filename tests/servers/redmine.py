"""A small Redmine in this process: issues, notes, statuses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.filed import Filed, Row
from triage.connector import Secret
from triage.testing import rendered
from triage_connectors.redmine import Redmine

HOST = "https://redmine.acme.example"
CANARY = "canary-redmine-5f3a91c2"
STATUSES = (
    "New", "In Progress", "Resolved", "Feedback", "Closed", "Rejected",
    "Waiting for legal",
)  # fmt: skip
_TRACKERS = ("Bug", "Feature", "Support")
_CLOSED = {"Closed", "Rejected"}
_DEFINED = re.compile(r"^\[[^\]]+\]: # \(.*\)$", re.MULTILINE)
_ADDRESS = re.compile(r"^<(https?://[^>]+)>$", re.MULTILINE)


@cache
def described() -> Described:
    """What of a Redmine is asked, in our own words."""
    return Described.at(Path(__file__).with_name("redmine.openapi.json"))


def connector(**told: Any) -> Redmine:
    """A source of this Redmine."""
    settings = {"url": HOST, "key": Secret(CANARY), "project": "product"}
    return Redmine(**{**settings, **told})


@dataclass(slots=True)
class RedmineTracker(Filed):
    """
    One project.

    Attributes:
        allowed: Statuses that who has the key may choose; others are ignored.
        notes: Whether they may add notes; else those are ignored as well.
    """

    states: Mapping[str, str] = field(
        default_factory=lambda: dict.fromkeys(STATUSES, "")
    )
    key: str = CANARY
    allowed: Sequence[str] = ("New",)
    notes: bool = True

    def refused(self, request: httpx.Request) -> str:
        """Why our description allows no such request."""
        return described().refused(request)

    def add(self, title: str, **told: Any) -> str:
        """Somebody opens an issue."""
        number = self._number()
        at = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
        self.rows[str(number)] = {
            "id": number, "project": {"id": 1, "name": "Product"},
            "tracker": {"id": 1, "name": "Bug"}, "status": _status("New"),
            "priority": {"id": 2, "name": "Normal"},
            "author": {"id": 5, "name": "Triage Robot"}, "subject": title,
            "description": "", "start_date": None, "due_date": None, "done_ratio": 0,
            "is_private": False, "created_on": at, "updated_on": at, "closed_on": None,
            "journals": [], **told,
        }  # fmt: skip
        return str(number)

    def move(self, key: str, state: str) -> None:
        self.rows[key]["status"] = _status(state)

    def titles(self) -> Mapping[str, str]:
        return {key: one["subject"] for key, one in self.rows.items()}

    def seen(self, key: str) -> str:
        return seen(self.rows[key]["description"])

    def comments(self, key: str) -> Sequence[str]:
        return [one for one in self._notes(key) if not _ADDRESS.search(one)]

    def links(self, key: str) -> Sequence[str]:
        return [one for note in self._notes(key) for one in _ADDRESS.findall(note)]

    def _notes(self, key: str) -> list[str]:
        return [seen(one["notes"]) for one in self.rows[key]["journals"]]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        # Reading needs no key, as in many a Redmine.
        path = request.url.path.removesuffix(".json").strip("/").split("/")
        is_known = request.headers.get("x-redmine-api-key") == self.key
        if not is_known and (request.method != "GET" or path == ["users", "current"]):
            return httpx.Response(401)
        told = json.loads(request.content)["issue"] if request.content else {}
        match path:
            case ["users", "current"]:
                return _told("user", {"id": 5, "login": "triage", "firstname": "Triage",
                                      "lastname": "Robot"})  # fmt: skip
            case ["projects"]:
                row = {"id": 1, "name": "Product", "identifier": "product"}
                return _told("projects", [row])
            case ["issue_statuses"]:
                return _told("issue_statuses", [_status(one) for one in STATUSES])
            case ["trackers"]:
                rows = [_named(_TRACKERS, one) for one in _TRACKERS]
                return _told("trackers", rows)
            case ["issues"] if request.method == "POST":
                return self._create(told)
            case ["issues"]:
                return self._list(request.url.params)
            case ["issues", key] if key in self.rows:
                if request.method == "PUT":
                    return self._note(key, told)
                return _told("issue", self.rows[key])
        return httpx.Response(404)

    def _list(self, params: httpx.QueryParams) -> httpx.Response:
        found = list(self.rows.values())
        if "issue_id" in params:
            parts = params["issue_id"].split(",")
            if not all(re.fullmatch("-?[0-9]+", one) for one in parts):
                return _errors("Issue is invalid")
            found = [one for one in found if str(one["id"]) in parts]
        for name in ("subject", "description"):
            words = params.get(name, "~").removeprefix("~").casefold().split()
            found = [
                one for one in found
                if all(word in (one[name] or "").casefold() for word in words)
            ]  # fmt: skip
        if params.get("status_id") != "*":
            found = [one for one in found if not one["status"]["is_closed"]]
        size = min(int(params.get("limit", 25)), 100)
        rows = [
            {name: value for name, value in one.items() if name != "journals"}
            for one in sorted(found, key=lambda one: -int(one["id"]))[:size]
        ]
        more = {"total_count": len(found), "offset": 0, "limit": size}
        return httpx.Response(200, json={"issues": rows, **more})

    def _create(self, told: Row) -> httpx.Response:
        if told["project_id"] != "product":
            return httpx.Response(404)
        if len(told["subject"]) > 255:
            return _errors("Subject is too long (maximum is 255 characters)")
        # As it keeps texts that come in JSON.
        text = told["description"].replace("\n", "\r\n")
        made = self.rows[self.add(told["subject"], description=text)]
        if "tracker_id" in told:
            made["tracker"] = _named(_TRACKERS, _TRACKERS[told["tracker_id"] - 1])
        status = STATUSES[told.get("status_id", 1) - 1]
        if status in self.allowed:
            made["status"] = _status(status)
        return httpx.Response(201, json={"issue": made})

    def _note(self, key: str, told: Row) -> httpx.Response:
        if self.notes:
            journals = self.rows[key]["journals"]
            journals.append(
                {"id": 100 * int(key) + len(journals),
                 "user": {"id": 5, "name": "Triage Robot"}, "notes": told["notes"],
                 "created_on": f"{self.now:%Y-%m-%dT%H:%M:%SZ}", "details": []}
            )  # fmt: skip
        return httpx.Response(204)


def seen(text: str) -> str:
    """What a reader sees of its Markdown: no definitions."""
    return rendered(_DEFINED.sub("", text.replace("\r\n", "\n")))


def _named(names: Sequence[str], name: str) -> Row:
    return {"id": names.index(name) + 1, "name": name}


def _status(name: str) -> Row:
    return {**_named(STATUSES, name), "is_closed": name in _CLOSED}


def _told(name: str, value: Any) -> httpx.Response:
    return httpx.Response(200, json={name: value})


def _errors(*why: str) -> httpx.Response:
    return httpx.Response(422, json={"errors": list(why)})
