"""
Which feedback the numbers count, in SQL over ``f``; said here and nowhere else.

What customers said counts. Stars or satisfaction they gave without a word count as
ratings: there is nothing to read, and so they wait in no inbox. What machines and
our own side wrote never counts, nor what another source told before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.query import Query
from triage.store import codec, finding, persons
from triage.store.narrowing import Bound
from triage.store.schema_tone import SURE

SAID = "f.kind = 'feedback'"
"""Somebody's own words."""

RATING_ALONE = (
    "(f.kind = 'auto' AND f.metric <> '' AND f.rating IS NOT NULL"
    " AND (f.title = '' OR f.channel = 'survey') AND f.body = '')"
)
"""A rating without a word; the title of a survey is nobody's."""

COUNTED = f"({SAID} OR {RATING_ALONE})"

ANSWERED = f"({COUNTED} OR (f.kind = 'auto' AND f.channel = 'survey' AND f.body = ''))"
"""Whatever somebody told, be it only what a survey let them tick."""

TONE = (
    "LEFT JOIN tone r ON r.feedback_id = {id}"
    " LEFT JOIN correction c ON c.feedback_id = {id}"
)
"""What ``SENTIMENT`` and ``LANGUAGE`` need, joined to feedback with this id."""

SENTIMENT = (
    f"CASE WHEN {SAID} THEN coalesce(nullif(c.sentiment, ''), r.sentiment, '') END"
)
"""How pleased it sounds, "" where it was not read yet; NULL where nothing was said."""

LANGUAGE = (
    "coalesce(nullif(c.language, ''),"
    f" CASE WHEN r.confidence >= {SURE} THEN r.language END,"
    f" CASE WHEN {RATING_ALONE} THEN lower(f.language) END, '')"
)
"""The language, as lists show it; for a rating alone, what the source said."""

PERSON = persons.counted("f")
"""Who counts as one, as ``measures.person_of`` has it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """
    The feedback that counts of a query: what to read FROM, and WHERE.

    Attributes:
        tables: ``f``, with ``r`` and ``c`` for ``SENTIMENT`` and ``LANGUAGE``.
        bound: What the names in ``where`` stand for.
    """

    tables: str
    where: str
    bound: dict[str, object]


def counted(query: Query, now: datetime, what: str = COUNTED) -> Counted:
    """What counts of all that a query finds: from everywhere, unless it says where."""
    bound = Bound()
    told = finding.condition(query, now, bound)
    return Counted(
        f"feedback f {TONE.format(id='f.id')}{joined([query])}",
        f"{what} AND {told}",
        {**bound.values, "now": codec.to_text(now)},
    )


def joined(queries: Sequence[Query]) -> str:
    """What ``finding.condition`` of these queries reads, joined to ``f``."""
    tables = ""
    if any(query.is_narrow or query.state for query in queries):
        tables += (
            " LEFT JOIN membership m ON m.feedback_id = f.id"
            " LEFT JOIN disposition d ON d.feedback_id = f.id"
        )
    if any(map(finding.needs_tone, queries)):
        # Outer-joined, the view of these would be worked out for all there is.
        tables += (
            f" JOIN (SELECT f.id, {LANGUAGE} AS language, {SENTIMENT} AS sentiment"
            f" FROM feedback f {TONE.format(id='f.id')}) t ON t.id = f.id"
        )
    return tables
