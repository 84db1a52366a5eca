"""A ranking follows its values and people's word, and says how much it rests on weights."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factories import NOON
from scoring.cases import a_case, a_voice, estimates
from triage.errors import UsageError
from triage.scoring import (
    FORMULAS,
    Case,
    Ranking,
    Span,
    formula_named,
    input_named,
    rank,
    stability_of,
)
from triage.scoring.stability import weighed
from triage.weights import Segment, Weights

BIG = Weights(segments=(Segment("big", "plan:enterprise", 2),))


def ranked(formula: str, *cases: Case) -> Ranking:
    """These by that formula, at noon."""
    return rank(FORMULAS[formula], cases, Weights(), NOON)


def order(ranking: Ranking) -> list[int]:
    """Ids in its order."""
    return [row.scored.pain_point_id for row in ranking.rows]


def test_highest_first() -> None:
    """The highest value is first, equals by age, and who lacks an input comes last."""
    cases = [
        a_case(number=1, effort=1, impact=1, confidence=1, reach=10),
        a_case(number=2, reach=900),
        a_case(number=3, effort=1, impact=3, confidence=1, reach=10),
        a_case(number=4, effort=1, impact=1, confidence=1, reach=10),
    ]
    found = ranked("rice", *cases)
    assert order(found) == [3, 1, 4, 2]
    assert [row.rank for row in found.rows] == [1, 2, 3, 4]
    assert found.rows[-1].scored.value is None


def test_a_person_places() -> None:
    """Where a person placed one, their value ranks, and what the formula says stays told."""
    low = a_case(a_voice(1, importance=1), number=1)
    high = a_case(a_voice(2, importance=3), number=2)
    placed = replace(low, estimates=estimates(place__demand=3.5))
    found = ranked("demand", high, placed)
    assert order(found) == [1, 2]
    first = found.rows[0].scored
    assert (first.value, first.ranks_by) == (1.0, 3.5)
    assert first.placed is not None
    assert first.placed.reason == "why place__demand"
    assert order(ranked("urgency", high, placed)) == [1, 2]


def test_people_are_counted() -> None:
    """Beside each score stands how many people of how many companies were heard."""
    voices = (
        a_voice(1, "ada", company="acme"), a_voice(2, "ada", company="bolt"),
        a_voice(3, "bob", company="bolt"), a_voice(4, "eve"),
    )  # fmt: skip
    row = ranked("rice", a_case(*voices)).rows[0]
    assert (row.people, row.companies) == (3, 1)


def test_a_ranking_names_what_made_it() -> None:
    """Formula, version, the hash of its words and of the weights: enough to repeat it."""
    found = ranked("ice", a_case())
    assert (found.formula, found.version) == ("ice", 1)
    assert found.formula_hash == FORMULAS["ice"].hash
    assert found.weights_hash == Weights().hash == found.rows[0].scored.weights_hash
    assert len({one.hash for one in FORMULAS.values()}) == len(FORMULAS)


def test_how_steady_it_is() -> None:
    """A fifth more or less of a weight turns what is close, and leaves what is not."""

    def told(number: int, importance: int, *segments: str) -> Case:
        voices = (
            a_voice(number * 10 + n, importance=importance, segments=segments)
            for n in range(1, 6)
        )
        return a_case(*voices, number=number)

    # 5 × 1 × 2 = 10 beside 9: a fifth less of the weight puts it behind.
    close = replace(
        a_case(number=2), heard=tuple(a_voice(n, importance=3) for n in (1, 2, 3))
    )
    cases = [told(1, 1, "big"), close, told(3, 3)]
    found = stability_of(FORMULAS["demand"], cases, BIG, NOON)
    assert found.weights == ("segment.big", "inferred", "company_cap")
    assert found.spans == {3: Span(1, 1), 1: Span(2, 3), 2: Span(2, 3)}
    assert found.tau == pytest.approx(1 / 3, abs=0.0001)
    assert found.worst == "segment.big × 0.8"
    assert found == stability_of(FORMULAS["demand"], cases[::-1], BIG, NOON)


@pytest.mark.parametrize("name", list(FORMULAS))
def test_every_weight_can_be_moved(name: str) -> None:
    """Each weight a formula says it uses is one, and moving it changes the weights."""
    weights = replace(BIG, drivers={"growth": 2.0})
    for one in FORMULAS[name].weighs(weights):
        assert weighed(weights, one, 1.2) != weights
    assert stability_of(FORMULAS[name], [], weights, NOON).tau == 1.0
    with pytest.raises(UsageError, match="no weight"):
        weighed(weights, "luck", 1.2)


@pytest.mark.parametrize(
    ("name", "formula_input"),
    [
        ("severity", "severity"), ("ease", "ease"), ("driver.growth", "driver.*"),
        ("importance", "importance"), ("importance.big", "importance.*"),
        ("kano.like.dislike", "kano.*"), ("kano.like", None), ("kano.like.maybe", None),
        ("driver.", None), ("luck", None), ("drivers", None),
    ],
)  # fmt: skip
def test_inputs_by_name(name: str, formula_input: str | None) -> None:
    """A name is an input of a formula, or none; nothing is guessed."""
    found = input_named(name)
    assert (found.name if found else None) == formula_input


def test_an_unknown_formula() -> None:
    """A formula nobody knows is refused with those there are."""
    with pytest.raises(UsageError, match=r"demand, rice, ice, .* and drivers"):
        formula_named("luck")


def test_it_is_quick() -> None:
    """Two thousand pain points are ranked with all their workings in half a second."""
    from time import process_time

    cases = [
        a_case(*(a_voice(n, importance=n % 4, company=f"c{n % 7}") for n in range(50)),
               number=number, severity=3, effort=1 + number % 5)
        for number in range(2000)
    ]  # fmt: skip
    start = process_time()
    found = rank(FORMULAS["demand"], cases, BIG, NOON + timedelta(days=1))
    assert len(found.rows) == 2000
    assert process_time() - start < 2.0, "half a second here; slower machines exist"
