"""A small Productboard in this process: features, notes and what links them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.filed import Filed, Row, says
from triage.connector import Secret
from triage_connectors.productboard import Productboard

HOST = "https://api.productboard.com"
PARENT = "318de52f-0000-4000-8000-000000000001"
CANARY = "canary-productboard-5f3a91c2"
_STATES = {"New idea": "", "In progress": "", "Released": "", "archived": ""}
_TAGS = {
    "h1", "h2", "p", "hr", "pre", "blockquote", "b", "i", "u", "s", "code", "ul", "ol",
    "li", "a",
}  # fmt: skip


@cache
def described() -> Described:
    """The interface in our own words."""
    return Described.at(Path(__file__).with_name("productboard.openapi.json"))


def connector(**told: Any) -> Productboard:
    """A source of this workspace."""
    return Productboard(**{"token": Secret(CANARY), **told})


@dataclass(slots=True)
class ProductboardTracker(Filed):
    """
    One workspace.

    Attributes:
        exact: Whether the filter by name takes whole names alone.
        circle: Whether the last page leads back to the first.
        deaf: Whether the filter by source is ignored.
        notes: By their ids.
    """

    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"batch": "Several ids are no filter of its search."}
    )
    states: Mapping[str, str] = field(default_factory=lambda: _STATES)
    size: int = 100
    exact: bool = False
    circle: bool = False
    deaf: bool = False
    notes: dict[str, Row] = field(default_factory=dict)

    def refused(self, request: httpx.Request) -> str:
        """Why it allows no such request."""
        return described().refused(request)

    def add(self, title: str, html: str = "") -> str:
        """Somebody adds a feature."""
        key = self._id()
        self.rows[key] = {
            "id": key, "type": "feature",
            "fields": {
                "name": title, "description": html, "archived": False,
                "status": {"id": "s1", "name": "New idea"},
                "owner": {"id": "m1", "email": "[redacted]"},
                "timeframe": {"startDate": "2027-01-01", "endDate": "2027-03-31"},
            },
            "relationships": {"data": [], "links": {"next": None}},
            "links": {"self": f"{HOST}/v2/entities/{key}", "html": f"https://x.example/{key}"},
            "createdAt": "2026-11-20T11:00:00Z", "updatedAt": "2026-11-20T11:00:00Z",
        }  # fmt: skip
        return key

    def move(self, key: str, state: str) -> None:
        """It is given another status, or archived."""
        fields = self.rows[key]["fields"]
        fields["archived"] = state == "archived"
        if not fields["archived"]:
            fields["status"]["name"] = state

    def titles(self) -> Mapping[str, str]:
        """What is there now."""
        return {key: row["fields"]["name"] for key, row in self.rows.items()}

    def seen(self, key: str) -> str:
        """A description as it is read."""
        return parsed(self.rows[key]["fields"]["description"]).text

    def comments(self, key: str) -> Sequence[str]:
        """What the notes that are linked to a feature say."""
        return [one.text for one in self._about(key) if not one.links]

    def links(self, key: str) -> Sequence[str]:
        """Where they lead."""
        return [url for one in self._about(key) for url in one.links]

    def _about(self, key: str) -> list[Parsed]:
        return [
            parsed(note["fields"]["content"])
            for note in self.notes.values()
            if any(one["target"]["id"] == key for one in note["linked"])
        ]

    def _id(self) -> str:
        return f"9b8c7d6e-0000-4000-8000-{self._number():012x}"

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "Bad token")
        told = json.loads(request.content)["data"] if request.content else {}
        is_post = request.method == "POST"
        match request.url.path.removeprefix("/v2/").split("/"):
            case ["entities", "configurations", "feature"]:
                return _told({"type": "feature", "fields": {"status": {}, "name": {}}})
            case ["entities"]:
                return self._added(told) if is_post else self._entities(request)
            case ["entities", "318de52f-0000-4000-8000-000000000001"]:
                return _told(
                    {"id": PARENT, "type": "component", "fields": {"name": "Exports"}}
                )
            case ["entities", key] if key in self.rows:
                return _told(self.rows[key])
            case ["notes"]:
                return (
                    self._noted(told) if is_post else self._listed(request, self.notes)
                )
            case ["notes", key, "relationships"] if key in self.notes:
                linked = self.notes[key]["linked"]
                if is_post:
                    linked.append(told)
                    return _told({"id": key, "type": "textNote", "links": {}}, 201)
                return self._paged(linked, request)
        return _error(404, "Not found")

    def _entities(self, request: httpx.Request) -> httpx.Response:
        name = request.url.params.get("name", "")
        some = {
            key: row for key, row in self.rows.items()
            if (row["fields"]["name"] == name if self.exact and name
                else says(row["fields"], name, "name"))
        }  # fmt: skip
        return self._listed(request, some)

    def _listed(
        self, request: httpx.Request, several: Mapping[str, Row]
    ) -> httpx.Response:
        params = request.url.params
        wanted = params.get("metadata[source][recordId]")
        rows = [
            row for row in several.values()
            if self.deaf or not wanted or _source(row) == wanted
        ]  # fmt: skip
        return self._paged(rows, request)

    def _paged(self, rows: list[Row], request: httpx.Request) -> httpx.Response:
        first = int(request.url.params.get("pageCursor", "at0").removeprefix("at"))
        after = first + self.size
        following = None
        if after < len(rows) or self.circle:
            at = after if after < len(rows) else 0
            following = str(request.url.copy_set_param("pageCursor", f"at{at}"))
        told = {"data": rows[first:after], "links": {"next": following}}
        return httpx.Response(200, json=told)

    def _added(self, told: Row) -> httpx.Response:
        strange = parsed(told["fields"]["description"]).tags - _TAGS
        if strange:
            return _error(400, f"unsupported tags {strange}")
        key = self.add(told["fields"]["name"], told["fields"]["description"])
        self.rows[key]["metadata"] = told["metadata"]
        self.rows[key]["relationships"]["data"] = told.get("relationships", [])
        return _made(self.rows[key])

    def _noted(self, told: Row) -> httpx.Response:
        key = self._id()
        self.notes[key] = {
            "id": key, **told, "linked": [], "createdAt": "2026-11-20T12:00:00Z",
            "links": {"self": f"{HOST}/v2/notes/{key}"},
        }  # fmt: skip
        return _made(self.notes[key])


class Parsed(HTMLParser):
    """What a reader of some HTML sees, and what it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self.text += "\n" if tag in {"p", "h2", "li"} else ""

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Parsed:
    """HTML, read."""
    reader = Parsed()
    reader.feed(html)
    reader.close()
    return reader


def _source(row: Row) -> str:
    return str(row.get("metadata", {}).get("source", {}).get("recordId", ""))


def _made(row: Row) -> httpx.Response:
    """Who makes something is told little of it."""
    return _told({name: row[name] for name in ("id", "type", "links")}, 201)


def _told(data: Any, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"data": data})


def _error(status: int, title: str) -> httpx.Response:
    return httpx.Response(status, json={"errors": [{"title": title}]})
