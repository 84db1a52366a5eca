"""Tails and their adjustment are what libraries nobody here wrote make of them."""

from __future__ import annotations

import doctest
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from triage.measures import adjusting
from triage.measures.adjusting import adjusted
from triage.measures.rising import log_likelihood
from triage.measures.tails import drawn, surprise, tail

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(st.integers(0, 300), st.floats(0.01, 200))
def test_the_tail_of_poisson(count: int, mean: float) -> None:
    """So many or more are as likely as scipy says, to nine digits."""
    told = float(stats.poisson.sf(count - 1, mean))
    assert tail(count, mean) == pytest.approx(told, rel=1e-9, abs=1e-300)


@given(st.integers(0, 200), st.floats(0.01, 100), st.floats(0.1, 1000))
def test_the_tail_of_an_unsure_mean(count: int, mean: float, size: float) -> None:
    """A mean known no better than a gamma gives scipy's negative binomial."""
    told = float(stats.nbinom.sf(count - 1, size, size / (size + mean)))
    assert tail(count, mean, size) == pytest.approx(told, rel=1e-9, abs=1e-200)


@given(st.integers(1, 60), st.integers(0, 80), st.floats(0.2, 20), st.floats(0.2, 20))
def test_two_rates_compared(now: int, then: int, came: float, before: float) -> None:
    """What was counted before as what is usual is the conditional binomial test."""
    told = float(stats.binom.sf(now - 1, now + then, came / (came + before)))
    found = tail(now, came / before * (then + 1), then + 1)
    assert found == pytest.approx(told, rel=1e-9, abs=1e-200)


def test_tails_at_their_ends() -> None:
    """Nothing counted is sure, something out of nothing is not to be."""
    assert tail(0, 3.0) == 1.0
    assert tail(1, 0.0) == 0.0
    assert tail(3, 2.0, inf) == tail(3, 2.0)


@given(st.integers(1, 200), st.data())
def test_the_tail_of_drawing(n: int, data: st.DataObject) -> None:
    """So many marked ones among those taken are as likely as scipy says."""
    marked, taken = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    found = data.draw(st.integers(0, n))
    told = float(stats.hypergeom.sf(found - 1, n, marked, taken))
    assert drawn(found, marked, taken, n) == pytest.approx(told, rel=1e-9, abs=1e-12)


def test_drawing_is_fishers_test() -> None:
    """The table of two by two comes out as Fisher's exact test, one-sided."""
    told = stats.fisher_exact([[8, 2], [5, 30]], alternative="greater")[1]
    assert drawn(8, 13, 10, 45) == pytest.approx(float(told), rel=1e-9)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_the_log_likelihood_ratio(n: int, other_n: int, data: st.DataObject) -> None:
    """G² and its chance are scipy's, and swapping sides turns the sign alone."""
    found, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    told = log_likelihood(found, n, other, other_n)
    assert abs(told) == pytest.approx(
        abs(log_likelihood(other, other_n, found, n)), abs=1e-9
    )
    if 0 < found + other < n + other_n:
        table = [[found, n - found], [other, other_n - other]]
        g2, p, _, _ = stats.chi2_contingency(
            table, correction=False, lambda_="log-likelihood"
        )
        assert abs(told) == pytest.approx(g2, rel=1e-9, abs=1e-9)
        assert surprise(abs(told)) == pytest.approx(p, rel=1e-6, abs=1e-9)
        assert (told > 0) == (found * other_n >= other * n) or abs(told) < 1e-9


@given(CHANCES)
def test_adjusting_is_benjamini_and_hochbergs(chances: list[float]) -> None:
    """Adjusted chances are those of statsmodels, to nine digits."""
    told = multipletests(chances, method="fdr_bh")[1]
    assert adjusted(chances) == pytest.approx(list(told), rel=1e-9, abs=1e-300)


@given(CHANCES, st.randoms(use_true_random=False), st.integers(0, 50))
def test_adjusting_keeps_the_order(
    chances: list[float], order: object, more: int
) -> None:
    """A smaller chance is never adjusted above a greater one, in any order; none sinks."""
    found = adjusted(chances)
    places = list(range(len(chances)))
    order.shuffle(places)  # type: ignore[attr-defined]
    again = adjusted([chances[place] for place in places])
    assert again == [found[place] for place in places]
    for chance, one in zip(chances, found, strict=True):
        assert one >= chance
        for other, beside in zip(chances, found, strict=True):
            assert chance > other or one <= beside
    wider = adjusted(chances, len(chances) + more)
    assert wider == pytest.approx(adjusted([*chances, *[1.0] * more])[: len(chances)])


def test_the_example_of_adjusting_is_true() -> None:
    """What the docstring calculates comes out so."""
    assert doctest.testmod(adjusting) == (0, 1)
