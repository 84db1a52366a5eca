"""A made-up tracker in small, and a connector of it that keeps every promise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import httpx

from triage.connector import (
    Act,
    ConfigError,
    Outgoing,
    Planned,
    Receipt,
    Report,
    Secret,
    SourceUnavailable,
)
from triage.testing import rendered
from triage_connectors import payload
from triage_connectors.marked import line, mark, marked

if TYPE_CHECKING:
    from triage.transport import Http

HOST = "https://plans.acme.example"
CANARY = "canary-planner-5f3a91c2"
STATES = {
    "Open": "planned",
    "Doing": "in_progress",
    "Released": "shipped",
    "Never": "dropped",
    "Waiting for legal": "",
}
_TITLE = 200
_AT_ONCE = 50


@dataclass
class Plans:
    """
    Plans and what is said of them.

    Attributes:
        plans: By key.
        token: What opens it.
        broken: Whether what is written is kept and the answer never comes.
    """

    now: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"refused": "Nobody describes it."}
    )
    states: Mapping[str, str] = field(default_factory=lambda: STATES)
    plans: dict[str, dict[str, Any]] = field(default_factory=dict)
    token: str = CANARY
    requests: list[httpx.Request] = field(default_factory=list)
    last: int = 0
    broken: bool = False

    def add(self, title: str, text: str = "") -> str:
        self.last += 1
        key = f"PLAN-{self.last}"
        self.plans[key] = {
            "key": key, "title": title, "text": text, "state": "Open", "comments": [],
            "links": [], "owner": "Ann", "target": "2027-03",
            "url": f"{HOST}/plans/{key}",
        }  # fmt: skip
        return key

    def move(self, key: str, state: str) -> None:
        self.plans[key]["state"] = state

    def remove(self, key: str) -> None:
        del self.plans[key]

    def titles(self) -> Mapping[str, str]:
        return {key: plan["title"] for key, plan in self.plans.items()}

    def seen(self, key: str) -> str:
        return rendered(self.plans[key]["text"])

    def comments(self, key: str) -> Sequence[str]:
        return [rendered(one) for one in self.plans[key]["comments"]]

    def links(self, key: str) -> Sequence[str]:
        return list(self.plans[key]["links"])

    def answer(self, request: httpx.Request) -> httpx.Response:
        answer = self._answer(request)
        if self.broken and request.method == "POST":
            return httpx.Response(502)
        return answer

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return httpx.Response(401, json={"error": "who are you?"})
        told = json.loads(request.content) if request.content else {}
        params = request.url.params
        match request.url.path.strip("/").split("/"):
            case ["me"]:
                return httpx.Response(200, json={"name": "Ann", "board": "Product"})
            case ["plans"] if request.method == "POST":
                if len(told["title"]) > _TITLE:
                    return httpx.Response(422, json={"error": "the title is too long"})
                key = self.add(told["title"], told["text"])
                return httpx.Response(201, json=self.plans[key])
            case ["plans"] if "keys" in params:
                keys = params["keys"].split(",")[:_AT_ONCE]
                return _listed(self.plans[key] for key in keys if key in self.plans)
            case ["plans"]:
                words = params["words"].casefold().split()
                found = [
                    plan
                    for plan in self.plans.values()
                    if all(_says(plan, word) for word in words)
                ]
                return _listed(found[: int(params["limit"])])
            case ["plans", key] if key in self.plans:
                return httpx.Response(200, json=self.plans[key])
            case ["plans", key, "comments" | "links" as where] if key in self.plans:
                self.plans[key][where].append(told["text"])
                return httpx.Response(201, json=self.plans[key])
        return httpx.Response(404, json={"error": "no such plan"})


def _says(plan: dict[str, Any], word: str) -> bool:
    return word in f"{plan['title']} {plan['text']}".casefold()


def _listed(plans: Iterable[dict[str, Any]]) -> httpx.Response:
    return httpx.Response(200, json={"plans": list(plans)})


@dataclass(frozen=True, slots=True)
class Planner:
    """
    Plans of a planner.

    Attributes:
        token: What opens it.
        statuses: What its words mean, by word.
        url: Where it answers.
    """

    summary: ClassVar[str] = "Plans of a planner"
    acts: ClassVar[Mapping[str, Act]] = {
        "create": Act("Plans it there", longest=60_000),
        "comment": Act("Says it below the plan", longest=60_000),
        "link": Act("Has the plan lead there"),
    }

    token: Secret
    statuses: Mapping[str, str] = field(default_factory=dict)
    url: str = HOST

    async def check(self, http: Http) -> Report:
        me = payload.found(await http.at(self.url).get("me", auth=self.token))
        return Report(
            account=payload.text(me, "name") or "nobody",
            facts={"files in": payload.text(me, "board"), "may": "all"},
        )

    async def find(self, http: Http, text: str, limit: int) -> Sequence[Planned]:
        return [_planned(one) for one in await self._found(http, text, limit)]

    async def planned(self, http: Http, keys: Sequence[str]) -> Sequence[Planned]:
        found: list[Planned] = []
        wanted = [key for key in keys if key.startswith("PLAN-")]
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            answer = await http.at(self.url).get(
                "plans", params={"keys": ",".join(some)}, auth=self.token
            )
            rows = payload.rows(payload.found(answer), "plans")
            found += [_planned(one) for one in rows]
        return found

    async def sent(self, http: Http, outgoing: Outgoing) -> Receipt | None:
        if outgoing.act == "create":
            words = f"triage:{outgoing.key}"
            rows = await self._found(http, words, 5)
            made = [one for one in rows if mark(outgoing.key) in one["text"]]
            return _receipt(made[0]) if made else None
        path = f"plans/{outgoing.context['key']}"
        answer = await http.at(self.url).get(path, auth=self.token, allow={404})
        if answer.status == 404:
            raise ConfigError(f"there is no {outgoing.context['key']} to tell it to")
        plan = payload.found(answer)
        there = [*payload.texts(plan, "comments"), *payload.texts(plan, "links")]
        return _receipt(plan) if any(self._is(one, outgoing) for one in there) else None

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        if outgoing.act == "create":
            told = {"title": line(outgoing.title, _TITLE), "text": self._text(outgoing)}
            path = "plans"
        else:
            told = {"text": self._text(outgoing)}
            path = f"plans/{outgoing.context['key']}/{outgoing.act}s"
        answer = await http.at(self.url).post(path, json=told, auth=self.token)
        return _receipt(payload.found(answer))

    def _text(self, outgoing: Outgoing) -> str:
        if outgoing.act == "link":
            return str(outgoing.context["url"])
        return marked(outgoing.text, outgoing.key)

    def _is(self, there: str, outgoing: Outgoing) -> bool:
        if outgoing.act == "link":
            return bool(there == outgoing.context["url"])
        return mark(outgoing.key) in there

    async def _found(self, http: Http, text: str, limit: int) -> list[dict[str, Any]]:
        answer = await http.at(self.url).get(
            "plans", params={"words": text, "limit": limit}, auth=self.token
        )
        return payload.rows(payload.found(answer), "plans")


def _planned(plan: dict[str, Any]) -> Planned:
    state = payload.text(plan, "state")
    return Planned(
        key=_key(plan), title=payload.text(plan, "title"), state=state,
        status=STATES.get(state, ""), url=payload.text(plan, "url"),
        owner=payload.text(plan, "owner"), target=payload.text(plan, "target"),
    )  # fmt: skip


def _receipt(plan: dict[str, Any]) -> Receipt:
    return Receipt(external_id=_key(plan), url=payload.text(plan, "url"))


def _key(plan: dict[str, Any]) -> str:
    key = payload.text(plan, "key")
    if not key:
        raise SourceUnavailable("the planner told a plan without its key; try again")
    return key
