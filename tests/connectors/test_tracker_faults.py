"""Whatever goes wrong on the way to a tracker is told, and nothing is told twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, TypeAlias
from urllib.parse import quote

import pytest

import virtual
from connectors.disturbed import OnTheWay, Unspent
from connectors.tellings import outgoing
from servers.faults import FAULTS
from servers.meeting import Fault
from servers.services import TRACKERS
from triage.connector import Outgoing
from triage.errors import TriageError
from triage.plugins import CONNECTORS, names, one
from triage.testing.failures import as_printed
from triage.testing.promise import promise
from triage.testing.settings import canaries
from triage.transport import Http

Question: TypeAlias = "Callable[[Any, Http, list[str]], Awaitable[Any]]"

_PLANS = 7
_GONE = frozenset({"404", "410", "400 that says back what was sent"})
"""What may as well mean that something is not there any more."""
_ELSEWHERE = "sent to itself"
"""Who sends a writer on has written nothing; the made-up tracker has by then."""


@dataclass(frozen=True, slots=True)
class Met:
    """
    One question, and what came of it.

    Attributes:
        answer: By key what is planned, or the receipt; None where it ended in an error.
        seconds: How long it took, in the time that passes there.
        sent: What signed it, as it travels.
    """

    answer: Any
    error: Exception | None
    seconds: float
    asked: int
    sent: frozenset[str]


class Board:
    """A tracker with a few plans, and the connector that asks it."""

    def __init__(self, name: str) -> None:
        module = import_module(f"servers.{TRACKERS[name]}")
        self.make: Callable[[], Any] = module.connector
        self.tracker = next(
            kind for word, kind in vars(module).items() if word.endswith("Tracker")
        )()
        self.keys = [self.tracker.add(f"Plan {number}") for number in range(_PLANS)]

    def there(self) -> list[Any]:
        """All there is, for what is told to change one thing of it."""
        tracker = self.tracker
        titles = tracker.titles()
        return [len(titles), *(len(tracker.comments(key)) for key in titles)]

    def meet(self, question: Question, fault: Fault | None = None, at: int = 0) -> Met:
        """Ask, with a fault from the n-th request on."""
        return virtual.run(self._meet(question, fault, at))

    async def _meet(self, question: Question, fault: Fault | None, at: int) -> Met:
        began, time = self.tracker.now, asyncio.get_running_loop().time

        def now() -> datetime:
            moment: datetime = began + timedelta(seconds=time())
            return moment

        way = OnTheWay(self.tracker.answer, now, fault, at)
        answer, error = None, None
        async with Http(
            client_transport=way, clock=now, ledger=Unspent(), source="plan"
        ) as http:
            try:
                answer = await question(self.make(), http, self.keys)
            except Exception as caught:  # any: what kind it is, is the question
                error = caught
        assert len(way.hosts) <= 1, f"it asks {way.hosts}"
        sent = frozenset(one for one in way.sent if len(one) >= 8)
        return Met(answer, error, time(), way.asked, sent)

    def shown(self, told: str, met: Met) -> bool:
        """Whether a secret shows there, as it is or as it travels."""
        secrets = canaries(self.make())
        needles = {*secrets, *map(quote, secrets), *met.sent}
        return any(needle in told for needle in needles)


async def _find(source: Any, http: Http, _: list[str]) -> Mapping[str, str]:
    return {row.key: row.title for row in await source.find(http, "plan", 50)}


async def _planned(source: Any, http: Http, keys: list[str]) -> Mapping[str, str]:
    return {row.key: row.title for row in await source.planned(http, keys)}


async def _check(source: Any, http: Http, _: list[str]) -> Any:
    return bool(await source.check(http))


def _telling(wanted: Callable[[list[str]], Outgoing]) -> Question:
    async def tell(source: Any, http: Http, keys: list[str]) -> Any:
        told = wanted(keys)
        there = await source.sent(http, told)
        return there or await source.send(http, told)

    return tell


READING: Mapping[str, Question] = {"find": _find, "planned": _planned, "check": _check}
TELLING: Mapping[str, Question] = {
    "create": _telling(lambda _: outgoing("create", "words", "New")),
    "comment": _telling(lambda keys: outgoing("comment", "words", key=keys[0])),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", TRACKERS)
def test_fault(
    name: str,
    fault: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It ends in time and is told; what is told is true; a second telling is none."""
    caplog.set_level(logging.DEBUG)
    wrong = FAULTS[fault]
    for question in READING.values():
        board = Board(name)
        whole = board.meet(question)
        met = board.meet(question, wrong, int(whole.asked * wrong.share))
        _check_told(board, met, wrong)
        if met.error is None and question is not _check:
            _check_true(met, whole, wrong, fault in _GONE)
    for question in () if fault.startswith(_ELSEWHERE) else TELLING.values():
        board, fresh = Board(name), Board(name)
        before = board.there()
        whole = fresh.meet(question)
        met = board.meet(question, wrong, int(whole.asked * wrong.share))
        _check_told(board, met, wrong)
        after = board.meet(question)
        promise(after.error is None, f"Told again, it goes well: {after.error!r}")
        promise(
            board.there() == fresh.there() != before,
            "Told again, it is there once, and nothing else is.",
        )
    shown = caplog.text + "".join(capfd.readouterr())
    promise(not board.shown(shown, met), "No secret is logged or printed.")


def _check_told(board: Board, met: Met, wrong: Fault) -> None:
    promise(
        met.error is None or isinstance(met.error, TriageError),
        f"It ends in an error a person can read, not in {met.error!r}.",
    )
    promise(
        met.seconds <= wrong.seconds,
        f"It ends within {wrong.seconds:g} s, not after {met.seconds:g}.",
    )
    if met.error:
        told = as_printed(met.error)
        promise(not board.shown(told, met), "No secret shows in an error.")


def _check_true(met: Met, whole: Met, wrong: Fault, may_be_gone: bool) -> None:
    """Only what is there is told; and all of it, where nothing true looks so."""
    strange = met.answer.keys() - whole.answer.keys()
    promise(not strange or not wrong.is_sure, f"What is not there is told: {strange}.")
    if wrong.is_sure and not may_be_gone:
        missing = whole.answer.keys() - met.answer.keys()
        promise(not missing, f"It is told, or all comes; not so: {missing}.")
        if not wrong.is_altering:
            promise(met.answer == whole.answer, "Titles are told as they are.")


def test_nobody_is_forgotten() -> None:
    """Every connector that says what is planned is here, the installed one."""
    planning = {
        name for name in names(CONNECTORS) if hasattr(one(CONNECTORS, name), "planned")
    }
    assert planning == TRACKERS.keys()
    for name, module in TRACKERS.items():
        source = import_module(f"servers.{module}").connector()
        assert type(source) is one(CONNECTORS, name)
