"""How a ranking reads: a row of it, its columns, and what a score was made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from triage.scoring import Formula, Origin, Part, Ranked, Ranking, Scored
from triage.text.display import one_line
from triage.tui import pain_words, rank_asides, words
from triage.tui.passage import Passage
from triage.tui.rank_asides import Asides
from triage.tui.table import Field

BY_HAND = "↕"
"""Stands by a value that a person set instead of the formula."""

NAMES = {
    "demand": "Demand", "rice": "RICE", "ice": "ICE", "wsjf": "WSJF",
    "opportunity": "Opportunity", "kano": "Kano", "moscow": "MoSCoW",
    "urgency": "Urgency", "drivers": "Drivers",
}  # fmt: skip

_HEADS = {
    "confidence": "sure", "severity": "severe", "ice_impact": "impact",
    "ice_confidence": "sure", "business_value": "value", "time_criticality": "time",
    "risk_reduction": "risk", "job_size": "size", "importance": "wanted",
    "satisfaction": "served",
}  # fmt: skip
"""Inputs whose names are wider than their numbers."""

_INPUTS = 4
"""Columns of inputs at most; the explanation has them all."""


def name(formula: str) -> str:
    """What people call it."""
    return NAMES.get(formula, formula)


def fields(formula: Formula, asides: Asides) -> tuple[Field[Ranked], ...]:
    """The columns a ranking by this formula has, with what was asked for beside it."""
    beside = rank_asides.fields(asides)
    taken = sum(one.width + 2 for one in beside)
    single = [one.name for one in formula.inputs if not one.name.endswith(".*")]
    made: list[Field[Ranked]] = []
    for place, each in enumerate(single[:_INPUTS]):
        head = _HEADS.get(each, each)[:8]
        made.append(
            Field(name=head, width=max(6, len(head)), right=True,
                  from_width=54 + 9 * place + taken, say=_saying(each))
        )  # fmt: skip
    return (
        Field(name="#", width=3, right=True, say=lambda one: str(one.rank)),
        *beside,
        Field(name="score", width=8, right=True, say=value),
        *made,
        Field(name="people", width=6, right=True, say=lambda one: f"{one.people:,}"),
        Field(name="what hurts", style="row",
              say=lambda one: words.row_text(one.case.pain_point.title)),
    )  # fmt: skip


def value(one: Ranked) -> str:
    """What it ranks by, marked where a person said so; a dash where there is none."""
    scored = one.scored
    if scored.ranks_by is None:
        return "–"
    mark = BY_HAND if scored.placed else ""
    return mark + number(scored.ranks_by)


def number(told: float) -> str:
    """A score in at most seven cells: 480, 12.5, 0.04, 1.2M."""
    if abs(told) >= 100_000:
        return words.money(told) if told > 0 else f"{told:.2g}"
    return f"{told:,.0f}" if abs(told) >= 1000 else f"{told:.4g}"


def _saying(input_name: str) -> Callable[[Ranked], str]:
    def say(one: Ranked) -> str:
        part = next((p for p in one.scored.parts if p.name == input_name), None)
        return "–" if part is None or part.origin is Origin.DEFAULT else figure(part)

    return say


def figure(part: Part) -> str:
    """An input as its column shows it: a share by the hundred."""
    if part.name in {"confidence", "importance", "satisfaction"}:
        return pain_words.share(part.value)
    return number(part.value)


def about(
    one: Ranked,
    ranking: Ranking,
    asides: Asides,
    now: datetime,
    key: Callable[[str], str],
) -> Iterator[Passage]:
    """Why it stands where it does; ``key`` names the key of an action."""
    scored, point = one.scored, one.case.pain_point
    yield Passage(text=one_line(point.title, 300), style="title")
    place = (
        f"{words.ordinal(one.rank)} of {len(ranking.rows):,} by {name(scored.formula)}"
    )
    yield Passage(text=f"{point.short} · {place}", style="dim")
    yield from rank_asides.about(one, asides)
    if scored.placed:
        yield from _placed(scored, now, key)
    if scored.value is not None:
        yield Passage(
            text=f"{scored.working or number(scored.value)}", style="head", gap=1
        )
    if scored.lacks:
        yield from _lacking(scored, key)
    if scored.low is not None and scored.low != scored.high:
        yield Passage(
            text=f"{number(scored.low)} by what customers said themselves,"
            f" {number(scored.high or 0.0)} with all that was inferred",
            style="dim",
        )  # fmt: skip
    for part in scored.parts:
        yield from _part(part, now)
    yield Passage(
        text=f"{scored.formula}-{scored.version} {scored.formula_hash}"
        f" · weights {scored.weights_hash}",
        style="dim", gap=1,
    )  # fmt: skip


def _placed(
    scored: Scored, now: datetime, key: Callable[[str], str]
) -> Iterator[Passage]:
    placed = scored.placed
    assert placed is not None
    who = one_line(placed.by, 40) or "somebody"
    when = f" on {words.moment(placed.at, now)}" if placed.at else ""
    said = "nothing yet" if scored.value is None else number(scored.value)
    yield Passage(
        text=f"{BY_HAND} {who} placed it{when}: {one_line(placed.reason, 300)}",
        style="note", gap=1,
    )  # fmt: skip
    yield Passage(
        text=f"The formula says {said}; {key('unplace')} lets it rank by that again",
        style="dim", asks="unplace",
    )  # fmt: skip


def _lacking(scored: Scored, key: Callable[[str], str]) -> Iterator[Passage]:
    names = " and ".join(one.replace("_", " ") for one in scored.lacks)
    yield Passage(
        text=f"No score: nobody has set {names}; {key('estimate')} sets it",
        style="note", gap=1, asks="estimate",
    )  # fmt: skip


def _part(part: Part, now: datetime) -> Iterator[Passage]:
    yield Passage(
        text=f"{part.name.replace('_', ' ')}  {figure(part)}", style="text", gap=1
    )
    uncapped = "" if part.uncapped is None else f"{number(part.uncapped)} without a cap"
    who = f"set by {one_line(part.by, 40)}" if part.by else ""
    if part.at:
        who = f"{who or 'set'} on {words.moment(part.at, now)}"
    quotes = ", ".join(f"e{one}" for one in part.evidence[:6])
    more = len(part.evidence) - 6
    rest = f" and {more} more" if more > 0 else ""
    facts = (
        one_line(part.says, 200), uncapped, who,
        f"from {quotes}{rest}" if quotes else "",
    )  # fmt: skip
    said = " · ".join(fact for fact in facts if fact)
    if said:
        yield Passage(text=said, style="dim", indent=2)
    if part.reason:
        yield Passage(text=f"“{one_line(part.reason, 300)}”", style="dim", indent=2)
