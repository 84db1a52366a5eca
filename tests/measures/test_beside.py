"""Where a competitor stands: of people, with an interval, or too few to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.measures.beside import FEWEST, Beside, beside
from triage.research import Stance

MANY = st.integers(0, 400)


@given(better=MANY, worse=MANY, same=MANY)
def test_the_interval_is_within_the_scale(better: int, worse: int, same: int) -> None:
    """It lies within -1 and 1, holds what is near the place, and turns with the sides."""
    told, turned = Beside(better, worse, same), Beside(worse, better, same)
    if told.n < FEWEST:
        assert (told.place, told.interval) == (None, None)
        return
    assert told.place is not None
    assert told.interval is not None
    assert turned.interval is not None
    low, high = told.interval
    assert -1 <= low < high <= 1
    # The middle is drawn towards 0 by the three answers added.
    middle = told.place * told.n / (told.n + 3)
    assert low <= middle <= high
    assert abs(low + turned.interval[1]) < 1e-12


@given(better=st.integers(1, 40), worse=st.integers(1, 40), same=st.integers(1, 40))
def test_more_people_say_it_more_surely(better: int, worse: int, same: int) -> None:
    """The same shares of ten times as many have a narrower interval."""
    few = Beside(better, worse, same)
    many = Beside(10 * better, 10 * worse, 10 * same)
    assert few.interval is not None
    assert many.interval is not None
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_stances_are_counted() -> None:
    """One of each person."""
    told = beside([Stance.BETTER, Stance.BETTER, Stance.WORSE, Stance.SAME])
    assert told == Beside(better=2, worse=1, same=1)
    assert (told.n, told.place) == (4, 0.25)
