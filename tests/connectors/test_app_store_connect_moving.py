"""Reviews that come and go while pages are read are neither lost nor called gone."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from servers.app_store_connect import NOON, AppStoreConnect, a_history
from servers.app_store_pulls import pages
from triage.connector import Cursor, Page

Moves = list[list[int]]
"""After each page: 0 is a review that comes, another number one that goes."""


def moving(server: AppStoreConnect, moves: Moves) -> None:
    """The server, whose reviews come and go after each page."""
    left = [list(some) for some in moves]
    app = server.app()

    def move(_: str) -> None:
        for one in left.pop(0) if left else ():
            server.now += timedelta(seconds=1)
            there = app.listed("")
            if one and there:
                app.remove(there[one % len(there)])
            else:
                number = 50_000 + len(server.requests) * 10 + len(app.reviews)
                app.add(number, server.now, version="v1-2")

    server.after = move


def kept(standing: set[str], found: list[Page]) -> Cursor:
    """What a store takes to be there after these pages; where to go on."""
    for page in found:
        standing |= {row.external_id for row in page.items}
        standing -= set(page.gone)
    cursor = found[-1].cursor
    assert cursor
    return cursor


@settings(max_examples=40, deadline=None)
@given(
    moves=st.lists(st.lists(st.integers(0, 40), max_size=3), max_size=12),
    more=st.lists(st.lists(st.integers(0, 40), max_size=3), max_size=12),
    versions=st.booleans(),
)
def test_what_stands_is_what_is_there(
    moves: Moves, more: Moves, versions: bool
) -> None:
    """After pulls among changes, a weekly one in peace has in store what there is."""
    server = a_history(23, AppStoreConnect(size=4, now=NOON))
    for number, one in enumerate(server.app().listed("")):
        one.at, one.answer = NOON - timedelta(days=2 * number, hours=1), ""
        one.version = f"v1-{number % 3}" if number % 4 else ""
    server.app().changed()
    standing: set[str] = set()
    cursor: Cursor | None = None
    for some, pause in ((moves, 1), (more, 1), ([], 170)):
        moving(server, some)
        server.now += timedelta(hours=pause)
        cursor = kept(standing, pages(server, cursor, versions=versions))
    assert standing == set(server.app().reviews)
