"""What came after something shipped, in figures that say when they say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON
from triage.brief import Cited, effect, words

WEEK = timedelta(weeks=1)
ENOUGH = {1.0: 20, 2.0: 20}


def cited(*weeks: float) -> list[Cited]:
    """A feedback each so many weeks after noon, before it where less than nothing."""
    return [
        Cited(number, f"c{number % 7}", NOON + week * WEEK)
        for number, week in enumerate(weeks)
    ]


@pytest.mark.parametrize(
    ("weeks", "until", "verdict"),
    [
        ([-1, -2], 0.9, "too early to say: less than a week has passed"),
        ([-1, -2, 1], 4, "too few to say"),
        ([-1.5] * 10 + [1.5] * 9, 4, "may be chance"),
        ([-1.5] * 20 + [1.5] * 4, 4, "fewer than chance explains"),
        ([-1.5] * 4 + [1.5] * 20, 4, "more than chance explains"),
        ([-9] * 20 + [9] * 20, 52, "too few to say"),
    ],
)
def test_verdicts(weeks: Sequence[float], until: float, verdict: str) -> None:
    """Fewer or more is said only where chance alone would hardly do it."""
    assert effect(cited(*weeks), NOON, NOON + until * WEEK).verdict == verdict


def test_both_sides_are_as_long() -> None:
    """Whole weeks that have passed since, eight at most, and as many before."""
    told = effect(cited(-3.5, -0.5, 0, 0.5, 2.5, 3.5), NOON, NOON + 3.9 * WEEK)
    assert (told.days, told.before, told.after) == (21, 1, 3)
    assert told.weeks == (0, 0, 1, 2, 0, 1)
    assert told.weeks_before == 3
    assert effect((), NOON, NOON + 52 * WEEK).days == 56


def test_feedback_quoted_twice_counts_once() -> None:
    """Two quotes of one feedback are one telling; people are counted once, too."""
    told = effect([*cited(1), *cited(1), *cited(1)], NOON, NOON + 2 * WEEK)
    assert (told.after, told.people_after) == (1, 1)


def test_ratings() -> None:
    """Means are told with their n where there are enough on both sides, else only n."""
    better = {4.0: 20, 5.0: 20}
    told = effect(
        (), NOON, NOON + 4 * WEEK, scale="stars 1-5", ratings=(ENOUGH, better)
    )
    assert told.ratings == (1.5, 4.5)
    assert told.change.is_sure
    assert words.rated(told).startswith(
        "Mean rating (stars 1-5) of everything: 1.5 before, 4.5 after (n 40 and 40):"
    )
    few = effect(
        (), NOON, NOON + 4 * WEEK, scale="stars 1-5", ratings=(ENOUGH, {5.0: 9})
    )
    assert few.ratings is None
    assert "40 before and 9 after, too few to say" in words.rated(few)
    alike = effect((), NOON, NOON + 4 * WEEK, scale="x", ratings=(ENOUGH, ENOUGH))
    assert words.rated(alike).endswith("may be chance.")


@given(st.lists(st.floats(-20, 20), max_size=60), st.floats(0, 30))
def test_every_bar_is_counted(weeks: list[float], until: float) -> None:
    """The weeks add up to what was said before and after, whatever there is."""
    told = effect(cited(*weeks), NOON, NOON + until * WEEK)
    assert sum(told.weeks) == told.before + told.after
    assert sum(told.weeks[: told.weeks_before]) == told.before
    assert told.people_after <= told.after
