"""Demand counts people, each once, and no company without bound."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import NOON
from scoring.cases import a_case, a_voice, estimates, scored
from triage.model import Priority
from triage.scoring import FORMULAS, Case, Heard, Origin, Setting
from triage.scoring.demand import demand
from triage.scoring.voices import latest
from triage.weights import Segment, Weights

BIG = Weights(segments=(Segment("big", "plan:enterprise", 3), Segment("eu", "", 0.5)))


@pytest.mark.parametrize(
    ("voices", "columns", "value", "low", "high"),
    [
        ([], {}, 0.0, 0.0, 0.0),
        ([a_voice(1, "ada", 2)], {}, 2.0, 2.0, 2.0),
        # Two people, 3 + 1; severity 4 × confidence 0.5 ÷ effort 2 = 1.
        ([a_voice(1, "ada", 3), a_voice(2, "bob", 1)], {"severity": 4, "confidence": 0.5, "effort": 2.0}, 4.0, 4.0, 4.0),
        # One said it (2), one is inferred (3, half): 3.5; × 3.
        ([a_voice(1, "ada", 2), a_voice(2, "bob", 3, observed=False)], {"severity": 3}, 10.5, 6.0, 15.0),
        # The same person twice: the later word counts, be it less.
        ([a_voice(1, "ada", 3), a_voice(2, "ada", 1)], {}, 1.0, 1.0, 1.0),
        ([a_voice(2, "ada", 1), a_voice(1, "ada", 3)], {}, 1.0, 1.0, 1.0),
        ([a_voice(1, "ada", 3)], {"confidence": 0.0}, 0.0, 0.0, 0.0),
        ([a_voice(1, "ada", 1)], {"effort": 3.0}, 0.3333, 0.3333, 0.3333),
        # Four critical voices of one company are 12, and count as 9; another's as 3.
        ([*(a_voice(n, importance=3, company="acme") for n in range(1, 5)), a_voice(9, "zoe", 3)], {}, 12.0, 12.0, 12.0),
    ],
)  # fmt: skip
def test_scores_by_hand(
    voices: list[Heard], columns: dict[str, Any], value: float, low: float, high: float
) -> None:
    """Demand × severity × confidence ÷ effort, with its bounds, as on paper."""
    found = scored("demand", a_case(*voices, **columns))
    assert (found.value, found.low, found.high) == (value, low, high)


def test_a_capped_company_is_told() -> None:
    """What one company would have added without the cap stands beside what counts."""
    voices = [a_voice(n, importance=3, company="acme") for n in range(1, 5)]
    found = scored("demand", a_case(*voices, a_voice(9, "zoe", 2)))
    part = found.parts[0]
    assert (part.name, part.value, part.uncapped) == ("demand", 11.0, 14.0)
    assert part.says == "5 people, acme capped at 9 of 12"
    assert [one.name for one in found.parts[4:]] == ["company_cap"]
    one = scored("demand", a_case(a_voice(1, "ada", 3)), Weights(company_cap=2))
    assert one.parts[0].says == "1 person, one of them capped at 2 of 3"
    free = scored("demand", a_case(*voices), Weights(company_cap=0))
    assert (free.value, free.parts[0].uncapped) == (12.0, None)


def test_a_segment_weighs() -> None:
    """A voice counts by the highest weight of its segments, and the parts say so."""
    voices = [
        a_voice(1, "ada", 2, segments=("big", "eu")), a_voice(2, "bob", 2, segments=("eu",)),
        a_voice(3, "eve", 1),
    ]  # fmt: skip
    found = scored("demand", a_case(*voices), BIG)
    assert found.value == 2 * 3 + 2 * 0.5 + 1
    assert found.parts[0].says == "3 people, 1 of them big, 1 of them eu"
    assert [(one.name, one.value, one.origin) for one in found.parts[4:]] == [
        ("segment.big", 3, Origin.SETTINGS), ("segment.eu", 0.5, Origin.SETTINGS),
    ]  # fmt: skip


def test_every_input_says_where_it_is_from() -> None:
    """Evidence by its quotes, a person by name, time and reason, a default as one."""
    case = replace(
        a_case(
            a_voice(4, "ada", 2), a_voice(7, "ada", 2),
            severity=4, effort=2.0, estimates=estimates(effort=2.0),
        ),
        settings={"severity": Setting("eve", NOON), "effort": Setting("bob", NOON)},
    )  # fmt: skip
    demand, severity, confidence, effort = scored("demand", case).parts
    assert (demand.origin, demand.evidence) == (Origin.EVIDENCE, (7,))
    assert (severity.origin, severity.by, severity.at) == (Origin.PERSON, "eve", NOON)
    assert (confidence.origin, confidence.says) == (Origin.DEFAULT, "not set, so 1")
    assert (effort.by, effort.reason, effort.evidence) == ("ada", "why effort", (1,))
    stale = replace(case, pain_point=replace(case.pain_point, effort=3.0))
    assert scored("demand", stale).parts[3].by == "bob"


VOICE = st.builds(
    lambda number, who, importance, observed, company, segments: a_voice(
        number, f"c{who}", importance, observed=observed, company=company,
        segments=segments,
    ),
    st.integers(1, 40), st.integers(1, 6), st.integers(0, 3), st.booleans(),
    st.sampled_from(["", "acme", "bolt"]), st.sampled_from([(), ("big",), ("eu", "big")]),
)  # fmt: skip
VOICES = st.lists(VOICE, max_size=14, unique_by=lambda one: one.evidence_id)
WEIGHTS = st.builds(
    lambda cap, inferred: replace(BIG, company_cap=cap, inferred=inferred),
    st.sampled_from([0.0, 1.5, 9.0]), st.sampled_from([0.0, 0.5, 1.0]),
)  # fmt: skip
CASE = st.builds(
    lambda voices, severity, confidence, effort, priority, tags: a_case(
        *voices, severity=severity, confidence=confidence, effort=effort,
        priority=priority, tags=tags, moscow="must",
    ),
    VOICES, st.none() | st.integers(1, 5), st.none() | st.floats(0, 1),
    st.none() | st.floats(0.01, 99), st.sampled_from(Priority),
    st.sampled_from([(), ("a",), ("a", "b", "c")]),
)  # fmt: skip


@given(VOICES, WEIGHTS, st.data())
@settings(max_examples=150)
def test_duplicates_add_no_demand(
    voices: list[Heard], weights: Weights, data: st.DataObject
) -> None:
    """The same people saying the same again, before or after, move no number."""
    before = scored("demand", a_case(*voices), weights)
    words = latest(voices)
    again = [
        replace(
            one, evidence_id=100 + n,
            feedback_id=one.feedback_id + (900_000_000_000 if later else -1),
            importance=one.importance if later else 3,
        )
        for n, (one, later) in enumerate(
            data.draw(st.lists(st.tuples(st.sampled_from(words), st.booleans()), max_size=8))
            if words
            else []
        )
    ]  # fmt: skip
    mixed = data.draw(st.permutations([*voices, *again]))
    after = scored("demand", a_case(*mixed), weights)
    assert (after.value, after.low, after.high, after.working) == (
        before.value, before.low, before.high, before.working,
    )  # fmt: skip


@given(VOICES, WEIGHTS, VOICE)
def test_a_new_person_never_takes_away(
    voices: list[Heard], weights: Weights, new: Heard
) -> None:
    """Demand never falls because somebody else speaks."""
    more = [*voices, replace(new, person="new", evidence_id=99)]
    assert demand(latest(more), weights).value >= demand(latest(voices), weights).value


@given(VOICES, WEIGHTS)
def test_the_cap_holds(voices: list[Heard], weights: Weights) -> None:
    """No company, and nobody by themselves, adds more than the cap; it only takes away."""
    found = demand(latest(voices), weights)
    accounts = {one.company or one.person for one in latest(voices)}
    assert found.value <= found.uncapped
    if weights.company_cap:
        assert found.value <= weights.company_cap * len(accounts)
    assert found.low <= found.value <= found.high


@given(CASE, VOICES, WEIGHTS, st.data())
@settings(max_examples=60)
def test_scores_are_absolute(
    case: Case, others: list[Heard], weights: Weights, data: st.DataObject
) -> None:
    """By any formula, neither another pain point nor the order of quotes moves a score."""
    mixed = replace(case, heard=tuple(data.draw(st.permutations(case.heard))))
    other = a_case(*others, number=2, severity=5)
    at = NOON + timedelta(days=40)
    for formula in FORMULAS.values():
        alone = formula.of(case, weights, at)
        assert list(formula.each([other, mixed], weights, at))[1] == alone
        for value in (alone.value, alone.low, alone.high):
            assert value is None or abs(value) < 1e9
