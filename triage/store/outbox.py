"""Every question about the outbox: what waits to be sent, what was, what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.draft import Draft
from triage.errors import NotFound
from triage.model import Feedback
from triage.store import codec, queries
from triage.store.chunks import chunks, marks
from triage.store.deliveries import Delivery, delivery
from triage.store.driver import sqlite3

__all__ = ["Delivery", "DraftView"]

_DRAFT = (
    "SELECT d.*, y.draft_id, y.state, y.sent, y.tries, y.started_at, y.ended_at,"
    " y.by AS sent_by, y.receipt, y.failure FROM draft d"
    " LEFT JOIN delivery y ON y.draft_id = d.id"
)
_WAITS = "NOT d.dropped AND coalesce(y.state, '') <> 'sent'"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """
    A draft, what became of it, and what it answers.

    Attributes:
        feedback: None where it answers none.
    """

    draft: Draft
    delivery: Delivery | None = None
    feedback: Feedback | None = None

    @property
    def to(self) -> str:
        """The address it goes to; "" where it goes to no address."""
        return str(self.draft.details.get("to", ""))

    @property
    def state(self) -> str:
        """One word: waiting, dropped, sending, sent or failed."""
        if self.delivery and self.delivery.state == "sent":
            return "sent"
        if self.draft.dropped:
            return "dropped"
        return self.delivery.state if self.delivery else "waiting"


def drafts(
    read: sqlite3.Connection, now: datetime, *, every: bool = False
) -> list[DraftView]:
    """What waits to be sent, the oldest first; whatever there is if ``every``."""
    where = "" if every else f" WHERE {_WAITS}"
    return _views(read, read.execute(f"{_DRAFT}{where} ORDER BY d.id"), now)


def draft(read: sqlite3.Connection, draft_id: int, now: datetime) -> DraftView:
    """The draft people call ``d<id>``."""
    found = _views(read, read.execute(f"{_DRAFT} WHERE d.id = ?", (draft_id,)), now)
    if not found:
        raise NotFound(f"no draft d{draft_id}; `triage outbox list` shows what waits")
    return found[0]


def of_feedback(
    read: sqlite3.Connection, feedback_ids: Sequence[int], now: datetime
) -> list[DraftView]:
    """Every draft that answers one of these, the oldest first."""
    found = []
    for chunk in chunks(feedback_ids):
        rows = read.execute(f"{_DRAFT} WHERE d.feedback_id IN ({marks(chunk)})", chunk)
        found += _views(read, rows, now)
    return sorted(found, key=lambda view: view.draft.id)


def waiting(read: sqlite3.Connection, source: str | None = None) -> int:
    """How many drafts wait to be sent, failed ones too; to one source, if told."""
    row = read.execute(
        "SELECT count(*) FROM draft d LEFT JOIN delivery y ON y.draft_id = d.id"
        f" WHERE {_WAITS} AND d.source = coalesce(?, d.source)",
        (source,),
    ).fetchone()
    return int(row[0])


def replied(read: sqlite3.Connection) -> dict[int, str]:
    """What became of the latest draft to a feedback, by its key; no dropped ones."""
    rows = read.execute(
        "SELECT d.feedback_id, coalesce(y.state, 'waiting') FROM draft d"
        " LEFT JOIN delivery y ON y.draft_id = d.id WHERE d.feedback_id IS NOT NULL"
        " AND (NOT d.dropped OR y.state = 'sent') ORDER BY d.id"
    )
    return {row[0]: str(row[1]) for row in rows}


def tellings(read: sqlite3.Connection, feedback: Feedback) -> list[Feedback]:
    """A feedback, and what other sources told of the same: what can be answered."""
    keys = [
        row[0]
        for row in read.execute(
            "WITH first(id) AS (SELECT coalesce("
            " (SELECT of_id FROM copy WHERE feedback_id = :id), :id))"
            " SELECT id FROM first UNION SELECT c.feedback_id FROM copy c"
            " JOIN first ON c.of_id = first.id",
            {"id": feedback.id},
        )
    ]
    found = queries.feedback_many(read, [key for key in keys if key != feedback.id])
    return [feedback, *(found[key] for key in sorted(found))]


def answered(read: sqlite3.Connection, told: Feedback, ids: Sequence[int]) -> str:
    """
    What our side said last to a feedback, as far as is known here; "" if nothing.

    Either the source told of it, or it was sent from here and the source has not been
    pulled since.

    Args:
        ids: The feedback itself and its copies, any of which a draft may answer.
    """
    rows = read.execute(
        "SELECT text, at FROM ("
        " SELECT f.body AS text, coalesce(f.edited_at, f.received_at) AS at,"
        " f.external_id = :reply AS is_it FROM feedback f"
        " JOIN source s ON s.id = f.source_id WHERE s.name = :source"
        " AND f.kind = 'agent' AND f.thread = :thread AND :thread <> ''"
        " AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.feedback_id = f.id)"
        " ORDER BY is_it DESC, at DESC LIMIT 1)"
        " UNION ALL SELECT text, at FROM ("
        " SELECT coalesce(nullif(json_extract(y.receipt, '$.text'), ''), y.sent)"
        " AS text, y.ended_at AS at FROM delivery y JOIN draft d ON d.id = y.draft_id"
        " WHERE y.state = 'sent' AND d.source = :source AND d.act = 'reply'"
        f" AND d.feedback_id IN ({','.join(str(int(key)) for key in ids)})"
        " ORDER BY at DESC LIMIT 1) ORDER BY at DESC LIMIT 1",
        {
            "reply": f"{told.external_id}/reply",
            "source": told.source,
            "thread": told.thread,
        },
    ).fetchall()
    return str(rows[0]["text"]) if rows else ""


def _views(
    read: sqlite3.Connection, found: sqlite3.Cursor, now: datetime
) -> list[DraftView]:
    rows = found.fetchall()
    ids = [row["feedback_id"] for row in rows if row["feedback_id"] is not None]
    said = queries.feedback_many(read, ids)
    return [
        DraftView(
            draft=codec.draft(row),
            delivery=_delivery(row, now),
            feedback=said.get(row["feedback_id"]),
        )
        for row in rows
    ]


def _delivery(row: codec.Row, now: datetime) -> Delivery | None:
    if row["draft_id"] is None:
        return None
    # Both tables say by whom; the second is what is asked for.
    return delivery(dict(row) | {"by": row["sent_by"]}, now)
