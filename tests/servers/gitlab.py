"""A small GitLab in this process: issues of a project, and what is said below them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx

from servers.described import Described
from servers.filed import Filed, Row, page, says
from triage.connector import Secret
from triage.testing import rendered
from triage_connectors.gitlab import GitLab

HOST = "https://gitlab.acme.example"
PROJECT = "acme/app"
CANARY = "canary-gitlab-5f3a91c2"
_STATES = {"opened": "", "closed": "", "in dev": "", "won't do": "", "moved": ""}


@cache
def described() -> Described:
    """The interface in our own words."""
    return Described.at(Path(__file__).with_name("gitlab.openapi.json"))


def connector(**told: Any) -> GitLab:
    """A source of this project."""
    known = {
        "project": PROJECT, "token": Secret(CANARY), "url": HOST, "scope": "workflow",
    }  # fmt: skip
    return GitLab(**{**known, **told})


@dataclass(slots=True)
class GitLabTracker(Filed):
    """
    One project.

    Attributes:
        size: Issues and notes in an answer, at most.
        scopes: Of the token; None where the token is of a kind that tells none.
    """

    states: Mapping[str, str] = field(default_factory=lambda: _STATES)
    size: int = 100
    scopes: Sequence[str] | None = ("api",)
    level: int = 30

    def refused(self, request: httpx.Request) -> str:
        """Why it allows no such request."""
        return described().refused(request)

    def add(self, title: str, text: str = "") -> str:
        """Somebody files an issue."""
        number = self._number()
        key = f"{PROJECT}#{number}"
        at = f"2026-11-20T11:{number % 60:02}:00.000Z"
        self.rows[key] = {
            "id": 1000 + number, "iid": number, "project_id": 7, "title": title,
            "description": text, "state": "opened", "labels": ["bug"],
            "milestone": {"id": 1, "iid": 1, "title": "2027 Q1"}, "due_date": None,
            "assignees": [{"id": 3, "name": "Ann", "username": "ann"}],
            "created_at": at, "updated_at": at, "closed_at": None, "moved_to_id": None,
            "web_url": f"{HOST}/{PROJECT}/-/issues/{number}", "confidential": False,
            "references": {"short": f"#{number}", "full": key},
        }  # fmt: skip
        self.said[key] = []
        return key

    def move(self, key: str, state: str) -> None:
        """It is closed, opened, moved or labelled."""
        row = self.rows[key]
        is_label = state not in {"opened", "closed", "moved"}
        row["labels"] = ["bug", *([f"workflow::{state}"] if is_label else [])]
        row["state"] = "closed" if state in {"closed", "moved"} else "opened"
        row["moved_to_id"] = 99 if state == "moved" else None

    def titles(self) -> Mapping[str, str]:
        """What is there now."""
        return {key: row["title"] for key, row in self.rows.items()}

    def seen(self, key: str) -> str:
        """A description as it is read."""
        return rendered(self.rows[key]["description"])

    def comments(self, key: str) -> Sequence[str]:
        """What is said below an issue, as it is read."""
        return [rendered(one["body"]) for one in self.said[key] if not _leads(one)]

    def links(self, key: str) -> Sequence[str]:
        """Where comments lead."""
        return [_leads(one) for one in self.said[key] if _leads(one)]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("private-token") != CANARY:
            return _told(401, "401 Unauthorized")
        raw = request.url.raw_path.decode().partition("?")[0]
        parts = [unquote(one) for one in raw.removeprefix("/api/v4/").split("/")]
        match parts:
            case ["user"]:
                return httpx.Response(200, json={"id": 3, "username": "ann"})
            case ["personal_access_tokens", "self"]:
                if self.scopes is None:
                    return _told(404, "404 Not Found")
                return httpx.Response(200, json={"id": 1, "scopes": [*self.scopes]})
            case ["projects", name] if name in {PROJECT, "7"}:
                return httpx.Response(200, json=self._project())
            case ["projects", name, "issues"] if name in {PROJECT, "7"}:
                return self._issues(request)
            case ["projects", name, "issues", number, "notes"] if (
                name in {PROJECT, "7"} and f"{PROJECT}#{number}" in self.rows
            ):
                return self._notes(request, f"{PROJECT}#{number}")
        return _told(404, "404 Not Found")

    def _project(self) -> Row:
        return {
            "id": 7, "path_with_namespace": PROJECT, "issues_access_level": "enabled",
            "visibility": "public",
            "permissions": {
                "project_access": {"access_level": self.level}, "group_access": None,
            },
        }  # fmt: skip

    def _issues(self, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        if request.method == "POST":
            told = json.loads(request.content)
            if len(told["title"]) > 255:
                return _told(
                    400, {"title": ["is too long (maximum is 255 characters)"]}
                )
            key = self.add(told["title"], told["description"])
            return httpx.Response(201, json=self.rows[key])
        rows = sorted(self.rows.values(), key=lambda one: -int(one["iid"]))
        wanted = params.get_list("iids[]")
        if wanted:
            rows = [row for row in rows if str(row["iid"]) in wanted]
        if "search" in params:
            names = params["in"].split(",")
            rows = [row for row in rows if says(row, params["search"], *names)]
        return _paged(rows, request, self.size)

    def _notes(self, request: httpx.Request, key: str) -> httpx.Response:
        if request.method == "GET":
            return _paged(self.said[key][::-1], request, self.size)
        note = {
            "id": self._number(), "body": json.loads(request.content)["body"],
            "created_at": "2026-11-20T12:00:00.000Z", "system": False,
        }  # fmt: skip
        self.said[key].append(note)
        return httpx.Response(201, json=note)


def _paged(rows: list[Row], request: httpx.Request, size: int) -> httpx.Response:
    size = min(size, int(request.url.params.get("per_page", 20)))
    some, following = page(rows, request, size)
    return httpx.Response(200, json=some, headers={"X-Next-Page": following})


def _leads(note: Row) -> str:
    """Where a note that is a link leads."""
    words = rendered(note["body"])
    is_link = words.startswith("[") and words.endswith(">)")
    return words[words.rindex("](<") + 3 : -2] if is_link else ""


def _told(status: int, message: Any) -> httpx.Response:
    return httpx.Response(status, json={"message": message})
