"""Who failed is left alone for a while, longer each time, unless somebody asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import places
from factories import NOON
from triage import sync
from triage.errors import (
    ConfigError,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
    UsageError,
)
from triage.sync import Ended, Failed, Skipped
from triage.sync.backoff import retry_at
from triage.workspace import Workspace

DOWN = SourceUnavailable("down")


@pytest.mark.parametrize(
    ("failures", "minutes"),
    [(1, 5), (2, 10), (3, 20), (4, 40), (7, 320), (8, 360), (50, 360)],
)
def test_the_wait_doubles(failures: int, minutes: int) -> None:
    """Five minutes after one failure, twice as long after each other, six hours at most."""
    assert retry_at(DOWN, failures, NOON) == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 30), (2, 120), (3, 480), (4, 1440), (9, 1440)]
)
def test_a_refused_account_is_left_alone_longer(failures: int, minutes: int) -> None:
    """Half an hour, two, eight, then a day: no account is locked by asking again."""
    refused = SignInFailed("no")
    assert retry_at(refused, failures, NOON) == NOON + timedelta(minutes=minutes)


def test_the_source_says_when() -> None:
    """Where a source says when to return, that is when; where it does not, as usual."""
    until = datetime(2026, 3, 2, 12, 1, tzinfo=UTC)
    assert retry_at(RateLimited("slow", until), 9, NOON) == until
    assert retry_at(RateLimited("slow"), 1, NOON) == retry_at(DOWN, 1, NOON)


def test_wrong_settings_are_looked_at_each_time() -> None:
    """A setting may be right the next minute, and looking harms nobody."""
    assert retry_at(ConfigError("no such file"), 5, NOON) is None


@given(st.integers(1, 10_000))
def test_no_wait_is_shorter_than_the_one_before(failures: int) -> None:
    """More failures never mean a shorter wait, and none is for ever."""
    for error in (DOWN, SignInFailed("no")):
        sooner = retry_at(error, failures, NOON)
        later = retry_at(error, failures + 1, NOON)
        assert sooner is not None
        assert later is not None
        assert NOON < sooner <= later <= NOON + timedelta(days=1)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


def synced(workspace: Workspace, *names: str, **asked: Any) -> list[sync.SyncEvent]:
    async def collect() -> list[sync.SyncEvent]:
        return [event async for event in workspace.sync(names, **asked)]

    return asyncio.run(collect())


def kinds(events: list[sync.SyncEvent]) -> list[tuple[type, str]]:
    wanted = (Skipped, Failed, Ended)
    return [(type(one), one.source) for one in events if isinstance(one, wanted)]


@pytest.mark.usefixtures("known")
def test_a_failing_source_is_skipped_until_its_time(tmp_path: Path) -> None:
    """A plain sync leaves it alone and says till when; by name, or --now, it is tried."""
    clock = Clock()
    with Workspace(tmp_path / "work.db", clock=clock) as workspace:
        workspace.add_source("bad", "place", {"name": "bad", "end": "down"})
        workspace.add_source("good", "place", {"name": "good"})
        first = synced(workspace)
        assert (Failed, "bad") in kinds(first)
        (failed,) = [one for one in first if isinstance(one, Failed)]
        assert failed.retry_at == NOON + timedelta(minutes=5)
        events = synced(workspace)
        assert kinds(events) == [(Skipped, "bad"), (Ended, "good")]
        (skipped,) = [one for one in events if isinstance(one, Skipped)]
        assert skipped.retry_at == NOON + timedelta(minutes=5)
        assert "after a failure; named, or with --now" in skipped.why
        assert (Failed, "bad") in kinds(synced(workspace, "bad"))
        view = workspace.source("bad")
        assert (view.failures, view.retry_at) == (2, NOON + timedelta(minutes=10))
        assert (Failed, "bad") in kinds(synced(workspace, now=True))
        assert "after 3 failures" in str(synced(workspace)[0])
        clock.now += timedelta(minutes=20, seconds=1)
        assert (Failed, "bad") in kinds(synced(workspace))
        assert workspace.source("bad").failures == 4


@pytest.mark.usefixtures("known")
def test_going_well_ends_the_waiting(tmp_path: Path) -> None:
    """After a success nothing is left of the failures but their history."""
    clock = Clock()
    with Workspace(tmp_path / "work.db", clock=clock) as workspace:
        workspace.add_source("place", "place", {"name": "place", "end": "limited"})
        synced(workspace)
        assert workspace.source("place").retry_at == places.LIMITED_UNTIL
        workspace.remove_source("place")
        workspace.add_source("place", "place", {"name": "place"})
        synced(workspace, "place")
        view = workspace.source("place")
        assert (view.failures, view.retry_at, view.failure) == (0, None, "")
        failures = [pull.failure for pull in workspace.pulls("place")]
        assert failures == ["", "asked too often"]


Add = Callable[..., None]


def test_since_is_given_to_who_can_begin_there(workspace: Workspace, add: Add) -> None:
    """A first pull begins at the moment asked for; a connector without it is named."""
    add("begun", "begun")
    since = datetime(2026, 1, 1, tzinfo=UTC)
    synced(workspace, since=since)
    (said,) = workspace.feedback_many(list(workspace.ids(None)))
    assert said.body == str(since)
    add("whole")
    with pytest.raises(UsageError, match="whole cannot begin at a moment"):
        synced(workspace, since=since)
    assert workspace.counts()["feedback"] == 1
    assert kinds(synced(workspace, "begun", since=since)) == [(Ended, "begun")]
