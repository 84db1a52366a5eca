"""The bench counts as one would by hand."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.grouping.quality import (
    Pair,
    Point,
    Quality,
    at_precision,
    best,
    components,
    quality,
    sweep,
)

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=20)
"""For each text its true cluster and the one it was found in."""


def test_pairs_by_hand() -> None:
    """Of abc|d found as ab|cd: one pair of two is right, one of three is found."""
    found = quality("aaab", "xxyy")
    assert (found.precision, found.recall) == (1 / 2, 1 / 3)
    assert found.f1 == pytest.approx(0.4)


def test_b_cubed_by_hand() -> None:
    """Of abc|d found as ab|cd: precision (1+1+½+½)/4, recall (⅔+⅔+⅓+1)/4."""
    precision, recall = 3 / 4, 2 / 3
    expected = 2 * precision * recall / (precision + recall)
    assert quality("aaab", "xxyy").b_cubed == pytest.approx(expected)


@pytest.mark.parametrize(
    ("found", "expected"),
    [("xxy", (1.0, 1.0)), ("xyz", (1.0, 0.0)), ("xxx", (1 / 3, 1.0))],
)
def test_ends_of_the_scale(found: str, expected: tuple[float, float]) -> None:
    """Everything right, everything apart, everything together."""
    told = quality("aab", found)
    assert (told.precision, told.recall) == expected


def test_nothing_at_all() -> None:
    """No texts are neither wrong nor missed."""
    assert (quality("", "").precision, quality("", "").recall) == (1.0, 1.0)


@given(LABELS)
def test_quality_is_what_counting_every_pair_says(texts: list[tuple[int, int]]) -> None:
    """Growing clusters count as looking at each pair and each text does."""
    truth, found = [one for one, _ in texts], [other for _, other in texts]
    pairs = list(combinations(texts, 2))
    right = sum(one == other for one, other in pairs)
    claimed = sum(one[1] == other[1] for one, other in pairs)
    wanted = sum(one[0] == other[0] for one, other in pairs)
    told = quality(truth, found)
    assert told.precision == (right / claimed if claimed else 1.0)
    assert told.recall == (right / wanted if wanted else 1.0)
    both, sizes, true = Counter(texts), Counter(found), Counter(truth)
    if texts:
        precise = sum(both[one] / sizes[one[1]] for one in texts) / len(texts)
        recalled = sum(both[one] / true[one[0]] for one in texts) / len(texts)
        expected = 2 * precise * recalled / (precise + recalled)
        assert told.b_cubed == pytest.approx(expected)


PAIRS = [Pair(0, 1, 90), Pair(2, 3, 90), Pair(1, 2, 80), Pair(3, 4, 70), Pair(0, 2, 60)]


def test_the_sweep_by_hand() -> None:
    """Pairs of one score join together; where nothing changes is no point."""
    points = list(sweep("aabbb", PAIRS))
    assert [point.threshold for point in points] == [math.inf, 90, 80, 70]
    told = [(point.quality.precision, point.quality.recall) for point in points]
    assert told == [(1.0, 0.0), (1.0, 2 / 4), (2 / 6, 2 / 4), (4 / 10, 4 / 4)]


def test_each_point_is_its_components() -> None:
    """What the sweep says of a threshold is what its components are worth."""
    for point in sweep("aabbb", PAIRS):
        assert point.quality == quality("aabbb", components(5, PAIRS, point.threshold))


def test_the_best_and_the_precise() -> None:
    """The oracle takes the best F1; or, if asked, the most that is so precise."""
    loose = Point(60, Quality(precision=0.9, recall=0.9, b_cubed=0.9))
    tight = Point(90, Quality(precision=0.995, recall=0.4, b_cubed=0.7))
    tighter = Point(95, Quality(precision=1.0, recall=0.2, b_cubed=0.6))
    points = [tighter, tight, loose]
    assert best(points) == loose
    assert at_precision(points, 0.99) == tight
    assert at_precision(points, 0.999) == tighter
    assert at_precision([loose], 0.99) is None
