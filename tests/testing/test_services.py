"""The contract of services passes an honest connector and names what a broken one breaks."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx

from servers.shop import CANARY, HOST, Reviews, Shop
from servers.shop_broken import Changed, broken, make
from triage.connector import (
    Cursor,
    Incoming,
    Kind,
    Page,
    Secret,
)
from triage.testing import check_service
from triage.transport import Http
from triage.transport.answered import answered


def test_honest() -> None:
    """A connector that keeps every promise passes, and so does its wrapper."""
    check_service(make, Shop)
    check_service(lambda: Changed(Secret(CANARY)), Shop)


def test_what_cannot_be_checked_is_said() -> None:
    """A service without edits passes once it says why it has none, not before."""

    class Carved(Shop):
        edit = property()

    assert "edit()" in broken(Reviews, Carved)
    check_service(make, lambda: Carved(cannot={"edit": "Reviews are carved in stone."}))


def test_one_page() -> None:
    """A made-up service that fits one page proves nothing, and is told so."""
    assert "two pages or more" in broken(Reviews, lambda: Shop(size=50))


def test_everything() -> None:
    """A connector that leaves out what the service has is found out."""

    class Picky(Changed):
        __slots__ = ()

        def change(self, page: Page) -> Page:
            kept = [one for one in page.items if one.external_id != "r004"]
            return replace(page, items=kept)

    assert "Everything the service has" in broken(Picky)


def test_killed() -> None:
    """A cursor that runs ahead to the end loses the rest when killed."""

    class Forgetful(Changed):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            pages = [page async for page in super().pull(http, cursor)]
            for page in pages:
                yield replace(page, cursor=pages[-1].cursor if pages else cursor)

    assert "came again and more followed" in broken(Forgetful)


def test_kills_between_cursors() -> None:
    """A first page whose cursor is that of the end loses the rest when killed."""

    class Hasty(Changed):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            async with aclosing(super().pull(http, cursor)) as found:  # type: ignore[type-var]
                pages = [page async for page in found]
            first, *rest = pages
            yield replace(first, cursor=pages[-1].cursor)
            for page in rest:
                yield replace(page, cursor=None)

    assert "esum" in broken(Hasty)


def test_second_run() -> None:
    """A telling that is another each time makes every sync a change."""
    numbers = count()

    class Restless(Changed):
        def change(self, page: Page) -> Page:
            found = [
                replace(one, context={"seen": next(numbers)})
                for one in page.items
                if isinstance(one, Incoming)
            ]
            return replace(page, items=found)

    sentence = broken(Restless)
    assert "resuming equals pulling whole" in sentence or "changes nothing" in sentence


def test_second_run_later() -> None:
    """What depends on the hour changes with the hour, and nobody said so."""

    class Hourly(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            async for page in super().pull(http, cursor):
                found = [
                    replace(one, context={"hour": http.now().hour})
                    for one in page.items
                    if isinstance(one, Incoming)
                ]
                yield replace(page, items=found)

    assert "differ" in broken(Hourly)


def test_replayed() -> None:
    """Two tellings of one review that only their order tells apart."""

    class Twofold(Changed):
        def change(self, page: Page) -> Page:
            found = [one for one in page.items if isinstance(one, Incoming)]
            before = [
                replace(one, body=f"{one.body}, he said", edited_at=None)
                for one in found
                if one.external_id == "r001"
            ]
            return replace(page, items=[*before, *found])

    assert "in another order, change nothing" in broken(Twofold)


def test_edited() -> None:
    """A connector that looks at what is new alone misses edits."""

    class Once(Changed):
        def change(self, page: Page) -> Page:
            found = [one for one in page.items if not _is_edited(one)]
            return replace(page, items=found)

    assert "edits comes with the next pull" in broken(Once)


def _is_edited(one: object) -> bool:
    return isinstance(one, Incoming) and one.edited_at != one.received_at


def test_older_over_newer() -> None:
    """An edit without its time is overwritten by what was said before."""

    class Timeless(Changed):
        def change(self, page: Page) -> Page:
            found = [
                replace(one, edited_at=None)
                for one in page.items
                if isinstance(one, Incoming)
            ]
            return replace(page, items=found)

    assert "never overwrites a newer" in broken(Timeless)
    check_service(
        lambda: Timeless(Secret(CANARY)),
        lambda: Shop(cannot={"order": "An edit has no time there."}),
    )


def test_deleted() -> None:
    """A deletion that is not told, and one that is told of what is still there."""

    class Blind(Changed):
        def change(self, page: Page) -> Page:
            return replace(page, gone=())

    class Wild(Changed):
        def change(self, page: Page) -> Page:
            return replace(page, gone=["r003", "r002"] if page.gone else ())

    assert "Page.gone; 'r002' is not" in broken(Blind)
    assert "not told as gone; these are: ['r003']" in broken(Wild)


def test_ours_as_feedback() -> None:
    """Our own side's answer does not ask for anything."""

    class Chatty(Changed):
        def change(self, page: Page) -> Page:
            found = [
                replace(one, kind=Kind.FEEDBACK)
                for one in page.items
                if isinstance(one, Incoming)
            ]
            return replace(page, items=found)

    assert "never comes as feedback" in broken(Chatty)


def test_one_second() -> None:
    """A watermark that excludes its own second loses what comes in it later."""

    class Exclusive(Reviews):
        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            place = Reviews._resume(self, cursor, http)
            return place if "after" in place else {**place, "after": "~"}

    assert "said in one second" in broken(Exclusive)


def test_cursors() -> None:
    """A cursor says its version, and neither another nor a future one is believed."""

    class Unversioned(Reviews):
        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            if cursor is not None:
                told = json.loads(cursor)
                cursor = Cursor(json.dumps({**told, "v": 1}))
            return Reviews._resume(self, cursor, http)

    class Trusting(Reviews):
        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            later = answered(
                lambda _: httpx.Response(500),
                clock=lambda: datetime(2090, 1, 1, tzinfo=UTC),
            )
            return Reviews._resume(self, cursor, later)

    class Bare(Changed):
        def change(self, page: Page) -> Page:
            told = json.loads(page.cursor or "{}")
            return replace(page, cursor=Cursor(json.dumps({**told, "v": None})))

        def _resume(self, cursor: Cursor | None, http: Http) -> dict[str, Any]:
            told = json.loads(cursor) if cursor else None
            if isinstance(told, dict) and "since" in told:
                cursor = Cursor(json.dumps({**told, "v": 1}))
            return Reviews._resume(self, cursor, http)

    assert "of another version is refused" in broken(Unversioned)
    assert "of the future is refused" in broken(Trusting)
    assert 'its version as "v"' in broken(Bare)


def test_logged() -> None:
    """A key does not get into the log, at whatever level."""

    class Loud(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            logging.getLogger("shop").debug("asking with %s", self.token.reveal())
            async for page in super().pull(http, cursor):
                yield page

    assert "in the log" in broken(Loud)


def test_secret_in_an_address() -> None:
    """A key does not get into an address, which every proxy on the way writes down."""

    class Shown(Reviews):
        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            params = {"since": self.token.reveal()}
            await http.at(f"{HOST}/api").get("reviews", params=params, auth=self.token)
            async for page in super().pull(http, cursor):
                yield page

    assert "an address that is asked" in broken(Shown)


def test_secret_of_the_service() -> None:
    """What the service gives out as a secret shows nowhere either."""

    class Leaky(Shop):
        secrets = ("Ann's shop",)

    assert "a report" in broken(Reviews, Leaky)
