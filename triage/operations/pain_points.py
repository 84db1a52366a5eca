"""Capture, edit, prioritise, attach, detach: what hurts, and quotes that show it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from triage.errors import UsageError
from triage.model import (
    Evidence,
    Feedback,
    Importance,
    PainPoint,
    PainStatus,
    Priority,
)
from triage.operations import triage
from triage.operations.changes import added, edited, moment, removed
from triage.operations.labels import named, naming, quoted
from triage.step import Change, Step

BY_ITSELF = "triage, by itself"
"""Who signs what nobody asked for: a step and its evidence made by the machine."""


@dataclass(frozen=True, slots=True)
class Span:
    """
    Part of one feedback's text that a person quotes.

    Attributes:
        start: First character; the text is ``text_of(feedback)``.
        end: One past the last character.
    """

    start: int
    end: int


def text_of(feedback: Feedback) -> str:
    """The text quotes are taken from: title and body as a person reads them."""
    if feedback.title and feedback.body:
        return f"{feedback.title}\n\n{feedback.body}"
    return feedback.title or feedback.body


def words_at(feedback: Feedback, span: Span | None) -> Span:
    """
    The span as it was given, the whole text without one.

    Raises:
        UsageError: It is not within the text, or there is no text.
    """
    text = text_of(feedback)
    chosen = span or Span(0, len(text))
    if not 0 <= chosen.start < chosen.end <= len(text):
        if span is None:
            raise UsageError(f"{feedback.short} has no words to quote")
        raise UsageError(
            f"characters {chosen.start}–{chosen.end} are not in {feedback.short},"
            f" which has {len(text)}"
        )
    return chosen


def capture(pain_point: PainPoint) -> tuple[Change, ...]:
    """The change that makes a pain point."""
    _check(pain_point)
    return (added("pain_point", pain_point.id, _columns(pain_point)),)


def captured(pain_point: PainPoint) -> Step:
    """A pain point by itself, without evidence yet."""
    return Step("capture", named(f"Added {_name(pain_point)}"), capture(pain_point))


def accept(
    feedback: Sequence[Feedback],
    now: triage.Dispositions,
    pain_point: PainPoint,
    evidence: Sequence[Evidence],
    *,
    is_new: bool,
) -> Step:
    """Feedback becomes evidence of a pain point, old or made with it, in one step."""
    changes = (
        *(capture(pain_point) if is_new else ()),
        *(added("evidence", one.id, _evidence_columns(one)) for one in evidence),
        *triage.accept(feedback, now),
    )
    return Step(
        "accept",
        named(f"Accepted {naming(feedback)} into {_name(pain_point)}"),
        changes,
    )


def finish(
    feedback: Sequence[Feedback],
    now: triage.Dispositions,
    points: Sequence[PainPoint],
    evidence: Sequence[Evidence],
) -> Step:
    """What was quoted piece by piece is done with: accepted as it stands."""
    into = ", ".join(point.short for point in points)
    changes = (
        *(added("evidence", one.id, _evidence_columns(one)) for one in evidence),
        *triage.accept(feedback, now),
    )
    return Step(
        "accept", named(f"Accepted {naming(feedback)} as quoted: {into}"), changes
    )


def attach(feedback: Feedback, pain_point: PainPoint, evidence: Evidence) -> Step:
    """One more quote; where the feedback stands does not change."""
    return Step(
        "attach",
        named(f"Quoted {naming([feedback])} for {_name(pain_point)}"),
        (added("evidence", evidence.id, _evidence_columns(evidence)),),
    )


def attach_unasked(
    placed: Sequence[tuple[Feedback, PainPoint, Evidence]],
) -> Step:
    """Quotes the machine is sure of, in one step; where feedback stands stays."""
    told = ", ".join(f"{said.short} to {point.short}" for said, point, _ in placed)
    return Step(
        "attach",
        named(f"Attached {len(placed)} by itself: {told}"),
        tuple(added("evidence", one.id, _evidence_columns(one)) for *_, one in placed),
    )


def detach(evidence: Evidence, pain_point: PainPoint) -> Step:
    """A quote no longer counts for a pain point."""
    return Step(
        "detach",
        named(f"Took {quoted(evidence.quote)} out of {_name(pain_point)}"),
        (removed("evidence", evidence.id, _evidence_columns(evidence)),),
    )


def weigh(
    evidence: Evidence, pain_point: PainPoint, importance: Importance, *, observed: bool
) -> Step:
    """How much it matters to the one who said it, and whether they said it."""
    after = replace(evidence, importance=importance, observed=observed)
    change = edited(
        "evidence", evidence.id, _evidence_columns(evidence), _evidence_columns(after)
    )
    word = importance.name.lower().replace("_", " ")
    return Step(
        "weigh",
        named(f"Weighed {quoted(evidence.quote)} as {word} for {_name(pain_point)}"),
        (change,) if change else (),
    )


def edit(before: PainPoint, after: PainPoint) -> Step:
    """Whatever a person set on a pain point; only what differs."""
    _check(after)
    change = edited("pain_point", before.id, _columns(before), _columns(after))
    columns = ", ".join(change.after or ()) if change else "nothing"
    return Step(
        "edit",
        named(f"Edited {_name(before)}: {columns}"),
        (change,) if change else (),
    )


def prioritise(before: PainPoint, priority: Priority) -> Step:
    """How soon, in a person's word."""
    change = edited(
        "pain_point", before.id, _columns(before),
        _columns(replace(before, priority=priority)),
    )  # fmt: skip
    return Step(
        "prioritise",
        named(f"Made {_name(before)} {priority.name.lower()}"),
        (change,) if change else (),
    )


