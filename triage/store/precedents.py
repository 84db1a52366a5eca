"""What people decided before, as far as it says where new feedback belongs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from triage.model import Feedback, PainPoint
from triage.operations.pain_points import BY_ITSELF, text_of
from triage.store import codec, queries
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.views import Guess

if TYPE_CHECKING:
    # numpy comes with them; the first frame does without.
    from triage.grouping.evidence_index import EvidenceIndex
    from triage.grouping.guessing import Guessed
    from triage.grouping.trials import Past, Record
    from triage.grouping.wording import Vocabulary

_STALE = 20
"""Steps after which the record of guesses is made anew."""

_Stamp = tuple[int, int, str]
"""The latest step, how many are undone, and when the last of them was."""

_NEVER: _Stamp = (-1, 0, "")


class Precedents:
    """
    The evidence index of a workspace and how its guesses fare, kept until they change.

    Built by whichever thread asks first after a decision; the others wait for it. The
    words of quotes are kept, so that a decision costs an index but no reading.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._vocabulary: Vocabulary | None = None
        self._index: EvidenceIndex | None = None
        self._stamp: _Stamp = _NEVER
        self._record: Record | None = None
        self._recorded: _Stamp = _NEVER

    def index(self, read: sqlite3.Connection) -> EvidenceIndex:
        """Every quote people made of an open pain point, and its title."""
        with self._lock:
            return self._indexed(read)

    def record(self, read: sqlite3.Connection, *, exact: bool = False) -> Record:
        """
        How guesses would have fared on the newest decisions.

        Trying them all takes longer than a decision does, so one that is a few steps
        old will do unless it must be ``exact``.
        """
        from triage.grouping.trials import tried

        with self._lock:
            index = self._indexed(read)
            steps = self._stamp[0] - self._recorded[0]
            stale = self._recorded != self._stamp if exact else steps > _STALE
            if self._record is None or stale:
                self._record = tried(index, _past(read, index))
                self._recorded = self._stamp
            return self._record

    def _indexed(self, read: sqlite3.Connection) -> EvidenceIndex:
        from triage.grouping.evidence_index import EvidenceIndex, Quoted
        from triage.grouping.wording import Vocabulary

        stamp = _stamp(read)
        if self._index is not None and stamp == self._stamp:
            return self._index
        quotes = [Quoted(*row) for row in read.execute(_QUOTES, (BY_ITSELF,))]
        quotes += [Quoted(*row) for row in read.execute(_TITLES)]
        if self._vocabulary is None:
            self._vocabulary = Vocabulary()
        self._index, self._stamp = EvidenceIndex(quotes, self._vocabulary), stamp
        return self._index


# What the machine attached teaches it nothing until a person accepts the feedback.
_BY_PEOPLE = "(e.by <> ? OR d.state = 'accepted')"

_QUOTES = (
    "SELECT e.pain_point_id, e.quote, e.feedback_id,"
    " coalesce(m.group_id, e.feedback_id)"
    " FROM evidence e"
    " JOIN pain_point p ON p.id = e.pain_point_id AND p.status = 'open'"
    " LEFT JOIN membership m ON m.feedback_id = e.feedback_id"
    " LEFT JOIN disposition d ON d.feedback_id = e.feedback_id"
    f" WHERE {_BY_PEOPLE} ORDER BY e.id"
)
_TITLES = "SELECT id, title FROM pain_point WHERE status = 'open'"

_DECIDED = (
    "SELECT f.*, s.name AS source, f.customer_id AS person_id, d.state AS state,"
    " coalesce(m.group_id, f.id) AS group_id, NULL AS gone_at"
    " FROM feedback f JOIN source s ON s.id = f.source_id"
    " LEFT JOIN disposition d ON d.feedback_id = f.id"
    " LEFT JOIN membership m ON m.feedback_id = f.id"
    " WHERE d.state IN ('declined', 'archived', 'spam')"
    " OR f.id IN (SELECT feedback_id FROM evidence)"
    " ORDER BY f.id DESC"
)


