"""Calls are counted against what a service allows, and what it says counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from triage.connector import Budget
from triage.spending import Spent

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = Budget(name="key 1", calls=5, seconds=3600)


def spent(*minutes: int) -> Spent:
    """Calls made so many minutes after noon."""
    found = Spent()
    for minute in minutes:
        found = found.with_call(HOUR, NOON + timedelta(minutes=minute))
    return found


def test_what_is_made_is_no_longer_left() -> None:
    """Each call takes one of those there are, and there are never fewer than none."""
    assert spent().left(HOUR, NOON) == 5
    assert spent(0, 0, 1).left(HOUR, NOON + timedelta(minutes=1)) == 2
    assert spent(*range(9)).left(HOUR, NOON + timedelta(minutes=9)) == 0


def test_a_call_counts_for_the_whole_time() -> None:
    """A call is forgotten when the time is over, not before, and then it is kept."""
    made = spent(0, 0, 0, 0, 0)
    assert made.left(HOUR, NOON + timedelta(minutes=59, seconds=59)) == 0
    free = made.free_at(HOUR, NOON + timedelta(minutes=10))
    assert NOON + timedelta(hours=1) <= free <= NOON + timedelta(minutes=62)
    assert made.left(HOUR, free) == 5


def test_what_the_service_says_counts_where_it_is_less() -> None:
    """Another program with the same key spends of the same hour."""
    said = replace(spent(0), said_left=1, said_of=4, said_at=NOON)
    assert said.left(HOUR, NOON) == 1
    assert said.with_call(HOUR, NOON + timedelta(minutes=2)).left(
        HOUR, NOON + timedelta(minutes=2)
    ) == 0  # fmt: skip
    more = replace(said, said_left=900, said_of=1000)
    assert more.left(HOUR, NOON) == 900
    assert said.left(HOUR, NOON + timedelta(minutes=70)) == 4


@given(st.lists(st.integers(0, 600), max_size=60))
def test_no_time_ever_holds_more_calls_than_allowed(minutes: list[int]) -> None:
    """Who calls only while one is left never calls more often than the service says."""
    kept, made = Spent(), []
    for minute in sorted(minutes):
        now = NOON + timedelta(minutes=minute)
        if kept.left(HOUR, now):
            kept = kept.with_call(HOUR, now)
            made.append(now)
    for at in made:
        assert sum(at <= one < at + timedelta(hours=1) for one in made) <= HOUR.calls


@given(st.lists(st.integers(0, 300), max_size=30), st.integers(0, 300))
def test_a_call_is_free_when_it_is_said_to_be(minutes: list[int], later: int) -> None:
    """At the moment that is told there is a call to make."""
    made = spent(*sorted(minutes))
    now = NOON + timedelta(minutes=max([later, *minutes]))
    free = made.free_at(HOUR, now)
    assert free >= now
    assert made.left(HOUR, free) > 0


def test_a_short_time_is_not_doubled() -> None:
    """Of ten calls a minute, a hundred take little more than nine minutes."""
    tenth = Budget(name="key 2", calls=10, seconds=60)
    kept, now = Spent(), NOON + timedelta(seconds=37)
    made: list[datetime] = []
    while len(made) < 100:
        now = kept.free_at(tenth, now)
        kept = kept.with_call(tenth, now)
        made.append(now)
    assert made[-1] - made[0] <= timedelta(minutes=10)
    for first, last in zip(made, made[10:], strict=False):
        assert last - first >= timedelta(minutes=1)
