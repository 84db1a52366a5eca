"""What scores are made from: pain points with who was heard, as it is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from triage.errors import UsageError
from triage.query import parsed
from triage.scoring import Case, Setting, heard
from triage.store import codec, decided, finding
from triage.store.driver import sqlite3
from triage.store.views import PainView
from triage.weights import Segment, Weights


def cases(
    read: sqlite3.Connection,
    weights: Weights,
    now: datetime,
    at: datetime | None = None,
) -> list[Case]:
    """
    Every pain point with all that scores count, by id.

    Args:
        weights: Whose segments each voice is looked for in.
        now: What days in queries count from.

    Raises:
        UsageError: ``at`` is another moment than now.
    """
    if at is not None and at != now:
        raise UsageError("scores are made of what is known now, of no other moment")
    segments = _segments(read, weights.segments, now)
    settings = _settings(read)
    return [
        _case(view, segments, settings.get(view.pain_point.id, {}))
        for view in decided.pain_views(read)
    ]


def _case(
    view: PainView, segments: dict[int, list[str]], settings: dict[str, Setting]
) -> Case:
    return Case(
        pain_point=view.pain_point,
        heard=tuple(
            heard(
                quote.evidence,
                quote.feedback,
                tuple(segments.get(quote.feedback.id, ())),
            )
            for quote in view.quotes
        ),
        estimates=view.estimates,
        settings=settings,
        linked=len(view.plans),
    )


def _segments(
    read: sqlite3.Connection, segments: Iterable[Segment], now: datetime
) -> dict[int, list[str]]:
    """The names of the segments each feedback is in."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in segments:
        for feedback_id in finding.find(read, parsed(one.query), None, now=now):
            found[feedback_id].append(one.name)
    return found


def _settings(read: sqlite3.Connection) -> dict[int, dict[str, Setting]]:
    """Who set which column of which pain point last."""
    found: dict[int, dict[str, Setting]] = defaultdict(dict)
    for row in read.execute(
        "SELECT c.row_id, c.after, s.at, s.by FROM change c"
        " JOIN step s ON s.id = c.step_id AND s.state = 'done'"
        " WHERE c.table_name = 'pain_point' AND c.after IS NOT NULL"
        " ORDER BY c.step_id, c.position"
    ):
        signed = Setting(row["by"], codec.must_be_time(row["at"]))
        found[row["row_id"]].update(dict.fromkeys(json.loads(row["after"]), signed))
    return found