def guesses(
    read: sqlite3.Connection, precedents: Precedents, feedback: Feedback, limit: int
) -> list[Guess]:
    """Open pain points a feedback may belong to, best first, each with its reason."""
    if (
        read.execute("SELECT 1 FROM pain_point WHERE status = 'open'").fetchone()
        is None
    ):
        # What compares texts is not even loaded.
        return []
    guessed = placed(precedents.index(read), feedback, limit)
    chances = precedents.record(read).confidence(guessed.likeness)
    # One whose making was undone just now is not there any more.
    points = _pain_points(read, [near.pain_point for near in guessed.nearest])
    return [
        Guess(
            pain_point=points[near.pain_point],
            likeness=round(near.likeness, 3),
            confidence=None if chances is None else round(chances[place], 3),
            quote=near.quote,
            words=near.words,
        )
        for place, near in enumerate(guessed.nearest)
        if near.pain_point in points
    ]


def placed(index: EvidenceIndex, feedback: Feedback, limit: int = 1) -> Guessed:
    """Where a feedback stands among the pain points; its own quotes do not count."""
    from triage.grouping.guessing import guess

    return guess(index, text_of(feedback), limit, feedback=feedback.id)


def undecided(read: sqlite3.Connection, numbers: list[int]) -> list[Feedback]:
    """
    Of these arrivals, what nobody has decided about, and nobody ever took back.

    Left out are those that stand or are quoted anywhere, alone or with their group,
    and those the machine attached once: the journal knows, whether that was undone,
    detached, or followed by an edit at the source.
    """
    found: list[int] = []
    for chunk in chunks(numbers):
        found += [
            row[0]
            for row in read.execute(
                "SELECT f.id FROM feedback f"
                " LEFT JOIN membership m ON m.feedback_id = f.id"
                f" WHERE f.number IN ({marks(chunk)}) AND f.kind = 'feedback'"
                " AND NOT EXISTS (SELECT 1 FROM (SELECT f.id AS id UNION"
                "  SELECT feedback_id FROM membership WHERE group_id = m.group_id) one"
                "  WHERE EXISTS"
                "   (SELECT 1 FROM disposition d WHERE d.feedback_id = one.id)"
                "  OR EXISTS (SELECT 1 FROM evidence e WHERE e.feedback_id = one.id))"
                " ORDER BY f.id",
                chunk,
            )
        ]
    once = {
        row[0]
        for row in read.execute(
            "SELECT json_extract(c.after, '$.feedback_id') FROM change c"
            " JOIN step s ON s.id = c.step_id"
            " WHERE s.by = ? AND c.table_name = 'evidence' AND c.after IS NOT NULL",
            (BY_ITSELF,),
        )
    }
    wanted = [key for key in found if key not in once]
    said = queries.feedback_many(read, wanted)
    return [said[key] for key in wanted]


def arrived(read: sqlite3.Connection) -> list[int]:
    """Numbers of what is stored but not compared yet."""
    return [row[0] for row in read.execute("SELECT number FROM pending")]


def _past(read: sqlite3.Connection, index: EvidenceIndex) -> list[Past]:
    """The newest decisions, one of each group."""
    from triage.grouping.trials import TRIALS, Past

    seen: set[int] = set()
    past: list[Past] = []
    for row in read.execute(_DECIDED):
        group = row["group_id"]
        quoted = group in index.by_group
        if group in seen or (not quoted and row["state"] in {None, "accepted"}):
            continue
        seen.add(group)
        text = text_of(codec.feedback(row))
        past.append(Past(text, group if quoted else 0))
        if len(past) == TRIALS:
            break
    return past


def _pain_points(read: sqlite3.Connection, ids: Sequence[int]) -> dict[int, PainPoint]:
    return {
        row["id"]: codec.pain_point(row)
        for row in read.execute(
            f"SELECT * FROM pain_point WHERE id IN ({marks(ids)})", list(ids)
        )
    }


def _stamp(read: sqlite3.Connection) -> _Stamp:
    """Differs whenever a decision was made, undone or done again."""
    latest = read.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0]
    many, last = read.execute(
        "SELECT count(*), coalesce(max(undone_at), '') FROM step WHERE state = 'undone'"
    ).fetchone()
    return int(latest), int(many), str(last)
