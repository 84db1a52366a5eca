"""A surge is found, and what is no surge is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.measures.dispersion import USUAL, dispersion
from triage.measures.trend import Level, Stream, Trend, trends

STEADY = Stream((400,) * 10, (1.0,) * 10)


def one(*counts: int, stream: Stream = STEADY) -> Trend:
    """The trend of one pain point heard so often."""
    return trends({1: {"mail": counts}}, {"mail": stream})[1]


def test_a_surge() -> None:
    """Five times what is usual is a surge, and says what is usual and how unlikely."""
    found = one(4, 3, 5, 4, 4, 5, 3, 4, 4, 20)
    assert (found.level, found.together, found.count) == (Level.SURGE, 1, 20)
    assert found.usual == 4.0
    assert found.ratio == pytest.approx(5.0, rel=0.05)
    assert found.p <= found.q < 0.01


def test_a_surge_out_of_nothing() -> None:
    """Six where there never was any are a surge that has no ratio."""
    found = one(*(0,) * 9, 6)
    assert (found.level, found.ratio, found.usual) == (Level.SURGE, None, 0.0)


def test_two_weeks_together() -> None:
    """What neither week shows alone both do."""
    found = one(2, 2, 1, 2, 3, 2, 2, 2, 7, 7)
    assert (found.together, found.count, found.usual) == (2, 14, 4.0)
    assert found.level is Level.SURGE


@pytest.mark.parametrize(
    "counts",
    [(4,) * 10, (0,) * 10, (0,) * 9 + (4,), (20,) * 9 + (35,), (20,) * 8 + (0, 0)],
)
def test_no_surge(counts: tuple[int, ...]) -> None:
    """As usual, nothing, fewer than five, less than twice as much: quiet."""
    assert one(*counts).level is Level.QUIET


def test_what_all_do_is_no_surge() -> None:
    """When three times as much came in all, three times as many are as expected."""
    stream = Stream((400,) * 9 + (1200,), (1.0,) * 10)
    found = one(*(5,) * 9, 15, stream=stream)
    assert found.expected == pytest.approx(15, rel=0.1)
    assert found.level is Level.QUIET
    assert one(*(5,) * 9, 15).level is Level.SURGE


def test_less_in_all_makes_no_surge_of_as_many() -> None:
    """When half as much came, as many as ever are none."""
    stream = Stream((400,) * 9 + (40,), (1.0,) * 10)
    assert one(*(8,) * 10, stream=stream).level is Level.QUIET


def test_weeks_nobody_pulled_do_not_count() -> None:
    """A source that was away for four weeks makes no surge of its return."""
    counts = (8, 8, 8, 8, 0, 0, 0, 0, 8, 9)
    came = tuple(100 * (count > 0) for count in counts)
    share = tuple(float(count > 0) for count in counts)
    assert one(*counts, stream=Stream(came, share)).usual == 8.0
    assert one(*counts, stream=Stream(came, share)).level is Level.QUIET


def test_too_few_weeks() -> None:
    """Three weeks before do not say what is usual."""
    share = (0.0,) * 5 + (1.0,) * 5
    stream = Stream((0,) * 5 + (400,) * 5, share)
    assert one(*(0,) * 5, 4, 4, 4, 4, 30, stream=stream).level is Level.TOO_FEW
    short = trends({1: {"mail": (9,)}}, {"mail": Stream((9,), (1.0,))})[1]
    assert (short.level, short.counts) == (Level.TOO_FEW, (9,))


def test_what_nobody_had_looked_at_makes_no_surge() -> None:
    """Quotes of the first week that was triaged are no surge out of nothing."""
    looked = Stream((0,) * 8 + (0, 400), (0.0,) * 8 + (0.0, 1.0))
    told = trends({1: {"alone": (0,) * 9 + (9,)}}, {"alone": looked, "grouped": STEADY})
    assert told[1].level is Level.QUIET


@given(
    st.lists(st.integers(0, 9), min_size=10, max_size=10),
    st.lists(st.integers(0, 9), min_size=10, max_size=10),
)
def test_more_is_never_less_of_a_surge(one: list[int], other: list[int]) -> None:
    """One more in the last week makes it no likelier by chance; order is no matter."""
    streams = {"mail": STEADY}
    found = trends({1: {"mail": one}, 2: {"mail": other}}, streams)
    swapped = trends({2: {"mail": other}, 1: {"mail": one}}, streams)
    assert found == swapped
    more = [*one[:-1], one[-1] + 1]
    again = trends({1: {"mail": more}, 2: {"mail": other}}, streams)
    assert again[1].p <= found[1].p + 1e-12
    assert all(0 <= told.p <= told.q <= 1 for told in found.values())
    assert replace(found[1], counts=()).usual == sum(one[:8]) / 8 * found[1].together


def test_restless_weeks_are_told_from_chance() -> None:
    """Counts as Poisson makes them have no dispersion worth telling; wilder ones have."""
    import numpy as np

    chance = np.random.default_rng(4)
    came = [1.0] * 8
    plain = [(chance.poisson(9, 8).tolist(), came) for _ in range(300)]
    wild = [
        (chance.poisson(9 * chance.gamma(4, 0.25, 8)).tolist(), came)
        for _ in range(300)
    ]
    assert dispersion(plain) < 0.04
    assert 0.15 < dispersion(wild) < 0.35
    assert dispersion(plain[:5]) == USUAL
