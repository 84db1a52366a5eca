"""What guesses would have been worth is tried honestly, and promised no further."""

from __future__ import annotations

import pytest

from grouping.test_guessing import PAINS, index_of
from triage.grouping.evidence_index import EvidenceIndex, Quoted
from triage.grouping.trials import ENOUGH, Past, Record, Trial, attempt, tried, wilson

COPIES = [
    Quoted(1, "Export loses images", 11, 11),
    Quoted(1, "Export loses images!", 12, 11),
    Quoted(2, "Images look pale, exports too", 21, 21),
    Quoted(2, "The title of the pain point says export loses images"),
]


def trial(margin: float, *, is_right: bool) -> Trial:
    return Trial((0.2 + margin, 0.2), 0.2 + margin if is_right else None, is_right)


def test_a_trial_leaves_out_all_that_says_the_same() -> None:
    """A copy in the evidence proves nothing: its whole group is unknown to the trial."""
    index = EvidenceIndex(COPIES)
    told = attempt(index, Past("Export loses images", 11))
    assert not told.is_right
    assert told.chosen is None


def test_a_pain_point_made_for_it_was_not_there() -> None:
    """Its title goes with its only quote: whoever came first could not be placed."""
    index = EvidenceIndex(COPIES)
    assert attempt(index, Past(COPIES[2].text, 21)).chosen is None


def test_what_was_declined_belongs_nowhere() -> None:
    """A guess about what a person declined is wrong, however near it is."""
    told = attempt(EvidenceIndex(COPIES), Past("Export loses images"))
    assert (told.is_right, told.chosen) == (False, None)
    assert told.margin > 0.2


@pytest.mark.parametrize(
    ("right", "wrong", "held"),
    [(51, 0, False), (52, 0, True), (85, 1, False), (86, 1, True)],
)
def test_the_bar_holds_only_where_it_surely_does(
    right: int, wrong: int, held: bool
) -> None:
    """95 % must be the lower bound: 52 without a mistake, 87 with one."""
    told = [trial(0.5, is_right=True)] * right + [trial(0.5, is_right=False)] * wrong
    assert (Record(told).bar is not None) is held


def test_the_bar_is_as_low_as_it_may() -> None:
    """Wrong guesses below a margin keep the bar above it; right ones lower it."""
    sure = [trial(0.3 + n / 1000, is_right=True) for n in range(100)]
    unsure = [trial(n / 1000, is_right=n % 2 == 0) for n in range(100)]
    bar = Record([*sure, *unsure]).bar
    assert bar is not None
    assert 0.09 < bar.margin <= 0.3
    assert bar.passing >= 100
    assert bar.precision >= 0.95
    assert bar.coverage == bar.passing / 200


def test_without_history_nothing_is_probable() -> None:
    """Too few trials give neither a bar nor a probability."""
    few = Record([trial(0.5, is_right=True)] * (ENOUGH - 1))
    assert few.bar is None
    assert few.confidence([0.5, 0.1]) is None
    assert Record([]).bars == []


def test_a_probability_is_what_came_true() -> None:
    """Over the trials, the first guesses' probabilities add up to those that held."""
    index = index_of()
    past = [Past(one.text, one.group) for one in index.quotes]
    record = tried(index, [*past, *(Past(one["text"][::-1]) for one in PAINS[:40])])
    chances = [(record.confidence(one.likeness) or [0])[0] for one in record.trials]
    held = sum(one.is_right for one in record.trials)
    assert sum(chances) == pytest.approx(held, rel=0.1)
    falling = record.confidence([0.6, 0.3, 0.1])
    assert falling is not None
    assert falling == sorted(falling, reverse=True)
    assert sum(falling) < 1


@pytest.mark.parametrize(
    ("right", "tried_", "bound"), [(0, 0, 0.0), (10, 10, 0.7871), (95, 100, 0.9008)]
)
def test_wilsons_bound(right: int, tried_: int, bound: float) -> None:
    """The lower end of Wilson's interval, one side, 95 %."""
    assert wilson(right, tried_) == pytest.approx(bound, abs=2e-4)
