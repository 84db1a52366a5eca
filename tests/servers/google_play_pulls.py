"""Pulls of the small Google Play, each request held to its description."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from servers.described import Described, vendors
from servers.google_play import (
    APP,
    BUCKET,
    NOW,
    PlayServer,
    a_report,
    a_review,
    a_row,
    key_file,
)
from triage.connector import Cursor, Incoming, Page, Secret, Unreadable
from triage_connectors.google_play import GooglePlay

_OURS = Path(__file__).with_name("google_play.openapi.json")


@cache
def ours_described() -> Described:
    """The service in our own words."""
    return Described.at(_OURS)


@cache
def theirs_described() -> Described | None:
    """The reviews in the vendor's words, where the file is at hand."""
    path = vendors("androidpublisher-v3-reviews.openapi.json")
    return Described.at(path) if path else None


def check_requests(server: PlayServer) -> None:
    """Every request is one the descriptions allow."""
    ours_described().check(server.requests)
    theirs = theirs_described()
    if theirs:
        theirs.check(server.asked("/androidpublisher"))


def ours(**told: Any) -> GooglePlay:
    """A source of one app, with the account's key."""
    return GooglePlay(**{"packages": (APP,), "key": Secret(key_file()), **told})


def a_server(count: int = 7, **told: Any) -> PlayServer:
    """A server with reviews of this week, newest first, an hour apart."""
    server = PlayServer(**told)
    server.reviews[APP] = [
        a_review(number, NOW - timedelta(hours=number), reply="Thanks!" * (number == 2))
        for number in range(count)
    ]
    return server


def with_reports(server: PlayServer, months: int = 3, rows: int = 4) -> PlayServer:
    """The same with reports of the months before, one review of the week among them."""
    for back in range(months):
        at = NOW.replace(day=15) - timedelta(days=30 * back)
        numbers = range(1000 * (back + 1), 1000 * (back + 1) + rows)
        told = [
            a_row(number, at - timedelta(minutes=number % 1000)) for number in numbers
        ]
        told.append(a_row(900 + back, at, "", Device=f"phone{back}"))
        if not back:
            told.append(a_row(2, NOW - timedelta(hours=2), reply="Thanks!"))
        server.put(f"{at:%Y%m}", a_report(told))
    return server


def pages(server: PlayServer, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    """Every page of a pull."""

    async def pulled() -> list[Page]:
        async with server.http() as http:
            return [page async for page in ours(**told).pull(http, cursor)]

    found = asyncio.run(pulled())
    check_requests(server)
    return found


def items(found: list[Page]) -> list[Incoming]:
    """What was said; nothing in it could not be read."""
    told = [one for page in found for one in page.items]
    assert not [one for one in told if isinstance(one, Unreadable)], told
    return [one for one in told if isinstance(one, Incoming)]


def ids(found: list[Page]) -> list[str]:
    return [one.external_id for page in found for one in page.items]


def last_cursor(found: list[Page]) -> Cursor:
    return next(page.cursor for page in reversed(found) if page.cursor)


def bucket(**told: Any) -> dict[str, Any]:
    """The settings of a source that reads the bucket as well."""
    return {"bucket": f"gs://{BUCKET}/", **told}