def quote(
    evidence_id: int,
    feedback: Feedback,
    pain_point_id: int,
    span: Span | None,
    *,
    importance: Importance,
    observed: bool,
    at: datetime,
    by: str,
) -> Evidence:
    """The evidence a span of a feedback's text makes; the whole text without one."""
    chosen = words_at(feedback, span)
    return Evidence(
        id=evidence_id,
        pain_point_id=pain_point_id,
        feedback_id=feedback.id,
        quote=text_of(feedback)[chosen.start : chosen.end],
        start=chosen.start,
        end=chosen.end,
        importance=importance,
        observed=observed,
        at=at,
        by=by,
    )


def _check(pain_point: PainPoint) -> None:
    if not pain_point.title.strip():
        raise UsageError("a pain point needs a title: what hurts, in one line")
    for name, low, high in (
        ("severity", 1, 5), ("confidence", 0, 1), ("effort", 0, None),
        ("reach", 0, None), ("impact", 0, None),
    ):  # fmt: skip
        value = getattr(pain_point, name)
        if value is None:
            continue
        if not low <= value < math.inf or (high is not None and value > high):
            span = f"{low} to {high}" if high is not None else f"{low} or more"
            raise UsageError(f"{name} is {value:g}; it goes from {span}")
    if pain_point.effort == 0:
        raise UsageError("effort is 0; give person-months, for example 0.5")


def _name(pain_point: PainPoint) -> str:
    return f"{pain_point.short} {quoted(pain_point.title)}"


def _columns(pain_point: PainPoint) -> dict[str, Any]:
    return {
        "title": pain_point.title,
        "statement": pain_point.statement,
        "status": PainStatus(pain_point.status).value,
        "severity": pain_point.severity,
        "priority": int(pain_point.priority),
        "effort": pain_point.effort,
        "confidence": pain_point.confidence,
        "reach": pain_point.reach,
        "impact": pain_point.impact,
        "moscow": pain_point.moscow,
        "persona": pain_point.persona,
        "owner": pain_point.owner,
        "story": pain_point.story,
        "acceptance": pain_point.acceptance,
        "tags": json.dumps(list(pain_point.tags), separators=(",", ":")),
        "created_at": moment(pain_point.created_at),
    }


def _evidence_columns(evidence: Evidence) -> Mapping[str, Any]:
    return {
        "pain_point_id": evidence.pain_point_id,
        "feedback_id": evidence.feedback_id,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "importance": int(evidence.importance),
        "observed": int(evidence.observed),
        "at": moment(evidence.at),
        "by": evidence.by,
    }
