"""A made-up shop of reviews, and an honest connector of it: what the contract asks for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

import httpx

from triage.connector import (
    Channel,
    ConfigError,
    Connector,
    Cursor,
    Incoming,
    Kind,
    Page,
    Report,
    Secret,
    SourceUnavailable,
)
from triage.transport import Http

HOST = "https://shop.example"
CANARY = "canary-shop-5f3a91c2"


@dataclass(slots=True)
class Shop:
    """
    Reviews and answers to them, in order of change; three a page.

    Attributes:
        token: The one key it takes.
        size: Rows of a page.
    """

    now: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)
    cannot: Mapping[str, str] = field(default_factory=dict)
    token: str = CANARY
    size: int = 3
    rows_there: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return httpx.Response(401)
        if request.url.path == "/api/me":
            return httpx.Response(200, json={"account": "Ann's shop"})
        since = request.url.params.get("since", "")
        after = request.url.params.get("after", "")
        rest = sorted(
            (row for row in self.rows_there.values() if _place(row) > (since, after)),
            key=_place,
        )
        page, more = rest[: self.size], rest[self.size :]
        told: dict[str, Any] = {"reviews": page, "next": None}
        if more:
            changed, name = _place(page[-1])
            told["next"] = f"{HOST}/api/reviews?since={changed}&after={name}"
        return httpx.Response(200, json=told)

    def add(self) -> str:
        return self._put(f"r{len(self.rows_there) + 1:03}", "It crashes", "customer")

    def edit(self, name: str) -> str:
        words = f"It crashes still, {name}"
        self.rows_there[name] |= {"text": words, "changed": self._time()}
        return words

    def remove(self, name: str) -> None:
        self.rows_there[name] |= {"gone": True, "changed": self._time()}

    def reply(self, name: str) -> str:
        words = f"Mended in the next version, {name}"
        self._put(f"{name}-reply", words, "us")
        return words

    def refused(self, request: httpx.Request) -> str:
        known = {"/api/me": set(), "/api/reviews": {"since", "after"}}
        names = set(request.url.params)
        if names <= known.get(request.url.path, set()) and request.method == "GET":
            return ""
        return f"no {request.method} {request.url.path} with {sorted(names)}"

    def wrong(self) -> Mapping[str, Connector]:
        return {"key": Reviews(Secret("canary-another-key"))}

    def _put(self, name: str, text: str, by: str) -> str:
        at = self._time()
        self.rows_there[name] = {
            "id": name, "text": text, "by": by, "at": at, "changed": at, "gone": False,
        }  # fmt: skip
        return name

    def _time(self) -> str:
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ}"


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["changed"], row["id"]


@dataclass(frozen=True, slots=True)
class Reviews:
    """
    Reviews of a shop, in order of change.

    Attributes:
        token: A key with read access.
    """

    summary: ClassVar[str] = "Reviews of a shop"

    token: Secret

    async def check(self, http: Http) -> Report:
        """Tell whose shop it is."""
        answer = await http.at(f"{HOST}/api").get("me", auth=self.token)
        return Report(account=str(_of(answer.json(), "account", str)))

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what changed since, a second that was begun once more."""
        turns = http.pages()
        http = http.at(f"{HOST}/api")
        place = self._resume(cursor, http)
        url = "reviews" + (f"?since={place['since']}" if place["since"] else "")
        url += f"&after={place['after']}" if place.get("after") else ""
        while url:
            answer = await http.get(turns.turn(url), auth=self.token)
            turns.saw(answer.content)
            told = answer.json()
            rows = _of(told, "reviews", list)
            url = _of(told, "next", str | None) or ""
            if rows:
                place = {"v": 1, "since": _of(rows[-1], "changed", str)}
            if url:
                place["after"] = _of(rows[-1], "id", str)
            yield Page(
                [self._feedback(row) for row in rows if not row["gone"]],
                Cursor(json.dumps(place)),
                gone=[row["id"] for row in rows if row["gone"]],
            )

    def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
        if cursor is None:
            return {"v": 1, "since": ""}
        try:
            place = dict(json.loads(cursor))
        except (ValueError, TypeError):
            place = {}
        if place.get("v") != 1 or "since" not in place:
            raise ConfigError("the place to resume is not ours; add the source again")
        if place["since"] and datetime.fromisoformat(place["since"]) > http.now():
            raise ConfigError("the place to resume lies ahead; set the clock right")
        return place

    def _feedback(self, row: dict[str, Any]) -> Incoming:
        at, changed = (datetime.fromisoformat(row[name]) for name in ("at", "changed"))
        return Incoming(
            external_id=row["id"],
            channel=Channel.REVIEW,
            kind=Kind.FEEDBACK if row["by"] == "customer" else Kind.AGENT,
            body=row["text"],
            received_at=at,
            edited_at=changed,
            raw=json.dumps(row).encode(),
        )


def _of(value: Any, name: str, kind: Any) -> Any:
    """What stands there, if it is what was promised."""
    found = value.get(name, value) if isinstance(value, dict) else value
    if found is value or not isinstance(found, kind):
        raise SourceUnavailable(f"the shop answered no {name}; try again later")
    return found
