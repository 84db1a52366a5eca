"""What is said of the machine's opinions is what one would count by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.grouping.ruled import (
    ENOUGH,
    PROPOSERS,
    Ruled,
    Threshold,
    standings,
    threshold,
)

RULED = st.lists(
    st.builds(
        Ruled,
        proposer=st.sampled_from(list(PROPOSERS)),
        score=st.integers(0, 20).map(float),
        same=st.booleans(),
    ),
    max_size=90,
)


def near(score: float, same: bool, times: int = 1) -> list[Ruled]:
    return [Ruled("near", score, same)] * times


def test_a_threshold_by_hand() -> None:
    """The lowest score from which enough rulings hold the share wanted."""
    told = [
        *near(90, True, 30),
        *near(80, False),
        *near(70, True, 9),
        *near(60, False, 9),
    ]
    assert threshold(told, 0.95) == Threshold(0.95, 70.0, 40, 39)
    assert threshold(told, 0.995) == Threshold(0.995, 90.0, 30, 30)
    assert threshold(told[:19], 0.95).score is None
    assert threshold(near(90, False, 40), 0.95).score is None


def test_standings_by_hand() -> None:
    """Precision is of what one proposed, recall of all that was called the same."""
    told = [*near(50, True, 3), *near(40, False), Ruled("grouped", 95, True)]
    grouped, suggested, about, none = standings(told)
    assert (suggested.n, suggested.precision, suggested.recall) == (4, 0.75, 0.75)
    assert (grouped.precision, grouped.recall, grouped.is_enough) == (1.0, 0.25, False)
    assert (about.n, about.precision, about.recall, none.n) == (0, None, 0.0, 0)


@given(RULED)
def test_every_ruling_counts_once(told: list[Ruled]) -> None:
    """The proposers share the rulings among them, and thresholds keep their word."""
    found = standings(told)
    assert sum(one.n for one in found) == len(told)
    assert sum(one.same for one in found) == sum(one.same for one in told)
    for one in found:
        for at in one.thresholds:
            if at.score is not None:
                reach = [
                    two.same
                    for two in told
                    if two.proposer == one.proposer and two.score >= at.score
                ]
                assert (len(reach), sum(reach)) == (at.n, at.same)
                assert at.n >= ENOUGH
                assert at.same >= at.target * at.n
