"""The small Discourse as the contract of services wants one, and pulls of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from servers.described import Described
from servers.discourse_forum import HOME
from servers.discourse_server import KEY, DiscourseServer
from triage.connector import Connector, Cursor, Incoming, Page, Secret, Unreadable
from triage_connectors.discourse import Discourse

_OURS = Path(__file__).with_name("discourse.openapi.json")
# The vendor's description lacks what its own pages ask lists of topics with.
_UNTOLD = ("page", "topic_ids")


@cache
def ours_described() -> Described:
    """The forum in our own words."""
    return Described.at(_OURS)


@cache
def theirs_described() -> Described | None:
    """The forum in the vendor's words, where the file is at hand."""
    given = os.environ.get("TRIAGE_SHARED") or Path(__file__).parents[3] / "shared"
    path = Path(given) / "specs" / "discourse.trim.json"
    return Described.at(path) if path.is_file() else None


def refused(request: httpx.Request) -> str:
    """Why a description allows no such request; "" where each does."""
    ours = request.url.copy_with(host=httpx.URL(HOME).host)
    here = httpx.Request(request.method, ours, headers=request.headers)
    if said := ours_described().refused(here):
        return said
    vendors = theirs_described()
    if vendors is None or (
        # It wants the numbers of posts in the body of a GET, where no forum looks.
        request.url.path.startswith("/t/") and request.url.path.endswith("/posts.json")
    ):
        return ""
    url = request.url.copy_with(host="discourse.example.com")
    for name in _UNTOLD:
        url = url.copy_remove_param(name)
    # It wants a key of everybody, though any visitor may read an open forum.
    headers = {"Api-Key": "x", "Api-Username": "x"}
    return vendors.refused(httpx.Request(request.method, url, headers=headers))


def connector(**told: Any) -> Discourse:
    """A source of that forum."""
    settings = {"url": HOME, "api_key": Secret(KEY), **told}
    return Discourse(**settings)


@dataclass(slots=True)
class DiscourseService(DiscourseServer):
    """Topics and replies by turns, three posts a page."""

    size: int = 3
    listed: int = 3
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "future": "its cursor holds numbers of posts, no times"
        }
    )
    said: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Our side welcomes everybody."""
        self.begin("Welcome", "olga", pinned=True, category_id=1)

    def add(self) -> str:
        """A customer says something now; the staff whispers, and the forum notes it."""
        words = f"It loses my tags, case {len(self.said) + 1}"
        if len(self.said) % 3 == 0:
            row = self.begin(words)
        else:
            row = self.say(len(self.topics), words, "bea")
            self.say(row["topic_id"], "She sounds cross", "olga", kind=4)
            self.say(
                row["topic_id"], "", "system", kind=3, action_code="closed.enabled"
            )
        name = f"post {row['id']}"
        self.said[name] = row["id"]
        return name

    def edit(self, name: str) -> str:
        """Its writer says it differently."""
        words = f"It loses my labels, {name}"
        self.rewrite(self.said[name], words)
        return words

    def remove(self, name: str) -> None:
        """It is deleted."""
        self.delete(self.said[name])

    def reply(self, name: str) -> str:
        """The staff answers."""
        words = f"Mended in the next version, {name}"
        self.say(self.posts[self.said[name]]["topic_id"], words, "olga")
        return words

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request."""
        return refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        """Sources the forum refuses."""
        return {
            "key": connector(api_key=Secret("canary-another-key")),
            "url": connector(url="https://nothing.acme.example"),
        }

    def fill(self, conversations: int) -> int:
        """Make so many topics of five posts each; rows a pull of them brings."""
        self.size, self.listed = 50, 100
        for number in range(conversations):
            topic = self.begin(f"The export loses tags, case {number}.")["topic_id"]
            for turn in range(2):
                self.say(topic, f"We look into case {number}.", "olga")
                self.say(topic, f"It is still so after {turn} days.")
            if not number % 4:
                self.now += timedelta(seconds=1)
        self.now += timedelta(hours=1)
        return 5 * conversations + 1


def pages(
    server: DiscourseServer, cursor: Cursor | None = None, **told: Any
) -> list[Page]:
    """Every page of a pull, an hour after what was said last."""
    server.now += timedelta(hours=1)
    began = len(server.requests)

    async def pulled() -> list[Page]:
        async with server.http() as http:
            return [page async for page in connector(**told).pull(http, cursor)]

    found = asyncio.run(pulled())
    for request in server.requests[began:]:
        assert not refused(request), refused(request)
    return found


def fetched(server: DiscourseServer, *about: str) -> Page:
    """Those posts and topics, read again."""

    async def asked() -> Page:
        async with server.http() as http:
            return await connector().fetch(http, about)

    return asyncio.run(asked())


def said(found: list[Page]) -> dict[str, Incoming]:
    """What was said by id, as a store would have it in the end."""
    told: dict[str, Incoming] = {}
    for page in found:
        for one in page.items:
            assert not isinstance(one, Unreadable)
            told[one.external_id] = one
    return told


def gone(found: list[Page]) -> list[str]:
    """What is no more."""
    return [name for page in found for name in page.gone]


def last_cursor(found: list[Page]) -> Cursor:
    """Where a pull was left."""
    return next(page.cursor for page in reversed(found) if page.cursor)
