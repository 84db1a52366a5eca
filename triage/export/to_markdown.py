"""``--to markdown``: the backlog as a person reads it, quotes and all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import WEEKS, Backlog, BacklogRow
from triage.export.escaping import block, code, inline
from triage.export.wording import day, number, priority, progress, span, value
from triage.model import Extent, PainStatus
from triage.store.views import Plan, Quote
from triage.text.counting import counted


@dataclass(frozen=True, slots=True)
class Markdown:
    """
    A heading per pain point; nothing a customer wrote is markup, HTML or a link.

    Attributes:
        quotes: How many quotes each pain point shows; the rest are counted.
    """

    name: ClassVar[str] = "markdown"
    suffix: ClassVar[str] = ".md"

    quotes: int = 3

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write an overview, then each pain point."""
        out.writelines(f"{paragraph}\n\n" for paragraph in self._paragraphs(backlog))
        made = backlog.formula
        says = f"{made.title}, {made.hash}: {made.says}"
        out.write(f"Scores by {inline(says, 500)}.\n")

    def _paragraphs(self, backlog: Backlog) -> Iterator[str]:
        yield "# Backlog"
        count = counted(len(backlog.rows), "pain point")
        yield f"{count} as of {backlog.as_of:%Y-%m-%d %H:%M} UTC."
        if backlog.rows:
            yield _overview(backlog)
        for row in backlog.rows:
            yield from self._pain_point(row)

    def _pain_point(self, row: BacklogRow) -> Iterator[str]:
        point = row.view.pain_point
        yield f"## {row.rank}. {inline(point.title)} ({point.short})"
        yield _standing(row)
        for text in (point.statement, row.story):
            if text.strip():
                yield "\n".join(block(text))
        if row.acceptance.strip():
            yield "Settled when:"
            yield "\n".join(block(row.acceptance, "> "))
        yield "\n".join(f"- {line}" for line in _facts(row))
        for quote in row.top_quotes(self.quotes):
            yield _quoted(quote)
        left = len(row.view.quotes) - self.quotes
        if left > 0:
            yield f"… and {counted(left, 'more quote')}."


def _overview(backlog: Backlog) -> str:
    lines = [
        "| | Pain point | Priority | Score | People | Companies | Roadmap |",
        "|-:|---|---|-:|-:|-:|---|",
    ]
    for row in backlog.rows:
        point = row.view.pain_point
        plans = ", ".join(_key(plan) for plan in row.view.plans)
        lines.append(
            f"| {row.rank} | {inline(point.title, 80)} ({point.short})"
            f" | {priority(point)} | {value(row.scored)} | {row.score.people}"
            f" | {row.score.companies} | {plans or '–'} |"
        )
    return "\n".join(lines)


def _key(plan: Plan) -> str:
    """The plan's key, as plain text: a table would cut a code span at a bar."""
    return inline(plan.item.key or plan.item.short, 40)


def _standing(row: BacklogRow) -> str:
    score, point = row.score, row.view.pain_point
    people = counted(score.people, "person", "people")
    companies = counted(score.companies, "company", "companies")
    said = [
        f"**{priority(point).capitalize()}**",
        _bold(span(row.scored)),
        f"{people} in {companies}",
        counted(len(row.feedback), "feedback", "feedback"),
    ]
    if point.status is not PainStatus.OPEN:
        said.insert(0, f"**{point.status.value.capitalize()}**")
    return " · ".join(said)


def _facts(row: BacklogRow) -> Iterator[str]:
    point = row.view.pain_point
    if row.scored.formula != "demand":
        lacks = f"lacks {', '.join(row.scored.lacks)}"
        yield f"Score by {row.scored.formula}: {inline(row.scored.working or lacks)}"
    by_demand = row.scored.formula == "demand"
    yield (
        f"{'Score: demand' if by_demand else 'Demand'} {number(row.score.demand)}"
        f" × severity {_given(point.severity or None, '1')}"
        f" × confidence {_given(point.confidence, '100 %', percent=True)}"
        f" ÷ effort {_given(point.effort or None, '1')}"
        f" = {number(row.score.value)}"
    )
    if row.feedback:
        yield (
            f"Trend: {row.trend[-1]} this week, {number(row.usual)} in the median week"
            f" of the {WEEKS - 1} before ({' '.join(map(str, row.trend))});"
            f" first heard {day(row.feedback[0].received_at)},"
            f" last {day(row.feedback[-1].received_at)}"
        )
    if row.score.revenue:
        yield f"Monthly revenue of the companies heard: {number(row.score.revenue)}"
    for label, text in (
        ("MoSCoW", point.moscow), ("Persona", point.persona), ("Owner", point.owner),
        ("Tags", ", ".join(point.tags)),
        ("Segments", ", ".join(row.told("segment", "segments", "plan"))),
    ):  # fmt: skip
        if text.strip():
            yield f"{label}: {inline(text)}"
    for plan in sorted(row.view.plans, key=lambda plan: plan.item.id):
        yield f"Roadmap: {_planned(plan)}"


def _planned(plan: Plan) -> str:
    item = plan.item
    where = " ".join(word for word in (item.tracker, item.key) if word.strip())
    part = "settles it" if plan.link.extent is Extent.FULL else "settles part of it"
    said = (
        f"{inline(item.title)} ({item.short}): {item.horizon.value},"
        f" {progress(plan)}; {part}"
    )
    if where:
        said += f"; {inline(where)}"
    # Shown, not linked: a person looks at an address before going there.
    return f"{said}; {code(item.url)}" if item.url.strip() else said


def _quoted(quote: Quote) -> str:
    feedback, evidence = quote.feedback, quote.evidence
    who = inline(feedback.author or feedback.company or "Somebody", 80)
    if feedback.author and feedback.company:
        who += f" ({inline(feedback.company, 80)})"
    told = [
        f"{feedback.channel.value} in {code(feedback.source, 80)}",
        day(feedback.received_at),
        evidence.importance.name.lower().replace("_", " "),
        *([] if evidence.observed else ["inferred"]),
        feedback.short,
    ]
    return "\n".join(
        [*block(evidence.quote, "> "), ">", f"> — {who}, {', '.join(told)}"]
    )


def _bold(told: str) -> str:
    figure, _, rest = told.partition(" ")
    return f"score **{figure}**{' ' if rest else ''}{rest}"


def _given(value: float | None, default: str, *, percent: bool = False) -> str:
    if value is None:
        return f"{default} (not set)"
    return f"{number(value * 100)} %" if percent else number(value)
