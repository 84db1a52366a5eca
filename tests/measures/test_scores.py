"""CSAT, CES, reviews, retention and tasks: as defined, and as a library has them."""

from __future__ import annotations

from collections import Counter
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import peers
from triage.measures import difference_of_shares, student, wilson
from triage.measures.ces import ces
from triage.measures.csat import csat
from triage.measures.figure import Figure, Origin, Unit
from triage.measures.metric import (
    FIRST_ANSWER,
    RETENTION,
    TASK_DONE,
    TASK_TIME,
    Gauge,
    changes,
    figures,
)
from triage.measures.reviews import reviews
from triage.measures.scale import top_box
from triage.measures.usability import SUCCESS, TIME, done, seconds

SHARES = [(42, 50), (1, 1), (0, 10), (7, 9), (500, 501), (3, 1000)]


def test_wilson_as_published() -> None:
    """42 of 50 are 84 % [71.5, 91.7]; one of one is anything from 20.7 %."""
    assert wilson(42, 50) == pytest.approx((0.715, 0.917), abs=6e-4)
    assert wilson(1, 1) == pytest.approx((0.207, 1.0), abs=6e-4)


def test_wilson_as_a_library_has_it() -> None:
    """statsmodels has the same intervals, to 1e-9."""
    alpha = 2 * (1 - NormalDist().cdf(1.96))
    found = peers.asked(
        "from statsmodels.stats.proportion import proportion_confint as interval\n"
        "answer = [[float(end) for end in interval(k, n, told[1], 'wilson')]"
        " for k, n in told[0]]",
        [SHARES, alpha],
    )
    for (k, n), ends in zip(SHARES, found, strict=True):
        assert wilson(k, n) == pytest.approx(tuple(ends), abs=1e-9)


def test_two_shares_as_a_library_compares_them() -> None:
    """z is that of statsmodels, of the pooled share, to 1e-9."""
    pairs = [(42, 50, 30, 50), (10, 100, 12, 80), (0, 20, 9, 20)]
    found = peers.asked(
        "from statsmodels.stats.proportion import proportions_ztest as test\n"
        "answer = [float(test([a, c], [b, d])[0]) for a, b, c, d in told]",
        pairs,
    )
    for pair, z in zip(pairs, found, strict=True):
        assert difference_of_shares(*pair).z == pytest.approx(z, abs=1e-9)


def test_students_t_as_a_library_has_it() -> None:
    """The quantile of four to two hundred degrees of freedom, to 1e-9."""
    degrees = [1, 2, 3, 4, 9, 10, 31, 200]
    found = peers.asked(
        "from scipy.stats import t\nanswer = [float(t.ppf(0.975, one)) for one in told]",
        degrees,
    )
    for freedom, t in zip(degrees, found, strict=True):
        assert student.quantile(freedom) == pytest.approx(t, rel=1e-9)


def test_times_as_a_library_has_them() -> None:
    """The geometric mean and its interval are those of the logarithms, to 1e-9."""
    times = [34.0, 41.0, 41.0, 65.0, 90.0, 212.0]
    found = peers.asked(
        "import numpy as np\n"
        "from statsmodels.stats.weightstats import DescrStatsW\n"
        "logs = DescrStatsW(np.log(told))\n"
        "low, high = logs.tconfint_mean(0.05)\n"
        "answer = [float(one) for one in np.exp([logs.mean, low, high])]",
        times,
    )
    told = TIME.figure(Counter(times))
    assert told.interval is not None
    assert (told.value, *told.interval) == pytest.approx(tuple(found), rel=1e-9)


@pytest.mark.parametrize(
    ("scale", "least"),
    [("1-5", 4), ("1-7", 6), ("1-10", 9), ("0-10", 9), ("1-4", 4), ("0-1", 1),
     ("0-100", None), ("", None), ("5-1", None)],
)  # fmt: skip
def test_top_boxes(scale: str, least: float | None) -> None:
    """Two of five boxes or more, one of fewer, none where there are no boxes."""
    assert top_box(scale) == least


def test_satisfaction() -> None:
    """The share of four and five with its scale; a mean where there are no boxes."""
    told = csat("1-5").figure({5.0: 30, 4.0: 12, 2.0: 8})
    assert (told.value, told.scale, told.unit) == (0.84, "1-5", Unit.SHARE)
    assert (told.spelt, told.between) == ("84 %", "71–92 %")
    assert told.method == "rated 4 or 5, Wilson"
    wide = csat("0-100").figure({80.0: 10, 90.0: 10})
    assert (wide.value, wide.method) == (85.0, "mean")


def test_effort_three_ways() -> None:
    """Mean, 5 to 7, and 6 and 7 less 1 to 3, side by side, each with its method."""
    counts = {7.0: 4, 6.0: 4, 5.0: 4, 4.0: 4, 3.0: 2, 1.0: 2}
    mean, agree, index = (one.figure(counts) for one in ces("1-7"))
    assert mean.value == pytest.approx((28 + 24 + 20 + 16 + 6 + 2) / 20)
    assert agree.value == 12 / 20
    assert index.value == pytest.approx(100 * (8 - 4) / 20)
    assert len({mean.formula, agree.formula, index.formula}) == 3
    assert {mean.scale, agree.scale, index.scale} == {"1-7"}


