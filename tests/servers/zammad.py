"""A small Zammad desk in this process: tickets, articles, states, tags, a search."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from triage.connector import Connector, Secret
from triage_connectors.zammad import Zammad

HOST = "https://help.acme.example"
CANARY = "canary-zammad-5f3a91c2"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STATES = {
    1: ("new", "new"),
    2: ("open", "open"),
    3: ("pending reminder", "pending reminder"),
    4: ("closed", "closed"),
    5: ("merged", "merged"),
    6: ("removed", "removed"),
    7: ("pending close", "pending action"),
    8: ("wartet auf Kundschaft", "pending reminder"),
}
_QUERY = re.compile(r"updated_at:\[(\S+) TO (\S+)\]")


@cache
def described() -> Described:
    """The desk in our own words: its makers publish no description."""
    return Described.at(Path(__file__).with_name("zammad.openapi.json"))


def connector(**told: Any) -> Zammad:
    """A source of this desk."""
    return Zammad(**{"url": HOST, "token": Secret(CANARY), **told})


def stamp(at: datetime) -> str:
    """A time as Zammad writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


@dataclass(slots=True)
class ZammadDesk:
    """
    Tickets and what was said in them.

    Attributes:
        size: Tickets in a page at most, whatever is asked for.
        cap: Tickets of one search that can be paged to.
        elastic: "" where search is by words only, as without Elasticsearch; "on", or
            "refuses" where it answers with an error.
        admin: Whether the token may all, and not only what agents may.
        lag: How long after a change the search tells a ticket as it was before.
    """

    now: datetime = NOW
    token: str = CANARY
    size: int = 200
    cap: int = 10_000
    elastic: str = "on"
    lag: timedelta = timedelta()
    admin: bool = False
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    articles: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    tags: dict[int, list[str]] = field(default_factory=dict)
    indexed: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    last: int = 0
    _order: list[tuple[str, int]] | None = None
    _all: list[dict[str, Any]] | None = None

    def refused(self, request: httpx.Request) -> str:
        """Why our description allows no such request."""
        return described().refused(request)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        if request.headers.get("authorization") != f"Token token={self.token}":
            return _error(401, "Invalid BasicAuth credentials")
        path = request.url.path.removeprefix("/api/v1/")
        params = request.url.params
        match path.split("/"):
            case ["users", "me"]:
                return httpx.Response(200, json=_ME)
            case ["ticket_states"]:
                return httpx.Response(200, json=_states())
            case ["tickets", "search"]:
                return self._search(params)
            case ["tickets"]:
                return self._list(params)
            case ["ticket_articles"]:
                return self._everything(params)
            case ["ticket_articles", "by_ticket", name] if name.isdigit():
                if int(name) not in self.tickets:
                    return _error(404, "Couldn't find Ticket")
                return httpx.Response(200, json=self.articles[int(name)])
            case ["tags"] if params.get("object") == "Ticket":
                told = self.tags.get(int(params["o_id"]), [])
                return httpx.Response(200, json={"tags": told})
        return _error(404, f"No route matches [{request.method}] {path}")

    def ticket(self, at: datetime | None = None, **told: Any) -> int:
        """A customer opens a ticket without words; its number."""
        name = len(self.tickets) + 1
        at = at or self.now
        self.tickets[name] = {
            "id": name, "group_id": 1, "priority_id": 2, "state_id": 1,
            "organization_id": 7, "number": f"22{name:03}", "title": f"Export {name}",
            "owner_id": 1, "customer_id": 10, "note": None, "close_at": None,
            "last_contact_at": None, "last_contact_agent_at": None,
            "last_contact_customer_at": None, "create_article_type_id": 1,
            "create_article_sender_id": 2, "article_count": 0, "escalation_at": None,
            "pending_time": None, "preferences": {}, "updated_by_id": 10,
            "created_by_id": 10, "created_at": stamp(at), "updated_at": "",
            "group": "Users", "priority": "2 normal", "state": "new", "owner": "-",
            "organization": "Acme Inc.", "customer": "ann@customer.example",
            "create_article_type": "email", "create_article_sender": "Customer",
            **told,
        }  # fmt: skip
        self.articles[name] = []
        self.touch(name, at)
        return name

    def say(self, ticket: int, body: str, sender: str = "Customer", **told: Any) -> int:
        """Somebody says something in a ticket; the article's number."""
        self.last += 1
        at = told.pop("at", self.now)
        is_ours = sender != "Customer"
        who = "Bob <help@acme.example>" if is_ours else "Ann <ann@customer.example>"
        article = {
            "id": self.last, "ticket_id": ticket, "type_id": 1, "sender_id": 2,
            "from": who, "to": "help@acme.example", "cc": None, "subject": "Export",
            "reply_to": None, "message_id": f"<{self.last}@customer.example>",
            "in_reply_to": None, "content_type": "text/plain", "references": None,
            "body": body, "internal": False, "preferences": {},
            "updated_by_id": 10, "created_by_id": 10, "origin_by_id": None,
            "type": "web", "sender": sender, "created_by": "ann@customer.example",
            "updated_by": "ann@customer.example", "attachments": [],
            "created_at": stamp(at), "updated_at": stamp(at), **told,
        }  # fmt: skip
        self.articles[ticket].append(article)
        row = self.tickets[ticket]
        row["article_count"] += 1
        if not article["internal"]:
            kind = "agent" if is_ours else "customer"
            row |= {"last_contact_at": stamp(at), f"last_contact_{kind}_at": stamp(at)}
        self.touch(ticket, at)
        return self.last

    def state(self, ticket: int, number: int) -> None:
        """A ticket comes into another state."""
        self.tickets[ticket] |= {"state_id": number, "state": STATES[number][0]}
        if number == 4:
            self.tickets[ticket]["close_at"] = stamp(self.now)
        self.touch(ticket)

    def merge(self, source: int, target: int) -> None:
        """All of one ticket moves into another."""
        for article in self.articles[source]:
            self.articles[target].append(article | {"ticket_id": target})
        self.tickets[target]["article_count"] += len(self.articles[source])
        self.articles[source] = []
        self.say(source, "merged", "System", internal=True, type="note")
        self.state(source, 5)
        self.touch(target)

    def touch(self, ticket: int, at: datetime | None = None) -> None:
        """Something about a ticket changes."""
        told = stamp(at or self.now)
        self.tickets[ticket]["updated_at"] = told
        if self.lag:
            self.indexed.setdefault(ticket, []).append((self.now, told))
        self._order = self._all = None

    def _search(self, params: httpx.QueryParams) -> httpx.Response:
        if self.elastic == "refuses":
            return _error(422, "Unable to process search request")
        found = _QUERY.fullmatch(params["query"])
        if not found:
            return _error(422, "Failed to parse query")
        begin, end = found.groups()
        page, count = int(params.get("page", 1)), int(params.get("per_page", 50))
        count = min(count, self.size)
        names: list[int] = []
        if self.elastic:
            order = self._indexed()
            first = bisect_left(order, (begin, 0))
            names = [name for at, name in order[first:] if at <= end]
        if "with_total_count" in params:
            told = {
                "record_ids": names[:count],
                "assets": {},
                "total_count": len(names),
            }
            return httpx.Response(200, json=told)
        if page * count > self.cap:
            return _error(500, "Result window is too large")
        assert (params["sort_by"], params["order_by"]) == ("updated_at", "asc")
        rows = [self.tickets[name] for name in names[(page - 1) * count : page * count]]
        return httpx.Response(200, json=rows)

    def _indexed(self) -> list[tuple[str, int]]:
        """When each ticket changed last, as the search has it by now."""
        if self.lag:
            known = [
                (max(told for at, told in changes if at <= self.now - self.lag), name)
                for name, changes in self.indexed.items()
                if changes[0][0] <= self.now - self.lag
            ]
            return sorted(known)
        if self._order is None:
            rows = self.tickets.items()
            self._order = sorted((row["updated_at"], name) for name, row in rows)
        return self._order

    def _list(self, params: httpx.QueryParams) -> httpx.Response:
        page, count = int(params.get("page", 1)), int(params.get("per_page", 100))
        count = min(count, self.size, 100)
        rows = list(self.tickets.values())[(page - 1) * count : page * count]
        return httpx.Response(200, json=rows)

    def _everything(self, params: httpx.QueryParams) -> httpx.Response:
        """Articles of all tickets by their number."""
        if not self.admin:
            return _error(403, "Not authorized")
        page, count = int(params.get("page", 1)), int(params.get("per_page", 500))
        if self._all is None:
            rows = [row for several in self.articles.values() for row in several]
            self._all = sorted(rows, key=lambda row: row["id"])
        rows = self._all[(page - 1) * count : page * count]
        return httpx.Response(200, json=rows)


