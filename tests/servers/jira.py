"""A small Jira with one project in this process, as its vendor describes it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described, vendors
from servers.filed import Filed, Row
from triage.connector import Secret
from triage_connectors import adf
from triage_connectors.jira import Jira

SITE = "acme.atlassian.net"
HOST = f"https://{SITE}"
EMAIL = "triage@acme.example"
CANARY = "canary-jira-tracker-5f3a91c2"
_STATES: Mapping[str, tuple[str, str, str, str]] = {
    "To Do": ("To Do", "new", "", "planned"),
    "In Review": ("In Review", "indeterminate", "", "in_progress"),
    "Done": ("Done", "done", "Done", "shipped"),
    "Released": ("Released", "done", "", "shipped"),
    "Closed: Won't Do": ("Closed", "done", "Won't Do", ""),
    "Strange": ("Strange", "undefined", "", ""),
}
"""Name, category, resolution and what it means."""
_JQL = re.compile(
    r'project = "(\w+)"( AND creator = currentUser\(\))?'
    r'(?: AND text ~ "([\w ]+)\*")? ORDER BY (updated|created|key) DESC'
)
_NOT_IN_THE_FILE = "/rest/api/3/issue/bulkfetch"
"""The vendor's file was cut down to what somebody else needed; this is not in it."""


@cache
def described() -> Described:
    """The service in our own words."""
    return Described.at(Path(__file__).with_name("jira.openapi.json"))


@cache
def theirs_described() -> Described | None:
    """The service in the vendor's words, where the file is at hand."""
    path = vendors("jira-cloud-v3.trim.json")
    return Described.at(path) if path else None


def connector(**told: Any) -> Jira:
    """A source of this server."""
    known = {"site": SITE, "email": EMAIL, "token": Secret(CANARY), "project": "EXP"}
    return Jira(**{**known, **told})


