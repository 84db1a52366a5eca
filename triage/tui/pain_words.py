"""How pain points, their evidence and their scores read on a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.measures import revenue_of, weekly
from triage.model import Extent, Importance, PainPoint, PainStatus, Priority
from triage.operations.pain_points import text_of
from triage.scoring import FORMULAS, Case, Score, Scored
from triage.scoring.voices import latest, segment_of
from triage.text.display import one_line
from triage.tui import words
from triage.tui.dialogs.sheet import Line
from triage.weights import Weights
from triage.workspace import PainView, Plan, Quote

WEEKS = 8
"""Weeks a trend goes back."""

_BARS = "▁▂▃▄▅▆▇█"
_PRIORITIES = {
    Priority.URGENT: "! urgent", Priority.HIGH: "▆ high", Priority.MEDIUM: "▄ medium",
    Priority.LOW: "▂ low", Priority.NONE: "· none",
}  # fmt: skip
_IMPORTANCE = {
    Importance.CRITICAL: "critical", Importance.IMPORTANT: "important",
    Importance.NICE_TO_HAVE: "nice to have", Importance.NOT_IMPORTANT: "not important",
}  # fmt: skip
_WEIGHTS = ("none", "nice", "important", "critical")
_STATUS = {
    PainStatus.OPEN: "○ open", PainStatus.RESOLVED: "● resolved",
    PainStatus.DISMISSED: "✕ dismissed",
}  # fmt: skip


def priority(value: Priority) -> str:
    """A glyph and the word."""
    return _PRIORITIES[value]


def importance(value: Importance) -> str:
    """``3 critical``."""
    return f"{int(value)} {_IMPORTANCE[value]}"


def weight(value: Importance) -> str:
    """The same for a narrow column."""
    return f"{int(value)} {_WEIGHTS[value]}"


def status(value: PainStatus) -> str:
    """A glyph and the word."""
    return _STATUS[value]


def said(observed: bool) -> str:
    """Whether the customer said it, in a word."""
    return "observed" if observed else "inferred"


def number(value: float) -> str:
    """A score for a column: three figures are enough to rank by."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def trend(quotes: Sequence[Quote], now: datetime) -> str:
    """Evidence a week, oldest first, as bars; the highest is four or more."""
    found = weekly(
        (quote.feedback.id for quote in quotes), weeks=WEEKS,
        now=int(now.timestamp() * 1_000_000),
    )  # fmt: skip
    top = max(4, *found)
    return "".join(_BARS[-(-count * (len(_BARS) - 1) // top)] for count in found)


def plan(view: PainView) -> str:
    """When it is to be settled, in a word: the soonest of its plans."""
    if not view.plans:
        return ""
    soonest = min(view.plans, key=lambda one: _SOON.index(one.item.horizon))
    done = soonest.item.status == "shipped"
    return "✓ done" if done else str(soonest.item.horizon)


_SOON = ("now", "next", "later")


def planned(one: Plan) -> str:
    """``NOW · Rewrite the exporter · in progress · LIN-204``."""
    item = one.item
    facts = [
        str(item.horizon).upper(),
        one_line(item.title, 80),
        str(item.status).replace("_", " "),
        one_line(item.key, 30),
        "settles part of it" if one.link.extent is Extent.PARTIAL else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def heard(score: Score) -> str:
    """``31 people · 9 companies · 18k/month``."""
    facts = [words.people(score.people)]
    if score.companies:
        facts.append(words.count(score.companies, "company", "companies"))
    if score.revenue:
        facts.append(f"{words.money(score.revenue)}/month")
    return " · ".join(facts)


def span(quotes: Sequence[Quote], now: datetime) -> str:
    """``first 12 Mar 09:10, last 3h ago``."""
    moments = sorted(quote.feedback.received_at for quote in quotes)
    if not moments:
        return ""
    last = words.age(moments[-1], now)
    ago = "just now" if last == "now" else f"{last} ago"
    if len(moments) == 1:
        return f"heard once, {ago}"
    return f"first {words.moment(moments[0], now)}, last {ago}"


def versions(quotes: Sequence[Quote], most: int = 4) -> str:
    """``5.2.1 9 times, 5.2.0 twice``: the versions it was told of most."""
    found = Counter(
        one_line(quote.feedback.app_version, 20)
        for quote in quotes
        if quote.feedback.app_version
    )
    if not found:
        return ""
    told = ", ".join(f"{version} ×{size}" for version, size in found.most_common(most))
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return f"versions {told}{more}"


def set_by_hand(point: PainPoint) -> Iterator[str]:
    """What people set on it, a fact each."""
    if point.severity is not None:
        yield f"severity {point.severity}"
    if point.effort is not None:
        yield f"effort {months(point.effort)}"
    if point.confidence is not None:
        yield f"confidence {share(point.confidence)}"
    if point.moscow:
        yield one_line(point.moscow, 20)
    if point.persona:
        yield f"for {one_line(point.persona, 30)}"
    yield from (f"#{one_line(tag, 20)}" for tag in point.tags)


def share(value: float) -> str:
    """``80 %``."""
    return f"{value * 100:.3g} %"


def months(effort: float) -> str:
    """``2 person-months``."""
    return f"{effort:g} person-month" + ("" if effort == 1 else "s")


def explained(
    view: PainView, scored: Scored, case: Case, weights: Weights
) -> list[Line]:
    """A demand score with every input in words, so that anyone can recompute it."""
    formula, point = FORMULAS[scored.formula], view.pain_point
    demand, severity, confidence, effort = scored.parts[:4]
    sum_ = (
        f"demand {demand.value:g} × severity {severity.value:g}"
        f" × confidence {confidence.value:g} ÷ effort {effort.value:g}"
    )
    meaning = (
        "what it matters to each person, added up; what was inferred counts"
        f" {weights.inferred:g} of it"
    )
    capped = (
        [[(f"  {demand.uncapped:g} without a cap: {one_line(demand.says, 90)}", "")]]
        if demand.uncapped is not None
        else []
    )
    lines: list[Line] = [
        [(f"{scored.value:g}", "bold $accent"), (f"  =  {sum_}", "bold")],
        [("", "")],
        [(f"Demand {demand.value:g}", "bold"), (f"  {meaning}", "$muted")],
    ]  # fmt: skip
    lines += [*_voices(view, case, weights), *capped]
    lines += [
        [("", "")],
        _input("Severity", str(point.severity or ""),
               f"1 to 5; {severity.value:g} here"),
        _input("Confidence",
               "" if point.confidence is None else share(confidence.value),
               "how sure we are, 0 to 100 %"),
        _input("Effort", "" if point.effort is None else months(effort.value),
               "what it takes, as somebody guessed"),
        [("", "")],
        [(f"{scored.low:g}", "bold"),
         (" counting only what customers said themselves, ", "$muted"),
         (f"{scored.high:g}", "bold"),
         (" counting what was inferred in full.", "$muted")],
        [("Priority, set by a person, ranks before the score: ", "$muted"),
         (priority(point.priority), "")],
        [("", "")],
        [(f"Formula {formula.title}, {scored.formula_hash}", "bold")],
        [(formula.says, "$muted")],
    ]  # fmt: skip
    return lines


def _input(name: str, value: str, meaning: str) -> Line:
    told = value or "not set, so 1"
    return [(f"{name:<11}", "bold"), (f"{told:<18}", ""), (meaning, "$muted")]


def _voices(view: PainView, case: Case, weights: Weights) -> Iterator[Line]:
    quotes = {quote.evidence.id: quote for quote in view.quotes}
    found = [one for one in latest(case.heard) if one.evidence_id in quotes]
    if not found:
        yield [("  nobody is quoted yet", "$muted")]
    width = 14 if weights.segments else 24
    for voice in sorted(found, key=lambda one: -one.importance):
        quote = quotes[voice.evidence_id]
        segment, counts = segment_of(voice, weights)
        told = 1 if voice.observed else weights.inferred
        who = one_line(words.author(quote.feedback), width)
        yield [
            (f"  {voice.importance * told * counts:>3g}  ", "bold"),
            (f"{importance(Importance(voice.importance)):<15}  ", ""),
            (f"{said(voice.observed):<8}  ", "$muted"),
            (words.fit(who, width) + "  ", ""),
            (quote.feedback.short, "$muted"),
            (f"  {one_line(segment, 10)} ×{counts:g}" if counts != 1 else "", "$muted"),
        ]
    more = len(view.quotes) - len(found)
    if more:
        earlier = words.count(more, "earlier quote")
        add = "adds" if more == 1 else "add"
        yield [(f"       {earlier} of the same people {add} nothing", "$muted")]


def worth(quote: Quote) -> str:
    """Who said it: name, company, what they pay."""
    feedback = quote.feedback
    facts = [one_line(words.author(feedback), 40)]
    if feedback.company and feedback.company != facts[0]:
        facts.append(one_line(feedback.company, 40))
    if revenue_of(feedback):
        facts.append(f"{words.money(revenue_of(feedback))}/month")
    return ", ".join(facts)


def place(quote: Quote) -> tuple[int, int]:
    """Where the quote stands in its feedback today; -1 where it no longer does."""
    text, words_said = text_of(quote.feedback), quote.evidence.quote
    start = quote.evidence.start
    if text[start : quote.evidence.end] != words_said:
        start = text.find(words_said)
    return start, start + len(words_said)
