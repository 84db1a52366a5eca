"""What moved says why in one sentence, and each word of it is in the data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from factories import NOON
from scoring.cases import a_case, a_voice, estimates
from triage.model import PainStatus
from triage.scoring import FORMULAS, Case, Heard, Moved, Setting, moved, rank
from triage.weights import Segment, Weights

BIG = Weights(
    segments=(Segment("enterprise", "plan:enterprise"), Segment("pro", "plan:pro"))
)
LATER = NOON + timedelta(days=30)


def between(
    before: list[Case],
    after: list[Case],
    *,
    formula: str = "demand",
    weights: tuple[Weights, Weights] = (BIG, BIG),
    left: tuple[Case, ...] = (),
) -> dict[int, Moved]:
    """What moved between these, by pain point."""
    known = {one.pain_point.id: one.pain_point for one in (*after, *left)}
    found = moved(
        rank(FORMULAS[formula], before, weights[0], NOON),
        rank(FORMULAS[formula], after, weights[1], LATER),
        weights[1],
        known,
    )
    return {one.pain_point.id: one for one in found}


def says(before: Case, after: Case, **asked: Any) -> str:
    """What is said of one pain point that is alone."""
    return between([before], [after], **asked)[1].says


def big(number: int, company: str = "", **told: Any) -> Heard:
    """A voice of the segment enterprise."""
    return a_voice(number, company=company, segments=("enterprise",), **told)


def test_the_whole_sentence() -> None:
    """New people, their companies and a changed input stand in one sentence."""
    others = [a_case(a_voice(90 + n, importance=2), number=n) for n in range(2, 6)]
    who = {"effort": Setting("ana", LATER)}
    before = replace(a_case(a_voice(1), effort=3), settings=who)
    after = replace(
        a_case(a_voice(1), big(2, "a"), big(3, "b"), big(4, "b"), effort=2),
        settings=who,
    )
    found = between([before, *others], [after, *others])
    assert found[1].says == (
        "up 4: 3 new people from 2 enterprise companies; effort 3 → 2 (ana)"
    )
    assert (found[1].rank_before, found[1].rank) == (5, 1)
    assert {found[n].says for n in range(2, 6)} == {"down 1: p1 went past it"}


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ([], [a_voice(1)], "1 new person"),
        ([], [a_voice(1, company="a"), big(2, "a")],
         "2 new people from 1 company, 1 of them enterprise"),
        ([], [big(1), big(2)], "2 new people, enterprise"),
        ([a_voice(1), a_voice(2)], [a_voice(1)], "1 person no longer heard"),
        ([a_voice(1, "c1"), a_voice(2, "c2")], [a_voice(1, "c1"), a_voice(2, "c1")],
         "1 person now counted as one with others"),
        ([a_voice(1, "c1"), a_voice(2, "c1")], [a_voice(1, "c1"), a_voice(2, "c2")],
         "1 person now counted apart"),
        ([a_voice(1)], [a_voice(1, importance=3)], "matters more to 1 person"),
        ([a_voice(1, importance=3)], [a_voice(1)], "matters less to 1 person"),
        ([a_voice(1)], [a_voice(1, observed=False)], "inferred, not said, by 1 person"),
        ([a_voice(1, observed=False)], [a_voice(1)], "said, not inferred, by 1 person"),
        ([a_voice(1, "c1")], [a_voice(1, "c1"), a_voice(2, "c1")], ""),
    ],
)  # fmt: skip
def test_who_was_heard(before: list[Heard], after: list[Heard], why: str) -> None:
    """People who came, went, were joined or think otherwise; a resend is nothing."""
    told = says(a_case(*before), a_case(*after))
    assert told == (f"stays: {why}" if why else "stays")


def test_inputs() -> None:
    """What was not set is said so, days are days, and a term that grew is no change."""
    voice = a_voice(1)
    told = says(a_case(voice), a_case(voice, severity=4))
    assert told == "stays: severity not set → 4"
    due, then = NOON.timestamp(), LATER.timestamp()
    same = a_case(voice, estimates=estimates(due=due))
    other = a_case(voice, estimates=estimates(due=then))
    assert "due 2026-03-02 → 2026-04-01 (ada)" in says(same, other, formula="urgency")
    assert "→ 2026" not in says(same, same, formula="urgency")
    assert "age 0 → 0.0822" in says(same, same, formula="urgency")


def test_weights() -> None:
    """A weight of the settings that changed is named with what it was."""
    heavy = Weights(segments=(Segment("enterprise", "plan:enterprise", 3),))
    light = Weights(segments=(Segment("enterprise", "plan:enterprise", 2),))
    case = a_case(big(1, importance=3))
    told = says(case, case, weights=(light, heavy))
    assert told == "stays: weight of segment.enterprise 2 → 3"


def test_placed_by_hand() -> None:
    """A person's word is named with its reason, and when it is taken back."""
    free = a_case(a_voice(1))
    placed = a_case(a_voice(1), estimates=estimates(place__demand=9))
    assert says(free, placed) == "stays: placed by hand by ada (why place__demand)"
    assert says(placed, free) == "stays: no longer placed by hand"


def test_new_and_gone() -> None:
    """Who came says who was heard; who went is settled or was taken back."""
    one, two = a_case(a_voice(1)), a_case(a_voice(2), number=2)
    found = between([one], [two])
    assert found[2].says == "new: 1 person"
    assert found[1].says == "gone: taken back"
    settled = a_case(a_voice(1), status=PainStatus.RESOLVED)
    assert between([one], [two], left=(settled,))[1].says == "gone: resolved"
    assert [one.rank for one in found.values()] == [1, None]


def test_others_moved() -> None:
    """One that is as it was says who came, left or fell, three by name."""
    still = a_case(a_voice(1, importance=2), number=1)
    high = [a_case(a_voice(9, importance=3), number=n) for n in range(2, 8)]
    found = between([still], [still, *high])
    assert found[1].says == "down 6: p2, p3, p4 and 3 more came above it"
    found = between([still, *high], [still], left=tuple(high))
    assert found[1].says == "up 6: p2, p3, p4 and 3 more above it left"
    low = replace(high[0], heard=())
    assert between([still, high[0]], [still, low])[1].says == "up 1: p2 fell below it"
