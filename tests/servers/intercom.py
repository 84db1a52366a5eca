"""Intercom in small: searches by time of change, conversations, tickets, contacts."""

from __future__ import annotations

import bisect
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described, vendors
from servers.intercom_shapes import (
    ADMIN,
    ME,
    author_of,
    error,
    seconds,
    statistics,
)
from triage.connector import Connector, Secret
from triage_connectors.intercom import Intercom

CANARY = "canary-intercom-7d41c09e"
HOOK = "canary-intercom-hook-55a1"
HOST = "api.intercom.io"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

_OURS = Path(__file__).with_name("intercom.openapi.json")


@cache
def ours_described() -> Described:
    """The service in our own words."""
    return Described.at(_OURS)


@cache
def theirs_described() -> Described | None:
    """The service in the vendor's words, where the file is at hand."""
    path = vendors("intercom-2.15.trim.json")
    return Described.at(path) if path else None


def connector(**told: Any) -> Intercom:
    """The source that fits it."""
    return Intercom(**{"token": Secret(CANARY), **told})


@dataclass(slots=True)
class IntercomServer:
    """
    One workspace in one region.

    Attributes:
        size: Rows of a page at most, whatever is asked for.
        most: Parts a conversation is given with.
        lacks: Kinds the token has no right to.
        requests: What was asked.
    """

    now: datetime = NOON
    size: int = 150
    most: int = 500
    lacks: frozenset[str] = frozenset()
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    tickets: dict[str, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    _sorted: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _number: int = 100

    # What it answers

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        why = ours_described().refused(request)
        theirs = theirs_described()
        return why or (theirs.refused(request) if theirs else "")

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if (
            request.url.host != HOST
            or request.headers.get("authorization") != f"Bearer {CANARY}"
        ):
            return error(401, "unauthorized", "Access Token Invalid")
        if request.headers.get("intercom-version") != "2.15":
            return error(400, "intercom_version_invalid", "not this version")
        kind, _, name = request.url.path.strip("/").partition("/")
        if kind in self.lacks:
            return error(403, "forbidden", "Not authorized to access resource")
        match request.method, kind, name:
            case "GET", "me", "":
                return self._said(ME)
            case "POST", "conversations" | "tickets", "search":
                return self._search(kind, json.loads(request.content))
            case "POST", "contacts", "search":
                return self._people(json.loads(request.content))
            case "GET", "conversations", _ if name in self.conversations:
                row = self.conversations[name]
                held = self._held("conversation_part", name)
                return self._said({**row, "conversation_parts": held})
            case "GET", "tickets", _ if name in self.tickets:
                return self._said(self._ticket(name))
        return error(404, "not_found", "Resource Not Found")

    def _said(self, told: Any) -> httpx.Response:
        reset = int((self.now + timedelta(seconds=10)).timestamp())
        headers = {
            "X-RateLimit-Limit": "1666",
            "X-RateLimit-Remaining": "1600",
            "X-RateLimit-Reset": str(reset),
        }
        return httpx.Response(200, json=told, headers=headers)

    def _search(self, kind: str, told: Any) -> httpx.Response:
        first, last = (one["value"] for one in told["query"]["value"])
        pages = told.get("pagination", {})
        rows = self.conversations if kind == "conversations" else self.tickets
        order = self._sorted.get(kind)
        if order is None:
            order = sorted((row["updated_at"], name) for name, row in rows.items())
            self._sorted[kind] = order
        begin = bisect.bisect_left(order, (first + 1, ""))
        end = bisect.bisect_left(order, (last, ""))
        at = begin
        if after := pages.get("starting_after"):
            at = bisect.bisect_right(order, tuple(json.loads(after)))
        size = min(self.size, pages.get("per_page", 20))
        names = [name for _, name in order[at : min(at + size, end)]]
        more = at + size < end
        following = {
            "per_page": size,
            "starting_after": json.dumps(order[at + size - 1]) if more else None,
        }
        found = [
            rows[name] if kind == "conversations" else self._ticket(name)
            for name in names
        ]
        return self._said(
            {
                "type": f"{kind[:-1]}.list",
                "pages": {
                    "type": "pages",
                    "per_page": size,
                    **({"next": following} if more else {}),
                },
                "total_count": end - begin,
                kind: found,
            }
        )

    def _people(self, told: Any) -> httpx.Response:
        wanted = told["query"]["value"]
        found = [self.contacts[name] for name in wanted if name in self.contacts]
        return self._said({"type": "list", "data": found, "total_count": len(found)})

    def _ticket(self, name: str) -> dict[str, Any]:
        return {**self.tickets[name], "ticket_parts": self._held("ticket_part", name)}

    def _held(self, kind: str, name: str) -> dict[str, Any]:
        parts = self.parts[name]
        return {
            "type": f"{kind}.list",
            f"{kind}s": parts[-self.most :],
            "total_count": len(parts),
        }

    # What happens there

    def talk(self, body: str = "<p>It crashes</p>", **told: Any) -> str:
        """Somebody begins a conversation; its id."""
        name = self._name()
        person = self.person(told.pop("by", f"ann{name}"))
        at = seconds(self.now)
        author = told.pop("author", None) or author_of(person)
        source = {
            "type": "conversation", "id": "3653707491",
            "delivered_as": "customer_initiated", "subject": "", "body": body,
            "author": author, "attachments": [], "url": None, "redacted": False,
            **told.pop("source", {}),
        }  # fmt: skip
        by_customer = author["type"] in {"user", "lead", "contact"}
        first = {"created_at": at, "type": "conversation", "url": None}
        self.conversations[name] = {
            "type": "conversation", "id": name, "created_at": at, "updated_at": at,
            "state": "open", "open": True, "title": None, "source": source,
            "contacts": {
                "type": "contact.list",
                "contacts": [
                    {"type": "contact", "id": person["id"], "external_id": "70"}
                ],
            },
            "first_contact_reply": first if by_customer else None,
            "tags": {"type": "tag.list", "tags": []}, "company": None,
            "conversation_rating": None, "custom_attributes": {},
            "statistics": (
                statistics(first_contact_reply_at=at, last_contact_reply_at=at)
                if by_customer else None
            ),
            "ai_agent": None, "ticket": None, **told,
        }  # fmt: skip
        self.parts[name] = []
        self._sorted.clear()
        return name

    def ticket(self, body: str = "The button does nothing", **told: Any) -> str:
        """Somebody opens a ticket; its id."""
        name = self._name()
        person = self.person(told.pop("by", f"tim{name}"))
        at = seconds(self.now)
        self.tickets[name] = {
            "type": "ticket", "id": name, "ticket_id": "40", "category": "Customer",
            "ticket_attributes": {"_default_title_": "Bug", "_default_description_": body},
            "ticket_state": {
                "type": "ticket_state", "id": "8577", "category": "submitted",
                "internal_label": "Submitted", "external_label": "Submitted",
            },
            "ticket_type": {"type": "ticket_type", "id": "100", "name": "Bug"},
            "contacts": {
                "type": "contact.list",
                "contacts": [
                    {"type": "contact", "id": person["id"], "external_id": None}
                ],
            },
            "admin_assignee_id": "0", "created_at": at, "updated_at": at, "open": True,
            "is_shared": True, **told,
        }  # fmt: skip
        self.parts[name] = []
        self._sorted.clear()
        return name

    def part(self, name: str, body: str | None, **told: Any) -> str:
        """Somebody adds a part; its id."""
        at = seconds(self.now)
        part = {
            "type": "conversation_part", "id": self._name(), "part_type": "comment",
            "body": body, "created_at": at, "updated_at": at,
            "author": self.customer(name), "attachments": [], "redacted": False, **told,
        }  # fmt: skip
        self.parts[name].append(part)
        row = self.touch(name)
        if name in self.conversations:
            self._count(row, part, at)
        return str(part["id"])

    def touch(self, name: str, **told: Any) -> dict[str, Any]:
        """Something of it changes now."""
        row = self._row(name)
        row |= {**told, "updated_at": seconds(self.now)}
        self._sorted.clear()
        return row

    def close(self, name: str) -> None:
        """Our side closes a conversation without a word."""
        self.part(name, None, part_type="close", author=ADMIN)
        row = self.touch(name, state="closed", open=False)
        row["statistics"] = {
            **(row["statistics"] or {}),
            "last_close_at": seconds(self.now),
        }

    def person(self, name: str) -> dict[str, Any]:
        """A customer by their first name, new where there was none."""
        there = self.contacts.get(f"c-{name}")
        if there is None:
            there = self.contacts[f"c-{name}"] = {
                "type": "contact", "id": f"c-{name}", "role": "user",
                "name": name.capitalize(), "email": f"{name}@acme.example",
                "custom_attributes": {},
                "location": {"type": "location", "city": "Dublin"},
            }  # fmt: skip
        return there

    def customer(self, name: str) -> dict[str, Any]:
        """Whom a conversation or ticket is with, as an author."""
        there = self._row(name)["contacts"]["contacts"][0]["id"]
        return author_of(self.contacts[there])

    def _row(self, name: str) -> dict[str, Any]:
        return self.conversations.get(name) or self.tickets[name]

    def _name(self) -> str:
        self._number += 1
        return f"2154742{self._number}"

    def _count(self, row: dict[str, Any], part: Mapping[str, Any], at: int) -> None:
        before = row["statistics"] or statistics()
        row["statistics"] = {
            **before,
            "count_conversation_parts": before["count_conversation_parts"] + 1,
        }
        if part["part_type"] != "comment":
            return
        by_customer = part["author"]["type"] in {"user", "lead", "contact"}
        row["statistics"][f"last_{'contact' if by_customer else 'admin'}_reply_at"] = at
        if by_customer and not row["first_contact_reply"]:
            row["first_contact_reply"] = {"created_at": at, "type": "conversation"}


@dataclass(slots=True)
class IntercomService(IntercomServer):
    """The same as the contract of services wants one: two rows a page."""

    size: int = 2
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "remove": "Intercom tells deletions by webhooks alone",
            "order": "opening words carry no time of an edit",
        }
    )
    said: dict[str, str] = field(default_factory=dict)
    large: int = 150

    def add(self) -> str:
        """A customer begins a conversation, goes on in it, or opens a ticket."""
        turn = len(self.said) % 3
        if turn == 1:
            where = next(reversed(self.conversations))
            name = self.part(where, f"<p>Still so, {len(self.said)}</p>")
        elif turn == 2:
            where = self.ticket(f"It fails, {len(self.said)}")
            name = f"{where}/opening"
        else:
            where = self.talk(f"<p>It crashes, {len(self.said)}</p>")
            name = f"{where}/source"
        self.said[name] = where
        return name

    def edit(self, name: str) -> str:
        """The words are others now."""
        words = f"It is slow as well, {name}"
        where = self.said[name]
        if name.endswith("/source"):
            self.conversations[where]["source"]["body"] = f"<p>{words}</p>"
        elif name.endswith("/opening"):
            self.tickets[where]["ticket_attributes"]["_default_description_"] = words
        else:
            part = next(one for one in self.parts[where] if one["id"] == name)
            part |= {"body": f"<p>{words}</p>", "updated_at": seconds(self.now)}
        self.touch(where)
        return words

    def reply(self, name: str) -> str:
        """Our side answers, and writes a note that nobody is to see."""
        words = f"Mended in the next version, {name}"
        self.part(self.said[name], f"<p>{words}</p>", author=ADMIN)
        self.part(self.said[name], f"<p>{words}</p>", author=ADMIN, part_type="note")
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources that Intercom refuses."""
        return {
            "token": connector(token=Secret("canary-another-token")),
            "region": connector(region="eu"),
        }

    def fill(self, conversations: int) -> int:
        """So many conversations, changed a second apart; the rows they make."""
        self.size, self.now = self.large, self.now - timedelta(seconds=conversations)
        rows = 0
        for number in range(conversations):
            name = self.talk(f"<p>The export of report {number} fails</p>")
            for turn in range(4):
                author = ADMIN if turn % 2 else self.customer(name)
                self.part(name, f"<p>Part {turn} of talk {number}</p>", author=author)
            rows += 5
            self.now += timedelta(seconds=1)
        self.now += timedelta(hours=1)
        return rows
