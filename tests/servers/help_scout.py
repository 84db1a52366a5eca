"""Help Scout in small: tokens, conversations by time of change, threads, ratings."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx

from servers.described import Described
from triage.connector import Connector, Secret
from triage_connectors.help_scout import HelpScout

CLIENT = "app-4711"
CANARY = "canary-help-scout-19c2e7"
HOOK = "canary-help-scout-hook-8d"
TOKEN = "canary-help-scout-token"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

_OURS = Path(__file__).with_name("help_scout.openapi.json")


@cache
def ours_described() -> Described:
    """The service in our own words."""
    return Described.at(_OURS)


def connector(**told: Any) -> HelpScout:
    """The source that fits it."""
    return HelpScout(**{"client_id": CLIENT, "client_secret": Secret(CANARY), **told})


@dataclass(slots=True)
class HelpScoutServer:
    """
    One account.

    Attributes:
        size: Rows of a page.
        plus: Whether its plan has reports.
        requests: What was asked.
        modified: When a conversation changed, which its row does not tell.
        whole: Threads that a row shows cut, by the thread's id.
        merged: Ids that were merged, and with what.
    """

    now: datetime = NOON
    size: int = 25
    plus: bool = True
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    threads: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    modified: dict[str, datetime] = field(default_factory=dict)
    ratings: dict[str, dict[str, Any]] = field(default_factory=dict)
    whole: dict[int, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    _tokens: list[str] = field(default_factory=list)
    _sorted: list[tuple[datetime, int]] = field(default_factory=list)
    _number: int = 100

    # What it answers

    def refused(self, request: httpx.Request) -> str:
        """Why the description allows no such request."""
        return ours_described().refused(request)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path.removeprefix("/v2/")
        if path == "oauth2/token" and request.method == "POST":
            return self._token(dict(parse_qsl(request.content.decode())))
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self._tokens[-1:]:
            return self._said({"error": "invalid_token"}, 401)
        asked = request.url.params
        match path.split("/"):
            case ["users", "me"]:
                return self._said(ME)
            case ["conversations"]:
                return self._listed(asked)
            case ["conversations", name] if name in self.merged:
                where = (
                    f"https://api.helpscout.net/v2/conversations/{self.merged[name]}"
                )
                return httpx.Response(301, headers={"Location": where})
            case ["conversations", name] if name in self.conversations:
                if self.conversations[name]["state"] != "deleted":
                    return self._said(self._row(name, threads=True))
            case ["conversations", name, "threads"] if name in self.conversations:
                return self._threads(name, int(asked.get("page", "1")))
            case ["customers", name, "emails"]:
                emails = [{"id": 1, "value": f"c{name}@acme.example", "type": "work"}]
                return self._said({"_embedded": {"emails": emails}})
            case ["ratings", name] if name in self.ratings:
                return self._said(_alone(self.ratings[name]))
            case ["reports", "happiness", "ratings"]:
                if not self.plus:
                    return self._said({"message": "not in your plan"}, 403)
                return self._rated(asked)
        return self._said({"message": "Not Found"}, 404)

    def ends_token(self) -> None:
        """The token that is out there is none any more."""
        self._tokens.append("")

    def _token(self, told: Mapping[str, str]) -> httpx.Response:
        if told != {
            "grant_type": "client_credentials",
            "client_id": CLIENT,
            "client_secret": CANARY,
        }:
            return self._said({"error": "invalid_client"}, 401)
        self._tokens.append(f"{TOKEN}-{len(self._tokens)}")
        return self._said(
            {
                "access_token": self._tokens[-1],
                "token_type": "bearer",
                "expires_in": 172800,
            }
        )

    def _said(self, told: Any, status: int = 200) -> httpx.Response:
        headers = {
            "Date": format_datetime(self.now, usegmt=True),
            "X-RateLimit-Limit-Minute": "400",
            "X-RateLimit-Remaining-Minute": "399",
        }
        return httpx.Response(status, json=told, headers=headers)

    def _listed(self, asked: httpx.QueryParams) -> httpx.Response:
        if not self._sorted:
            self._sorted = sorted((at, int(name)) for name, at in self.modified.items())
        first = 0
        if since := asked.get("modifiedSince"):
            first = bisect.bisect_left(self._sorted, (datetime.fromisoformat(since), 0))
        names = [str(name) for _, name in self._sorted[first:]]
        if asked.get("status") != "all":
            names = [
                name for name in names if self.conversations[name]["status"] == "active"
            ]
        if wanted := asked.get("mailbox"):
            names = [
                name
                for name in names
                if str(self.conversations[name]["mailboxId"]) in wanted.split(",")
            ]
        page = int(asked.get("page", "1"))
        some = names[(page - 1) * self.size : page * self.size]
        threads = asked.get("embed") == "threads"
        rows = [self._row(name, threads=threads) for name in some]
        return self._paged("conversations", rows, page, len(names))

    def _threads(self, name: str, page: int) -> httpx.Response:
        there = [
            {**thread, "body": self.whole.get(thread["id"], thread["body"])}
            for thread in self.threads[name][::-1]
        ]
        some = there[(page - 1) * self.size : page * self.size]
        return self._paged("threads", some, page, len(there))

    def _paged(
        self, name: str, rows: list[dict[str, Any]], page: int, total: int
    ) -> httpx.Response:
        told: dict[str, Any] = {
            "page": {
                "size": self.size,
                "totalElements": total,
                "totalPages": -(-total // self.size),
                "number": page,
            },
            "_links": {"self": {"href": f"https://api.helpscout.net/v2/{name}"}},
        }
        if rows:
            told["_embedded"] = {name: rows}
        return self._said(told)

    def _rated(self, asked: httpx.QueryParams) -> httpx.Response:
        start, end = asked["start"], asked["end"]
        found = sorted(
            (
                row
                for row in self.ratings.values()
                if start <= row["ratingCreatedAt"] <= end
            ),
            key=lambda row: row["ratingCreatedAt"],
        )
        page = int(asked.get("page", "1"))
        some = found[(page - 1) * self.size : page * self.size]
        pages = -(-len(found) // self.size)
        return self._said(
            {"results": some, "page": page, "pages": pages, "count": len(found)}
        )

    def _row(self, name: str, *, threads: bool) -> dict[str, Any]:
        row = self.conversations[name]
        if not threads:
            return row
        return {**row, "_embedded": {"threads": self.threads[name][::-1]}}

    # What happens there

    def talk(self, body: str = "<p>It crashes</p>", **told: Any) -> str:
        """Somebody writes; the id of the conversation."""
        name = self._id()
        thread = told.pop("thread", {})
        self.conversations[name] = {
            "id": int(name), "number": 15473, "threads": 0, "type": "email",
            "folderId": 493, "status": "active", "state": "published",
            "subject": "Need Help", "preview": "…", "mailboxId": 85,
            "createdBy": {"id": 12, "type": "customer", "email": "ann@acme.example"},
            "createdAt": stamp(self.now), "userUpdatedAt": stamp(self.now),
            "customerWaitingSince": {
                "time": stamp(self.now), "friendly": "20 hours ago",
            },
            "source": {"type": "email", "via": "customer"}, "tags": [], "cc": [],
            "bcc": [],
            "primaryCustomer": {
                "id": 238604, "first": "Ann", "last": "Ash",
                "email": "ann@acme.example",
            },
            "customFields": [], **told,
        }  # fmt: skip
        self.threads[name] = []
        self.say(name, body, **thread)
        return name

    def say(self, name: str, body: str = "<p>Still so</p>", **told: Any) -> str:
        """Somebody says something in a conversation; the id of the thread."""
        thread = {
            "id": int(self._id()), "type": "customer", "status": "active",
            "state": "published", "body": body, "createdAt": stamp(self.now),
            "source": {"type": "email", "via": "customer"},
            "customer": {
                "id": 238604, "first": "Ann", "last": "Ash",
                "email": "ann@acme.example", "photoUrl": "https://x.example/1.png",
            },
            "createdBy": {
                "id": 238604, "type": "customer", "email": "ann@acme.example",
            },
            "_embedded": {"attachments": []}, **told,
        }  # fmt: skip
        self.threads[name].append(thread)
        row = self.conversations[name]
        row["threads"] += (
            thread["state"] == "published" and thread["type"] != "lineitem"
        )
        self.touch(name)
        return str(thread["id"])

    def touch(self, name: str, **told: Any) -> None:
        """A user does something with it now."""
        self.conversations[name] |= {**told, "userUpdatedAt": stamp(self.now)}
        self.moves(name)

    def moves(self, name: str) -> None:
        """It changes now in a way its row does not tell, as by a workflow."""
        self.modified[name] = self.now.replace(microsecond=0)
        self._sorted.clear()

    def rate(self, name: str, rating: int = 1, **told: Any) -> str:
        """The customer rates the last thread; the id of the rating."""
        number = self._id()
        self.ratings[number] = {
            "number": 15473, "threadid": self.threads[name][-1]["id"],
            "threadCreatedAt": stamp(self.now), "id": int(name), "type": "email",
            "ratingId": rating, "ratingCustomerId": 238604, "ratingComments": "",
            "ratingCreatedAt": stamp(self.now), "ratingCustomerName": "Ann Ash",
            "ratingUserId": 17, "ratingUserName": "Bob Bear", **told,
        }  # fmt: skip
        return number

    def _id(self) -> str:
        self._number += 1
        return f"{self._number}"


@dataclass(slots=True)
class HelpScoutService(HelpScoutServer):
    """The same as the contract of services wants one: three rows a page."""

    size: int = 3
    large: int = 25
    said: dict[str, str] = field(default_factory=dict)
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"order": "threads carry no time of an edit"}
    )

    @property
    def secrets(self) -> list[str]:
        """What must show nowhere."""
        return [TOKEN]

    def add(self) -> str:
        """A customer begins a conversation, goes on in it, or rates an answer."""
        turn = len(self.said) % 3
        body = f"<p>It crashes, {len(self.said)}</p>"
        where = next(reversed(self.conversations), "")
        if turn == 2:
            self.rate(where, 1 + len(self.said) % 3, ratingComments=f"So so {turn}")
            name = f"rating {self.threads[where][-1]['id']}/238604"
        elif turn == 1:
            name = self.say(where, body)
        else:
            where = self.talk(body)
            name = str(self.threads[where][0]["id"])
        self.said[name] = where
        return name

    def edit(self, name: str) -> str:
        """The words are others now."""
        words = f"It is slow as well, {name}"
        where = self.said[name]
        thread = next(one for one in self.threads[where] if str(one["id"]) == name)
        thread["body"] = f"<p>{words}</p>"
        self.touch(where)
        return words

    def remove(self, name: str) -> None:
        """Our side hides it, or deletes the conversation where it is alone in it."""
        where = self.said[name]
        if len(self.threads[where]) == 1:
            self.touch(where, state="deleted")
            return
        for thread in self.threads[where]:
            if str(thread["id"]) == name:
                thread["state"] = "hidden"
        self.touch(where)

    def reply(self, name: str) -> str:
        """Our side answers, and writes a note that nobody is to see."""
        words = f"Mended in the next version, {name}"
        where = self.said[name]
        self.say(where, f"<p>{words}</p>", type="message", createdBy=BOB)
        self.say(where, f"<p>{words}</p>", type="note", createdBy=BOB)
        return words

    def wrong(self) -> Mapping[str, Connector]:
        """Sources that Help Scout refuses."""
        return {
            "client_secret": connector(client_secret=Secret("canary-another-secret")),
            "client_id": connector(client_id="app-0"),
        }

    def fill(self, conversations: int) -> int:
        """So many conversations, changed a second apart; the rows they make."""
        self.size, self.now = self.large, self.now - timedelta(seconds=conversations)
        for number in range(conversations):
            name = self.talk(f"<p>The export of report {number} fails</p>")
            for turn in range(4):
                ours = {"type": "message", "createdBy": BOB} if turn % 2 else {}
                self.say(name, f"<p>Part {turn} of talk {number}</p>", **ours)
            self.now += timedelta(seconds=1)
        self.now += timedelta(hours=1)
        return 5 * conversations


BOB = {
    "id": 17, "type": "user", "first": "Bob", "last": "Bear", "email": "bob@us.example",
}  # fmt: skip
ME = {
    "id": 17, "firstName": "Bob", "lastName": "Bear", "email": "bob@us.example",
    "role": "owner", "timezone": "America/New_York",
}  # fmt: skip


def stamp(at: datetime) -> str:
    """A time as Help Scout writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _alone(row: Mapping[str, Any]) -> dict[str, Any]:
    """A rating as it is told by itself."""
    words = {1: "great", 2: "okay", 3: "not_good"}
    return {
        "id": 1, "threadId": row["threadid"], "conversationId": row["id"],
        "mailboxId": 85, "rating": words[row["ratingId"]],
        "comments": row["ratingComments"], "createdAt": row["ratingCreatedAt"],
        "customer": {
            "id": row["ratingCustomerId"], "firstName": "Ann", "lastName": "Ash",
            "email": f"c{row['ratingCustomerId']}@acme.example",
        },
    }  # fmt: skip
