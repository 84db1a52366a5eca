"""Who speaks alike: against a library, and on crowds of which we know it."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.measures.alikeness import (
    SEEN,
    Verdict,
    compared,
    distance,
    limit,
)
from triage.measures.tails import beyond


def crowd(seed: int, n: int, weights: tuple[int, ...]) -> Counter[int]:
    """So many people, each speaking most of one pain point by these weights."""
    return Counter(Random(seed).choices(range(len(weights)), weights, k=n))


TAILS = {
    1: (0.47950012218695337, 0.05004352124870519, 9.485737571073857e-15, 3.8414588206941285),
    2: (0.7788007830714049, 0.14660696213035013, 9.357622968840163e-14, 5.991464547107983),
    3: (0.9188914116546758, 0.27926761711860965, 5.878230727906921e-13, 7.814727903251178),
    7: (0.9994464813904249, 0.79801091503604, 1.5095553022989154e-10, 14.067140449340167),
    10: (0.999993388289439, 0.9542763043207358, 3.6243009520614924e-09, 18.30703805327515),
    31: (1.0, 0.999999999213923, 0.0013497859785251331, 44.985343280365136),
}  # fmt: skip
"""Of degrees: the tails at 0.5, 3.84 and 60, and where 0.05 lie above (SciPy 1.17)."""


@pytest.mark.parametrize("degrees", TAILS)
def test_the_tail_of_chi_squared(degrees: int) -> None:
    """As a library nobody here wrote has it, to 1e-9."""
    *tails, most = TAILS[degrees]
    for square, tail in zip((0.5, 3.84, 60.0), tails, strict=True):
        assert beyond(square, degrees) == pytest.approx(tail, rel=1e-9)
    assert limit(degrees) == pytest.approx(most, rel=1e-9)
    assert beyond(0, degrees) == 1


def test_the_distance_of_known_ones() -> None:
    """Jensen and Shannon's, as a library has it (SciPy 1.17)."""
    far = distance([0.5, 0.3, 0.2], [0.1, 0.2, 0.7])
    assert far == pytest.approx(0.4672939085446626, rel=1e-9)
    assert distance([1 / 2, 1 / 2], [5 / 6, 1 / 6]) == pytest.approx(
        0.30542531530688866, rel=1e-9
    )


@given(st.data())
def test_the_distance(data: st.DataObject) -> None:
    """It is 0 to 1, the same either way, none to itself, and no detour is shorter."""
    sides = [
        data.draw(st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any))
        for _ in range(3)
    ]
    one, other, third = ([many / sum(side) for many in side] for side in sides)
    found = distance(one, other)
    assert found == pytest.approx(distance(other, one), abs=1e-9)
    assert -1e-9 <= found <= 1 + 1e-9
    assert distance(one, one) == pytest.approx(0, abs=1e-7)
    assert found <= distance(one, third) + distance(third, other) + 1e-7


def test_the_test_of_homogeneity() -> None:
    """The chance is Pearson's, as a library has it for the same table (SciPy 1.17)."""
    left, right = {1: 95, 2: 64, 3: 41}, {1: 57, 2: 66, 3: 27}
    (found,) = compared([(left, right)])
    assert found.p == pytest.approx(0.06787882772380055, rel=1e-9)
    assert found.degrees == 2


def test_what_is_alike_and_what_is_not() -> None:
    """Crowds of one kind are alike, of two kinds differ, and few are too few to say."""
    alike = (crowd(3, 300, (5, 3, 2)), crowd(4, 260, (5, 3, 2)))
    differ = (crowd(5, 200, (8, 1, 1)), crowd(6, 200, (1, 1, 8)))
    few = (crowd(7, 30, (5, 3, 2)), crowd(8, 30, (5, 3, 2)))
    fewer = (crowd(9, 11, (8, 1, 1)), crowd(10, 900, (1, 1, 8)))
    told = compared([alike, differ, few, fewer])
    assert [one.verdict for one in told] == [
        Verdict.ALIKE, Verdict.DIFFERENT, Verdict.TOO_FEW, Verdict.TOO_FEW
    ]  # fmt: skip
    assert told[1].distance is not None
    assert told[1].distance > SEEN
    # Those that make them differ come first; those that are spoken of most, else.
    assert {one.pain_point for one in told[1].shares[:2]} == {0, 2}
    assert told[0].shares[0].pain_point == 0
    assert told[3].p is None


def test_rare_pain_points_tell_nothing() -> None:
    """Where everybody speaks of something else there is nothing to compare."""
    one = Counter(range(100))
    other = Counter(range(200, 300))
    (found,) = compared([(one, other)])
    assert found.verdict is Verdict.TOO_FEW


def test_false_alarms() -> None:
    """Of 400 pairs of one kind hardly any is told as different, for all at once."""
    pairs = [
        (crowd(seed, 80, (5, 3, 2, 1)), crowd(seed + 1000, 120, (5, 3, 2, 1)))
        for seed in range(400)
    ]
    told = Counter(one.verdict for one in compared(pairs))
    assert told[Verdict.DIFFERENT] <= 4


def test_crowds_that_matter_are_not_called_alike() -> None:
    """Of pairs as far apart as matters, hardly any is called alike."""
    # Half and half, and five in six: 0.27 to 0.3 apart.
    pairs = [
        (crowd(seed, 120, (1, 1)), crowd(seed + 1000, 120, (5, 1)))
        for seed in range(300)
    ]
    told = Counter(one.verdict for one in compared(pairs))
    assert told[Verdict.ALIKE] <= 6


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.integers(0, 9), st.integers(1, 40), max_size=10),
            st.dictionaries(st.integers(0, 9), st.integers(1, 40), max_size=10),
        ),
        max_size=6,
    )
)
def test_sides_may_be_swapped(
    pairs: list[tuple[dict[int, int], dict[int, int]]],
) -> None:
    """The verdict is the same whichever side is named first."""
    one = compared(pairs)
    other = compared([(right, left) for left, right in pairs])
    assert [each.verdict for each in one] == [each.verdict for each in other]
    for left, right in zip(one, other, strict=True):
        assert left.p == pytest.approx(right.p) if left.p is not None else True
