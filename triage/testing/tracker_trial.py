"""A tracker's connector before a made-up tracker, and what came of each question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeAlias

from triage.connector import Outgoing, Planned, Receipt, Report
from triage.errors import TriageError
from triage.testing.failures import as_printed
from triage.testing.promise import check_hidden, promise
from triage.testing.tracker import Tracking
from triage.testing.trial import ELSEWHERE, MOST, Fault
from triage.transport import Http
from triage.transport.answered import Answer, Request, answered, break_off

There: TypeAlias = "Mapping[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]"
"""Title, text, comments and links of whatever is there, by key."""

Asking: TypeAlias = "Callable[[Any, Http], Awaitable[Any]]"

OPTIONAL = ("unmapped", "batch", "link", "refused")


class TrackerTrial:
    """
    One connector and one tracker.

    Attributes:
        asked: Requests of the last question.
        lost: How many changes were made there whose answers never came.
    """

    def __init__(
        self, make: Callable[[], Any], tracker: Tracking, secrets: Sequence[str]
    ) -> None:
        self.make = make
        self.tracker = tracker
        self.secrets = secrets
        self.asked: list[Request] = []
        self.lost = 0
        self._allowed: set[tuple[str, str, bytes]] = set()
        unknown = set(tracker.cannot) - set(OPTIONAL)
        promise(not unknown, f"`cannot` names no {', '.join(sorted(unknown))}.")
        promise(
            hasattr(tracker, "refused") or bool(tracker.cannot.get("refused")),
            "The made-up tracker has refused(), or `cannot` says why not.",
        )

    def can(self, name: str) -> bool:
        """Whether that is to be checked."""
        return name not in self.tracker.cannot

    def there(self) -> There:
        """Everything that is there now."""
        tracker = self.tracker
        return {
            key: (
                title,
                tracker.seen(key),
                tuple(tracker.comments(key)),
                tuple(tracker.links(key)),
            )
            for key, title in tracker.titles().items()
        }

    async def ask(
        self, asking: Asking, fault: Fault | None = None, lose: int | None = None
    ) -> Any:
        """
        What it answers, or the error a person would read.

        Args:
            lose: Which change that is made there meanwhile loses its answer.
        """
        self.asked, self.lost = [], 0
        async with self._client(fault, lose) as http:
            try:
                answer = await asking(self.make(), http)
            except Exception as caught:  # any: what kind it is, is the question
                return self._explained(caught)
        check_hidden(self.secrets, "what it answers", repr(answer))
        return answer

    async def found(self, text: str, limit: int = 10) -> list[Planned]:
        """What it finds, with no reason to fail."""
        return self._listed(
            await self.ask(lambda one, http: one.find(http, text, limit)), "find"
        )

    async def planned(self, keys: Sequence[str]) -> dict[str, Planned]:
        """What it says of those keys, with no reason to fail."""
        told = self._listed(
            await self.ask(lambda one, http: one.planned(http, keys)), "planned"
        )
        promise(
            len({one.key for one in told}) == len(told),
            "planned() tells each key once.",
        )
        strange = [one.key for one in told if one.key not in keys]
        promise(not strange, f"planned() tells what was asked for, not {strange[:5]}.")
        return {one.key: one for one in told}

    async def tell(
        self, outgoing: Outgoing, fault: Fault | None = None, lose: int | None = None
    ) -> Receipt | TriageError:
        """Told as the outbox does: asked what is there, and told unless it is."""

        async def asking(connector: Any, http: Http) -> Any:
            there = await connector.sent(http, outgoing)
            return there or await connector.send(http, outgoing)

        told = await self.ask(asking, fault, lose)
        promise(
            isinstance(told, (Receipt, TriageError)),
            f"send() and sent() answer with a Receipt, not {told!r}.",
        )
        return told  # type: ignore[no-any-return]

    async def report(self, fault: Fault | None = None) -> Report | TriageError:
        """What ``check`` says."""
        return await self.ask(lambda one, http: one.check(http), fault)  # type: ignore[no-any-return]

    def _listed(self, told: Any, name: str) -> list[Planned]:
        promise(
            not isinstance(told, Exception),
            f"{name}() of a tracker that answers as it should ends well, not: {told}",
        )
        promise(
            all(isinstance(one, Planned) for one in told),
            f"{name}() returns Planned and nothing else.",
        )
        return list(told)

    def _explained(self, error: Exception) -> TriageError:
        if isinstance(error, AssertionError):
            raise error
        check_hidden(self.secrets, "an error", as_printed(error))
        if not isinstance(error, TriageError):
            raise AssertionError(  # noqa: TRY004 - a broken promise, like all others
                "Whatever a tracker answers, it ends in an error a person can read, not"
                f" in {type(error).__name__}: {error}"
            ) from error
        promise(
            len(str(error).split()) > 3 and "\n" not in str(error),
            f"An error is one line that says what happened, not {str(error)!r}.",
        )
        return error

    def _client(self, fault: Fault | None, lose: int | None) -> Http:
        changes = 0

        def answer(request: Request) -> Answer:
            nonlocal changes
            self._look_at(request)
            self.asked.append(request)
            promise(len(self.asked) <= MOST, f"It ends within {MOST:,} requests.")
            before = self.there() if lose is not None else None
            honest = self.tracker.answer(request)
            if before is not None and before != self.there():
                changes += 1
                if changes == lose:
                    self.lost += 1
                    break_off(request)
            number = len(self.asked) - 1
            return fault(number, request, honest) if fault else honest

        async def sleep(seconds: float) -> None:
            self.tracker.now += timedelta(seconds=seconds)

        return answered(answer, clock=lambda: self.tracker.now, sleep=sleep)

    def _look_at(self, request: Request) -> None:
        promise(
            request.url.host != ELSEWHERE,
            "An address of another host is refused, and the key does not travel"
            " there; it was asked.",
        )
        first = self.asked[0] if self.asked else request
        promise(
            (request.url.scheme, request.url.netloc)
            == (first.url.scheme, first.url.netloc),
            f"One server is asked, not {first.url.host} and {request.url.host}.",
        )
        check_hidden(self.secrets, "an address that is asked", str(request.url))
        mark = (request.method, str(request.url), request.content)
        if mark in self._allowed or not self.can("refused"):
            return
        why = self.tracker.refused(request)  # type: ignore[attr-defined]
        promise(
            not why, f"Every request is one the tracker's description allows: {why}"
        )
        self._allowed.add(mark)
