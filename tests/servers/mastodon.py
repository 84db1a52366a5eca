"""A small Mastodon server in this process: search, hashtags, notifications, accounts."""

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
from triage_connectors.mastodon import Mastodon

HOST = "https://social.example"
CANARY = "canary-mastodon-5f3a91c2"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


@cache
def described() -> Described:
    """The server in our own words: its makers publish no description."""
    return Described.at(Path(__file__).with_name("mastodon.openapi.json"))


def connector(**told: Any) -> Mastodon:
    """A source of this server."""
    settings: dict[str, Any] = {
        "server": HOST,
        "token": Secret(CANARY),
        "searches": ("acme", "#acme"),
    }
    return Mastodon(**{**settings, **told})


def stamp(at: datetime) -> str:
    """A time as Mastodon writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def account(number: int, acct: str, **told: Any) -> dict[str, Any]:
    """Somebody."""
    name = acct.partition("@")[0]
    return {
        "id": str(number), "username": name, "acct": acct, "locked": False,
        "display_name": f"{name.title()} :verified:", "bot": False, "note": "<p>Hi</p>",
        "url": f"https://{acct.partition('@')[2] or 'social.example'}/@{name}",
        "followers_count": 12, "following_count": 3, "statuses_count": 40,
        "emojis": [{"shortcode": "verified", "url": f"{HOST}/emoji/verified.png"}],
        "fields": [], **told,
    }  # fmt: skip


def link(acct: str) -> str:
    """A mention, as it stands in a status."""
    name, _, host = acct.partition("@")
    return (
        f'<span class="h-card" translate="no"><a href="https://{host or HOST[8:]}/@{name}"'
        f' class="u-url mention">@<span>{name}</span></a></span>'
    )


US = account(1, "acme", display_name="Acme")
SUPPORT = account(2, "help@acme.example", display_name="Acme Support")
ANN = account(10, "ann@fosstodon.example")
BOB = account(11, "bob")


@dataclass(slots=True)
class MastodonService:
    """
    Statuses and who was told of them.

    Attributes:
        size: Statuses or notifications in a page at most, whatever is asked for.
        searches: Whether it has full-text search; without, it finds nothing.
        fails_after: Searches it makes before it finds nothing; None for all.
        version: 4.3 and later tell many statuses at once by their ids.
    """

    now: datetime = NOW
    cannot: Mapping[str, str] = field(default_factory=dict)
    token: str = CANARY
    size: int = 3
    searches: bool = True
    fails_after: int | None = None
    version: str = "4.5.0"
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    last: int = 0
    _lists: dict[str, list[int]] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What is said to one request."""
        self.requests.append(request)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, "The access token is invalid")
        params = request.url.params
        match request.url.path.removeprefix("/api/").split("/"):
            case ["v1", "accounts", "verify_credentials"]:
                return httpx.Response(200, json=US)
            case ["v1", "accounts", "lookup"]:
                told = {one["acct"]: one for one in (US, SUPPORT, ANN, BOB)}
                return self._one(told.get(params["acct"]))
            case ["v1", "accounts", name, "statuses"]:
                return self._list(request, self._names(f"by {name}"))
            case ["v1", "timelines", "tag", name]:
                return self._list(request, self._names(f"tag {name.casefold()}"))
            case ["v1", "notifications"]:
                return self._notified(request)
            case ["v1", "statuses", name]:
                return self._one(self.statuses.get(name))
            case ["v1", "statuses", name, "context"]:
                below = [
                    self._row(one) for one in reversed(self._names(f"below {name}"))
                ]
                return httpx.Response(200, json={"ancestors": [], "descendants": below})
            case ["v1", "statuses"] if self.version >= "4.3":
                names = params.get_list("id[]")
                if len(names) > 20:
                    return _error(422, "Too many statuses")
                found = [self.statuses[name] for name in names if name in self.statuses]
                return httpx.Response(200, json=found)
            case ["v2", "search"]:
                return self._search(params)
            case ["v2", "instance"]:
                instance = {"domain": "social.example", "version": self.version}
                return httpx.Response(200, json=instance)
        return _error(404, "Record not found")

    def say(
        self, content: str, by: Mapping[str, Any] = ANN, to: str = "", **told: Any
    ) -> str:
        """Somebody posts; the status's id."""
        at = told.pop("at", self.now)
        self.last += 1
        name = str((int(at.timestamp() * 1000) << 16) + self.last)
        parent = self.statuses.get(to)
        tags = re.findall(r'class="mention hashtag"[^>]*>#<span>(\w+)', content)
        self.statuses[name] = {
            "id": name, "created_at": stamp(at), "in_reply_to_id": to or None,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None,
            "sensitive": False, "spoiler_text": "", "visibility": "public",
            "language": "en", "uri": f"{by['url']}/statuses/{name}",
            "url": f"{by['url']}/{name}", "replies_count": 0, "reblogs_count": 2,
            "favourites_count": 5, "edited_at": None, "content": content,
            "reblog": None, "quote": None, "account": dict(by), "mentions": [],
            "media_attachments": [], "emojis": [], "card": None, "poll": None,
            "tags": [{"name": tag, "url": f"{HOST}/tags/{tag}"} for tag in tags],
            **told,
        }  # fmt: skip
        if 'class="u-url mention">@<span>acme</span>' in content and by is not US:
            number = str(7000 + self.last)
            self.notices[number] = ("mention", name, stamp(at))
        self._lists.clear()
        return name

    def add(self) -> str:
        """A customer posts; some with a hashtag, some to us, some both."""
        number = self.last + 1
        words = f"<p>Acme loses my export, {number}</p>"
        if number % 3 == 0:
            words = f"<p>{link('acme')} it loses my export, {number}</p>"
        if number % 2 == 0:
            words += (
                '<p><a href="https://fosstodon.example/tags/acme"'
                ' class="mention hashtag" rel="tag">#<span>acme</span></a></p>'
            )
        return self.say(words, ANN if number % 5 else BOB)

    def edit(self, name: str) -> str:
        words = f"Acme loses my import as well, {name}"
        self.statuses[name] |= {
            "content": f"<p>{words}</p>", "edited_at": stamp(self.now),
        }  # fmt: skip
        self._lists.clear()
        return words

    def remove(self, name: str) -> None:
        del self.statuses[name]
        self.notices = {
            one: told for one, told in self.notices.items() if told[1] != name
        }
        self._lists.clear()

    def reply(self, name: str) -> str:
        words = f"We at acme mend it tomorrow, {name}"
        self.say(f"<p>{link('ann@fosstodon.example')} {words}</p>", US, name)
        return words

    def refused(self, request: httpx.Request) -> str:
        return described().refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {
            "key": connector(token=Secret("canary-another-token")),
            "own": connector(own=("nobody@elsewhere.example",)),
        }

    def fill(self, conversations: int) -> int:
        """Make so many of five statuses each, a second after one another."""
        self.size = 1_000_000
        at = self.now - timedelta(seconds=5 * conversations + 1)
        for number in range(conversations):
            first = self.say(f"<p>Acme loses my export, {number}</p>", at=at)
            for by, words in (
                (US, f"{link('ann@fosstodon.example')} which version, {number}?"),
                (ANN, f"{link('acme')} the newest, {number}"),
                (US, f"{link('ann@fosstodon.example')} thank you, {number}"),
                (BOB, f"{link('acme')} for me as well, {number}"),
            ):
                at += timedelta(seconds=1)
                self.say(f"<p>{words}</p>", by, first, at=at)
            at += timedelta(seconds=1)
        return 5 * conversations

    def _row(self, name: int) -> dict[str, Any]:
        return self.statuses[str(name)]

    def _names(self, which: str) -> list[int]:
        """The statuses of a list, earliest first, sorted once."""
        if not self._lists:
            for name, row in self.statuses.items():
                words = {
                    one.casefold()
                    for one in _WORD.findall(_TAG.sub("", row["content"]))
                }
                lists = [f"by {row['account']['id']}", f"below {row['in_reply_to_id']}"]
                lists += [f"tag {tag['name'].casefold()}" for tag in row["tags"]]
                lists += [f"word {word}" for word in words if not word.isdigit()]
                for one in lists:
                    self._lists.setdefault(one, []).append(int(name))
            for found in self._lists.values():
                found.sort()
            self._lists.setdefault("", [])
        return self._lists.get(which, [])

    def _search(self, params: httpx.QueryParams) -> httpx.Response:
        found: list[int] = []
        if self.fails_after is not None:
            self.searches = self.fails_after > 0
            self.fails_after -= 1
        if self.searches and params.get("type", "statuses") == "statuses":
            words = params["q"].casefold().strip('"').split()
            found = self._names(f"word {words[0]}")
            if words[1:]:
                found = [
                    name
                    for name in found
                    if params["q"].casefold().strip('"')
                    in _TAG.sub("", self._row(name)["content"]).casefold()
                ]
        if "max_id" in params:
            # As the real one: an id is taken for a time, to the second.
            second = (int(params["max_id"]) >> 16) // 1000
            found = found[: bisect_left(found, second * 1000 << 16)]
        end = len(found) - int(params.get("offset", 0))
        count = min(int(params.get("limit", 20)), 40, self.size)
        rows = [self._row(name) for name in found[max(0, end - count) : max(0, end)]]
        told = {"accounts": [], "statuses": rows[::-1], "hashtags": []}
        return httpx.Response(200, json=told)

    def _list(self, request: httpx.Request, names: list[int]) -> httpx.Response:
        page, headers = self._page(request, names, 40)
        return httpx.Response(
            200, json=[self._row(name) for name in page], headers=headers
        )

    def _notified(self, request: httpx.Request) -> httpx.Response:
        kinds = request.url.params.get_list("types[]")
        names = [int(one) for one, told in self.notices.items() if told[0] in kinds]
        page, headers = self._page(request, names, 80)
        rows = []
        for name in page:
            kind, status, at = self.notices[str(name)]
            row = self.statuses[status]
            rows.append(
                {
                    "id": str(name), "type": kind, "created_at": at,
                    "account": row["account"], "status": row,
                    "group_key": f"ungrouped-{name}",
                }
            )  # fmt: skip
        return httpx.Response(200, json=rows, headers=headers)

    def _page(
        self, request: httpx.Request, names: list[int], most: int
    ) -> tuple[list[int], dict[str, str]]:
        """A page from the newest on, and where the next one is."""
        params = request.url.params
        if "max_id" in params:
            names = names[: bisect_left(names, int(params["max_id"]))]
        count = min(int(params.get("limit", 20)), most, self.size)
        page = names[-count:][::-1]
        if len(page) < count:
            return page, {}
        following = request.url.copy_set_param("max_id", page[-1])
        before = request.url.copy_remove_param("max_id").copy_set_param(
            "min_id", page[0]
        )
        return page, {"link": f'<{following}>; rel="next", <{before}>; rel="prev"'}

    def _one(self, told: Mapping[str, Any] | None) -> httpx.Response:
        if told is None:
            return _error(404, "Record not found")
        return httpx.Response(200, json=told)


def _error(status: int, words: str) -> httpx.Response:
    return httpx.Response(status, json={"error": words})
