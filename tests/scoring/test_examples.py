"""Formulas give what their own sources say they give."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import timedelta
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from factories import NOON
from scoring.cases import a_case, a_voice, estimates, key, scored
from triage.model import PainStatus, Priority
from triage.scoring import (
    FORMULAS,
    Case,
    Origin,
    kano,
    moscow_check,
    opportunity,
    stability,
    urgency,
)
from triage.scoring.kano import ANSWERS, CATEGORIES, TABLE
from triage.weights import Weights


@pytest.mark.parametrize("module", [opportunity, stability, urgency])
def test_examples_in_the_manual_are_true(module: ModuleType) -> None:
    """What the docstrings calculate comes out so."""
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("reach", "impact", "confidence", "effort", "value"),
    [
        (1200, 2, 0.8, 4, 480.0),
        (0, 3, 1, 1, 0.0),
        (100, 0.25, 0.5, 0.5, 25.0),
        # A quarter of a month counts as half of one.
        (100, 0.25, 0.5, 0.25, 25.0),
    ],
)
def test_rice(
    reach: float, impact: float, confidence: float, effort: float, value: float
) -> None:
    """Reach × impact × confidence ÷ effort, which is half a month at least."""
    case = a_case(reach=reach, impact=impact, confidence=confidence, effort=effort)
    found = scored("rice", case)
    assert found.value == value
    assert [part.name for part in found.parts] == [
        "reach", "impact", "confidence", "effort",
    ]  # fmt: skip
    assert ("counts as 0.5" in found.parts[-1].says) is (effort < 0.5)


def test_rice_is_explained() -> None:
    """The working holds the numbers, as Intercom's own example has them."""
    case = a_case(reach=1200, impact=2, confidence=0.8, effort=4)
    assert scored("rice", case).working == "1,200 × 2 × 0.8 ÷ 4 = 480"


def test_reach_is_heard_in_a_quarter() -> None:
    """Where nobody says how many it reaches, people of the last 90 days count once."""
    voices = [
        a_voice(1, "ada", feedback_id=key(days=-88)),
        a_voice(2, "ada", feedback_id=key(days=-1)),
        a_voice(3, "bob", feedback_id=key(days=-2)),
        a_voice(4, "eve", feedback_id=key(days=-89.5)),
        a_voice(5, "dan", feedback_id=key(days=2)),
    ]
    found = scored("rice", a_case(*voices, impact=1, confidence=1, effort=1))
    reach = found.parts[0]
    assert (found.value, reach.value, reach.origin) == (2.0, 2.0, Origin.EVIDENCE)
    assert reach.evidence == (1, 2, 3)


@pytest.mark.parametrize(
    ("formula", "told", "value", "working"),
    [
        ("ice", {"ice_impact": 8, "ice_confidence": 5, "ease": 3}, 120.0, "8 × 5 × 3 = 120"),
        ("wsjf", {"business_value": 8, "time_criticality": 5, "risk_reduction": 3, "job_size": 5},
         3.2, "(8 + 5 + 3) ÷ 5 = 3.2"),
        # 9 and 3 of 10 make 15, 9 and 9 make 9, as those who teach it have it.
        ("opportunity", {"importance": 0.9, "satisfaction": 0.3}, 15.0,
         "10 × (0.9 + max(0.9 − 0.3, 0)) = 15"),
        ("opportunity", {"importance": 0.9, "satisfaction": 0.9}, 9.0,
         "10 × (0.9 + max(0.9 − 0.9, 0)) = 9"),
        ("opportunity", {"importance": 0.8, "satisfaction": 0.4}, 12.0,
         "10 × (0.8 + max(0.8 − 0.4, 0)) = 12"),
        # More satisfied than it is important: the gap is none, not less than none.
        ("opportunity", {"importance": 0.4, "satisfaction": 0.9}, 4.0,
         "10 × (0.4 + max(0.4 − 0.9, 0)) = 4"),
    ],
)  # fmt: skip
def test_by_hand(
    formula: str, told: dict[str, float], value: float, working: str
) -> None:
    """Each formula comes out as on paper, and shows the sum."""
    found = scored(formula, a_case(estimates=estimates(**told)))
    assert (found.value, found.working) == (value, working)
    assert all(
        (part.origin, part.by, part.at) == (Origin.PERSON, "ada", NOON)
        for part in found.parts
    )


