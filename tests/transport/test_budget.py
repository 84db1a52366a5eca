"""A client asks no more often than its service allows, in this process and the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from triage.connector import Budget
from triage.errors import RateLimited, SignInFailed
from triage.store.budgets import Budgets
from triage.store.database import Database
from triage.transport import Http

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BUDGET = Budget(name="asc KEY1", calls=3, seconds=3600)


class Clock:
    """A clock that a sleep moves on."""

    def __init__(self) -> None:
        self.now = NOON
        self.asked = 0
        self.headers: dict[str, str] = {}

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def answer(self, request: httpx.Request) -> httpx.Response:
        del request
        self.asked += 1
        return httpx.Response(200, headers=self.headers, json={})

    def http(self, ledger: Budgets | None = None) -> Http:
        return Http(
            client_transport=httpx.MockTransport(self.answer),
            clock=self, sleep=self.sleep, ledger=ledger,
        )  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "w.db")
    yield made
    made.close()


async def test_a_spent_budget_ends_the_pull_until_there_is_some() -> None:
    """No call is made that the service would refuse; the error says when to return."""
    clock = Clock()
    http = clock.http().at("https://api.example", BUDGET)
    for _ in range(3):
        await http.get("x")
    with pytest.raises(RateLimited, match="3 calls in 60 min") as refused:
        await http.get("x")
    assert clock.asked == 3
    assert refused.value.until is not None
    clock.now = refused.value.until
    await http.get("x")
    assert http.left(BUDGET) == 2


async def test_a_short_wait_is_waited() -> None:
    """Where there is a call again within minutes, the pull goes on by itself."""
    clock = Clock()
    http = clock.http().at("https://api.example", Budget(name="k", calls=1, seconds=60))
    await http.get("x")
    await http.get("x")
    assert clock.asked == 2
    assert timedelta(minutes=1) <= clock.now - NOON <= timedelta(minutes=3)


async def test_the_count_outlives_the_process(db: Database) -> None:
    """What one process spent, the next has not; what the service said is kept too."""
    clock = Clock()
    clock.headers = {"X-Rate-Limit": "user-hour-lim:3500;user-hour-rem:1;"}
    await clock.http(Budgets(db)).at("https://api.example", BUDGET).get("x")
    later = clock.http(Budgets(db))
    assert later.left(BUDGET) == 1
    clock.headers = {}
    clock.now += timedelta(minutes=1)
    await later.at("https://api.example", BUDGET).get("x")
    assert later.left(BUDGET) == 0
    assert Budgets(db).look(BUDGET.name).said_of == 3500


async def test_two_limits_side_by_side(db: Database) -> None:
    """Of a minute's and a day's limit each is kept, and the day outlives the process."""
    minute = Budget(name="sm minute", calls=2, seconds=60)
    day = Budget(name="sm day", calls=4, seconds=86400)
    clock = Clock()
    for asked in (1, 2, 3):
        await clock.http(Budgets(db)).at("https://api.example", minute, day).get("x")
        assert clock.asked == asked
    assert clock.now - NOON >= timedelta(minutes=1)
    http = clock.http(Budgets(db)).at("https://api.example", minute, day)
    await http.get("x")
    with pytest.raises(RateLimited, match="4 calls in 1,440 min"):
        await http.get("x")
    assert clock.asked == 4
    assert http.usage.budgets.keys() == {"sm minute", "sm day"}


async def test_each_limit_is_told_by_its_name() -> None:
    """What is said of the minute is no word on the day; what is said of none is lost."""
    minute = Budget(name="sm minute", calls=120, seconds=60)
    day = Budget(name="sm day", calls=500, seconds=86400)
    clock = Clock()
    clock.headers = {
        "X-Ratelimit-App-Global-Minute-Limit": "720",
        "X-Ratelimit-App-Global-Minute-Remaining": "700",
        "X-Ratelimit-App-Global-Day-Remaining": "31",
        "X-RateLimit-Remaining": "7",
    }
    http = clock.http().at("https://api.example", minute, day)
    await http.get("x")
    assert (http.left(minute), http.left(day)) == (700, 31)
    clock.headers = {"X-Ratelimit-App-Global-Day-Remaining": "many"}
    await http.get("x")
    assert http.left(day) == 31


async def test_a_clock_that_is_off_is_named() -> None:
    """A key refused by a server whose clock differs is no wrong key."""

    def answer(request: httpx.Request) -> httpx.Response:
        del request
        return httpx.Response(401, headers={"Date": "Mon, 04 May 2026 13:00:00 GMT"})

    http = Http(
        "https://api.example",
        client_transport=httpx.MockTransport(answer), clock=lambda: NOON,
    )  # fmt: skip
    with pytest.raises(SignInFailed, match="60 minutes behind the server's; set"):
        await http.get("x")
