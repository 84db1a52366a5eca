"""A made-up Typeform account: forms, and what people answered to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.filling import answered_in_a_day
from triage.connector import Connector, Secret
from triage_connectors.typeform import Typeform

HOST = "https://api.typeform.com"
CANARY = "canary-typeform-7c21e9"
KEY = "canary-typeform-hook-51"
NETWORK = "canary-network-id-9e1f"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

_DESCRIBED = Described.at(Path(__file__).with_name("typeform.openapi.json"))

ASKED: list[dict[str, Any]] = [
    {"id": "q1", "ref": "recommend", "title": "Would you recommend us?", "type": "nps", "properties": {"steps": 11, "start_at_one": False}},
    {"id": "q2", "ref": "why", "title": "Why?", "type": "long_text", "properties": {}},
    {"id": "q3", "ref": "role", "title": "What do you do?", "type": "multiple_choice", "properties": {"choices": []}},
    {"id": "q4", "ref": "mail", "title": "Your address", "type": "email"},
    {"id": "q5", "ref": "ease", "title": "How easy was it?", "type": "opinion_scale", "properties": {"steps": 7, "start_at_one": True}},
    {"id": "q6", "ref": "stars", "title": "Stars?", "type": "rating", "properties": {"steps": 5, "shape": "star"}},
    {"id": "q7", "ref": "wish", "title": "What is missing?", "type": "short_text"},
    {
        "id": "g1", "ref": "who", "title": "Who are you?", "type": "contact_info",
        "properties": {"fields": [
            {"id": "c1", "ref": "c-first", "title": "First name", "subfield_key": "first_name", "type": "short_text"},
            {"id": "c2", "ref": "c-last", "title": "Last name", "subfield_key": "last_name", "type": "short_text"},
            {"id": "c3", "ref": "c-mail", "title": "Email", "subfield_key": "email", "type": "email"},
            {"id": "c4", "ref": "c-company", "title": "Company", "subfield_key": "company", "type": "short_text"},
        ]},
    },
    {"id": "q8", "ref": "3f2b1c7a-0d5e-4a6b-9c8d-7e6f5a4b3c2d", "title": "Which plan?", "type": "dropdown"},
]  # fmt: skip
_TYPES = {one["id"]: one for one in ASKED} | {
    one["id"]: one for one in ASKED[7]["properties"]["fields"]
}
_BY_REF = {one["ref"]: one for one in _TYPES.values()}


def answered(ref: str, kind: str, value: Any) -> dict[str, Any]:
    """One answer as the API tells it."""
    asked = _BY_REF[ref]
    about = {"id": asked["id"], "ref": asked["ref"], "type": asked["type"]}
    return {"field": about, "type": kind, kind: value}


@dataclass(slots=True)
class TypeformService:
    """
    Two forms; three responses a page.

    Attributes:
        size: Responses of a page at most.
        rights: What the token may read.
        late: How long a response is held back after it was sent in.
    """

    now: datetime = NOW
    size: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "edit": "a response that was sent in stays as it is",
            "remove": "Typeform tells of no deletion",
            "reply": "nobody answers a response",
        }
    )
    rights: frozenset[str] = frozenset({"accounts", "forms", "responses"})
    late: timedelta = timedelta(0)
    secrets: list[str] = field(default_factory=lambda: [NETWORK])
    requests: list[httpx.Request] = field(default_factory=list)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows_there: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    times: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        for name, title in (("formA", "NPS in spring"), ("formB", "Onboarding")):
            self.make(name, title)

    def make(self, name: str, title: str) -> None:
        """One more form."""
        self.forms[name] = {
            "id": name, "type": "quiz", "title": title, "last_updated_at": self._time(),
            "created_at": self._time(), "self": {"href": f"{HOST}/forms/{name}"},
        }  # fmt: skip
        self.rows_there[name] = []
        self.times[name] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "AUTHENTICATION_FAILED", "credentials are invalid")
        path = request.url.path.strip("/").split("/")
        match path:
            case ["me"]:
                return self._me()
            case ["forms"] if "forms" in self.rights:
                return self._list(request)
            case ["forms", name] if "forms" in self.rights:
                return self._form(name)
            case ["forms", name, "responses"] if "responses" in self.rights:
                return self._responses(name, request.url.params)
        if path[0] == "forms":
            return _error(403, "FORBIDDEN", "the token has no such scope")
        return _error(404, "NOT_FOUND", "no such path")

    def add(self) -> str:
        form = ("formA", "formB")[self.count % 2]
        return self.say(
            form,
            answered("recommend", "number", 3),
            answered("why", "text", f"It loses my tags, {self.count}"),
        )

    def say(self, form: str, *answers: Mapping[str, Any], **more: Any) -> str:
        """Somebody sends a form in; returns the response's id."""
        self.count += 1
        name = f"resp{self.count:05}"
        row = {
            "landing_id": name,
            "token": name,
            "response_id": name,
            "response_type": "completed",
            "landed_at": self._time(),
            "submitted_at": self._time(),
            "metadata": {
                "user_agent": "Mozilla/5.0", "platform": "other", "browser": "default",
                "referer": f"https://acme.typeform.com/to/{form}", "network_id": NETWORK,
            },
            "hidden": {},
            "calculated": {"score": 0},
            "answers": list(answers),
            **more,
        }  # fmt: skip
        self.rows_there[form].append(row)
        self.times[form].append(row["submitted_at"])
        return name

    def fill(self, conversations: int) -> int:
        """So many responses within a day, in pages as large as there are."""
        self.size = 1000
        return answered_in_a_day(self, conversations)

    def refused(self, request: httpx.Request) -> str:
        return _DESCRIBED.refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "key": Typeform(Secret("canary-another-token")),
            "nowhere": Typeform(Secret(CANARY), forms=("nowhere",)),
        }

    def _me(self) -> httpx.Response:
        if "accounts" not in self.rights:
            return _error(403, "FORBIDDEN", "the token has no such scope")
        me = {"alias": "Eve", "email": "eve@acme.example", "language": "en"}
        return httpx.Response(200, json=me)

    def _list(self, request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        size, page = int(asked.get("page_size", 10)), int(asked.get("page", 1))
        items = list(self.forms.values())
        told = {
            "total_items": len(items),
            "page_count": -(-len(items) // size),
            "items": items[(page - 1) * size : page * size],
        }
        return httpx.Response(200, json=told)

    def _form(self, name: str) -> httpx.Response:
        if name not in self.forms:
            return _error(404, "FORM_NOT_FOUND", "there is no such form")
        told = {**self.forms[name], "fields": ASKED, "hidden": ["email", "plan"]}
        return httpx.Response(200, json=told)

    def _responses(self, name: str, asked: httpx.QueryParams) -> httpx.Response:
        if name not in self.forms:
            return _error(404, "FORM_NOT_FOUND", "there is no such form")
        rows = self.rows_there[name]
        until = f"{self.now - self.late:%Y-%m-%dT%H:%M:%SZ}"
        first = 0
        if "since" in asked:
            first = bisect_left(self.times[name], f"{asked['since']}Z")
        rows = [row for row in rows[first:] if row["submitted_at"] <= until]
        if asked.get("response_type") == "completed":
            rows = [row for row in rows if row["response_type"] == "completed"]
        if "excluded_response_ids" in asked:
            out = set(asked["excluded_response_ids"].split(","))
            rows = [row for row in rows if row["response_id"] not in out]
        if "included_response_ids" in asked:
            only = set(asked["included_response_ids"].split(","))
            rows = [row for row in rows if row["response_id"] in only]
        if "after" in asked:
            names = [row["token"] for row in rows]
            rows = rows[names.index(asked["after"]) + 1 :]
        elif asked.get("sort") != "submitted_at,asc":
            rows = rows[::-1]
        size = min(self.size, int(asked.get("page_size", 25)))
        told = {
            "total_items": len(rows),
            "page_count": -(-len(rows) // size),
            "items": rows[:size],
        }
        return httpx.Response(200, json=told)

    def _time(self) -> str:
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"


def connector(**settings: Any) -> Typeform:
    """A connector that fits the service."""
    return Typeform(token=Secret(CANARY), **settings)


def _error(status: int, code: str, said: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "description": said})