def test_segments_are_never_pooled() -> None:
    """Each segment asked has its own score; the highest counts, plain answers do not."""
    told = estimates(
        importance=1, satisfaction=0, importance__big=0.9, satisfaction__big=0.2,
        respondents__big=40, importance__small=0.5, satisfaction__small=0.6,
        importance__new=1,
    )  # fmt: skip
    found = scored("opportunity", a_case(estimates=told))
    assert found.value == 16.0
    assert found.working == (
        "big: 10 × (0.9 + max(0.9 − 0.2, 0)) = 16;"
        " new lacks satisfaction; small: 10 × (0.5 + max(0.5 − 0.6, 0)) = 5"
    )
    assert "40 respondents" in found.parts[0].says
    assert found.lacks == ()


@pytest.mark.parametrize(
    ("present", "row"),
    [
        ("like", "Q A A A O"), ("expect", "R I I I M"), ("neutral", "R I I I M"),
        ("tolerate", "R I I I M"), ("dislike", "R R R R Q"),
    ],
)  # fmt: skip
def test_kanos_table(present: str, row: str) -> None:
    """Each of the 25 pairs of answers is of the category Kano's table has it in."""
    assert TABLE[present] == row.replace(" ", "")
    for absent, letter in zip(ANSWERS, row.split(), strict=True):
        found = kano.kano({(present, absent): 1})
        assert found is not None
        assert found.category == CATEGORIES[letter]
        assert (found.better is None) is (letter in "QR")


def test_kano() -> None:
    """Better and worse leave out Q and R, whose share is told; the mode is the category."""
    told = estimates(
        kano__like__neutral=5, kano__like__dislike=10, kano__expect__dislike=3,
        kano__neutral__neutral=2, kano__like__like=4, kano__dislike__like=1,
    )  # fmt: skip
    case = a_case(estimates=told)
    found, said = scored("kano", case), kano.of_case(case)
    assert said is not None
    assert said.counts == {"M": 3, "O": 10, "A": 5, "I": 2, "R": 1, "Q": 4}
    assert (said.better, said.worse, said.left_out) == (0.75, -0.65, 0.2)
    assert said.functional == (19 * 4 + 3 * 2 - 2) / 25
    assert said.dysfunctional == (13 * 4 + 5 * -2) / 25
    assert found.value == 0.75
    assert "(5 A + 10 O) ÷ 20 = 0.75" in found.working
    assert "one-dimensional" in found.working
    assert "20% of all" in found.working


def test_kano_ties() -> None:
    """Where as many answers say so, must-be goes first: what is lacking costs most."""
    for first, second in zip("MOAI", "OAIR", strict=True):
        pairs = {
            TABLE[present][place]: (present, ANSWERS[place])
            for present, place in product(ANSWERS, range(5))
        }
        found = kano.kano({pairs[second]: 2, pairs[first]: 2})
        assert found is not None
        assert found.category == CATEGORIES[first]


@pytest.mark.parametrize(
    ("label", "value"),
    [("must", 4.0), ("should", 3.0), ("could", 2.0), ("wont", 1.0), ("", None)],
)
def test_moscow(label: str, value: float | None) -> None:
    """A label is a rank; without one there is none."""
    assert scored("moscow", a_case(moscow=label)).value == value


def test_musts_leave_room() -> None:
    """Musts take 60 % of the effort planned at most: effort, not how many they are."""

    def told(number: int, moscow: str, effort: float | None, **more: Any) -> Case:
        return a_case(number=number, moscow=moscow, effort=effort, **more)

    cases = [
        told(1, "must", 6.0), told(2, "should", 2.0), told(3, "could", 2.0),
        told(4, "wont", 50.0), told(5, "should", None), told(6, "", 9.0),
        told(7, "must", 9.0, status=PainStatus.RESOLVED),
    ]  # fmt: skip
    found = moscow_check(cases)
    assert (found.planned, found.share("must"), found.holds) == (10.0, 0.6, True)
    assert (found.share("could"), found.share("wont")) == (0.2, None)
    assert (found.unsized, found.unlabelled) == ((5,), 1)
    assert moscow_check([*cases, told(8, "must", 0.1)]).holds is False
    assert moscow_check([]).holds is None


