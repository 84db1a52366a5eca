"""A small Gorgias that answers as the real one does, made up for tests."""

from __future__ import annotations

import base64
import bisect
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.filling import talked
from triage.connector import Connector, Secret
from triage_connectors.gorgias import Gorgias

EMAIL = "pm@acme.example"
KEY = "canary-gorgias-52ab01f7"
NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
ORIGIN = "https://acme.gorgias.com"
ANN, BEA = 9001, 9002
"""Customers."""
BOB = 501
"""An agent."""

_PARAMS: Mapping[str, set[str]] = {
    "account": set(),
    "messages": {"cursor", "limit", "order_by", "ticket_id"},
    "satisfaction-surveys": {"cursor", "limit", "order_by", "ticket_id"},
    "tickets": {
        "cursor", "customer_id", "external_id", "limit", "order_by", "rule_id",
        "ticket_ids", "trashed", "view_id",
    },
}  # fmt: skip
Row = dict[str, Any]


def connector(**told: Any) -> Gorgias:
    """A source at this desk."""
    return Gorgias(**{"domain": "acme", "email": EMAIL, "key": Secret(KEY), **told})


@cache
def described() -> Described:
    """What may be asked, in our own words."""
    return Described.at(Path(__file__).with_name("gorgias.openapi.json"))


