"""What scores are made from: pain points with who was heard, as at a moment."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime

from triage.people import company_named, person_named, revenue_told
from triage.planning import Estimate
from triage.scoring import Case, Heard, Setting
from triage.store import codec, heard_then, past
from triage.store.driver import sqlite3
from triage.store.past import Past
from triage.store.segments import ASKED, segments_of
from triage.weights import Weights

_SET = (
    "severity", "effort", "confidence", "reach", "impact", "moscow", "priority",
)  # fmt: skip
"""Columns of a pain point of which scores say who set them."""

_QUOTED = ("pain_point_id", "feedback_id", "importance", "observed")

_COUNTED = ("pain_point", "evidence", "estimate", "roadmap_link", "person_ruling")


def cases(
    read: sqlite3.Connection,
    weights: Weights,
    now: datetime,
    at: datetime | None = None,
    *,
    only: int | None = None,
) -> list[Case]:
    """
    Every pain point with all that scores count, by id; now unless a moment is named.

    Args:
        weights: Whose segments each voice is looked for in.
        now: What days in queries count from where no moment is named.
        only: The one pain point that is asked for; the list is empty without it.
    """
    tables = (*_COUNTED, *ASKED) if weights.segments else _COUNTED
    was = past.then(read, at, tables)
    heard = _heard(read, weights, was, now, at, only)
    estimates: dict[int, list[Estimate]] = defaultdict(list)
    for row in was.table(read, "estimate", of=only):
        estimates[row["pain_point_id"]].append(codec.estimate(row))
    links = was.table(read, "roadmap_link", ("pain_point_id",), of=only)
    linked = Counter(row["pain_point_id"] for row in links)
    settings = _settings(read, was, only)
    return [
        Case(
            pain_point=codec.pain_point(row),
            heard=tuple(heard[row["id"]]),
            estimates=tuple(estimates[row["id"]]),
            settings={
                name: one
                for name, one in settings[row["id"]].items()
                if row[name] not in _unset(name)
            },
            linked=linked[row["id"]],
        )
        for row in was.table(read, "pain_point", of=only)
    ]


def _unset(name: str) -> tuple[object, ...]:
    """What a column holds of which nobody says anything; of a number 0 is a word."""
    return (0,) if name == "priority" else (None, "")


def _heard(
    read: sqlite3.Connection,
    weights: Weights,
    was: Past,
    now: datetime,
    at: datetime | None,
    only: int | None,
) -> dict[int, list[Heard]]:
    """Each quote as scores count it, by its pain point."""
    quotes = was.table(read, "evidence", _QUOTED, of=only)
    said = heard_then.said(read, (row["feedback_id"] for row in quotes), was, at)
    segments = segments_of(read, weights.segments, list(said.values()), was, now, at)
    # What is worked out of a feedback is the same for each quote from it.
    told = {
        one.id: (
            person_named(one.person_id, one.number),
            company_named(one.company, one.context),
            segments.get(one.id, ()),
            revenue_told(one.context),
        )
        for one in said.values()
    }
    heard: dict[int, list[Heard]] = defaultdict(list)
    for row in quotes:
        person, company, own, revenue = told[row["feedback_id"]]
        heard[row["pain_point_id"]].append(
            Heard(
                evidence_id=row["id"],
                feedback_id=row["feedback_id"],
                person=person,
                company=company,
                importance=row["importance"],
                observed=bool(row["observed"]),
                segments=own,
                revenue=revenue,
            )
        )
    return heard


def _settings(
    read: sqlite3.Connection, was: Past, only: int | None
) -> dict[int, dict[str, Setting]]:
    """Who set which column of which pain point last, of the steps that were done."""
    found: dict[int, dict[str, Setting]] = defaultdict(dict)
    by: dict[tuple[str, str], Setting] = {}
    for row in read.execute(
        "SELECT c.row_id, c.before IS NULL, c.after, s.id, s.state, s.at, s.by"
        " FROM change c JOIN step s ON s.id = c.step_id"
        " WHERE c.table_name = 'pain_point' AND c.after IS NOT NULL"
        f"{'' if only is None else ' AND c.row_id = :only'}"
        " ORDER BY c.step_id, c.position",
        {"only": only},
    ):
        pain_point, is_new, after, step_id, state, done_at, who = row
        if not was.was_done(step_id, state):
            continue
        signed = by.get((who, done_at))
        if signed is None:
            signed = by[who, done_at] = Setting(who, codec.must_be_time(done_at))
        if is_new:
            # An undone and repeated making is the same row made once.
            found[pain_point] = {}
        settings = found[pain_point]
        told = json.loads(after)
        for name in _SET:
            if name in told:
                settings[name] = signed
    return found
