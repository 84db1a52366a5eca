"""The columns of the backlog: one list behind the CSV, the JSON and the manual."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from triage.export.backlog import WEEKS, BacklogRow
from triage.export.lists import joined
from triage.model import Priority
from triage.store.views import Plan

Value = str | int | float | None | list[str] | list[int]


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of the CSV, one key of the JSON, one row of the manual.

    Attributes:
        says: What it holds, for the manual.
        of: Its value; None where nobody knows.
        between: What stands between the parts of a list in a cell.
    """

    name: str
    says: str
    of: Callable[[BacklogRow], Value]
    between: str = "; "

    def cell(self, row: BacklogRow) -> str:
        """The value as text."""
        return self.text(self.of(row))

    def text(self, value: Value) -> str:
        """A value of it as text: parts of a list on one line, nothing for None."""
        if isinstance(value, list):
            return joined([str(part) for part in value], self.between)
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            return str(int(value))
        return "" if value is None else str(value)


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, with microseconds only where there are any."""
    if at is None:
        return None
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def finite(number: float | None) -> float | None:
    """The number; None for what JSON has no word for (infinity)."""
    return None if number is None or not math.isfinite(number) else number


def _url(row: BacklogRow) -> str:
    pages = [plan.item.url for plan in _plans(row)]
    pages += [quote.feedback.url for quote in row.top_quotes(len(row.view.quotes))]
    return next((page for page in pages if page), "")


def _plans(row: BacklogRow) -> list[Plan]:
    return sorted(row.view.plans, key=lambda plan: plan.item.id)


def _seen(row: BacklogRow, which: int) -> str | None:
    times = sorted(feedback.received_at for feedback in row.feedback)
    return moment(times[which]) if times else None


def _priority(priority: Priority) -> str:
    return priority.name.lower()


COLUMNS: tuple[Column, ...] = (
    Column(
        "rank",
        "Place in the backlog: by priority, then by the formula that ranks it (`demand`"
        " unless set otherwise), then oldest first",
        lambda row: row.rank,
    ),
    Column(
        "id",
        "What people type: `p3`",
        lambda row: row.view.pain_point.short,
    ),
    Column("title", "What hurts, in one line", lambda row: row.view.pain_point.title),
    Column(
        "kind",
        "Always `pain_point`; other kinds may join later",
        lambda _: "pain_point",
    ),
    Column(
        "status",
        "`open`, `resolved` or `dismissed`",
        lambda row: row.view.pain_point.status.value,
    ),
    Column(
        "moscow",
        "Must, should, could or won't, as a person set it",
        lambda row: row.view.pain_point.moscow,
    ),
    Column(
        "score",
        "Absolute, by the formula: it never moves because another pain point came",
        lambda row: finite(row.scored.value),
    ),
    Column(
        "score_low",
        "The score counting only what customers said themselves",
        lambda row: finite(row.scored.low),
    ),
    Column(
        "score_high",
        "The score counting what was inferred in full",
        lambda row: finite(row.scored.high),
    ),
    Column(
        "formula",
        "Name and version of the formula",
        lambda row: f"{row.scored.formula}-{row.scored.version}",
    ),
    Column(
        "formula_hash",
        "Changes with every letter of the formula",
        lambda row: row.scored.formula_hash,
    ),
    Column(
        "reach",
        "People per quarter, where a person set it; `people` is what evidence shows",
        lambda row: finite(row.view.pain_point.reach),
    ),
    Column(
        "impact",
        "3, 2, 1, 0.5 or 0.25, where a person set it",
        lambda row: finite(row.view.pain_point.impact),
    ),
    Column(
        "confidence",
        "0 to 1, where a person set it; the formula takes 1 otherwise",
        lambda row: finite(row.view.pain_point.confidence),
    ),
    Column(
        "effort",
        "Person-months, where a person set it; the formula takes 1 otherwise",
        lambda row: finite(row.view.pain_point.effort),
    ),
    Column(
        "importance_sum",
        "Sum over people of their latest importance, 0 to 3 each",
        lambda row: row.score.importance_sum,
    ),
    Column(
        "people", "Distinct people heard, not messages", lambda row: row.score.people
    ),
    Column("accounts", "Distinct companies heard", lambda row: row.score.companies),
    Column(
        "mrr",
        "Monthly revenue of the companies heard, each once, as sources told it",
        lambda row: finite(row.score.revenue),
    ),
    Column(
        "items", "Distinct feedback cited as evidence", lambda row: len(row.feedback)
    ),
    Column(
        "first_seen", "When the oldest of them was received", lambda row: _seen(row, 0)
    ),
    Column(
        "last_seen", "When the newest of them was received", lambda row: _seen(row, -1)
    ),
    Column(
        "trend",
        f"Feedback cited in each of the last {WEEKS} weeks, oldest first;"
        " the last week ends at `as_of`",
        lambda row: list(row.trend),
        between=" ",
    ),
    Column(
        "segments",
        "What sources told as `segment`, or else as `plan`",
        lambda row: row.told("segment", "segments", "plan"),
    ),
    Column(
        "personas",
        "Who it hurts, as a person named them",
        lambda row: (
            [row.view.pain_point.persona] if row.view.pain_point.persona else []
        ),
    ),
    Column("tags", "As people set them", lambda row: list(row.view.pain_point.tags)),
    Column(
        "roadmap_ref",
        "What would settle it: the tracker's key, or `r2` where there is none",
        lambda row: [plan.item.key or plan.item.short for plan in _plans(row)],
    ),
    Column(
        "story",
        "The user stories, a line each; what only is assumed says *assumption*",
        lambda row: row.story,
    ),
    Column("acceptance", "When it is settled", lambda row: row.acceptance),
    Column(
        "quotes_top3",
        "Up to three quotes that say most, each of another person where possible",
        lambda row: [quote.evidence.quote for quote in row.top_quotes(3)],
        between=" | ",
    ),
    Column(
        "url",
        "Where to read on: the roadmap item's page, or else the first quote's",
        _url,
    ),
    Column("as_of", "When the backlog was taken", lambda row: moment(row.as_of)),
    Column(
        "severity",
        "1 (cosmetic) to 5 (work is lost), where a person set it",
        lambda row: row.view.pain_point.severity,
    ),
    Column(
        "priority",
        "`urgent`, `high`, `medium`, `low` or `none`, as a person set it",
        lambda row: _priority(row.view.pain_point.priority),
    ),
    Column("owner", "Who looks after it", lambda row: row.view.pain_point.owner),
    Column(
        "statement",
        "What hurts, in a sentence or two",
        lambda row: row.view.pain_point.statement,
    ),
    Column(
        "created_at",
        "When it was made",
        lambda row: moment(row.view.pain_point.created_at),
    ),
)
"""In this order for ever; a new one goes to the end."""