@dataclass(slots=True)
class GorgiasService:
    """
    One desk's tickets.

    Attributes:
        page: Rows of a page at most.
        within: Messages a ticket tells itself at most.
        forgets: Lists whose pages told before are known no more.
        lists_surveys: Whether its list of tickets tells theirs.
        limit: Calls in twenty seconds; as many as are asked where there is none.
    """

    now: datetime = NOW
    page: int = 3
    within: int = 10_000
    forgets: Collection[str] = ()
    lists_surveys: bool = True
    limit: int = 0
    cannot: Mapping[str, str] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    tickets: dict[int, Row] = field(default_factory=dict)
    said: dict[int, list[Row]] = field(default_factory=dict)
    surveys: dict[int, Row] = field(default_factory=dict)
    customers: dict[int, Row] = field(default_factory=dict)
    _added: int = 0
    _number: int = 5000
    _order: list[tuple[str, int]] = field(default_factory=list)
    _calls: list[datetime] = field(default_factory=list)
    _said: dict[tuple[str, int], Row] = field(default_factory=dict)
    _said_order: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, name in ((ANN, "Ann"), (BEA, "Bea")):
            self.customers[number] = {
                "id": number, "name": f"{name} Customer", "firstname": name,
                "lastname": "Customer", "email": f"{name.lower()}@acme.example",
            }  # fmt: skip

    def add(self) -> str:
        """A customer opens a ticket, answers in the first, or rates it."""
        self._added += 1
        if self._added % 7 == 3:
            return str(self.say(1, f"It is still slow, {self._added}"))
        if self._added % 7 == 5:
            return (
                f"csat {self.rate(len(self.tickets), 4, f'Kind people, {self._added}')}"
            )
        ticket = self.open(f"It is slow, {self._added}")
        return str(self.said[ticket][0]["id"])

    def edit(self, name: str) -> str:
        """The words of a message are changed."""
        row = self._message(name)
        words = f"It is slow on Mondays, {name}"
        row |= {"body_text": words, "body_html": f"<div>{words}</div>"}
        self.change(row["ticket_id"])
        return words

    def remove(self, name: str) -> None:
        """Its ticket is moved to the trash."""
        self.change(self._message(name)["ticket_id"], trashed_datetime=self.time())

    def reply(self, name: str) -> str:
        """An agent answers."""
        words = f"We look into it, {name}"
        self.say(self._message(name)["ticket_id"], words, by=BOB)
        return words

    def open(self, words: str, by: int = ANN, **told: Any) -> int:
        """A ticket comes; its number."""
        number = len(self.tickets) + 1
        at = self.time()
        self.tickets[number] = {
            "id": number, "uri": f"/api/tickets/{number}/", "external_id": None,
            "status": "open", "channel": "email", "via": "email", "from_agent": False,
            "is_unread": False, "spam": None, "language": "en",
            "subject": f"Slow {number}", "meta": {"ip": "203.0.113.9"},
            "customer": self.customers.get(by, self.customers[ANN]),
            "assignee_user": None, "tags": [{"id": 1, "name": "slow", "uri": "/api/tags/1"}],
            "created_datetime": at, "opened_datetime": None, "updated_datetime": at,
            "last_message_datetime": at, "last_received_message_datetime": at,
            "closed_datetime": None, "trashed_datetime": None, "snooze_datetime": None,
            **told,
        }  # fmt: skip
        self.say(number, words, by=by)
        return number

    def change(self, ticket: int, **told: Any) -> None:
        """Something of a ticket is changed."""
        self.tickets[ticket] |= {**told, "updated_datetime": self.time()}
        self._order.clear()
        self._said.clear()
        self._said_order.clear()

    def say(self, ticket: int, words: str, by: int = ANN, **told: Any) -> int:
        """Somebody writes in a ticket; the number of the message."""
        self._number += 1
        is_ours = by not in self.customers
        who = {"id": by, "name": "Bob Agent", "email": "bob@us.example"}
        row = {
            "id": self._number, "uri": f"/api/messages/{self._number}/",
            "message_id": f"<{self._number}@x.example>", "ticket_id": ticket,
            "external_id": None, "public": True, "channel": "email", "via": "email",
            "source": {"type": "email"}, "sender": self.customers.get(by, who),
            "integration_id": 1, "rule_id": None, "from_agent": is_ours,
            "receiver": None, "subject": "Slow", "body_text": words,
            "body_html": f"<div>{words}</div>", "stripped_text": None,
            "stripped_html": None, "attachments": [], "created_datetime": self.time(),
            "sent_datetime": None, "failed_datetime": None,
            "meta": {"current_page": "x", "ip": "203.0.113.9"}, **told,
        }  # fmt: skip
        self.said.setdefault(ticket, []).append(row)
        self.change(ticket, last_message_datetime=self.time())
        return self._number

    def rate(
        self, ticket: int, score: int | None, words: str = "", by: int = ANN
    ) -> int:
        """A survey is made, and answered where there is a score; its number."""
        number = len(self.surveys) + 1
        at = self.time()
        self.surveys[number] = {
            "id": number, "body_text": words or None, "created_datetime": at,
            "customer_id": by, "meta": None, "score": score,
            "scored_datetime": at if score else None, "sent_datetime": at,
            "should_send_datetime": at, "ticket_id": ticket,
            "uri": f"/api/satisfaction-surveys/{number}/",
        }  # fmt: skip
        return number

    def fill(self, conversations: int) -> int:
        """Make so many tickets, changed lately; how many rows a pull brings."""
        self.page = 100
        return talked(self, conversations, BOB)

    def refused(self, request: httpx.Request) -> str:
        """Why the description allows no such request."""
        return described().refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        """Sources it refuses."""
        return {"key": connector(key=Secret("canary-another-key"))}

    def asked(self, pattern: str) -> list[httpx.Request]:
        """The requests whose path, behind /api/, is like that."""
        return [
            one
            for one in self.requests
            if re.fullmatch(pattern, one.url.path.removeprefix("/api/"))
        ]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        path = request.url.path.removeprefix("/api/")
        params = dict(request.url.params)
        headers = self._spend()
        if "retry-after" in headers:
            return _refusal(429, "Too many requests.", headers)
        pair = base64.b64encode(f"{EMAIL}:{KEY}".encode()).decode()
        if request.headers.get("authorization", "") != f"Basic {pair}":
            return _refusal(401, "Incorrect username or password.")
        found = re.fullmatch(r"(tickets|customers)/(\d+)", path)
        allowed = _PARAMS.get(path)
        if found:
            allowed = {"relationships"} if found[1] == "tickets" else set()
        if allowed is None:
            return _refusal(404, "There is no such thing.")
        if set(params) - allowed:
            return _refusal(400, "Unknown parameter.")
        said = self._answer(path, params)
        said.headers.update(headers)
        return said

    def _spend(self) -> dict[str, str]:
        if not self.limit:
            return {}
        begin = self.now - timedelta(seconds=20)
        self._calls = [at for at in self._calls if at > begin]
        name = "x-gorgias-account-api-call-limit"
        if len(self._calls) >= self.limit:
            return {"retry-after": "20", name: f"{self.limit}/{self.limit}"}
        self._calls.append(self.now)
        return {name: f"{len(self._calls)}/{self.limit}"}

    def _answer(self, path: str, params: dict[str, str]) -> httpx.Response:
        if path == "account":
            return httpx.Response(200, json={"domain": "acme", "object": "account"})
        kind, _, number = path.partition("/")
        if kind == "customers":
            who = self.customers.get(int(number))
            return httpx.Response(200, json=who) if who else _refusal(404, "None.")
        if kind == "messages":
            if "ticket_id" not in params:
                return self._everything(params)
            rows = self.said.get(int(params["ticket_id"]), [])
            keys = [(row["created_datetime"], row["id"]) for row in rows]
            told_by = dict(zip(keys, rows, strict=True)).get
            return self._paged(path, keys, params, told_by)
        if kind == "satisfaction-surveys":
            keys = sorted(
                ((row["created_datetime"], one) for one, row in self.surveys.items()),
                reverse=True,
            )
            return self._paged(path, keys, params, lambda key: self.surveys[key[1]])
        if number:
            row = self.tickets.get(int(number))
            if row is None:
                return _refusal(404, "None.")
            messages = self.said.get(int(number), [])[: self.within]
            told = {"custom_fields": None, **row, "messages": messages}
            told["satisfaction_survey"] = self._survey(row["id"])
            if "relationships" not in params:
                told["custom_fields"] = None
            return httpx.Response(200, json=told)
        if not self._order:
            self._order += sorted(
                (row["updated_datetime"], one) for one, row in self.tickets.items()
            )
        return self._paged(path, self._order, params, lambda key: self._listed(key[1]))

    def _listed(self, ticket: int) -> Row:
        """A ticket as a list tells it."""
        row = {**self.tickets[ticket], "excerpt": "It is slow"}
        row.pop("custom_fields", None)
        if self.lists_surveys:
            row["satisfaction_survey"] = self._survey(ticket)
        return row | {"messages_count": len(self.said.get(ticket, ()))}

    def _survey(self, ticket: int) -> Row | None:
        there = self.surveys.values()
        return next((one for one in there if one["ticket_id"] == ticket), None)

    def _everything(self, params: dict[str, str]) -> httpx.Response:
        """Messages of all tickets by creation."""
        if not self._said:
            rows = [row for several in self.said.values() for row in several]
            self._said |= {(row["created_datetime"], row["id"]): row for row in rows}
            self._said_order += sorted(self._said)
        return self._paged("messages", self._said_order, params, self._said.get)

    def _paged(
        self,
        path: str,
        keys: list[tuple[str, int]],
        params: dict[str, str],
        told: Callable[[tuple[str, int]], Row | None],
    ) -> httpx.Response:
        falls = params.get("order_by", "").endswith(":desc")
        start = 0
        if cursor := params.get("cursor", ""):
            try:
                _, at, number = json.loads(base64.b64decode(cursor))
            except ValueError:
                return _refusal(400, "Invalid cursor.")
            if path in self.forgets:
                return _refusal(400, "Invalid cursor.")
            key = (at, number)
            start = (
                next((n for n, one in enumerate(keys) if one < key), len(keys))
                if falls
                else bisect.bisect_right(keys, key)
            )
        size = min(self.page, int(params.get("limit", 30)))
        part = keys[start : start + size]
        after = None
        if start + size < len(keys):
            value = json.dumps(["next", *part[-1]]).encode()
            after = base64.b64encode(value).decode()
        return httpx.Response(
            200,
            json={
                "object": "list",
                "data": [told(key) for key in part],
                "meta": {
                    "prev_cursor": None,
                    "next_cursor": after,
                    "total_resources": len(keys),
                },
            },
        )

    def _message(self, name: str) -> Row:
        return next(
            row for rows in self.said.values() for row in rows if str(row["id"]) == name
        )

    def time(self) -> str:
        """Now, as it is written there."""
        return self.now.isoformat(timespec="microseconds")


def _refusal(
    status: int, message: str, headers: dict[str, str] | None = None
) -> httpx.Response:
    return httpx.Response(status, headers=headers, json={"error": {"msg": message}})
