"""Tails and their adjustment are what libraries nobody here wrote make of them."""

from __future__ import annotations

import doctest
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peers
from triage.measures import adjusting
from triage.measures.adjusting import adjusted
from triage.measures.rising import log_likelihood
from triage.measures.tails import beyond, drawn, tail

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


DICE = Random(7)
"""Of the cases asked elsewhere, all in one go."""


def test_the_tail_of_poisson() -> None:
    """So many or more are as likely as scipy says, to nine digits."""
    cases = [(DICE.randint(0, 300), DICE.uniform(0.01, 200)) for _ in range(300)]
    said = peers.asked(
        "from scipy.stats import poisson\n"
        "answer = [float(poisson.sf(n - 1, mean)) for n, mean in told]",
        cases,
    )
    for (count, mean), told in zip(cases, said, strict=True):
        assert tail(count, mean) == pytest.approx(told, rel=1e-9, abs=1e-300)


def test_the_tail_of_an_unsure_mean() -> None:
    """A mean known no better than a gamma gives scipy's negative binomial."""
    cases = [
        (DICE.randint(0, 200), DICE.uniform(0.01, 100), DICE.uniform(0.1, 1000))
        for _ in range(300)
    ]
    said = peers.asked(
        "from scipy.stats import nbinom\n"
        "answer = [float(nbinom.sf(n - 1, s, s / (s + m))) for n, m, s in told]",
        cases,
    )
    for (count, mean, size), told in zip(cases, said, strict=True):
        found = tail(count, mean, size)
        assert found == pytest.approx(told, rel=1e-9, abs=1e-200)


def test_two_rates_compared() -> None:
    """What was counted before as what is usual is the conditional binomial test."""
    cases = [
        (
            DICE.randint(1, 60), DICE.randint(0, 80), DICE.uniform(0.2, 20),
            DICE.uniform(0.2, 20),
        )
        for _ in range(300)
    ]  # fmt: skip
    said = peers.asked(
        "from scipy.stats import binom\n"
        "answer = [float(binom.sf(a - 1, a + b, c / (c + d))) for a, b, c, d in told]",
        cases,
    )
    for (now, then, came, before), told in zip(cases, said, strict=True):
        found = tail(now, came / before * (then + 1), then + 1)
        assert found == pytest.approx(told, rel=1e-9, abs=1e-200)


def test_tails_at_their_ends() -> None:
    """Nothing counted is sure, something out of nothing is not to be."""
    assert tail(0, 3.0) == 1.0
    assert tail(1, 0.0) == 0.0
    assert tail(3, 2.0, inf) == tail(3, 2.0)


def test_the_tail_of_drawing() -> None:
    """So many marked ones among those taken are as likely as scipy says."""
    cases: list[tuple[int, ...]] = []
    for _ in range(300):
        n = DICE.randint(1, 200)
        cases.append((n, *(DICE.randint(0, n) for _ in range(3))))
    said = peers.asked(
        "from scipy.stats import hypergeom\n"
        "answer = [float(hypergeom.sf(f - 1, n, m, t)) for n, m, t, f in told]",
        cases,
    )
    for (n, marked, taken, found), told in zip(cases, said, strict=True):
        chance = drawn(found, marked, taken, n)
        assert chance == pytest.approx(told, rel=1e-9, abs=1e-12)


def test_drawing_is_fishers_test() -> None:
    """The table of two by two comes out as Fisher's exact test, one-sided."""
    told = peers.asked(
        "from scipy.stats import fisher_exact\n"
        "answer = float(fisher_exact(told, alternative='greater')[1])",
        [[8, 2], [5, 30]],
    )
    assert drawn(8, 13, 10, 45) == pytest.approx(told, rel=1e-9)


def test_the_log_likelihood_ratio() -> None:
    """G² and its chance are scipy's."""
    cases: list[tuple[int, ...]] = []
    while len(cases) < 300:
        n, other_n = DICE.randint(1, 300), DICE.randint(1, 300)
        found, other = DICE.randint(0, n), DICE.randint(0, other_n)
        if 0 < found + other < n + other_n:
            cases.append((found, n, other, other_n))
    said = peers.asked(
        "from scipy.stats import chi2_contingency as test\n"
        "answer = [[float(one) for one in test([[a, n - a], [b, m - b]],"
        " correction=False, lambda_='log-likelihood')[:2]] for a, n, b, m in told]",
        cases,
    )
    for (found, n, other, other_n), (g2, p) in zip(cases, said, strict=True):
        ratio = log_likelihood(found, n, other, other_n)
        assert abs(ratio) == pytest.approx(g2, rel=1e-9, abs=1e-9)
        assert beyond(abs(ratio)) == pytest.approx(p, rel=1e-6, abs=1e-9)
        assert (ratio > 0) == (found * other_n >= other * n) or abs(ratio) < 1e-9


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_swapping_sides_turns_the_sign(
    n: int, other_n: int, data: st.DataObject
) -> None:
    """Of two sides compared either way round, G² is the same but for its sign."""
    found, other = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    assert abs(log_likelihood(found, n, other, other_n)) == pytest.approx(
        abs(log_likelihood(other, other_n, found, n)), abs=1e-9
    )


def test_adjusting_is_benjamini_and_hochbergs() -> None:
    """Adjusted chances are those of statsmodels, to nine digits."""
    cases = [
        [DICE.random() ** DICE.choice((1, 4)) for _ in range(DICE.randint(1, 40))]
        for _ in range(200)
    ]
    said = peers.asked(
        "from statsmodels.stats.multitest import multipletests as test\n"
        "answer = [list(map(float, test(one, method='fdr_bh')[1])) for one in told]",
        cases,
    )
    for chances, told in zip(cases, said, strict=True):
        assert adjusted(chances) == pytest.approx(told, rel=1e-9, abs=1e-300)


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
