"""A small HubSpot in this process: tickets, contacts, threads, survey responses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from servers import hubspot_described
from servers.hubspot_account import HubSpotAccount
from triage.connector import Connector, Secret
from triage_connectors.hubspot import HubSpot

CANARY = "pat-canary-hubspot-51c0"
_OBJECTS = re.compile(r"/crm/v3/objects/([a-z_]+)(/search|/batch/read|/\d+)?")
_ASSOCIATED = re.compile(r"/crm/v4/associations/tickets/(\w+)/batch/read")
_MESSAGES = re.compile(
    r"/conversations/v3/conversations/threads/(\d+)/messages(?:/(\w+)/original-content)?"
)
_STAGES = {"1": "New", "2": "Waiting on contact", "3": "Waiting on us", "4": "Closed"}


def connector(**told: Any) -> HubSpot:
    """A source of everything the key may read."""
    return HubSpot(**{"token": Secret(CANARY), **told})


@dataclass(slots=True)
class HubSpotService(HubSpotAccount):
    """
    One account, three rows a page.

    Attributes:
        page: Rows in a page at most.
        refuses: Kinds the key may not read.
        forgotten: Whether no page's token is known any more.
        before: Looks at a request first and may answer it.
    """

    page: int = 3
    refuses: set[str] = field(default_factory=set)
    forgotten: bool = False
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "order": "HubSpot tells when a ticket changed, not when its words did"
        }
    )
    requests: list[httpx.Request] = field(default_factory=list)
    _added: int = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        return self.before(request) or self._answer(request)

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        return hubspot_described.refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {"key": connector(token=Secret("pat-canary-another"))}

    def add(self) -> str:
        """A customer opens a ticket, writes to an inbox or answers a survey."""
        self._added += 1
        kind = "ttmsmst"[(self._added - 1) % 7]
        words = f"The export loses my tags, case {self._added}."
        if kind == "t":
            return f"ticket {self.ticket(words)}"
        if kind == "s":
            return f"feedback {self.respond('NPS', '9', words)}"
        thread = self.thread(words)
        return f"{thread}/{self.messages[thread][0]['id']}"

    def edit(self, name: str) -> str:
        """The words of a ticket are changed."""
        words = f"The export loses my tags still, {name}."
        self.change(name.removeprefix("ticket "), content=words)
        return words

    def remove(self, name: str) -> None:
        """A ticket is deleted."""
        self.archive("tickets", name.removeprefix("ticket "))

    def reply(self, name: str) -> str:
        """Our side answers a ticket, in a thread."""
        words = f"Mended in the next version, {name}."
        self.thread(words, ticket=name.removeprefix("ticket "), ours=True)
        return words

    def fill(self, conversations: int) -> int:
        """Make so many tickets, a thread of five messages each; how many rows come."""
        self.page, begins = 200, self.now
        for number in range(conversations):
            self.now = begins + timedelta(minutes=number)
            ticket = self.ticket("The export loses my tags.")
            thread = self.thread("The export loses my tags.", ticket=ticket)
            self.change(ticket, hs_conversations_originating_thread_id=thread)
            for ours in (True, False, True, False):
                self.now += timedelta(minutes=3)
                self.say(thread, "It still does, in every version.", ours=ours)
        self.now += timedelta(hours=1)
        return conversations * 6

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != f"Bearer {CANARY}":
            return _error(401, "INVALID_AUTHENTICATION", "Authentication is invalid")
        path, params = request.url.path, request.url.params
        body = json.loads(request.content) if request.content else {}
        objects, associated = _OBJECTS.fullmatch(path), _ASSOCIATED.fullmatch(path)
        said = _MESSAGES.fullmatch(path)
        kind = objects[1] if objects else associated[1] if associated else ""
        if kind in self.refuses or (
            not kind and "threads" in self.refuses & {path[-7:]}
        ):
            return _error(403, "MISSING_SCOPES", "This app hasn't been granted scopes")
        if path == "/account-info/v3/details":
            told = {"portalId": 4711, "uiDomain": "app.hubspot.com"}
            return httpx.Response(200, json=told)
        if path == "/crm/v3/pipelines/tickets":
            return httpx.Response(200, json={"results": [_pipeline()]})
        if objects and objects[2] == "/search":
            return self._search(kind, body)
        if objects and objects[2] and request.method == "GET":
            return httpx.Response(200, json=self.objects[kind][objects[2][1:]])
        if objects and objects[2]:
            there = [self.objects[kind].get(one["id"]) for one in body["inputs"]]
            wanted = {*body["properties"], "hs_object_id"}
            return _listed([_with(one, wanted) for one in there if one])
        if objects:
            return self._page(self._there(kind, params), params)
        if associated:
            return self._associated(kind, body)
        if said and said[2]:
            return httpx.Response(200, json=self.whole[said[2]])
        if said and said[1] in self.messages:
            return self._page(self.messages[said[1]], params)
        if path.endswith("/threads"):
            return self._threads(params)
        return _error(404, "OBJECT_NOT_FOUND", "resource not found")

    def _there(self, kind: str, params: httpx.QueryParams) -> list[dict[str, Any]]:
        """Objects that are there, or that were deleted, in the order they were made."""
        wanted = params.get("archived") == "true"
        linked = params.get("associations") == "contacts"
        mark = f"{kind} {wanted} {linked}"
        if mark not in self._orders:
            rows = self.objects[kind].values()
            self._orders[mark] = [
                {**one, "associations": self._links(one["id"])} if linked else one
                for one in rows
                if one["archived"] is wanted
            ]
        return self._orders[mark]

    def _links(self, ticket: str) -> dict[str, Any]:
        by = self.associations["contacts"].get(ticket)
        return {"contacts": {"results": [{"id": by}] if by else []}}

    def _search(self, kind: str, body: dict[str, Any]) -> httpx.Response:
        """A search, which finds 10,000 at most, in no order among equals."""
        (filters,) = (one["filters"] for one in body["filterGroups"])
        (order,) = body["sorts"]
        told = self._ordered(kind)
        by = {
            one["propertyName"]: (one["operator"], int(one["value"])) for one in filters
        }
        operator, since = by["hs_lastmodifieddate"]
        found = told[_first(told, since) :]
        if operator == "EQ":
            found = [one for one in found if one[0] == since]
            found = [one for one in found if int(one[1]["id"]) > by["hs_object_id"][1]]
        if order["propertyName"] == "hs_object_id":
            found.sort(key=lambda one: int(one[1]["id"]))
        size = min(self.page, body["limit"])
        more = {"paging": {"next": {"after": str(size)}}} if len(found) > size else {}
        wanted = {*body["properties"], "hs_lastmodifieddate", "hs_object_id"}
        rows = [_with(row, wanted) for _, row in found[:size]]
        return httpx.Response(200, json={"total": len(found), "results": rows, **more})

    def _ordered(self, kind: str) -> list[Any]:
        """What is there of a kind, by time of change; sorted once."""
        if kind not in self._orders:
            there = [one for one in self.objects[kind].values() if not one["archived"]]
            told = [(_ms(one["updatedAt"]), one) for one in there]
            # Newer ids first among those of one moment: searches promise no order.
            told.sort(key=lambda one: (one[0], -int(one[1]["id"])))
            self._orders[kind] = told
        return self._orders[kind]

    def _threads(self, params: httpx.QueryParams) -> httpx.Response:
        if "threads" not in self._orders:
            self._orders["threads"] = sorted(
                self.threads.values(), key=lambda one: one["latestMessageTimestamp"]
            )
        there = self._orders["threads"]
        wanted = params.get("archived") == "true"
        after = params.get("latestMessageTimestampAfter", "")
        mark = f"threads {wanted} {after}"
        if mark not in self._orders:
            self._orders[mark] = [
                one
                for one in there
                if one["archived"] is wanted and one["latestMessageTimestamp"] > after
            ]
        return self._page(self._orders[mark], params)

    def _associated(self, kind: str, body: dict[str, Any]) -> httpx.Response:
        told = self.associations[kind]
        return _listed(
            [
                {
                    "from": {"id": one["id"]},
                    "to": [
                        {"toObjectId": int(told[one["id"]]), "associationTypes": []}
                    ],
                }
                for one in body["inputs"]
                if one["id"] in told
            ]
        )

    def _page(
        self, listed: list[dict[str, Any]], params: httpx.QueryParams
    ) -> httpx.Response:
        token = params.get("after", "")
        if token and self.forgotten:
            return _error(400, "VALIDATION_ERROR", "after is invalid")
        start = int(token or 0)
        size = min(self.page, int(params.get("limit", "20")))
        more = str(start + size) if start + size < len(listed) else ""
        return _listed(listed[start : start + size], more)


def _first(told: list[Any], since: int) -> int:
    low, high = 0, len(told)
    while low < high:
        middle = (low + high) // 2
        if told[middle][0] < since:
            low = middle + 1
        else:
            high = middle
    return low


def _with(row: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
    values = row["properties"]
    return {**row, "properties": {one: values.get(one) for one in sorted(wanted)}}


def _pipeline() -> dict[str, Any]:
    stages = [
        {
            "id": name,
            "label": label,
            "displayOrder": int(name) - 1,
            "metadata": {"ticketState": "CLOSED" if name == "4" else "OPEN"},
        }
        for name, label in _STAGES.items()
    ]
    return {"id": "0", "label": "Support Pipeline", "stages": stages}


def _listed(rows: list[dict[str, Any]], after: str = "") -> httpx.Response:
    link = f"https://api.hubapi.com/next?after={after}"
    more = {"paging": {"next": {"after": after, "link": link}}} if after else {}
    return httpx.Response(200, json={"results": rows, **more})


def _error(status: int, category: str, said: str) -> httpx.Response:
    told = {"status": "error", "message": said, "category": category}
    return httpx.Response(status, json=told)


def _ms(stamp: str) -> int:
    return round(datetime.fromisoformat(stamp).timestamp() * 1000)
