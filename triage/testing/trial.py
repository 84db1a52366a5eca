"""A connector before a made-up service: runs that store what they bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from triage.connector import Connector, Cursor, Page
from triage.errors import TriageError
from triage.testing.failures import as_printed
from triage.testing.kept import Kept
from triage.testing.pages import check_page, check_shown, check_unique
from triage.testing.promise import check_hidden, promise
from triage.testing.pulls import LONGEST, reading
from triage.testing.service import Offered, Service
from triage.transport import Http
from triage.transport.answered import Answer, Request, answered

ELSEWHERE = "elsewhere.example"
"""Whom nobody has a reason to ask."""

MOST = 2_000
"""Requests of one run in a test; more means that it does not end."""

Fault: TypeAlias = "Callable[[int, Request, Answer], Answer]"
"""What is answered to the n-th request of a run, given what is the truth."""


@dataclass(frozen=True, slots=True)
class Run:
    """
    One pull, and what came of it.

    Attributes:
        error: How it ended; None if well.
        asked: How many requests it made.
        kept: What the store holds after it.
    """

    pages: Sequence[Page]
    error: TriageError | None
    asked: int
    kept: Kept


class Trial:
    """One connector and one service, whose pulls change nothing there."""

    def __init__(
        self, make: Callable[[], Connector], service: Service, secrets: Sequence[str]
    ) -> None:
        self.make = make
        self.service = service
        self.offered = Offered(service)
        self.secrets = [*secrets, *self.offered.secrets]
        self.names: list[str] = []
        self._allowed: set[tuple[str, str, bytes]] = set()

    def fill(self) -> None:
        """Customers say so much that it fills several pages."""
        for _ in range(self.offered.rows):
            self.add()
        self.settle()

    def add(self) -> str:
        """A customer says something, and some time passes."""
        name = self.service.add()
        self.names.append(name)
        self.service.now += self.offered.pace
        return name

    def settle(self) -> None:
        """Let so much time pass that what changed is sure to come."""
        self.service.now += self.offered.settles

    async def run(
        self,
        start: Kept | None = None,
        *,
        at: datetime | None = None,
        stop: int | None = None,
        fault: Fault | None = None,
        connector: Connector | None = None,
    ) -> Run:
        """
        Pull from where ``start`` was left, which stays as it is.

        Args:
            at: The time it is; the service's where none is given.
            stop: The page after which it is killed.
        """
        if at is not None:
            self.service.now = at
        kept = start.copy() if start else Kept()
        pages: list[Page] = []
        error: TriageError | None = None
        asked: list[Request] = []
        async with self.client(fault, asked) as http:
            try:
                async with reading(
                    connector or self.make(), http, kept.cursor
                ) as stream:
                    async for page in stream:
                        check_page(page)
                        pages.append(page)
                        kept.take([page])
                        promise(
                            len(pages) <= LONGEST,
                            f"A pull ends within {LONGEST:,} pages.",
                        )
                        if len(pages) == stop:
                            break
            except Exception as caught:  # any: what kind it is, is the question
                error = self.explained(caught)
        check_shown(pages, self.secrets)
        if fault is None:
            check_unique(pages)
        return Run(pages, error, len(asked), kept)

    async def whole(
        self, start: Kept | None = None, *, at: datetime | None = None
    ) -> Run:
        """A run that has no reason to fail."""
        run = await self.run(start, at=at)
        promise(
            run.error is None,
            f"A service that answers as it should is pulled whole, not: {run.error}",
        )
        return run

    def explained(self, error: Exception) -> TriageError:
        """The error, if it is one a person can read and holds no secret."""
        if isinstance(error, AssertionError):
            raise error
        check_hidden(self.secrets, "an error", as_printed(error))
        if not isinstance(error, TriageError):
            raise AssertionError(  # noqa: TRY004 - a broken promise, like all others
                "Whatever a service answers, it ends in an error a person can read, not"
                f" in {type(error).__name__}: {error}"
            ) from error
        told = str(error)
        promise(
            len(told.split()) > 3 and "\n" not in told,
            f"An error is one line that says what happened, not {told!r}.",
        )
        return error

    def client(self, fault: Fault | None, asked: list[Request]) -> Http:
        """A client of this service; every request made by it is looked at."""

        def answer(request: Request) -> Answer:
            self._look_at(request)
            asked.append(request)
            promise(len(asked) <= MOST, f"A pull ends within {MOST:,} requests.")
            honest = self.service.answer(request)
            return fault(len(asked) - 1, request, honest) if fault else honest

        async def sleep(seconds: float) -> None:
            self.service.now += timedelta(seconds=seconds)

        return answered(answer, clock=lambda: self.service.now, sleep=sleep)

    def _look_at(self, request: Request) -> None:
        promise(
            request.url.host != ELSEWHERE,
            "An address of another host is refused, and the key does not travel"
            " there; it was asked.",
        )
        check_hidden(self.secrets, "an address that is asked", str(request.url))
        mark = (request.method, str(request.url), request.content)
        if mark in self._allowed or not self.offered.has("refused"):
            return
        why = self.offered.do("refused", request)
        promise(
            not why, f"Every request is one the service's description allows: {why}"
        )
        self._allowed.add(mark)

    def cursor_of(self, kept: Kept) -> Cursor:
        """Where a complete pull was left."""
        cursor = kept.cursor
        if cursor is None:
            raise AssertionError("A complete pull leaves a cursor to go on from.")
        return cursor

    def has(self, name: str) -> bool:
        """Whether the service says it can do that."""
        return self.offered.has(name)

    def do(self, name: str, *args: Any) -> Any:
        """Have the service do one of the optional things."""
        return self.offered.do(name, *args)


def differ(got: Kept, wanted: Kept, sentence: str) -> None:
    """Raise with the sentence and the first ids, unless both hold the same."""
    names = got.differing(wanted)
    promise(not names, f"{sentence}; these differ: {names}.")


def some(count: int, most: int = 8) -> list[int]:
    """At most so many of the first numbers, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(step * (count - 1) / (most - 1)) for step in range(most)})
