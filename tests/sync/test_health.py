"""How a source fares: how long ago, how often it was asked, and may be asked still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import httpx

from factories import NOON, an_incoming, pulled
from triage.connector import Budget, Cursor, Page, SourceUnavailable
from triage.store.budgets import Budgets
from triage.store.database import Database
from triage.store.sources import facts
from triage.sync import Pull
from triage.transport import Http
from triage.transport.answered import Answer, Request, said

OFTEN = Budget(name="desk of ann", calls=100, seconds=3600)


@dataclass(frozen=True, slots=True)
class Asking:
    """A connector that asks so many times for a page of one."""

    summary: ClassVar[str] = "Asks"

    times: int
    fails: bool = False

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        desk = http.at("https://desk.example", OFTEN)
        start = int(cursor or 0)
        for number in range(start, start + self.times):
            await desk.get("page")
            yield Page([an_incoming(str(number))], Cursor(str(number + 1)))
        if self.fails:
            raise SourceUnavailable("it is down; try again later")


class Desk:
    """A workspace's file and a client of a desk, at a time of their own."""

    def __init__(self, folder: Path, left: int | None = None) -> None:
        self.now = NOON
        self.left = left
        self.db = Database(folder / "work.db", clock=self.clock)

    def clock(self) -> datetime:
        return self.now

    def answer(self, request: Request) -> Answer:
        del request
        told = {} if self.left is None else {"X-RateLimit-Remaining": str(self.left)}
        return said(200, told, b"{}")

    def pull(self, connector: Asking) -> None:
        run = Pull(
            source="desk", connector_name="asking", label="sync", resume=True,
            configured=True, connector=connector, http=self._client(),
        )  # fmt: skip
        pulled(self.db, run)

    def facts(self) -> dict[str, Any]:
        return facts(self.db.read(), self.now)["desk"]

    def _client(self) -> Http:
        return Http(
            client_transport=httpx.MockTransport(self.answer),
            clock=self.clock,
            ledger=Budgets(self.db),
        )


def test_the_calls_of_the_next_pull_are_those_of_the_last(tmp_path: Path) -> None:
    """The first pull, of years, says nothing; then the median of the last five does."""
    desk = Desk(tmp_path)
    desk.pull(Asking(40))
    assert (desk.facts()["calls"], desk.facts()["next_calls"]) == (40, None)
    for times in (2, 9, 3):
        desk.pull(Asking(times))
    assert (desk.facts()["calls"], desk.facts()["next_calls"]) == (3, 3)
    for times in (1, 1, 1, 1, 1):
        desk.pull(Asking(times))
    assert desk.facts()["next_calls"] == 1


def test_a_pull_that_failed_is_no_measure(tmp_path: Path) -> None:
    """What was cut short says nothing of how many calls the next will make."""
    desk = Desk(tmp_path)
    desk.pull(Asking(5))
    desk.pull(Asking(4))
    desk.pull(Asking(1, fails=True))
    assert desk.facts()["next_calls"] == 4


def test_what_is_left_of_a_budget_is_told_with_the_source(tmp_path: Path) -> None:
    """Calls counted by any process are taken off, and come back with time."""
    desk = Desk(tmp_path)
    desk.pull(Asking(30))
    (budget,) = desk.facts()["budgets"]
    assert (budget.left, budget.of, budget.seconds) == (70, 100, 3600)
    desk.now += timedelta(hours=2)
    (budget,) = desk.facts()["budgets"]
    assert budget.left == 100


def test_the_service_knows_best_what_is_left(tmp_path: Path) -> None:
    """Where it says that less is left, for others share the key, less is told."""
    desk = Desk(tmp_path, left=12)
    desk.pull(Asking(3))
    (budget,) = desk.facts()["budgets"]
    assert budget.left == 12


def test_lag_is_since_the_last_success(tmp_path: Path) -> None:
    """A failure does not make a source look up to date."""
    desk = Desk(tmp_path)
    desk.pull(Asking(1))
    desk.now += timedelta(hours=3)
    desk.pull(Asking(1, fails=True))
    assert desk.facts()["lag"] == timedelta(hours=3)