def test_effort_on_other_scales() -> None:
    """Above the middle agrees; the index is the best boxes less all below the middle."""
    _, agree, index = (
        one.figure({5.0: 5, 4.0: 5, 3.0: 5, 2.0: 5}) for one in ces("1-5")
    )
    assert (agree.value, index.value) == (0.5, 25.0)
    assert len(ces("")) == 1


def test_reviews_stand_apart() -> None:
    """They are of another origin, and say that nobody was asked."""
    told = reviews("stars", "1-5").figure({5.0: 10, 1.0: 10})
    assert (told.origin, told.value) == (Origin.REVIEW, 3.0)
    assert "never put together" in told.note
    heard = {
        Gauge(Origin.REVIEW, "csat", "1-5"): {5.0: 20},
        Gauge(Origin.SURVEY, "csat", "1-5"): {1.0: 20},
    }
    assert [(one.origin, one.n, one.value) for one in figures(heard)] == [
        (Origin.SURVEY, 20, 0.0), (Origin.REVIEW, 20, 5.0),
    ]  # fmt: skip


def test_who_stayed() -> None:
    """The share kept of those told of; where only leavers are, nobody can say."""
    (told,) = figures({RETENTION: {1.0: 18, 0.0: 2}})
    assert (told.value, told.n) == (0.9, 20)
    assert told.interval == pytest.approx(wilson(18, 20))
    (only,) = figures({RETENTION: {0.0: 20}})
    assert (only.value, only.why) == (None, "only who left is told of")


@pytest.mark.parametrize(
    ("context", "was_done", "took"),
    [
        ({"task_success": True, "time_on_task": 30}, True, 30.0),
        ({"task_success": "no", "time_on_task": 30}, False, None),
        ({"task_success": 0.5, "time_on_task": 30}, None, None),
        ({"time_on_task": "1:30"}, None, 90.0), ({"time_on_task": "soon"}, None, None),
        ({"time_on_task": 0}, None, None), ({"task_success": "maybe"}, None, None),
        ({}, None, None),
    ],
)  # fmt: skip
def test_what_a_session_tells(
    context: dict[str, Any], was_done: bool | None, took: float | None
) -> None:
    """Times count where the task was done, or nobody says; what cannot be read is not told."""
    assert (done(context), seconds(context)) == (was_done, took)


def test_tasks_of_a_round() -> None:
    """Five people are a round of usability; the interval says what that is worth."""
    told = SUCCESS.figure({1.0: 4, 0.0: 1})
    assert (told.value, told.between) == (0.8, "38–96 %")
    assert SUCCESS.figure({1.0: 4}).value is None


COUNTS = st.dictionaries(st.integers(1, 7).map(float), st.integers(1, 60), min_size=1)
GAUGES = st.sampled_from(
    [Gauge(Origin.SURVEY, "ces", "1-7"), Gauge(Origin.SURVEY, "csat", "1-7"),
     Gauge(Origin.REVIEW, "stars", "1-7"), FIRST_ANSWER, TASK_TIME]
)  # fmt: skip


@given(GAUGES, COUNTS)
def test_a_figure_is_in_its_interval(gauge: Gauge, counts: dict[float, int]) -> None:
    """Or it has neither, and says why."""
    for one in figures({gauge: counts}):
        assert one.n == sum(counts.values())
        assert (one.value is None) == (one.interval is None) == bool(one.why)
        if one.value is not None and one.interval is not None:
            assert one.interval[0] - 1e-9 <= one.value <= one.interval[1] + 1e-9


def width(one: Figure) -> float:
    """Of its interval."""
    assert one.interval
    return one.interval[1] - one.interval[0]


@given(
    st.sampled_from([Gauge(Origin.SURVEY, "ces", "1-7"), Gauge(Origin.SURVEY, "csat", "1-7")]),
    st.dictionaries(st.integers(1, 7).map(float), st.integers(4, 40), min_size=3),
)  # fmt: skip
def test_intervals_shrink(gauge: Gauge, counts: dict[float, int]) -> None:
    """Nine times as many with the same shares are told more exactly."""
    many = {value: 9 * n for value, n in counts.items()}
    for few, more in zip(figures({gauge: counts}), figures({gauge: many}), strict=True):
        assert width(more) < width(few)


@given(GAUGES, COUNTS, COUNTS)
def test_waves_turned_round(
    gauge: Gauge, one: dict[float, int], other: dict[float, int]
) -> None:
    """What is higher one way is lower the other, by as much."""
    there = changes({gauge: one}, {gauge: other})
    back = changes({gauge: other}, {gauge: one})
    turned = {"higher": "lower", "lower": "higher"}
    for told, again in zip(there, back, strict=True):
        assert again.verdict == turned.get(told.verdict, told.verdict)
        assert told.before == again.now
        if told.difference.value is not None and again.difference.value is not None:
            assert told.difference.value == pytest.approx(-again.difference.value)


def test_a_wave_without_a_metric() -> None:
    """What is in one wave alone is told of, and not compared."""
    (told,) = changes({TASK_DONE: {1.0: 9, 0.0: 1}}, {})
    assert (told.before.n, told.now.n) == (0, 10)
    assert told.verdict == "too few to say"


def test_one_that_only_lost_in_one_wave() -> None:
    """A wave in which all left is a figure where the other says who stayed."""
    (told,) = changes({RETENTION: {0.0: 20}}, {RETENTION: {1.0: 18, 0.0: 2}})
    assert (told.now.value, told.verdict) == (0.0, "lower")