@pytest.mark.parametrize(
    ("days_over", "term"),
    [(-30, 0.2), (-14, 0.2), (0, 0.7333), (3.5, 0.8667), (7, 1.0), (90, 1.0),
     # taskwarrior itself tells 0.611 for what is due in three days and a bit.
     (-3.21, 0.611)],
)  # fmt: skip
def test_what_is_due(days_over: float, term: float) -> None:
    """From two weeks ahead to one over it rises evenly, 0.2 to 1."""
    assert urgency.due_term(days_over) == pytest.approx(term, abs=0.0005)


@pytest.mark.parametrize(
    ("told", "columns", "more", "value"),
    [
        ({}, {}, {}, 0.0),
        ({}, {"priority": Priority.URGENT}, {}, 15.0),
        ({}, {"priority": Priority.HIGH}, {}, 6.0),
        ({}, {"priority": Priority.MEDIUM}, {}, 3.9),
        ({}, {"priority": Priority.LOW}, {}, 1.8),
        ({"blocking": 1}, {}, {}, 8.0),
        ({"blocked": 1}, {}, {}, -5.0),
        ({"active": 1}, {}, {}, 4.0),
        ({"waiting": 1}, {}, {}, -3.0),
        ({"active": 0}, {}, {}, 0.0),
        ({}, {"tags": ("a",)}, {}, 0.8),
        ({}, {"tags": ("a", "b")}, {}, 0.9),
        ({}, {"tags": ("a", "b", "c", "d")}, {}, 1.0),
        ({}, {}, {"linked": 2}, 1.0),
        ({}, {}, {"heard": (a_voice(1), a_voice(2))}, 0.9),
        ({"due": NOON.timestamp()}, {}, {}, 12 * 0.8 / 21 * 14 + 2.4),
        ({"scheduled": NOON.timestamp() - 60}, {}, {}, 5.0),
        ({"scheduled": NOON.timestamp() + 60}, {}, {}, 0.0),
    ],
)  # fmt: skip
def test_taskwarriors_terms(
    told: dict[str, float], columns: dict[str, Any], more: dict[str, Any], value: float
) -> None:
    """Each term by itself is worth what taskwarrior's coefficient says."""
    case = replace(a_case(estimates=estimates(**told), **columns), **more)
    found = FORMULAS["urgency"].of(case, Weights(), NOON)
    without_age = [part for part in found.parts if part.name != "age"]
    assert found.value == pytest.approx(value, abs=0.0001)
    assert bool(without_age) is bool(value)


def test_age_grows_for_a_year() -> None:
    """Twice the share of 365 days that have passed, and no more than 2."""
    for days, value in ((0, 0.0), (73, 0.4), (365, 2.0), (900, 2.0)):
        at = NOON + timedelta(days=days)
        assert FORMULAS["urgency"].of(a_case(), Weights(), at).value == value


def test_drivers() -> None:
    """Weighted drivers are a percentage of the most there could be."""
    weights = Weights(drivers={"growth": 2, "trust": 1, "cost": -1})
    told = estimates(driver__growth=4, driver__trust=2, driver__cost=5)
    found = scored("drivers", a_case(estimates=told), weights)
    assert found.value == 33.3333
    assert found.working == "100 × (2 × 4 + 1 × 2 + -1 × 5) ÷ 15 = 33.3333"
    assert scored("drivers", a_case(estimates=told[:2]), weights).lacks == (
        "driver.cost",
    )
    assert scored("drivers", a_case(estimates=told)).lacks == ("driver.*",)


@pytest.mark.parametrize(
    ("formula", "lacks"),
    [
        ("demand", ()), ("urgency", ()), ("moscow", ("moscow",)), ("kano", ("kano",)),
        ("rice", ("impact", "confidence", "effort")),
        ("ice", ("ice_impact", "ice_confidence", "ease")),
        ("wsjf", ("business_value", "time_criticality", "risk_reduction", "job_size")),
        ("opportunity", ("importance", "satisfaction")), ("drivers", ("driver.*",)),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(formula: str, lacks: tuple[str, ...]) -> None:
    """Without an input there is no value, and nothing is guessed in its place."""
    found = scored(formula, a_case())
    assert found.lacks == lacks
    assert (found.value is None) is bool(lacks)


def test_kendall() -> None:
    """The docstring's sums are true, and so is one by hand: 1 of 6 pairs is turned."""
    assert stability.kendall([1, 3, 2, 4]) == pytest.approx(1 - 2 / 6)
