"""Every number can be checked by hand."""

from __future__ import annotations

import doctest
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoting import said
from triage import measures
from triage.measures import wilson


def test_examples_in_the_manual_are_true() -> None:
    """What the docstrings calculate comes out so."""
    result = doctest.testmod(measures)
    assert result.attempted
    assert not result.failed


def test_a_resend() -> None:
    """Who sends the same again is one person, and the second message is a resend."""
    first, again = said(1, 7, 2), said(2, 7, 2)
    assert measures.resends([again[1], first[1]]) == {again[1].id}


@pytest.mark.parametrize(
    ("changed", "is_resend"),
    [
        ({}, True), ({"body": " Words "}, True), ({"body": "other words"}, False),
        ({"source": "desk"}, False), ({"customer_id": 8}, False),
        ({"customer_id": None}, False), ({"thread": "t1"}, False),
    ],
)  # fmt: skip
def test_what_a_resend_is(changed: dict[str, Any], is_resend: bool) -> None:
    """The same person, the same source, and the same words where there is no thread."""
    first, second = said(1, 7)[1], replace(said(2, 7)[1], **changed)
    assert bool(measures.resends([first, second])) is is_resend


def test_a_reply_in_a_thread_is_a_resend() -> None:
    """In one thread a person says the same in whatever words; others do not."""
    first, again, other = (
        replace(said(n, who)[1], thread="t1", body=f"words {n}")
        for n, who in ((1, 7), (2, 7), (3, 8))
    )
    assert measures.resends([first, again, other]) == {again.id}


def test_weeks_by_hand() -> None:
    """Moments fall in the week they are in, oldest first; older and future ones in none."""
    day = 86_400 * 1_000_000
    now = 100 * day
    moments = [now, now - 1, now - 7 * day + 1, now - 7 * day, now - 20 * day, now - 99 * day,
               now + 1]  # fmt: skip
    assert measures.weekly(moments, weeks=3, now=now) == [1, 1, 3]
    assert measures.weekly([], weeks=2, now=now) == [0, 0]


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_in_its_interval(found: int, n: int) -> None:
    """Wilson's interval holds the share, stays within 0 to 1, and narrows with n."""
    found = min(found, n)
    low, high = wilson(found, n)
    assert 0 <= low <= found / n + 1e-12
    assert found / n - 1e-12 <= high <= 1
    wider = wilson(found, n)[1] - wilson(found, n)[0]
    narrower = wilson(found * 10, n * 10)[1] - wilson(found * 10, n * 10)[0]
    assert narrower < wider


def test_nothing_counted_is_any_share() -> None:
    """Without a count any share may be; with one, as tables of the formula say."""
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(5, 10)
    assert (round(low, 3), round(high, 3)) == (0.237, 0.763)


def _close(found: tuple[float, float] | None, low: float, high: float) -> bool:
    """Whether an interval is this one, as far as it was printed."""
    return found == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("found", "n", "other", "other_n", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062), (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775), (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0), (10, 10, 0, 10, 0.6075, 1.0),
    ],
)  # fmt: skip
def test_differences_of_shares_as_published(
    found: int, n: int, other: int, other_n: int, low: float, high: float
) -> None:
    """The eight examples of Newcombe (1998), table II, method 10, to four digits."""
    told = measures.difference_of_shares(found, n, other, other_n)
    assert told.value == pytest.approx(found / n - other / other_n)
    assert _close(told.interval, low, high)


ONE = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0,
       21.7, 21.4]  # fmt: skip
OTHER = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9,
         20.5, 24.4]  # fmt: skip


def test_a_difference_of_means_as_published() -> None:
    """Fifteen against fifteen with 25.0 degrees of freedom, as any statistics tell it."""
    told = measures.difference_of_means(Counter(ONE), Counter(OTHER))
    assert told.value == pytest.approx(-2.166667, abs=1e-6)
    assert _close(told.interval, -3.984096, -0.349237)
    assert told.is_sure


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(9, 2.2622), (10, 2.2281), (20, 2.0860), (30, 2.0423), (120, 1.9799)],
)
def test_students_t_as_in_tables(freedom: float, t: float) -> None:
    """The quantiles any table prints, from the fewest degrees of freedom we meet."""
    assert measures._student(freedom) == pytest.approx(t, abs=1e-4)


def test_bonferroni() -> None:
    """The normal quantiles of 0.05 shared out among so many: 2.576 for five."""
    assert measures.z_of(1) == pytest.approx(1.959964, abs=1e-5)
    assert measures.z_of(5) == pytest.approx(2.575829, abs=1e-5)
    assert measures.z_of(0) == measures.z_of(1)


STARS = st.dictionaries(st.integers(1, 5).map(float), st.integers(1, 60), max_size=5)


@given(STARS, STARS)
def test_differences_of_means(one: dict[float, int], other: dict[float, int]) -> None:
    """The difference is in its interval, turned round it is the opposite; few have none."""
    told = measures.difference_of_means(one, other)
    back = measures.difference_of_means(other, one)
    few = min(sum(one.values()), sum(other.values()))
    assert (told.interval is None) == (few < measures.FEW)
    if few == 0:
        assert told == measures.Difference()
        return
    assert told.value is not None
    assert back.value == pytest.approx(-told.value)
    if told.interval and back.interval:
        low, high = told.interval
        assert low - 1e-9 <= told.value <= high + 1e-9
        assert (-back.interval[1], -back.interval[0]) == pytest.approx((low, high))
        assert told.is_sure == (low > 0 or high < 0)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_differences_of_shares(a: int, b: int, c: int, d: int) -> None:
    """The difference is in its interval, which is within -1 and 1 and widens with z."""
    told = measures.difference_of_shares(a, a + b, c, c + d)
    wider = measures.difference_of_shares(a, a + b, c, c + d, measures.z_of(20))
    if not a + b or not c + d:
        assert told == measures.Difference()
        return
    assert told.interval
    assert wider.interval
    slack = 1e-9
    assert -1 - slack <= wider.interval[0] <= told.interval[0] + slack
    assert told.interval[0] - slack <= (told.value or 0) <= told.interval[1] + slack
    assert told.interval[1] - slack <= wider.interval[1] <= 1 + slack
