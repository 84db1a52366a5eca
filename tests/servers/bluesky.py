"""A small Bluesky in this process: sessions, search, notifications, feeds, posts."""

from __future__ import annotations

import json
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
from triage_connectors.bluesky import Bluesky

HOST = "https://bsky.social"
CANARY = "canary-bluesky-5f3a-91c2"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
POST = "app.bsky.feed.post"
FACET = "app.bsky.richtext.facet"
_WORD = re.compile(r"\w+")
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


@cache
def described() -> Described:
    """What we ask, in our own words after the lexicons."""
    return Described.at(Path(__file__).with_name("bluesky.openapi.json"))


def connector(**told: Any) -> Bluesky:
    """A source of it."""
    settings: dict[str, Any] = {
        "handle": "acme.example", "password": Secret(CANARY), "searches": ("acme",),
    }  # fmt: skip
    return Bluesky(**{**settings, **told})


def stamp(at: datetime) -> str:
    """A time as clients write it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def somebody(handle: str, name: str) -> dict[str, Any]:
    """An account, as it stands beside a post."""
    letters = _WORD.findall(handle)[0]
    return {
        "did": f"did:plc:{letters:a<24}", "handle": handle, "displayName": name,
        "avatar": "https://cdn.bsky.example/a.jpg", "labels": [],
        "createdAt": "2024-01-01T00:00:00.000Z",
    }  # fmt: skip


US = somebody("acme.example", "Acme")
SUPPORT = somebody("help.acme.example", "Acme Support")
ANN = somebody("ann.bsky.social", "Ann")
BOB = somebody("bob.bsky.social", "")


def facet(text: str, words: str, kind: str, **feature: str) -> dict[str, Any]:
    """What a stretch of the text means, by its bytes."""
    begin = len(text[: text.index(words)].encode())
    end = begin + len(words.encode())
    return {
        "index": {"byteStart": begin, "byteEnd": end},
        "features": [{"$type": f"{FACET}#{kind}", **feature}],
    }


@dataclass(slots=True)
class BlueskyService:
    """
    Posts, and whom they tell.

    Attributes:
        size: Posts in a page at most, whatever is asked for.
        cap: Posts of one search that can be paged to.
        lasts: How many queries an access token is good for.
    """

    now: datetime = NOW
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {"edit": "Posts on Bluesky cannot be edited."}
    )
    password: str = CANARY
    size: int = 3
    cap: int = 10_000
    lasts: int = 1_000_000
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    reposts: list[tuple[str, str]] = field(default_factory=list)
    requests: list[httpx.Request] = field(default_factory=list)
    last: int = 0
    _left: int = 0
    _access: str = ""
    _lists: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def secrets(self) -> list[str]:
        return ["jwt-access-", "jwt-refresh-"]

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        name = request.url.path.removeprefix("/xrpc/")
        if name.startswith("com.atproto.server."):
            return self._signed_in(name.rpartition(".")[2], request)
        if request.headers.get("authorization") != f"Bearer {self._access}":
            return _error(401, "AuthMissing", "Authentication Required")
        self._left -= 1
        if self._left < 0:
            return _error(400, "ExpiredToken", "Token has expired")
        params = request.url.params
        match name:
            case "app.bsky.feed.searchPosts":
                return self._search(params)
            case "app.bsky.feed.getPosts":
                names = params.get_list("uris")
                if len(names) > 25:
                    return _error(400, "InvalidRequest", "too many uris")
                found = [self.posts[name] for name in names if name in self.posts]
                return httpx.Response(200, json={"posts": found})
            case "app.bsky.feed.getAuthorFeed":
                return self._feed(params)
            case "app.bsky.feed.getPostThread":
                return self._thread(params["uri"])
            case "app.bsky.notification.listNotifications":
                return self._notified(params)
        return _error(501, "MethodNotImplemented", "Method Not Implemented")

    def say(
        self, text: str, by: Mapping[str, Any] = ANN, to: str = "", **told: Any
    ) -> str:
        """Somebody posts; its address."""
        at = told.pop("at", self.now)
        self.last += 1
        name = f"at://{by['did']}/{POST}/3k{_key(self.last)}"
        record = {
            "$type": POST, "text": text, "createdAt": stamp(at), "langs": ["en"], **told,
        }  # fmt: skip
        if to:
            parent = self.posts[to]
            root = parent["record"].get("reply", {}).get("root") or _ref(parent)
            record["reply"] = {"root": root, "parent": _ref(parent)}
        self.posts[name] = {
            "uri": name, "cid": f"bafyrei{self.last:052}", "author": dict(by),
            "record": record, "replyCount": 0, "repostCount": 1, "likeCount": 4,
            "quoteCount": 0, "indexedAt": stamp(max(at, self.now - timedelta(days=400))),
            "labels": [], "viewer": {},
        }  # fmt: skip
        self.posts[name]["indexedAt"] = stamp(at)
        self._lists.clear()
        return name

    def add(self) -> str:
        """A customer posts; some to us."""
        number = self.last + 1
        text = f"Acme loses my export, {number}"
        if number % 3 == 0:
            text = f"@acme.example it loses my export, {number}"
            told = facet(text, "@acme.example", "mention", did=US["did"])
            return self.say(text, ANN, facets=[told])
        return self.say(text, ANN if number % 5 else BOB)

    def remove(self, name: str) -> None:
        del self.posts[name]
        self._lists.clear()

    def reply(self, name: str) -> str:
        words = f"We at acme mend it tomorrow, {name[-6:]}"
        self.say(words, US, name)
        return words

    def refused(self, request: httpx.Request) -> str:
        return described().refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "password": connector(password=Secret("canary-another-password")),
            "handle": connector(handle="nobody.example"),
        }

    def fill(self, conversations: int) -> int:
        """Make so many of five posts each, a second after one another."""
        self.size = 100
        self.cap = 10 * conversations
        at = self.now - timedelta(seconds=5 * conversations + 1)
        for number in range(conversations):
            first = self.say(f"Acme loses my export, {number}", at=at)
            for by, text in (
                (US, f"@ann.bsky.social which version, {number}?"),
                (ANN, f"@acme.example the newest, {number}"),
                (US, f"@ann.bsky.social thank you, {number}"),
                (BOB, f"@acme.example for me as well, {number}"),
            ):
                at += timedelta(seconds=1)
                told = []
                if by is not US:
                    told = [facet(text, "@acme.example", "mention", did=US["did"])]
                self.say(text, by, first, at=at, facets=told)
            at += timedelta(seconds=1)
        return 5 * conversations

    def _signed_in(self, name: str, request: httpx.Request) -> httpx.Response:
        if name == "createSession":
            told = json.loads(request.content)
            if told != {"identifier": US["handle"], "password": self.password}:
                words = "Invalid identifier or password"
                return _error(401, "AuthenticationRequired", words)
        elif request.headers.get("authorization") != "Bearer jwt-refresh-1":
            return _error(401, "InvalidToken", "Token could not be verified")
        self._left = self.lasts
        # The same each time: it must answer the same to the same question.
        again = (
            "2" if name == "refreshSession" and not self._access.endswith("2") else "1"
        )
        self._access = f"jwt-access-{again}"
        told = {
            "accessJwt": self._access, "refreshJwt": "jwt-refresh-1",
            "handle": US["handle"], "did": US["did"], "active": True,
            "email": "team@acme.example", "emailConfirmed": True,
        }  # fmt: skip
        return httpx.Response(200, json=told)

    def _list(self, which: str) -> list[tuple[str, str]]:
        """Times and addresses of a list, earliest first, sorted once."""
        if not self._lists:
            for name, post in self.posts.items():
                record = post["record"]
                place = (min(record["createdAt"], post["indexedAt"]), name)
                lists = {f"by {post['author']['handle']}"}
                lists |= {f"word {one}" for one in _words(record["text"])}
                if self._reason(post):
                    lists.add("to us")
                root = record.get("reply", {}).get("root", {}).get("uri")
                lists |= {f"below {root}"} if root else set()
                for one in lists:
                    self._lists.setdefault(one, []).append(place)
            for found in self._lists.values():
                found.sort()
            self._lists.setdefault("", [])
        return self._lists.get(which, [])

    def _reason(self, post: Mapping[str, Any]) -> str:
        """Why we are told of a post; "" if we are not."""
        if post["author"]["did"] == US["did"]:
            return ""
        record = post["record"]
        if US["did"] in record.get("reply", {}).get("parent", {}).get("uri", ""):
            return "reply"
        if US["did"] in json.dumps(record.get("facets", [])):
            return "mention"
        return "quote" if US["did"] in json.dumps(record.get("embed", {})) else ""

    def _search(self, params: httpx.QueryParams) -> httpx.Response:
        words = params["q"].casefold().strip('"#').split()
        found = self._list(f"word {words[0]}")
        if words[1:] or params.get_list("tag"):
            found = [one for one in found if self._fits(one[1], params)]
        if "until" in params:
            found = found[: bisect_left(found, (params["until"], ""))]
        begin = int(params.get("cursor", 0))
        count = min(int(params.get("limit", 25)), self.size, max(0, self.cap - begin))
        page = found[::-1][begin : begin + count]
        told: dict[str, Any] = {
            "posts": [self.posts[name] for _, name in page], "hitsTotal": len(found),
        }  # fmt: skip
        if begin + count < min(len(found), self.cap):
            told["cursor"] = str(begin + count)
        return httpx.Response(200, json=told)

    def _fits(self, name: str, params: httpx.QueryParams) -> bool:
        record = self.posts[name]["record"]
        tags = {
            one.get("tag")
            for told in record.get("facets", [])
            for one in told["features"]
        }
        return set(params.get_list("tag")) <= tags and (
            params["q"].casefold().strip('"#') in record["text"].casefold()
        )

    def _feed(self, params: httpx.QueryParams) -> httpx.Response:
        found: list[tuple[str, str, str]] = [
            (at, name, "") for at, name in self._list(f"by {params['actor']}")
        ]
        if params["actor"] == US["handle"]:
            found = sorted(
                [*found, *((at, name, "repost") for at, name in self.reposts)]
            )
        if "cursor" in params:
            found = found[: bisect_left(found, (*params["cursor"].split("|"), ""))]
        count = min(int(params.get("limit", 50)), self.size)
        page = found[-count:][::-1]
        feed = []
        for at, name, reason in page:
            row: dict[str, Any] = {"post": self.posts[name]}
            if reason:
                kind = "app.bsky.feed.defs#reasonRepost"
                row["reason"] = {"$type": kind, "by": US, "indexedAt": at}
            feed.append(row)
        told: dict[str, Any] = {"feed": feed}
        if len(found) > count:
            told["cursor"] = f"{page[-1][0]}|{page[-1][1]}"
        return httpx.Response(200, json=told)

    def _notified(self, params: httpx.QueryParams) -> httpx.Response:
        found = self._list("to us")
        if "cursor" in params:
            at, _, name = params["cursor"].partition("::")
            found = found[: bisect_left(found, (at, name))]
        count = min(int(params.get("limit", 50)), self.size)
        page = found[-count:][::-1]
        rows = []
        for _, name in page:
            post = self.posts[name]
            reason = self._reason(post)
            if reason not in params.get_list("reasons"):
                continue
            rows.append(
                {
                    "uri": name, "cid": post["cid"], "reason": reason, "isRead": False,
                    "author": {**post["author"], "description": "Hi"}, "labels": [],
                    "record": post["record"], "indexedAt": post["indexedAt"],
                }
            )  # fmt: skip
        told: dict[str, Any] = {"notifications": rows, "priority": False}
        if len(found) > count:
            told["cursor"] = "::".join(page[-1])
        return httpx.Response(200, json=told)

    def _thread(self, name: str) -> httpx.Response:
        """A post with all below it, whatever they answer of it."""
        kind = "app.bsky.feed.defs#threadViewPost"
        below = [
            {"$type": kind, "post": self.posts[one], "replies": []}
            for _, one in self._list(f"below {name}")
        ]
        told = {"$type": kind, "post": self.posts[name], "replies": below}
        return httpx.Response(200, json={"thread": told})


def _words(text: str) -> set[str]:
    return {one for one in _WORD.findall(text.casefold()) if not one.isdigit()}


def _ref(post: Mapping[str, Any]) -> dict[str, str]:
    return {"uri": post["uri"], "cid": post["cid"]}


def _key(number: int) -> str:
    letters = ""
    for _ in range(11):
        number, digit = divmod(number, 32)
        letters = _DIGITS[digit] + letters
    return letters


def _error(status: int, name: str, words: str) -> httpx.Response:
    return httpx.Response(status, json={"error": name, "message": words})