@dataclass(slots=True)
class JiraTracker(Filed):
    """
    The project EXP.

    Attributes:
        lags: Whether searches do not show yet what our account created.
        page: Issues of a page at most; an empty one comes between two.
        moved: Keys issues had before they were moved, with those they have.
    """

    states: Mapping[str, str] = field(
        default_factory=lambda: {name: told[-1] for name, told in _STATES.items()}
    )
    lags: bool = False
    page: int = 3
    links_of: dict[str, dict[str, Row]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    kinds: Sequence[str] = ("Task", "Story")

    # What happens there.

    def add(self, title: str) -> str:
        """Somebody plans it."""
        return self._made({"summary": title, "description": None}, "ann", {})

    def move(self, key: str, state: str) -> None:
        """Somebody gives it that status, and a resolution with it."""
        name, category, resolution, _ = _STATES[state]
        self.rows[key]["fields"] |= {
            "status": {"name": name, "statusCategory": {"key": category}},
            "resolution": {"name": resolution} if resolution else None,
        }

    def renamed(self, key: str, new: str) -> None:
        """It is moved to another project, and known by its old key still."""
        self.rows[new] = {**self.rows.pop(key), "key": new}
        self.moved[key] = new

    # What is there.

    def titles(self) -> Mapping[str, str]:
        """Titles by key."""
        return {key: row["fields"]["summary"] for key, row in self.rows.items()}

    def seen(self, key: str) -> str:
        """The description as it is read."""
        return adf.to_text(self.rows[key]["fields"]["description"])

    def comments(self, key: str) -> Sequence[str]:
        """What is said, as it is read."""
        return [adf.to_text(one["body"]) for one in self.said.get(key, [])]

    def links(self, key: str) -> Sequence[str]:
        """Where it leads."""
        there = self.links_of.get(key, {}).values()
        return [one["object"]["url"] for one in there]

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        why, theirs = described().refused(request), theirs_described()
        if theirs and request.url.path != _NOT_IN_THE_FILE:
            # It knows one site alone.
            url = request.url.copy_with(host="your-domain.atlassian.net")
            here = httpx.Request(
                request.method, url, headers=request.headers, content=request.content
            )
            why = why or theirs.refused(here)
        return why

    # How it answers.

    def _answer(self, request: httpx.Request) -> httpx.Response:
        pair = base64.b64encode(f"{EMAIL}:{CANARY}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {pair}":
            return httpx.Response(401, text="Client must be authenticated")
        if why := self.refused(request):
            return _bad(why)
        told = json.loads(request.content) if request.content else {}
        path = request.url.path.removeprefix("/rest/api/3/").split("/")
        match [request.method, *path]:
            case ["GET", "myself"]:
                return httpx.Response(200, json={"displayName": "Triage"})
            case ["GET", "issue", "createmeta", "EXP", "issuetypes"]:
                kinds = [{"name": name} for name in self.kinds]
                return httpx.Response(200, json={"issueTypes": kinds})
            case ["POST", "search", "jql"]:
                return self._search(told)
            case ["POST", "issue", "bulkfetch"]:
                return self._bulk(told)
            case ["POST", "issue"]:
                return self._create(told)
            case ["GET", "issue", key] if row := self._row(key):
                fields = request.url.params["fields"].split(",")
                return httpx.Response(200, json=_told(row, fields))
            case ["GET", "issue", key, "comment"] if row := self._row(key):
                return self._comments(row["key"], request.url.params)
            case ["POST", "issue", key, "comment"] if row := self._row(key):
                number = str(20_000 + self._number())
                made = {**told, "id": number, "created": _time(self.now)}
                self.said.setdefault(row["key"], []).append(made)
                return httpx.Response(201, json={"id": number, "body": told["body"]})
            case ["GET", "issue", key, "remotelink"] if row := self._row(key):
                there = self.links_of.get(row["key"], {})
                if one := there.get(request.url.params["globalId"]):
                    return httpx.Response(200, json=one)
            case ["POST", "issue", key, "remotelink"] if row := self._row(key):
                there = self.links_of.setdefault(row["key"], {})
                known = there.get(told["globalId"])
                made = {**told, "id": known["id"] if known else self._number()}
                there[told["globalId"]] = made
                answer = {"id": made["id"], "self": f"{HOST}/link/{made['id']}"}
                return httpx.Response(200 if known else 201, json=answer)
        return httpx.Response(
            404, json={"errorMessages": ["It is not there."], "errors": {}}
        )

    def _row(self, key: str) -> Row | None:
        return self.rows.get(self.moved.get(key.upper(), key.upper()))

    def _search(self, asked: Row) -> httpx.Response:
        found = _JQL.fullmatch(asked["jql"])
        if not found or found[1] != "EXP":
            return _bad("The value does not exist for the field 'project'.")
        rows = sorted(
            (row for row in self.rows.values() if self._is_searched(row)),
            key=lambda row: (row["fields"].get(found[4], ""), int(row["id"])),
            reverse=True,
        )
        if found[2]:
            rows = [row for row in rows if row["creator"] == "triage"]
        for word in (found[3] or "").split():
            rows = [row for row in rows if _says(row, word)]
        try:
            start, is_hollow = json.loads(asked.get("nextPageToken", "[0, false]"))
        except ValueError:
            return _bad("The next page token is invalid.")
        size = 0 if is_hollow else min(asked["maxResults"], self.page)
        shown = rows[start : start + size]
        answer: Row = {
            "issues": [
                _told(row, asked["fields"], asked.get("properties", ()))
                for row in shown
            ],
            "isLast": start + size >= len(rows),
        }
        if not answer["isLast"]:
            answer["nextPageToken"] = json.dumps([start + size, not is_hollow])
        return httpx.Response(200, json=answer)

    def _is_searched(self, row: Row) -> bool:
        is_late = self.lags and row["creator"] == "triage"
        return row["key"].startswith("EXP-") and not is_late

    def _bulk(self, asked: Row) -> httpx.Response:
        found = {
            row["id"]: row for key in asked["issueIdsOrKeys"] if (row := self._row(key))
        }
        marks = asked.get("properties", ())
        rows = [
            _told(found[number], asked["fields"], marks) for number in sorted(found)
        ]
        return httpx.Response(200, json={"issues": rows, "issueErrors": []})

    def _create(self, told: Row) -> httpx.Response:
        fields = told["fields"]
        if fields["project"]["key"] != "EXP":
            return _bad("valid project is required", "project")
        if fields["issuetype"]["name"] not in self.kinds:
            return _bad("Specify a valid issue type", "issuetype")
        if "\n" in fields["summary"] or len(fields["summary"]) > 255:
            return _bad("Summary must be one line of 255 characters", "summary")
        marks = {one["key"]: one["value"] for one in told["properties"]}
        key = self._made(fields, "triage", marks)
        return httpx.Response(201, json={"id": self.rows[key]["id"], "key": key})

    def _made(self, fields: Row, creator: str, marks: Row) -> str:
        number = self._number()
        key = f"EXP-{number}"
        at = _time(self.now)
        self.rows[key] = {
            "id": str(10_000 + number), "key": key, "creator": creator,
            "properties": marks,
            "fields": {
                "assignee": {"displayName": "Ann"}, "duedate": "2027-03-31",
                "fixVersions": [], "created": at, "updated": at, **fields,
            },
        }  # fmt: skip
        self.move(key, "To Do")
        return key

    def _comments(self, key: str, params: httpx.QueryParams) -> httpx.Response:
        start, size = int(params["startAt"]), min(int(params["maxResults"]), 2)
        rows = self.said.get(key, [])[::-1]
        told = {
            "comments": rows[start : start + size], "startAt": start,
            "maxResults": size, "total": len(rows),
        }  # fmt: skip
        return httpx.Response(200, json=told)


def _told(row: Row, fields: Sequence[str], marks: Sequence[str] = ()) -> Row:
    known = {name: row["fields"].get(name) for name in fields}
    shown: Row = {"id": row["id"], "key": row["key"], "fields": known}
    if marks:
        there = row["properties"]
        shown["properties"] = {name: there[name] for name in marks if name in there}
    return shown


def _says(row: Row, word: str) -> bool:
    fields = row["fields"]
    text = f"{fields['summary']} {adf.to_text(fields['description'])}".casefold()
    return any(one.startswith(word) for one in re.findall(r"\w+", text))


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"


def _bad(why: str, name: str = "") -> httpx.Response:
    told = {
        "errorMessages": [] if name else [why],
        "errors": {name: why} if name else {},
    }
    return httpx.Response(400, json=told)
