"""A small Asana in this process: a project, its sections and tasks."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx

from servers.described import Described, vendors
from servers.filed import Filed, Row, says
from triage.connector import Secret
from triage_connectors.asana import Asana

HOST = "https://app.asana.com"
PROJECT, WORKSPACE = "1200000000000001", "1100000000000001"
CANARY = "canary-asana-5f3a91c2"
_STATES = {"To do": "", "Doing": "", "completed": "shipped", "rejected": ""}
_TAGS = {
    "body", "strong", "em", "u", "s", "code", "ol", "ul", "li", "a", "blockquote", "pre",
}  # fmt: skip
_NOT_IN_THE_FILE = re.compile(r"/api/1\.0/(projects/\d+|workspaces/\d+/typeahead)")
_MARK = "https://triage.invalid/"


@cache
def described() -> Described:
    """The interface in our own words."""
    return Described.at(Path(__file__).with_name("asana.openapi.json"))


@cache
def theirs() -> Described | None:
    """The interface in the vendor's words, where the file is at hand."""
    path = vendors("asana.trim.json")
    if path is None:
        return None
    text = path.read_text(encoding="utf-8")
    return Described(json.loads(text, object_hook=_without_what_is_deprecated))


def exempt(request: httpx.Request) -> bool:
    """Whether the vendor's file, which was cut down, leaves it out."""
    return _NOT_IN_THE_FILE.fullmatch(request.url.path) is not None


def connector(**told: Any) -> Asana:
    """A source of this project."""
    return Asana(**{"project": PROJECT, "token": Secret(CANARY), **told})


