"""A small Freshdesk that answers as the real one does, made up for tests."""

from __future__ import annotations

import base64
import bisect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.filling import talked
from triage.connector import Connector, Secret
from triage_connectors.freshdesk import Freshdesk

KEY = "canary-freshdesk-7c1e90aa"
NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
ORIGIN = "https://acme.freshdesk.com"
ANN, BEA = 9001, 9002
"""Contacts."""
BOB = 501
"""An agent."""
ACME = 71
"""A company."""

_PARAMS: Mapping[str, set[str]] = {
    "agents": {"page", "per_page"},
    "agents/me": set(),
    "companies": {"page", "per_page"},
    "search/tickets": {"query", "page"},
    "surveys/satisfaction_ratings": {"created_since", "user_id", "page", "per_page"},
    "tickets": {
        "filter", "requester_id", "email", "company_id", "updated_since", "order_by",
        "order_type", "include", "page", "per_page",
    },
}  # fmt: skip


def connector(**told: Any) -> Freshdesk:
    """A source at this desk."""
    return Freshdesk(**{"domain": "acme", "key": Secret(KEY), **told})


@cache
def described() -> Described:
    """What may be asked, in our own words."""
    return Described.at(Path(__file__).with_name("freshdesk.openapi.json"))


@dataclass(slots=True)
class FreshdeskService:
    """
    One desk's tickets.

    Attributes:
        page: Rows of a page at most.
        last: The last page of a list.
        limit: Calls in a minute; where there is none, answers say nothing of it.
        refuses: What this key may not, by path: the code of the refusal.
        late: How long after a reply it is listed.
    """

    now: datetime = NOW
    page: int = 3
    last: int = 300
    limit: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    late: timedelta = timedelta()
    cannot: Mapping[str, str] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    said: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    ratings: list[dict[str, Any]] = field(default_factory=list)
    companies: dict[int, dict[str, Any]] = field(default_factory=dict)
    contacts: dict[int, dict[str, Any]] = field(default_factory=dict)
    _added: int = 0
    _number: int = 1000
    _minute: tuple[int, int] = (0, 0)
    _order: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, name in ((ANN, "Ann"), (BEA, "Bea")):
            self.contacts[number] = {
                "id": number, "name": f"{name} Customer", "company_id": ACME,
                "email": f"{name.lower()}@acme.example", "phone": None, "mobile": None,
            }  # fmt: skip
        self.companies[ACME] = a_company(ACME, "Acme")

    def add(self) -> str:
        """A customer opens a ticket, answers in the first, or rates it."""
        self._added += 1
        if self._added % 7 == 3:
            number = self.say(1, f"It is still slow, {self._added}")
            return str(number)
        if self._added % 7 == 5:
            return f"csat {self.rate(1, 101, f'Kind people, {self._added}')}"
        return f"ticket {self.open(f'It is slow, {self._added}')}"

    def edit(self, name: str) -> str:
        """The words of a ticket are changed."""
        ticket = int(name.split()[1])
        words = f"It is slow on Mondays, {ticket}"
        self.change(ticket, description=f"<div>{words}</div>", description_text=words)
        return words

    def remove(self, name: str) -> None:
        """A ticket is deleted."""
        self.change(int(name.split()[1]), deleted=True)

    def reply(self, name: str) -> str:
        """An agent answers."""
        words = f"We look into it, {name}"
        self.say(int(name.split()[1]), words, by=BOB)
        return words

    def open(self, words: str, by: int = ANN, **told: Any) -> int:
        """A ticket comes; its number."""
        number = len(self.tickets) + 1
        at = self.time()
        who = self.contacts.get(
            by, {"id": by, "name": "Bob", "email": "bob@us.example"}
        )
        self.tickets[number] = {
            "cc_emails": [], "fwd_emails": [], "reply_cc_emails": [],
            "email_config_id": None, "fr_escalated": False, "group_id": None,
            "priority": 1, "requester_id": by, "responder_id": BOB, "source": 1,
            "spam": False, "status": 2, "subject": f"Slow {number}", "type": "Question",
            "company_id": who.get("company_id"), "id": number, "to_emails": None,
            "product_id": None, "created_at": at, "updated_at": at,
            "description": f"<div>{words}</div>", "description_text": words,
            "custom_fields": {}, "tags": ["slow"], "attachments": [],
            "requester": {one: who.get(one) for one in ("id", "name", "email", "phone")},
            "stats": dict.fromkeys(
                ("agent_responded_at", "requester_responded_at", "first_responded_at",
                 "status_updated_at", "reopened_at", "resolved_at", "closed_at",
                 "pending_since")
            ),
            **told,
        }  # fmt: skip
        self._order.clear()
        return number

    def change(self, ticket: int, **told: Any) -> None:
        """Something of a ticket is changed."""
        self.tickets[ticket] |= {**told, "updated_at": self.time()}
        self._order.clear()

    def say(self, ticket: int, words: str, by: int = ANN, **told: Any) -> int:
        """Somebody answers in a ticket; the number of the answer."""
        self._number += 1
        at = self.time()
        incoming = by in self.contacts
        row = {
            "body": f"<div>{words}</div>", "body_text": words, "id": self._number,
            "incoming": incoming, "private": False, "user_id": by,
            "support_email": None, "source": 0, "ticket_id": ticket, "to_emails": [],
            "from_email": None, "cc_emails": [], "bcc_emails": None, "created_at": at,
            "updated_at": at, "attachments": [], **told,
        }  # fmt: skip
        self.said.setdefault(ticket, []).append(row)
        if not row["private"]:
            side = "requester" if incoming else "agent"
            self.tickets[ticket]["stats"][f"{side}_responded_at"] = at
        self.change(ticket)
        return self._number

    def rate(self, ticket: int, value: int, words: str = "", by: int = ANN) -> int:
        """A customer says how satisfied they are; the number of the rating."""
        number = len(self.ratings) + 1
        self.ratings.append(
            {
                "id": number, "survey_id": 1, "user_id": by, "agent_id": BOB,
                "feedback": words or None, "group_id": None, "ticket_id": ticket,
                "ratings": {"default_question": value}, "created_at": self.time(),
                "updated_at": self.time(),
            }
        )  # fmt: skip
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
        """The requests whose path, behind the version, is like that."""
        return [
            one
            for one in self.requests
            if re.fullmatch(pattern, one.url.path.removeprefix("/api/v2/"))
        ]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        path = request.url.path.removeprefix("/api/v2/")
        params = dict(request.url.params)
        includes = [one for one in params.get("include", "").split(",") if one]
        cost = 1 + 2 * len(includes)
        headers = self._spend(cost)
        if "retry-after" in headers:
            return _refusal(429, "rate_limit", "You have exceeded the limit.", headers)
        sent = request.headers.get("authorization", "")
        if sent != f"Basic {base64.b64encode(f'{KEY}:X'.encode()).decode()}":
            told = "You have to be logged in to perform this action."
            return _refusal(401, "invalid_credentials", told)
        if path in self.refuses:
            return _refusal(403, self.refuses[path], "You are not authorized.")
        allowed = _PARAMS.get(path)
        if allowed is None:
            found = re.fullmatch(
                r"(tickets|contacts|companies)/\d+(/conversations)?", path
            )
            if not found or (found[1] == "tickets") != bool(found[2]):
                return _refusal(404, "not_found", "There is no such thing.")
            allowed = {"page", "per_page"} if found[2] else set()
        if set(params) - allowed:
            return _refusal(400, "invalid_field", "Unexpected/invalid field in request")
        said = self._answer(path, params, includes)
        said.headers.update(headers)
        return said

    def _spend(self, cost: int) -> dict[str, str]:
        if not self.limit:
            return {}
        minute = int(self.now.timestamp()) // 60
        spent = self._minute[1] if self._minute[0] == minute else 0
        if spent + cost > self.limit:
            rest = 60 - int(self.now.timestamp()) % 60
            return {"retry-after": str(rest), "x-ratelimit-remaining": "0"}
        self._minute = minute, spent + cost
        return {
            "x-ratelimit-total": str(self.limit),
            "x-ratelimit-remaining": str(self.limit - spent - cost),
            "x-ratelimit-used-currentrequest": str(cost),
        }

    def _answer(
        self, path: str, params: dict[str, str], includes: list[str]
    ) -> httpx.Response:
        kind, _, rest = path.partition("/")
        if path == "agents/me":
            return httpx.Response(200, json=an_agent(BOB))
        if path == "agents":
            return self._paged(path, [an_agent(BOB)], params)
        if path == "companies":
            return self._paged(path, list(self.companies.values()), params)
        if kind in {"companies", "contacts"}:
            one = getattr(self, kind).get(int(rest))
            return httpx.Response(200, json=one) if one else httpx.Response(404)
        if path == "search/tickets":
            day = re.fullmatch(r"\"updated_at:>'(\d{4}-\d\d-\d\d)'\"", params["query"])
            assert day, params["query"]
            told = self._since("", f"{day[1]}T00:00:00Z")
            rows = [self._row(number, []) for _, number in told[:30]]
            return httpx.Response(200, json={"total": len(told), "results": rows})
        if kind == "surveys":
            since = params["created_since"]
            rows = [one for one in self.ratings if one["created_at"] >= since]
            return self._paged(path, rows, params)
        if kind == "tickets" and rest:
            number = int(rest.partition("/")[0])
            if number not in self.tickets or self.tickets[number].get("deleted"):
                return httpx.Response(404)
            late = f"{self.now - self.late:%Y-%m-%dT%H:%M:%SZ}"
            rows = [
                one for one in self.said.get(number, ()) if one["created_at"] <= late
            ]
            return self._paged(path, rows, params)
        return self._list(params, includes)

    def _list(self, params: dict[str, str], includes: list[str]) -> httpx.Response:
        assert (params["order_by"], params["order_type"]) == ("updated_at", "asc")
        page = int(params.get("page", 1))
        if page > self.last:
            return _refusal(400, "invalid_value", "Page must be 300 at most.")
        found = self._since(params.get("filter", ""), params["updated_since"])
        return self._paged(
            "tickets", found, params, lambda one: self._row(one[1], includes)
        )

    def _since(self, which: str, since: str) -> list[tuple[str, int]]:
        """The tickets of a filter that changed since, in order of change."""
        if which not in self._order:
            self._order[which] = sorted(
                (row["updated_at"], number)
                for number, row in self.tickets.items()
                if _state(row) == which
            )
        order = self._order[which]
        return order[bisect.bisect_left(order, (since, 0)) :]

    def _row(self, number: int, includes: list[str]) -> dict[str, Any]:
        row = dict(self.tickets[number])
        for name, keys in (
            ("description", ("description", "description_text")),
            ("requester", ("requester",)),
            ("stats", ("stats",)),
        ):
            if name not in includes:
                for key in keys:
                    row.pop(key)
        return row

    def _paged(
        self,
        path: str,
        rows: list[Any],
        params: dict[str, str],
        told: Callable[[Any], Any] = lambda one: one,
    ) -> httpx.Response:
        size = min(self.page, int(params.get("per_page", 30)))
        page = int(params.get("page", 1))
        part = rows[(page - 1) * size : page * size]
        headers = {}
        if page * size < len(rows):
            url = httpx.URL(
                f"{ORIGIN}/api/v2/{path}", params={**params, "page": page + 1}
            )
            headers["link"] = f'<{url}>; rel="next"'
        return httpx.Response(200, json=[told(one) for one in part], headers=headers)

    def time(self) -> str:
        """Now, as it is written there."""
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"


def a_company(number: int, name: str, **told: Any) -> dict[str, Any]:
    """A company as it is told."""
    return {
        "id": number, "name": name, "description": None, "note": None, "domains": [],
        "custom_fields": {}, "account_tier": "Premium", "health_score": None, **told,
    }  # fmt: skip


def an_agent(number: int) -> dict[str, Any]:
    """An agent as they are told."""
    return {
        "available": True, "occasional": False, "id": number, "ticket_scope": 1,
        "contact": {
            "active": True, "email": "bob@us.example", "name": "Bob Agent",
            "language": "en",
        },
    }  # fmt: skip


def _state(row: Mapping[str, Any]) -> str:
    return "deleted" if row.get("deleted") else "spam" if row["spam"] else ""


def _refusal(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> httpx.Response:
    told = json.dumps({"code": code, "message": message})
    return httpx.Response(
        status,
        headers={"content-type": "application/json", **(headers or {})},
        content=told.encode(),
    )
