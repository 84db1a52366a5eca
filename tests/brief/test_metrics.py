"""Figures of a period: each with its n, its interval, or that they are too few."""

from __future__ import annotations

import pytest

from triage.brief import Span, metrics, words
from triage.measures.nps import promoters


@pytest.mark.parametrize(
    ("counts", "score"),
    [
        ({10.0: 70, 8.0: 20, 3.0: 10}, 60.0),
        ({9.0: 1, 6.0: 1}, 0.0),
        ({7.0: 5, 8.0: 5}, 0.0),
        ({0.0: 4}, -100.0),
    ],
)
def test_net_promoters(counts: dict[float, int], score: float) -> None:
    """Nine and ten promote, zero to six detract; the score is their difference."""
    assert promoters(counts).value == score


def test_each_scale_its_own_figure() -> None:
    """NPS in points, CSAT as a share, stars as a mean; the most used scale first."""
    now = Span(
        ratings={
            ("nps", "0-10"): {10.0: 30, 0.0: 10},
            ("csat", "1-5"): {5.0: 15, 1.0: 5},
            ("stars", "1-5"): {3.0: 30, 4.0: 30},
        },
        sentiments={"negative": 10, "positive": 20, "neutral": 10, "": 5},
    )
    told = {one.name: one for one in metrics(now, Span())}
    assert list(told) == [
        "sounds negative", "sounds positive", "mean stars 1-5", "NPS",
        "CSAT, rated 4 or 5",
    ]  # fmt: skip
    assert told["sounds negative"].n == 40
    assert words.figure(told["sounds positive"]) == "50 % (35 to 65 %)"
    assert words.figure(told["NPS"]) == "50 (21 to 72)"
    assert told["CSAT, rated 4 or 5"].value == 0.75
    assert words.figure(told["mean stars 1-5"]).startswith("3.5 (3.37 to 3.63")
    assert {words.change(one) for one in told.values()} == {"too few to compare"}


def test_too_few_are_not_told() -> None:
    """Below ten there is an n and no figure; against too few there is no change."""
    few = Span(ratings={("stars", "1-5"): {1.0: 9}}, sentiments={"negative": 9})
    many = Span(ratings={("stars", "1-5"): {5.0: 90}}, sentiments={"negative": 90})
    for one in metrics(few, many):
        assert words.figure(one) == "too few to say"
        assert words.change(one) == "too few to compare"
    for one in metrics(many, few):
        assert words.change(one) == "too few to compare"


def test_what_may_be_chance_is_called_so() -> None:
    """A change is told where its interval leaves no doubt about the direction."""
    low = Span(sentiments={"negative": 20, "positive": 80})
    high = Span(sentiments={"negative": 60, "positive": 40})
    assert words.change(metrics(high, low)[0]) == "up 40 points"
    assert words.change(metrics(low, high)[0]) == "down 40 points"
    near = Span(sentiments={"negative": 22, "positive": 78})
    assert words.change(metrics(near, low)[0]) == "may be chance"
    assert metrics(Span(), low) == ()