@dataclass(slots=True)
class ZammadService(ZammadDesk):
    """The desk as the contract of services wants one: three tickets a page."""

    size: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "edit": "what an article says cannot be changed in Zammad"
        }
    )

    def add(self) -> str:
        """Somebody opens a ticket."""
        ticket = self.ticket()
        return str(self.say(ticket, f"It loses tags, {ticket}"))

    def remove(self, name: str) -> None:
        """An article is made internal, which is how one is taken back."""
        ticket, article = self._article(name)
        article["internal"] = True
        self.touch(ticket)

    def reply(self, name: str) -> str:
        """An agent answers."""
        words = f"Mended in the next version, {name}"
        self.say(self._article(name)[0], words, "Agent")
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources this desk refuses."""
        return {"key": connector(token=Secret("canary-another-key"))}

    def fill(self, conversations: int) -> int:
        """Make so many tickets of three customers' and two agents' articles."""
        self.size = 200
        begin = self.now - timedelta(days=2)
        for number in range(conversations):
            at = begin + timedelta(seconds=number)
            ticket = self.ticket(at)
            for turn in range(5):
                sender = "Agent" if turn % 2 else "Customer"
                self.say(ticket, f"The export loses tags, {number}.", sender, at=at)
        return 5 * conversations

    def _article(self, name: str) -> tuple[int, dict[str, Any]]:
        return next(
            (ticket, article)
            for ticket, articles in self.articles.items()
            for article in articles
            if article["id"] == int(name)
        )


def _states() -> list[dict[str, Any]]:
    return [
        {"id": number, "state_type_id": number, "name": name, "state_type": kind}
        for number, (name, kind) in STATES.items()
    ]


def _error(status: int, said: str) -> httpx.Response:
    return httpx.Response(status, json={"error": said, "error_human": said})


_ME = {
    "id": 3,
    "login": "chris@acme.example",
    "firstname": "Chris",
    "lastname": "Miller",
    "email": "chris@acme.example",
    "roles": ["Agent"],
    "active": True,
}
