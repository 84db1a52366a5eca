"""A small Zendesk in this process: its exports, lists and people, by documented rules."""

from __future__ import annotations

import base64
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from servers import zendesk_described
from servers.zendesk_desk import EVE, Desk, Row

HOST = "acme.zendesk.com"
EMAIL = "eve@acme.example"
TOKEN = "canary-zendesk-7c1d42"
OAUTH = "canary-zendesk-oauth-90ab"

_SIDE = re.compile(r"tickets/(\d+)/comments")


@dataclass(slots=True)
class ZendeskServer(Desk):
    """
    One desk, signed in to with an API token or one of OAuth.

    Attributes:
        size: Rows of a page of an export, at most; a page of events ends with a second.
        listed: Rows of a page of a list, at most.
        satisfaction: Which way of asking there is: "ratings", "surveys" or neither.
        me: Whose key it is.
        a_minute: Questions to the exports in a minute; None where nobody counts.
        lacks: Comments the export of events leaves out.
        wordless: Comments it tells without their words.
        before: Answers first, where it answers anything.
    """

    size: int = 1000
    listed: int = 100
    satisfaction: str = "ratings"
    me: int = EVE
    a_minute: int | None = None
    lacks: set[int] = field(default_factory=set)
    wordless: set[int] = field(default_factory=set)
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    requests: list[httpx.Request] = field(default_factory=list)
    _asked_at: list[float] = field(default_factory=list)
    _order: tuple[int, list[tuple[int, int]]] = (-1, [])

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What Zendesk says to a request."""
        self.requests.append(request)
        if request.url.host != HOST:
            return httpx.Response(404, html="<h1>No help desk at this address</h1>")
        early = self.before(request)
        if early is not None:
            return early
        if not self._knows(request.headers.get("authorization", "")):
            return _error(401, "Couldn't authenticate you")
        path = request.url.path.removeprefix("/api/v2/").removesuffix(".json")
        params = request.url.params
        if path == "users/me":
            return httpx.Response(200, json={"user": self.users[self.me]})
        if path.startswith("incremental/"):
            return self._export(path, params)
        if found := _SIDE.fullmatch(path):
            return self._comments(int(found[1]), params)
        match path:
            case "users/show_many":
                rows = _named(self.users, params["ids"])
                return httpx.Response(200, json={"users": rows, "count": len(rows)})
            case "tickets/show_many":
                rows = _named(self.tickets, params["ids"])
                there = [row for row in rows if row["status"] != "deleted"]
                return httpx.Response(200, json=self._beside(there, params))
            case "tickets/count":
                told = {"value": len(self.tickets), "refreshed_at": self.stamp()}
                return httpx.Response(200, json={"count": told})
            case "satisfaction_ratings" if self.satisfaction == "ratings":
                return self._ratings(params)
            case "guide/survey_responses" if self.satisfaction == "surveys":
                return self._surveys(params)
            case "satisfaction_ratings" | "guide/survey_responses":
                return _error(403, "You do not have access to this page")
        return _error(404, "InvalidEndpoint")

    def asked(self, part: str) -> list[httpx.Request]:
        """Requests whose path holds that."""
        return [one for one in self.requests if part in one.url.path]

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        return zendesk_described.refused(request)

    def _knows(self, header: str) -> bool:
        pair = base64.b64encode(f"{EMAIL}/token:{TOKEN}".encode()).decode()
        return header in {f"Basic {pair}", f"Bearer {OAUTH}"}

    def _export(self, path: str, params: httpx.QueryParams) -> httpx.Response:
        if self.users[self.me]["role"] != "admin":
            return _error(403, "You do not have access to this page")
        now = self.now.timestamp()
        if self.a_minute is not None:
            lately = [at for at in self._asked_at if at > now - 60]
            if len(lately) >= self.a_minute:
                wait = {"retry-after": str(int(60 - now + lately[0]) + 1)}
                return httpx.Response(429, headers=wait, json={"error": "TooMany"})
            self._asked_at = [*lately, now]
        if int(params.get("start_time", 0)) > now - 60:
            return _error(422, "Too recent start_time. Use a start_time older than 60s")
        if path == "incremental/tickets/cursor":
            return self._tickets(params)
        if path == "incremental/ticket_events":
            return self._events(params)
        return _error(404, "InvalidEndpoint")

    def _tickets(self, params: httpx.QueryParams) -> httpx.Response:
        order = self._by_change()
        begin = int(params.get("start_time", 0)), 0
        if cursor := params.get("cursor", ""):
            moment, _, number = base64.b64decode(cursor).decode().partition(".0||")
            begin = int(moment), int(number.rstrip("|")) + 1
        first = bisect_left(order, begin)
        last = bisect_left(order, (self.seconds() - 60 + 1, 0))
        size = min(self.size, int(params.get("per_page", 1000)))
        page = order[first : min(last, first + size)]
        told = self._beside([self.tickets[number] for _, number in page], params)
        after = cursor or None
        if page:
            moment_at, number_at = page[-1]
            after = base64.b64encode(f"{moment_at}.0||{number_at}|".encode()).decode()
        where = f"https://{HOST}/api/v2/incremental/tickets/cursor.json?cursor={after}"
        told |= {
            "after_url": where if after else None,
            "after_cursor": after,
            "before_url": None,
            "before_cursor": None,
            "end_of_stream": first + size >= last,
        }
        return httpx.Response(200, json=told)

    def _events(self, params: httpx.QueryParams) -> httpx.Response:
        times = [row["timestamp"] for row in self.updates]
        first = bisect_left(times, int(params["start_time"]))
        last = bisect_right(times, self.seconds() - 60)
        stop = min(last, first + self.size)
        if stop > first:
            stop = min(last, bisect_right(times, times[stop - 1]))
        page = self.updates[first:stop]
        end = page[-1]["timestamp"] if page else None
        path = f"https://{HOST}/api/v2/incremental/ticket_events.json?start_time={end}"
        told = {
            "ticket_events": [
                {**row, "child_events": list(self._children(row))} for row in page
            ],
            "count": len(page),
            "end_time": end,
            "next_page": path if page else None,
            "end_of_stream": stop >= last,
        }
        return httpx.Response(200, json=told)

    def _children(self, row: Row) -> Iterable[Row]:
        for event in row["child_events"]:
            if event.get("id") in self.lacks and event["event_type"] == "Comment":
                continue
            if event.get("id") in self.wordless:
                kept = {"comment_present": True, "comment_public": True}
                yield {"id": event["id"], "event_type": event["event_type"], **kept}
            else:
                yield event

    def _comments(self, ticket: int, params: httpx.QueryParams) -> httpx.Response:
        if self.tickets.get(ticket, {"status": "deleted"})["status"] == "deleted":
            return _error(404, "RecordNotFound")
        return self._page("comments", self.comments[ticket], params)

    def _ratings(self, params: httpx.QueryParams) -> httpx.Response:
        since = int(params.get("start_time", 0))
        rows = [row for row in self.ratings if _seconds(row["created_at"]) >= since]
        return self._page("satisfaction_ratings", rows, params)

    def _surveys(self, params: httpx.QueryParams) -> httpx.Response:
        since = int(params.get("filter[created_at_start]", 0))
        rows = [row for row in self.surveys if _milliseconds(row["id"]) >= since]
        return self._page("survey_responses", rows, params)

    def _page(
        self, name: str, rows: list[Row], params: httpx.QueryParams
    ) -> httpx.Response:
        start = int(params.get("page[after]", "0").removeprefix("row-"))
        size = min(self.listed, int(params.get("page[size]", 100)))
        more = start + size < len(rows)
        meta = {"has_more": more, "after_cursor": f"row-{start + size}"}
        page = {name: rows[start : start + size], "meta": meta}
        return httpx.Response(200, json=page)

    def _beside(self, rows: list[Row], params: Mapping[str, str]) -> dict[str, Any]:
        wanted = set(params.get("include", "").split(","))
        told: dict[str, Any] = {"tickets": rows}
        if "comment_count" in wanted:
            told["tickets"] = [
                {**row, "comment_count": len(self.comments[row["id"]])} for row in rows
            ]
        if "users" in wanted:
            names = ("requester_id", "submitter_id", "assignee_id")
            # A comment's author is none of these, as a rule of the real one.
            ids = {row[name] for row in rows for name in names[:1]}
            told["users"] = [self.users[one] for one in sorted(ids)]
        if "organizations" in wanted:
            ids = {row["organization_id"] for row in rows}
            told["organizations"] = [self.organizations[one] for one in sorted(ids)]
        if "metric_sets" in wanted:
            told["metric_sets"] = [self.metrics[row["id"]] for row in rows]
        return told

    def _by_change(self) -> list[tuple[int, int]]:
        if self._order[0] != self.moved:
            order = [
                (row["generated_timestamp"], number)
                for number, row in self.tickets.items()
            ]
            self._order = self.moved, sorted(order)
        return self._order[1]


def _named(rows: Mapping[int, Row], ids: str) -> list[Row]:
    return [rows[int(one)] for one in ids.split(",") if int(one) in rows]


def _seconds(stamp: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(stamp).timestamp()


def _milliseconds(ulid: str) -> int:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    value = 0
    for letter in ulid[:10]:
        value = value * 32 + letters.index(letter)
    return value


def _error(status: int, said: str) -> httpx.Response:
    return httpx.Response(status, json={"error": said, "description": said})
