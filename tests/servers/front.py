"""A small Front in this process: conversations, their messages and the feed of events."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described, vendors
from triage.connector import Connector, Secret
from triage_connectors.front import Front

CANARY = "canary-front-9b2e61d7"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_OURS = Path(__file__).with_name("front.openapi.json")
_MESSAGES = re.compile(r"/conversations/(cnv_\w+)/messages")
_TEAMMATE = {
    "id": "tea_1",
    "email": "bob@us.example",
    "username": "bob",
    "first_name": "Bob",
    "last_name": "Ross",
    "is_admin": False,
    "is_available": True,
    "is_blocked": False,
    "type": "user",
    "custom_fields": {},
}


def connector(**told: Any) -> Front:
    """A source of everything the key may read."""
    return Front(**{"token": Secret(CANARY), **told})


@cache
def described() -> Described:
    """Front in our own words."""
    return Described.at(_OURS)


@cache
def theirs() -> Described | None:
    """Front in its own words, where the file is at hand."""
    path = vendors("front-core-api.json")
    return Described.at(path) if path else None


def refused_by_theirs(request: httpx.Request, described: Described) -> str:
    """Why the vendor's description has no such request; "" where it has."""
    # It calls the query object "q" and its notation, q[types][], stands in its manual.
    pairs = [
        (name, value)
        for name, value in request.url.params.multi_items()
        if not name.startswith("q[")
    ]
    bare = request.url.copy_with(params=pairs)
    return described.refused(
        httpx.Request(request.method, bare, headers=request.headers)
    )


