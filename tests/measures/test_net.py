"""Net scores as published, as a library has them, and as laws want them."""

from __future__ import annotations

import doctest
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import peers
from triage.measures import (
    FEW,
    ces,
    csat,
    metric,
    net,
    nps,
    price,
    retention,
    scale,
    student,
    usability,
    wave,
)
from triage.measures.figure import NOT_SURE, TOO_FEW
from triage.measures.net import Interval, Net, net_difference

MODULES = (ces, csat, metric, net, nps, price, retention, scale, student, usability,
           wave)  # fmt: skip


@pytest.mark.parametrize(
    "module", MODULES, ids=lambda one: one.__name__.rpartition(".")[2]
)
def test_examples_in_the_modules_are_true(module: object) -> None:
    """What the docstrings calculate comes out so."""
    assert not doctest.testmod(module).failed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "way", "value", "low", "high"),
    [
        (Net(150, 50, 300), Interval.PLAIN, 33.3, 33.3 - 8.4, 33.3 + 8.4),
        (Net(30, 10, 60), Interval.PLAIN, 33.3, 33.3 - 18.9, 33.3 + 18.9),
        (Net(30, 10, 60), Interval.ADJUSTED, 31.7, 13.3, 50.2),
    ],
)
def test_net_scores_as_published(
    found: Net, way: Interval, value: float, low: float, high: float
) -> None:
    """The worked examples of Rocks (2016) and of MeasuringU, to the digit they print."""
    told = found.estimate(way)
    assert told.value == pytest.approx(value, abs=0.05)
    assert told.interval == pytest.approx((low, high), abs=0.1)


ANSWERS = st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
"""Promoters, those between, detractors."""


def a_net(told: tuple[int, int, int], times: int = 1) -> Net:
    """A net score of so many."""
    up, between, down = (times * one for one in told)
    return Net(up, down, up + between + down)


@given(ANSWERS)
def test_the_variance_is_that_of_the_multinomial(told: tuple[int, int, int]) -> None:
    """Var(p - d) = (p(1-p) + d(1-d) + 2pd) / n, term by term."""
    found = a_net(told)
    assume(found.n)
    p, d = found.up / found.n, found.down / found.n
    variance = (p * (1 - p) + d * (1 - d) + 2 * p * d) / found.n
    error = found.estimate(Interval.PLAIN).error
    assert error == pytest.approx(100 * sqrt(variance), abs=1e-6)


@given(ANSWERS, st.sampled_from(Interval))
def test_an_interval_holds_the_score(told: tuple[int, int, int], way: Interval) -> None:
    """Adjusted or plain, the score as counted is in it, and it is within -100 to 100."""
    found = a_net(told)
    assume(found.n)
    low, high = found.estimate(way).interval
    assert -100 <= low <= found.value + 1e-9
    assert found.value - 1e-9 <= high <= 100


@given(ANSWERS, st.integers(2, 20))
def test_more_answers_tell_more(told: tuple[int, int, int], times: int) -> None:
    """With the same shares and more answers the error is no larger."""
    assume(sum(told))
    for way in Interval:
        few, many = a_net(told).estimate(way), a_net(told, times).estimate(way)
        assert many.error <= few.error + 1e-9
    few, many = a_net(told).estimate(), a_net(told, times).estimate()
    assert many.error < few.error


@given(ANSWERS, st.sampled_from(Interval))
def test_promoters_and_detractors_swapped(
    told: tuple[int, int, int], way: Interval
) -> None:
    """The score turns its sign, and the interval its ends."""
    assume(sum(told))
    one, other = a_net(told).estimate(way), a_net(told[::-1]).estimate(way)
    assert one.value == pytest.approx(-other.value)
    low, high = other.interval
    assert one.interval == pytest.approx((-high, -low))


@given(ANSWERS, ANSWERS, st.sampled_from(Interval))
def test_waves_swapped(
    one: tuple[int, int, int], other: tuple[int, int, int], way: Interval
) -> None:
    """The difference, its interval and its z turn round; it lies in its interval."""
    here, there = a_net(one), a_net(other)
    told, back = net_difference(here, there, way), net_difference(there, here, way)
    if not here.n or not there.n:
        assert told.value is None
        return
    assert told.value == pytest.approx(-(back.value or 0))
    assert (told.interval is None) == (min(here.n, there.n) < FEW)
    if told.interval and back.interval:
        assert told.interval == pytest.approx((-back.interval[1], -back.interval[0]))
        assert told.interval[0] <= (told.value or 0) <= told.interval[1]
    if told.z is not None and back.z is not None:
        assert told.z == pytest.approx(-back.z)
        if abs(told.z) < 1.96:
            assert not told.is_sure


def test_waves_as_a_library_compares_them() -> None:
    """z of two net scores is what statsmodels makes of the same estimates, to 1e-9."""
    here, there = Net(150, 50, 300), Net(110, 70, 280)
    told = net_difference(here, there)
    one, other = here.estimate(), there.estimate()
    z = peers.asked(
        "from statsmodels.stats.weightstats import _zstat_generic\n"
        "answer = _zstat_generic(told[0], told[1], told[2], 'two-sided')[0]",
        [one.value, other.value, sqrt(one.error**2 + other.error**2)],
    )
    assert told.z == pytest.approx(z, abs=1e-9)
    assert told.is_sure


@pytest.mark.parametrize("way", Interval)
def test_a_score_as_a_library_has_it(way: Interval) -> None:
    """Of 100, 0 and -100 statsmodels has the same mean and interval, to 1e-9."""
    more = 0.75 if way is Interval.ADJUSTED else 0
    value, error = peers.asked(
        "from statsmodels.stats.weightstats import DescrStatsW\n"
        "told = DescrStatsW([100, 0, -100], weights=told, ddof=0)\n"
        "answer = [float(told.mean), float(told.std / told.sum_weights ** 0.5)]",
        [30 + more, 20 + 2 * more, 10 + more],
    )
    told = Net(30, 10, 60).estimate(way)
    assert (told.value, told.error) == pytest.approx((value, error), abs=1e-9)
    ends = value - 1.96 * error, value + 1.96 * error
    assert told.interval == pytest.approx(ends, abs=1e-9)


def test_too_few_and_the_wrong_scale() -> None:
    """Below ten there is no score, and on another scale there never is."""
    few = nps.nps().figure({10.0: 5, 3.0: 4})
    assert (few.n, few.value, few.interval, few.why) == (9, None, None, TOO_FEW)
    wrong = nps.nps("1-10").figure({10.0: 50})
    assert (wrong.value, wrong.why) == (None, "NPS is asked on 0-10")
    assert nps.nps().figure({}).why == "no answer"
    told = nps.nps().change({10.0: 9}, {10.0: 90})
    assert (told.verdict, told.spelt, told.between) == (TOO_FEW, "", "")
    refused = nps.nps("1-10").change({10.0: 50}, {10.0: 50})
    assert refused.verdict == "NPS is asked on 0-10"


def test_what_chance_may_do_is_called_so() -> None:
    """Below 1.96 standard errors nobody can tell two waves apart."""
    near = nps.nps().change({10.0: 40, 0.0: 20}, {10.0: 38, 0.0: 22})
    assert near.verdict == NOT_SURE
    assert abs(near.difference.z or 9) < 1.96
    far = nps.nps().change({10.0: 50, 0.0: 10}, {10.0: 20, 0.0: 40})
    assert (far.verdict, far.spelt) == ("higher", "+100")
