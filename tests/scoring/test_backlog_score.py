"""What stands beside a pain point in the backlog is made of people, not of messages."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import NOON
from quoting import Said, said
from scoring.cases import a_case, estimates, scored
from triage.model import (
    PainPoint,
    Priority,
)
from triage.scoring import FORMULAS, Case, Score, backlog_order, heard, score
from triage.weights import Weights


def of(*told: Said, **columns: Any) -> Score:
    case = Case(
        pain_point=PainPoint(id=1, title="It hurts", **columns),
        heard=tuple(heard(*one) for one in told),
    )
    return score(case, Weights(), NOON)


@pytest.mark.parametrize(
    ("told", "columns", "value", "low", "high"),
    [
        ([], {}, 0.0, 0.0, 0.0),
        ([said(1, 1, 3), said(2, 2, 1)], {"severity": 4, "confidence": 0.5, "effort": 2.0}, 4.0, 4.0, 4.0),
        ([said(1, 1, 2), said(2, 2, 3, observed=False)], {"severity": 3}, 10.5, 6.0, 15.0),
        # Nobody known: each feedback is a person.
        ([said(1, None, 1), said(2, None, 1)], {}, 2.0, 2.0, 2.0),
        # Capitals make no second company: 4 × 3 of Acme count as 9.
        ([said(n, n, 3, company=name) for n, name in enumerate(["Acme", "acme ", "ACME", "Acme"], 1)],
         {}, 9.0, 9.0, 9.0),
    ],
)  # fmt: skip
def test_scores_by_hand(
    told: list[Said], columns: dict[str, Any], value: float, low: float, high: float
) -> None:
    """Demand × severity × confidence ÷ effort, with its bounds, as on paper."""
    found = of(*told, **columns)
    assert (found.value, found.low, found.high) == (value, low, high)


def test_companies_and_revenue_count_once() -> None:
    """A company's revenue counts once, by the most it was told as; strangers by person."""
    found = of(
        said(1, 1, company="Acme", mrr=100), said(2, 2, company=" ACME ", mrr=250.5),
        said(3, 3, company="Bolt", monthly_revenue=40), said(4, 4, revenue=7),
        said(5, 5, company="Odd", mrr="lots"), said(6, 6, company="Odd", mrr=-5),
        said(7, 7, company="Odd", mrr=True),
    )  # fmt: skip
    assert (found.people, found.companies) == (7, 3)
    assert found.revenue == 250.5 + 40 + 7


def test_a_score_names_its_formula() -> None:
    """Next year the same number can be had again: the formula's name and hash are kept."""
    found = of(said(1, 1))
    words = f"demand-2: {FORMULAS['demand'].says}"
    assert found.formula == "demand-2"
    assert found.formula_hash == sha256(words.encode()).hexdigest()[:12]


SAID = st.builds(
    said, st.integers(1, 40), st.none() | st.integers(1, 4), st.integers(0, 3),
    observed=st.booleans(), company=st.sampled_from(["", "Acme", "acme ", "Bolt"]),
)  # fmt: skip
ALL = st.lists(SAID, max_size=12, unique_by=lambda one: one[0].id)


def test_a_resend_adds_no_demand() -> None:
    """Who sends the same again is one person."""
    first, again = said(1, 7, 2), said(2, 7, 2)
    assert of(first, again).demand == of(again).demand == 2
    assert of(first, again).people == 1


@given(ALL, st.data())
@settings(max_examples=150)
def test_duplicates_move_no_number(told: list[Said], data: st.DataObject) -> None:
    """The same people saying the same again, however often, move no number."""
    known = [one for one in told if one[1].customer_id is not None]
    before = of(*told)
    latest = {
        one[1].customer_id: one for one in sorted(known, key=lambda one: one[1].id)
    }
    again = [
        (
            replace(evidence, id=100 + number),
            replace(feedback, id=feedback.id + 500_000 + number, number=100 + number),
        )
        for number, (evidence, feedback) in enumerate(
            data.draw(st.lists(st.sampled_from(list(latest.values())), max_size=8))
            if latest
            else []
        )
    ]
    mixed = data.draw(st.permutations([*told, *again]))
    assert of(*mixed) == before


@given(ALL)
@settings(max_examples=150)
def test_demand_is_bounded_by_people(told: list[Said]) -> None:
    """Nobody counts for more than once critical, whatever they sent and in what order."""
    found = of(*told)
    people = {one[1].customer_id or f"f{one[1].number}" for one in told}
    assert found.people == len(people)
    assert 0 <= found.demand <= 3 * found.people
    assert found.low <= found.value <= found.high
    assert of(*reversed(told)) == found


def test_a_backlogs_order() -> None:
    """A person's priority first, then the score, then age; unset comes last."""
    points = [
        (PainPoint(id=1, title="a"), 99.0),
        (PainPoint(id=2, title="b", priority=Priority.LOW), 0.0),
        (PainPoint(id=3, title="c", priority=Priority.URGENT), 1.0),
        (PainPoint(id=4, title="d", priority=Priority.URGENT), 2.0),
        (PainPoint(id=5, title="e"), 99.0),
    ]
    ranked = sorted(
        (
            (point, replace(scored("demand", a_case(number=point.id)), value=value))
            for point, value in points
        ),
        key=lambda one: backlog_order(*one),
    )
    assert [point.id for point, _ in ranked] == [4, 3, 2, 1, 5]


def test_a_placing_moves_the_backlog() -> None:
    """Among pain points of one priority, a person's placing goes before the score."""
    plain = scored("demand", a_case(number=1))
    placed = scored("demand", a_case(number=2, estimates=estimates(place__demand=7)))
    points = (PainPoint(id=1, title="a"), plain), (PainPoint(id=2, title="b"), placed)
    assert [
        one.id for one, _ in sorted(points, key=lambda one: backlog_order(*one))
    ] == [2, 1]
