"""A small Trello in this process: a board, its lists and cards."""

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
from servers.filed import Filed, Row, says
from triage.connector import Secret
from triage.testing import rendered
from triage_connectors.trello import Trello

HOST = "https://api.trello.com"
BOARD = "5f3a91c20000000000000001"
KEY, TOKEN = "canarykeyofatrelloapp", "canarytokenofsomebodythere"
SIGNED = f'OAuth oauth_consumer_key="{KEY}", oauth_token="{TOKEN}"'
_STATES = {"Ideas": "", "Doing": "", "Done": "", "complete": "", "archived": ""}
_HIDDEN = re.compile(r"^\[//\]: # \(.*?\)$", re.MULTILINE)


@cache
def described() -> Described:
    """The interface in our own words."""
    return Described.at(Path(__file__).with_name("trello.openapi.json"))


def connector(**told: Any) -> Trello:
    """A source of this board."""
    known = {"board": "bOaRd001", "key": Secret(KEY), "token": Secret(TOKEN)}
    return Trello(**{**known, **told})


@dataclass(slots=True)
class TrelloTracker(Filed):
    """One board of three lists, of which the last is archived where it is said."""

    states: Mapping[str, str] = field(default_factory=lambda: _STATES)
    lists: list[Row] = field(
        default_factory=lambda: [
            {"id": f"5f3a91c2000000000000010{at}", "name": name, "closed": False}
            for at, name in enumerate(("Ideas", "Doing", "Done"))
        ]
    )
    attached: dict[str, list[Row]] = field(default_factory=dict)

    def refused(self, request: httpx.Request) -> str:
        """Why it allows no such request."""
        return described().refused(request)

    def add(self, title: str, text: str = "") -> str:
        """Somebody adds a card to the first list."""
        number = self._number()
        key = f"cArD{number:04}"
        self.rows[key] = {
            "id": f"6740{number:020x}", "shortLink": key, "name": title, "desc": text,
            "closed": False, "dueComplete": False, "idList": self.lists[0]["id"],
            "idBoard": BOARD, "shortUrl": f"https://trello.com/c/{key}",
            "url": f"https://trello.com/c/{key}/{number}-card",
            "due": "2027-03-31T12:00:00.000Z",
            "dateLastActivity": f"2026-11-20T11:{number % 60:02}:00.000Z",
        }  # fmt: skip
        self.said[key], self.attached[key] = [], []
        return key

    def move(self, key: str, state: str) -> None:
        """It is moved, marked as complete or archived."""
        row = self.rows[key]
        row["closed"], row["dueComplete"] = state == "archived", state == "complete"
        for one in self.lists:
            if one["name"] == state:
                row["idList"] = one["id"]

    def titles(self) -> Mapping[str, str]:
        """What is there now."""
        return {key: row["name"] for key, row in self.rows.items()}

    def seen(self, key: str) -> str:
        """A description as it is read."""
        return _read(self.rows[key]["desc"])

    def comments(self, key: str) -> Sequence[str]:
        """What is said below a card."""
        return [_read(one["data"]["text"]) for one in self.said[key]]

    def links(self, key: str) -> Sequence[str]:
        """What is attached to a card."""
        return [one["url"] for one in self.attached[key]]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != SIGNED:
            return httpx.Response(401, text="invalid key")
        params = request.url.params
        match request.url.path.removeprefix("/1/").split("/"):
            case ["members", "me"]:
                return _told({"id": "m1", "username": "ann", "fullName": "Ann"})
            case ["batch"]:
                return _told([self._one(url) for url in params["urls"].split(",")])
            case ["boards", "bOaRd001" | "5f3a91c20000000000000001"]:
                return _told(
                    {
                        "id": BOARD,
                        "name": "Roadmap",
                        "lists": self.lists,
                        "prefs": {"permissionLevel": "public"},
                    }
                )
            case ["boards", "5f3a91c20000000000000001", "cards"]:
                rows = [row for row in self.rows.values() if not row["closed"]]
                return _told(_before(rows, params))
            case ["boards", "5f3a91c20000000000000001", "cards", "all"]:
                return _told(_before([*self.rows.values()], params))
            case ["search"]:
                words = params["query"]
                rows = [
                    row
                    for row in self.rows.values()
                    if says(row, words, "name", "desc")
                ]
                return _told(
                    {"cards": rows[: int(params["cards_limit"])], "options": {}}
                )
            case ["cards"] if request.method == "POST":
                return self._added(json.loads(request.content))
            case ["cards", key, *rest] if key in self.rows:
                return self._below(request, key, "/".join(rest))
        return httpx.Response(404, text="The requested resource was not found.")

    def _one(self, url: str) -> Row:
        """One of several questions."""
        key = url.removeprefix("/cards/").partition("?")[0]
        if key not in self.rows:
            return {"name": "NotFound", "message": "card not found", "statusCode": 404}
        row = self.rows[key]
        inside = next(one for one in self.lists if one["id"] == row["idList"])
        return {"200": {**row, "list": inside}}

    def _added(self, told: Row) -> httpx.Response:
        if told["idList"] not in {one["id"] for one in self.lists}:
            return httpx.Response(400, text="invalid value for idList")
        row = self.rows[self.add(told["name"], told["desc"])]
        row["idList"] = told["idList"]
        return _told(row)

    def _below(self, request: httpx.Request, key: str, path: str) -> httpx.Response:
        made = {"id": f"6741{self._number():020x}", "date": "2026-11-20T12:00:00.000Z"}
        match request.method, path:
            case "GET", "actions":
                return _told(_before(self.said[key], request.url.params))
            case "GET", "attachments":
                return _told(self.attached[key])
            case "POST", "actions/comments":
                made |= {"type": "commentCard", "data": json.loads(request.content)}
                self.said[key].append(made)
            case "POST", "attachments":
                made |= json.loads(request.content)
                self.attached[key].append(made)
        return _told(made)


def _before(rows: list[Row], params: httpx.QueryParams) -> list[Row]:
    """The newest rows, or the newest before one."""
    before = params.get("before", "~")
    some = sorted(
        (row for row in rows if row["id"] < before), key=lambda one: one["id"]
    )
    return some[::-1][: int(params["limit"])]


def _read(markdown: str) -> str:
    return rendered(_HIDDEN.sub("", markdown))


def _told(told: Any) -> httpx.Response:
    return httpx.Response(200, json=told)