@dataclass(slots=True)
class AsanaTracker(Filed):
    """
    One project.

    Attributes:
        size: Rows in an answer, at most.
        paid: Whether its tasks may be searched.
    """

    states: Mapping[str, str] = field(default_factory=lambda: _STATES)
    size: int = 100
    paid: bool = True

    def refused(self, request: httpx.Request) -> str:
        """Why it allows no such request."""
        why = described().refused(request)
        vendor = theirs()
        if vendor and not exempt(request):
            why = why or vendor.refused(request)
        return why

    def add(self, title: str, html: str = "<body></body>") -> str:
        """Somebody adds a task."""
        number = self._number()
        key = str(1300000000000000 + number)
        self.rows[key] = {
            "gid": key, "resource_type": "task", "name": title, "html_notes": html,
            "completed": False, "approval_status": None, "due_on": "2027-03-31",
            "assignee": {"gid": "3", "name": "Ann"}, "custom_fields": [],
            "memberships": [
                {
                    "project": {"gid": PROJECT, "name": "Roadmap"},
                    "section": {"gid": "8", "name": "To do"},
                }
            ],
            "modified_at": f"2026-11-20T11:{number % 60:02}:00.000Z",
            "created_at": "2026-11-20T11:00:00.000Z",
            "permalink_url": f"{HOST}/0/{PROJECT}/{key}",
        }  # fmt: skip
        self.said[key] = []
        return key

    def move(self, key: str, state: str) -> None:
        """It is moved, completed or refused."""
        row = self.rows[key]
        row["completed"] = state in {"completed", "rejected"}
        row["approval_status"] = "rejected" if state == "rejected" else None
        if not row["completed"]:
            row["memberships"][0]["section"]["name"] = state

    def titles(self) -> Mapping[str, str]:
        """What is there now."""
        return {key: row["name"] for key, row in self.rows.items()}

    def seen(self, key: str) -> str:
        """The notes of a task as they are read."""
        return _read(self.rows[key]["html_notes"])

    def comments(self, key: str) -> Sequence[str]:
        """What is said below a task, as it is read."""
        told = [one["html_text"] for one in self.said[key]]
        return [_read(one) for one in told if not _leads(one)]

    def links(self, key: str) -> Sequence[str]:
        """Where comments lead."""
        return [url for one in self.said[key] for url in _leads(one["html_text"])]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "Not Authorized")
        match request.url.path.removeprefix("/api/1.0/").split("/"):
            case ["users", "me"]:
                return _told({"gid": "3", "name": "Ann", "email": "ann@acme.example"})
            case ["projects", "1200000000000001"]:
                workspace = {"gid": WORKSPACE, "name": "Acme"}
                return _told(
                    {"gid": PROJECT, "name": "Roadmap", "workspace": workspace}
                )
            case ["projects", "1200000000000001", "sections"]:
                return _told(
                    [{"gid": "8", "name": "To do"}, {"gid": "9", "name": "Doing"}]
                )
            case ["projects", "1200000000000001", "tasks"]:
                return self._paged([*self.rows.values()][::-1], request)
            case ["workspaces", "1100000000000001", "tasks", "search"]:
                if not self.paid:
                    return _error(402, "Payment Required")
                return _told(
                    self._found(request.url.params["text"], "html_notes")[:100]
                )
            case ["workspaces", "1100000000000001", "typeahead"]:
                return _told(self._found(request.url.params["query"])[:100])
            case ["tasks"]:
                return self._added(json.loads(request.content)["data"])
            case ["tasks", key] if key in self.rows:
                return _told(self.rows[key])
            case ["tasks", key, "stories"] if key in self.rows:
                if request.method == "GET":
                    return self._paged(self.said[key], request)
                return self._commented(key, json.loads(request.content)["data"])
        return _error(404, "Unknown object")

    def _found(self, words: str, *names: str) -> list[Row]:
        return [row for row in self.rows.values() if says(row, words, "name", *names)]

    def _paged(self, rows: list[Row], request: httpx.Request) -> httpx.Response:
        params = request.url.params
        first = int(params.get("offset", "at0").removeprefix("at"))
        after = first + min(self.size, int(params["limit"]))
        following = {"offset": f"at{after}"} if after < len(rows) else None
        return httpx.Response(
            200, json={"data": rows[first:after], "next_page": following}
        )

    def _added(self, told: Row) -> httpx.Response:
        why = _wrong(told["html_notes"], {"h1", "h2"})
        if why or told["projects"] != [PROJECT] or len(told["name"]) > 1024:
            return _error(400, why or "invalid")
        key = self.add(told["name"], told["html_notes"])
        return httpx.Response(201, json={"data": self.rows[key]})

    def _commented(self, key: str, told: Row) -> httpx.Response:
        why = _wrong(told["html_text"], set())
        if why:
            return _error(400, why)
        story = {
            "gid": str(1400000000000000 + self._number()), "type": "comment",
            "html_text": told["html_text"], "created_at": "2026-11-20T12:00:00.000Z",
        }  # fmt: skip
        self.said[key].append(story)
        return httpx.Response(201, json={"data": story})


def _without_what_is_deprecated(told: Row) -> Row:
    """An object of the file without what the validator warns of."""
    return {name: value for name, value in told.items() if name != "allowEmptyValue"}


def _wrong(html: str, besides: set[str]) -> str:
    """Why it is no rich text Asana takes; "" where it is."""
    try:
        root = ET.fromstring(html)
    except ET.ParseError as error:
        return f"xml_parsing_error: {error}"
    if root.tag != "body":
        return "the root must be body"
    strange = {one.tag for one in root.iter()} - _TAGS - besides
    names = {name for one in root.iter() for name in one.attrib}
    return f"tags {strange}, attributes {names}" if strange or names - {"href"} else ""


def _read(html: str) -> str:
    return "".join(ET.fromstring(html).itertext()).strip()


def _leads(html: str) -> list[str]:
    found = [one.attrib["href"] for one in ET.fromstring(html).iter("a")]
    return [url for url in found if not url.startswith(_MARK)]


def _told(data: Any) -> httpx.Response:
    return httpx.Response(200, json={"data": data})


def _error(status: int, message: str) -> httpx.Response:
    return httpx.Response(status, json={"errors": [{"message": message}]})
