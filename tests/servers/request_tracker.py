"""A small Request Tracker in this process, which answers as a real one was seen to."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers import request_tracker_rows as told_as
from servers.described import Described
from servers.request_tracker_rows import HOST, REST, Row
from servers.ticket_sql import Query, parsed
from triage.connector import Connector, Secret
from triage_connectors.request_tracker import RequestTracker

CANARY = "1-27-canary5f3a91c2"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_MERGED = "fsck.com-rt://acme.example/ticket/"


@cache
def described() -> Described:
    """The service in our own words."""
    return Described.at(Path(__file__).with_name("request_tracker.openapi.json"))


def connector(**told: Any) -> RequestTracker:
    """A source of this server."""
    return RequestTracker(**{"url": HOST, "token": Secret(CANARY), **told})


@dataclass(slots=True)
class RequestTrackerService:
    """
    Tickets, their transactions and what is attached to those.

    Attributes:
        page: Rows of an answer at most, however many are asked for.
        zone: How far the account's zone is from UTC; times in queries are read there.
        counts: Whether it says how many there are; if not, it leaves rows out of pages.
        hidden: Numbers of queues the account may not see.
        requests: What was asked.
    """

    now: datetime = NOW
    page: int = 3
    zone: timedelta = timedelta(hours=-5)
    counts: bool = True
    hidden: frozenset[int] = frozenset({2})
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"edit": "what was said there can never be edited"}
    )
    requests: list[httpx.Request] = field(default_factory=list)
    tickets: dict[int, Row] = field(default_factory=dict)
    transactions: list[Row] = field(default_factory=list)
    parts: dict[int, list[Row]] = field(default_factory=dict)
    users: dict[str, Row] = field(default_factory=dict)
    queues: dict[int, str] = field(default_factory=lambda: {1: "Feedback", 2: "Legal"})
    of_ticket: dict[int, list[Row]] = field(default_factory=dict)
    last_part: int = 0

    def __post_init__(self) -> None:
        self.user("agent", "agent@acme.example", privileged=True)
        self.user("RT_System", "", privileged=False)

    def user(self, name: str, email: str, *, privileged: bool = False) -> str:
        """Somebody with an account; their name."""
        self.users[name] = {
            "Name": name, "EmailAddress": email, "RealName": "", "Organization": "",
            "Privileged": int(privileged),
        }  # fmt: skip
        return name

    def customer(self, number: int) -> str:
        """Somebody who wrote a mail, and got an account by that."""
        email = f"ann{number}@customer.example"
        return email if email in self.users else self.user(email, email)

    # What happens there.

    def opened(self, by: str, text: str, subject: str = "", **told: Any) -> int:
        """A new ticket; its number."""
        number = len(self.tickets) + 1
        askers = told.pop("requestors", [by])
        self.tickets[number] = {
            "id": number, "Subject": subject or f"Case {number}", "Status": "new",
            "EffectiveId": number, "Resolved": datetime(1970, 1, 1, tzinfo=UTC),
            "LastUpdated": self.now, "Requestor": askers, "Queue": 1, "Type": "ticket",
            "CustomFields": {}, **told,
        }  # fmt: skip
        self.happened(number, "Create", by, text=text)
        return number

    def happened(self, ticket: int, kind: str, by: str, **told: Any) -> int:
        """Another transaction of a ticket, perhaps with a text; its number."""
        text, parts = told.pop("text", ""), told.pop("parts", None)
        row = {
            "id": 10 + 3 * len(self.transactions), "Type": kind, "Field": "",
            "OldValue": "", "NewValue": "", "ObjectId": ticket, "Creator": by,
            "Created": self.now, **told,
        }  # fmt: skip
        self.transactions.append(row)
        self.of_ticket.setdefault(ticket, []).append(row)
        self.tickets[ticket]["LastUpdated"] = self.now
        if parts is None and text:
            parts = [{"ContentType": "text/plain", "Content": text, "MessageId": "m"}]
        for part in parts or ():
            self.last_part += 1
            self.parts.setdefault(row["id"], []).append(
                {
                    "id": self.last_part,
                    "TransactionId": row["id"],
                    "Filename": None,
                    "Headers": "X-RT-Interface: Email\n",
                    "MessageId": "",
                    "Content": "",
                    **part,
                }
            )
        return int(row["id"])

    def becomes(self, ticket: int, status: str) -> None:
        """A ticket gets another status, which is a transaction."""
        before = self.tickets[ticket]["Status"]
        self.tickets[ticket]["Status"] = status
        if status == "resolved":
            self.tickets[ticket]["Resolved"] = self.now
        told = {"Field": "Status", "OldValue": before, "NewValue": status}
        self.happened(ticket, "Status", "agent", **told)

    def merged(self, ticket: int, into: int) -> None:
        """One ticket goes into another; both tell so."""
        for row in self.tickets.values():
            if row["EffectiveId"] == ticket:
                row["EffectiveId"] = into
        for one in (ticket, into):
            link = f"{_MERGED}{into}"
            self.happened(one, "AddLink", "agent", Field="MergedInto", NewValue=link)

    # What the contract wants of a service.

    def add(self) -> str:
        """A customer opens a ticket."""
        number = len(self.tickets) + 1
        ticket = self.opened(self.customer(number), f"It loses my tags, case {number}.")
        return str(self.of_ticket[ticket][0]["id"])

    def remove(self, name: str) -> None:
        """The ticket a message is in is deleted."""
        row = next(row for row in self.transactions if row["id"] == int(name))
        self.becomes(row["ObjectId"], "deleted")

    def reply(self, name: str) -> str:
        """An agent answers, and writes a comment that nobody should see."""
        row = next(row for row in self.transactions if row["id"] == int(name))
        words = f"That is mended in the next version, {name}."
        self.happened(row["ObjectId"], "Correspond", "agent", text=words)
        self.happened(row["ObjectId"], "Comment", "agent", text=f"Internal: {words}")
        return words

    def refused(self, request: httpx.Request) -> str:
        """Why the description allows no such request."""
        return described().refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        """Sources it refuses."""
        return {
            "key": connector(token=Secret("1-27-canaryother")),
            "Nowhere": connector(queues=("Nowhere",)),
        }

    def fill(self, conversations: int) -> int:
        """Make so many conversations of five messages each, as large pages as can be."""
        self.page = 100
        start = self.now - timedelta(days=2)
        for number in range(conversations):
            self.now = start + timedelta(seconds=10 * number)
            who = self.customer(number)
            ticket = self.opened(who, f"The export loses my tags, case {number}.")
            for turn in range(4):
                by = (who, "agent")[turn % 2 == 0]
                text = f"About case {number} I have this to say, time {turn}."
                self.happened(ticket, "Correspond", by, text=text)
        self.now = start + timedelta(days=2)
        return 5 * conversations

    # How it answers.

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        if request.headers.get("authorization") != f"token {CANARY}":
            return _said(401, {"message": "Unauthorized"})
        path = request.url.path
        if not path.startswith(REST):
            return _said(404, {"message": "Not Found"})
        names = path.removeprefix(REST).split("/")
        params = dict(request.url.params)
        match [request.method, *names]:
            case ["GET", "rt"]:
                return _said(200, {"Version": "5.0.3"})
            case ["GET", "user", name]:
                return self._user(name)
            case ["GET", "queue", name]:
                return self._queue(name)
            case ["GET", "transactions"]:
                return self._search(self._transactions, params)
            case ["GET", "tickets"]:
                return self._search(self._tickets, params)
            case ["GET", "ticket", number, "history"]:
                told = self.of_ticket.get(int(number), [])
                return self._listed(told, params, told_as.transaction)
            case ["GET", "ticket", number, "attachments"]:
                told = self._parts_of(self.of_ticket.get(int(number), []))
                return self._listed(told, params, told_as.part)
            case ["GET", "ticket", number]:
                return self._one(int(number))
            case ["GET", "transaction", number, "attachments"]:
                return self._listed(
                    self.parts.get(int(number), []), params, told_as.part
                )
            case ["POST", "attachments"]:
                told = self._attachments(json.loads(request.content))
                return self._listed(told, params, told_as.part)
        return _said(404, {"message": "Not Found"})

    def _user(self, name: str) -> httpx.Response:
        if name == "27":
            return _said(200, {"Name": "triage", "Privileged": 1, "id": 27})
        if name not in self.users:
            return _said(404, {"message": "Not Found"})
        # Of others it tells no more than a summary.
        names = ("Name", "EmailAddress", "RealName", "Privileged")
        return _said(200, {one: self.users[name][one] for one in names})

    def _queue(self, name: str) -> httpx.Response:
        number = next((one for one, known in self.queues.items() if known == name), 0)
        if not number or number in self.hidden:
            return _said(403, {"message": "Forbidden"})
        return _said(200, {"id": number, "Name": name, "Lifecycle": "default"})

    def _one(self, number: int) -> httpx.Response:
        ticket = self.tickets.get(number)
        if ticket is None:
            return _said(404, {"message": "Not Found"})
        if ticket["Queue"] in self.hidden:
            return _said(403, {"message": "Forbidden"})
        # Of a merged one, the one it went into is told.
        into = self.tickets[ticket["EffectiveId"]]
        return _said(200, told_as.ticket(self.users, into, ["Subject", "Status"]))

    def _search(self, found: Any, params: Mapping[str, str]) -> httpx.Response:
        try:
            query = parsed(params.get("query", ""), self.zone)
        except ValueError as error:
            return _said(400, {"message": f"{error} at Tickets.pm line 3187.\n"})
        rows, tell, is_ticket = found(query)
        if params.get("order") == "DESC":
            rows = reversed(rows)
        return self._listed(rows, params, tell, query, is_ticket=is_ticket)

    def _transactions(self, query: Query) -> tuple[Sequence[Row], Any, bool]:
        rows: Sequence[Row] = self.transactions
        if query.objects is not None:
            told = [row for one in query.objects for row in self.of_ticket.get(one, ())]
            rows = sorted(told, key=lambda row: int(row["id"]))
        start = bisect_right(rows, query.above, key=lambda row: int(row["id"]))
        return rows[start:], told_as.transaction, False

    def _tickets(self, query: Query) -> tuple[Sequence[Row], Any, bool]:
        numbers = sorted(query.ids or self.tickets)
        rows = [self.tickets[one] for one in numbers if one in self.tickets]
        # Deleted ones are never found, merged ones only by the one they went into.
        whole = "EffectiveId" in query.names
        return (
            [
                row
                for row in rows
                if row["Status"] != "deleted"
                and (whole or row["EffectiveId"] == row["id"])
            ],
            told_as.ticket,
            True,
        )

    def _attachments(self, limits: Sequence[Mapping[str, str]]) -> list[Row]:
        of = [int(one["value"]) for one in limits if one["field"] == "TransactionId"]
        kinds = {one["value"] for one in limits if one["field"] == "ContentType"}
        others = [
            (one["field"], one["operator"], one["value"])
            for one in limits
            if one["field"] not in {"TransactionId", "ContentType"}
        ]
        told = [part for number in of for part in self.parts.get(number, ())]
        return [
            part
            for part in sorted(told, key=lambda part: int(part["id"]))
            if (not kinds or part["ContentType"] in kinds)
            and all(_holds(part, *other) for other in others)
        ]

    def _parts_of(self, rows: Iterable[Row]) -> list[Row]:
        return [part for row in rows for part in self.parts.get(row["id"], ())]

    def _may_see(self, row: Row) -> bool:
        ticket = self.tickets[row["ObjectId"]] if "ObjectId" in row else row
        return ticket.get("Queue", 1) not in self.hidden

    def _listed(
        self,
        rows: Iterable[Row],
        params: Mapping[str, str],
        tell: Any,
        query: Query | None = None,
        *,
        is_ticket: bool = False,
    ) -> httpx.Response:
        size = min(int(params.get("per_page", 20)), self.page)
        page = int(params.get("page", 1))
        fields = [one for one in params.get("fields", "").split(",") if one]
        if "Parent" in fields:
            return httpx.Response(500)
        wanted = (page - 1) * size, page * size
        found: list[Row] = []
        total = 0
        for row in rows:
            if query and not query.holds(self._joined(row, query)):
                continue
            if self.counts and not self._may_see(row):
                continue
            if wanted[0] <= total < wanted[1]:
                found.append(row)
            total += 1
            if total >= wanted[1] and not is_ticket:
                break
        told = [tell(self.users, row, fields) for row in found if self._may_see(row)]
        known = total if is_ticket and self.counts else None
        pages = -(-known // size) if known is not None else None
        return _said(
            200,
            {
                "count": len(told),
                "per_page": size,
                "page": page,
                "items": told,
                "total": known,
                "pages": pages,
            },
        )

    def _joined(self, row: Row, query: Query) -> Row:
        if not any(name.startswith("Ticket") for name in query.names):
            return row
        ticket = self.tickets[row["ObjectId"]]
        return {**row, "TicketQueue": ticket["Queue"], "TicketType": ticket["Type"]}


def _said(status: int, told: Any) -> httpx.Response:
    return httpx.Response(status, json=told)


def _holds(part: Row, name: str, how: str, value: str) -> bool:
    if how == ">":
        return int(part[name]) > int(value)
    if how == "!=":
        return bool(part[name] != value)
    return (part[name] is None) == (how == "IS")