@dataclass(slots=True)
class FrontService:
    """
    One company at Front, five events a page.

    Attributes:
        page: Events in a page at most; Front's own limit is 15.
        rows_a_page: Messages and conversations in a page at most; Front's is 100.
        previews: Whether events name their message only.
        forgotten: Whether no page's token is known any more.
        newest_first: Whether the order that is asked for is not minded.
        before: Looks at a request first and may answer it.
    """

    now: datetime = NOW
    page: int = 5
    rows_a_page: int = 100
    previews: bool = False
    forgotten: bool = False
    newest_first: bool = False
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"edit": "what was sent stays as it was sent at Front"}
    )
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    removed: set[str] = field(default_factory=set)
    requests: list[httpx.Request] = field(default_factory=list)
    _lists: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)
    _said: int = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        return self.before(request) or self._answer(request)

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        why = described().refused(request)
        vendor = theirs()
        return why or (refused_by_theirs(request, vendor) if vendor else "")

    def wrong(self) -> Mapping[str, Connector]:
        return {"key": connector(token=Secret("canary-front-another"))}

    def add(self) -> str:
        """A customer begins a conversation."""
        number = len(self.conversations) + 1
        name = self.begin(f"The export loses my tags, case {number}.")
        return str(self.messages[name][0]["id"])

    def remove(self, name: str) -> None:
        """The conversation of a message is put into the trash."""
        self.change(self.home(name), "trash", status="deleted")

    def reply(self, name: str) -> str:
        """A teammate answers."""
        words = f"We look into it, {name}."
        self.say(self.home(name), words, ours=True)
        return words

    def begin(self, words: str, **told: Any) -> str:
        """A conversation begins with a customer's message; its id."""
        name = f"cnv_{len(self.conversations) + 1:05}"
        self.conversations[name] = {
            "_links": {"self": f"https://acme.api.frontapp.com/conversations/{name}"},
            "id": name,
            "type": "conversation",
            "subject": f"Export {name}",
            "status": "unassigned",
            "ticket_ids": [],
            "assignee": None,
            "recipient": None,
            "tags": [],
            "links": [],
            "custom_fields": {},
            "created_at": self.now.timestamp(),
            "updated_at": self.now.timestamp(),
            "is_private": False,
            "scheduled_reminders": [],
            "metadata": {},
            **told,
        }
        self.messages[name] = []
        self.say(name, words)
        return name

    def say(self, name: str, words: str, *, ours: bool = False, **told: Any) -> str:
        """Somebody says something in a conversation; the message's id."""
        self._said += 1
        number = name.removeprefix("cnv_")
        customer = {"name": f"Ann {number}", "handle": f"ann{number}@acme.example"}
        desk = {"name": None, "handle": "support@us.example"}
        sender, to = (desk, customer) if ours else (customer, desk)
        link = {"related": {"contact": "https://acme.api.frontapp.com/contacts/crd_1"}}
        before = self.messages[name]
        related = {
            "conversation": f"https://acme.api.frontapp.com/conversations/{name}"
        }
        if before:
            last = before[-1]["id"]
            related["message_replied_to"] = (
                f"https://acme.api.frontapp.com/messages/{last}"
            )
        message = {
            "_links": {"related": related},
            "id": f"msg_{self._said:06}",
            "type": "email",
            "is_inbound": not ours,
            "draft_mode": None,
            "error_type": None,
            "version": "1",
            "created_at": self.now.timestamp(),
            "subject": f"Export {name}",
            "blurb": words[:40],
            "author": {**_TEAMMATE} if ours else None,
            "recipients": [
                {"_links": link, **sender, "role": "from"},
                {"_links": link, **to, "role": "to"},
            ],
            "body": f'<div dir="ltr">{words}</div>',
            "text": words,
            "attachments": [],
            "signature": None,
            "metadata": {},
            **told,
        }
        before.append(message)
        kind = "out_reply" if ours else "inbound"
        self._emit(kind, name, {"_meta": {"type": "message"}, "data": message})
        return str(message["id"])

    def change(self, name: str, event: str, target: Any = None, **told: Any) -> None:
        """Something happens to a conversation."""
        self.conversations[name] |= {**told, "updated_at": self.now.timestamp()}
        self._emit(event, name, target)

    def merge(self, name: str, into: str) -> None:
        """A conversation's messages move into another, and it is no more."""
        self.messages[into] += self.messages.pop(name)
        self.messages[into].sort(key=lambda one: one["created_at"])
        self.removed.add(name)
        for event in self.events:
            if event["conversation"] == name:
                event["conversation"] = into
        meta = {"_meta": {"type": "deleted_conversation_ids"}, "data": [name]}
        self.change(into, "conversations_merged", meta)

    def home(self, message: str) -> str:
        """The conversation a message is in."""
        return next(
            name
            for name, said in self.messages.items()
            if any(one["id"] == message for one in said)
        )

    def fill(self, conversations: int) -> int:
        """Make so many, of five messages each; how many rows a pull brings."""
        self.page, self.rows_a_page = 15, 100
        begins, turns = self.now, ("", "us", "", "us", "")
        for number in range(conversations):
            self.now = begins + timedelta(minutes=number)
            name = self.begin("The export loses my tags whenever I save twice.")
            for turn in turns[1:]:
                self.now += timedelta(minutes=3)
                self.say(name, "It still does, in every version.", ours=bool(turn))
        self.events.sort(key=lambda one: (one["emitted_at"], one["id"]))
        self.now += timedelta(hours=1)
        return conversations * len(turns)

    def _emit(self, kind: str, name: str, target: Any = None) -> None:
        self.events.append(
            {
                "id": f"evt_{len(self.events) + 1:07}",
                "type": kind,
                "emitted_at": self.now.timestamp(),
                "source": {"_meta": {"type": "teammate"}, "data": _TEAMMATE},
                "target": target,
                "conversation": name,
            }
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "Unauthenticated", "The token is not valid")
        path, params = request.url.path, request.url.params
        found = _MESSAGES.fullmatch(path)
        if path == "/me":
            told = {"_links": {}, "id": "cmp_1", "name": "Acme Notes"}
            headers = {"x-ratelimit-limit": "100", "x-ratelimit-remaining": "90"}
            return httpx.Response(200, json=told, headers=headers)
        if path == "/inboxes":
            return _listed([{"id": "inb_1", "name": "Support"}], "inboxes", "")
        if path == "/events":
            return self._events(params)
        if path == "/conversations":
            listed = list(reversed(self.conversations.values()))
            return self._page(request, listed, self.rows_a_page)
        if found and found[1] in self.messages:
            listed = self.messages[found[1]]
            if params.get("sort_order") != "asc":
                listed = listed[::-1]
            return self._page(request, listed, self.rows_a_page)
        return _error(404, "Not found", "No such thing")

    def _events(self, params: httpx.QueryParams) -> httpx.Response:
        types = tuple(params.get_list("q[types][]"))
        newest = params.get("sort_order") != "asc" or self.newest_first
        listed = self._of(types, newest, params.get("q[after]", "0"))
        told = params.get("page_token", "")
        if told and (self.forgotten or not told.startswith("e")):
            return _error(400, "Bad request", "Invalid page token")
        start = int(told[1:] or 0)
        size = min(self.page, int(params.get("limit", "15")))
        rows = [self._event(one) for one in listed[start : start + size]]
        return _listed(
            rows, "events", f"e{start + size}" if start + size < len(listed) else ""
        )

    def _of(
        self, types: tuple[str, ...], newest: bool, after: str
    ) -> list[dict[str, Any]]:
        """The events that are asked for, in order; sought out once."""
        mark = (types, newest, after, len(self.events))
        if mark not in self._lists:
            begin = bisect_left(
                self.events, float(after), key=lambda one: one["emitted_at"]
            )
            found = [one for one in self.events[begin:] if one["type"] in types]
            self._lists = {mark: found[::-1] if newest else found}
        return self._lists[mark]

    def _event(self, event: dict[str, Any]) -> dict[str, Any]:
        target = event["target"]
        if self.previews and target and target["_meta"]["type"] == "message":
            target = {**target, "data": {"id": target["data"]["id"]}}
        conversation = self.conversations[event["conversation"]]
        return {**event, "target": target, "conversation": conversation}

    def _page(
        self, request: httpx.Request, listed: list[dict[str, Any]], most: int
    ) -> httpx.Response:
        params = request.url.params
        start = int(params.get("page_token", "p0")[1:])
        size = min(most, int(params.get("limit", "50")))
        token = f"p{start + size}" if start + size < len(listed) else ""
        return _listed(listed[start : start + size], request.url.path[1:], token)


def _listed(rows: list[dict[str, Any]], path: str, token: str) -> httpx.Response:
    link = f"https://acme.api.frontapp.com/{path}?page_token={token}" if token else None
    return httpx.Response(
        200, json={"_pagination": {"next": link}, "_links": {}, "_results": rows}
    )


def _error(status: int, title: str, said: str) -> httpx.Response:
    told = {"status": status, "title": title, "message": said}
    return httpx.Response(status, json={"_error": told})


def talking(**told: Any) -> tuple[FrontService, str]:
    """A Front with one conversation of three messages, a minute apart."""
    server = FrontService(**told)
    name = server.begin("The export loses my tags.")
    for words, ours in [("Which version?", True), ("It is 5.2.", False)]:
        server.now += timedelta(minutes=1)
        server.say(name, words, ours=ours)
    return server, name
