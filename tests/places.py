"""A place that does as its settings say: tells slowly, hangs, fails, or has a fault."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import packages
from factories import an_incoming
from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Page,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
)

if TYPE_CHECKING:
    from triage.transport import Http

HEARD: list[tuple[str, str, float]] = []
"""What happened where and when: (place, "began" or "ended", seconds)."""

STUCK = threading.Event()
"""Lets go of whoever blocks for ever."""

LIMITED_UNTIL = datetime(2031, 1, 1, tzinfo=UTC)


def failing(end: str) -> BaseException | None:
    """What a place ends with."""
    return {
        "down": SourceUnavailable("it does not answer; try again later"),
        "refused": SignInFailed("the password was refused; set another"),
        "limited": RateLimited("asked too often", LIMITED_UNTIL),
        "wrong": ConfigError("there is no such folder; check the name"),
        "bug": KeyError("a fault"),
        "exit": SystemExit(3),
    }.get(end)


@dataclass(frozen=True, slots=True)
class Place:
    """
    Pages made by a test.

    Attributes:
        name: What its feedback is named after.
        pages: How many there are.
        size: Feedback of a page.
        pause: Seconds awaited before each page.
        busy: Seconds the thread computes before each page.
        end: How it ends: down, refused, limited, wrong, bug, exit, hang, stuck,
            or well.
        wakes: A file; more may be there whenever it is there.
        since: Where a first pull begins.
    """

    summary: ClassVar[str] = "Pages made by a test"

    name: str
    pages: int = 1
    size: int = 1
    pause: float = 0
    busy: float = 0
    end: str = ""

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:
        """No file is its own."""
        del path, head
        return 0

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the pages behind the cursor, which counts them."""
        del http
        HEARD.append((self.name, "began", time.monotonic()))
        try:
            for number in range(int(cursor or 0), self.pages):
                await asyncio.sleep(self.pause)
                _compute(self.busy)
                yield Page(self._page(number), Cursor(str(number + 1)))
            await self._finish()
        finally:
            HEARD.append((self.name, "ended", time.monotonic()))

    def _page(self, number: int) -> list[Incoming]:
        return [
            an_incoming(
                f"{self.name}-{number * self.size + one}",
                f"{self.name} says thing {number * self.size + one} of many",
            )
            for one in range(self.size)
        ]

    async def _finish(self) -> None:
        if self.end == "hang":
            await asyncio.sleep(3600)
        if self.end == "stuck":
            STUCK.wait(60)
        error = failing(self.end)
        if error is not None:
            raise error


@dataclass(frozen=True, slots=True)
class Begun(Place):
    """A place that can begin at a moment, and knows when there is more."""

    since: datetime | None = None
    wakes: Path | None = None

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield one feedback said when it was to begin, and one for each line."""
        del http
        told = self.wakes.read_text().split() if self.wakes else []
        at = int(cursor or 0)
        first = [] if cursor else [an_incoming(f"{self.name}-0", str(self.since))]
        more = [
            an_incoming(
                f"{self.name}-{n}", f"{word} is what they say", received_at=at_(n)
            )
            for n, word in enumerate(told[at:], at + 1)
        ]
        yield Page([*first, *more], Cursor(str(len(told))))

    async def watch(self, http: Http, cursor: Cursor | None) -> AsyncIterator[None]:
        """Yield whenever the file has more lines than were pulled."""
        del http
        while self.wakes is not None:
            if len(self.wakes.read_text().split()) > int(cursor or 0):
                yield None
            await asyncio.sleep(0.02)


def at_(number: int) -> datetime:
    """A moment of its own for each feedback."""
    return datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=number)


def _compute(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass


def installed(folder: Path) -> Path:
    """A folder that, on the path, makes these connectors known by entry point."""
    points = "place = places:Place\nbegun = places:Begun\n"
    return packages.installed(folder, "places", points)
