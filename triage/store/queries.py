"""Every question about feedback and its queues, as a named function."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from triage.errors import NotFound
from triage.model import Disposition, Feedback, Ruling, State
from triage.store import codec, narrowing, persons
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.sleeping import standing, stirred
from triage.store.views import Quarantined, QueueRow

_FEEDBACK = (
    f"SELECT f.*, s.name AS source, {persons.of('f')} AS person_id,"
    " (SELECT at FROM gone WHERE feedback_id = f.id) AS gone_at"
    " FROM feedback f JOIN source s ON s.id = f.source_id"
)

_TOLD = ", ".join(
    f"CAST(coalesce({narrowing.COLUMNS[name]}, '') AS TEXT) AS {name}"
    for name in ("company", "country", "device", "os")
)
"""What a source told beside the words, as text whatever it sent."""

STATE_NOW = standing("f", ":now")
"""Where feedback ``f`` with disposition ``d`` stands at the moment ``:now``."""


def feedback(read: sqlite3.Connection, feedback_id: int) -> Feedback:
    """The feedback with this key."""
    row = read.execute(f"{_FEEDBACK} WHERE f.id = ?", (feedback_id,)).fetchone()
    if row is None:
        raise NotFound(f"no feedback {feedback_id}")
    return codec.feedback(row)


def feedback_many(
    read: sqlite3.Connection, feedback_ids: Sequence[int]
) -> dict[int, Feedback]:
    """These feedback by key; one that is gone is left out."""
    found: dict[int, Feedback] = {}
    for chunk in chunks(feedback_ids):
        for row in read.execute(f"{_FEEDBACK} WHERE f.id IN ({marks(chunk)})", chunk):
            found[row["id"]] = codec.feedback(row)
    return found


def feedback_by_number(read: sqlite3.Connection, number: int) -> Feedback:
    """The feedback people call ``f<number>``."""
    row = read.execute(f"{_FEEDBACK} WHERE f.number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"no feedback f{number}; `triage list` shows what there is")
    return codec.feedback(row)


def feedback_by_source(
    read: sqlite3.Connection, source: str, external_id: str
) -> Feedback | None:
    """The feedback its source calls ``external_id``; None where there is none."""
    row = read.execute(
        f"{_FEEDBACK} WHERE s.name = ? AND f.external_id = ?", (source, external_id)
    ).fetchone()
    return None if row is None else codec.feedback(row)


def raw(read: sqlite3.Connection, feedback_id: int) -> bytes:
    """The bytes the source sent."""
    row = read.execute(
        "SELECT encoding, bytes FROM raw WHERE feedback_id = ?", (feedback_id,)
    ).fetchone()
    if row is None:
        raise NotFound(f"no feedback {feedback_id}")
    return codec.unpack(row["encoding"], row["bytes"])


def rows(
    read: sqlite3.Connection,
    feedback_ids: Sequence[int],
    *,
    state: State | None,
    now: datetime,
) -> list[QueueRow]:
    """The lines of a list for these keys, in their order; gone ones left out."""
    found: dict[int, QueueRow] = {}
    for chunk in chunks(list(feedback_ids), 400):
        named = {f"i{index}": key for index, key in enumerate(chunk)}
        for row in read.execute(
            "SELECT f.id, f.number, f.author, f.email, f.channel, f.title,"
            " substr(f.body, 1, 400) AS opening, f.rating, f.scale, f.metric,"
            f" f.received_at, s.name AS source, f.app_version, {_TOLD},"
            # Joined, the view would be worked out for all there is, once a page.
            " coalesce((SELECT language FROM tone_now WHERE feedback_id = f.id), '')"
            " AS language,"
            " coalesce((SELECT sentiment FROM tone_now WHERE feedback_id = f.id), '')"
            " AS sentiment,"
            " coalesce(l.tags, '[]') AS tags, coalesce(l.owner, '') AS owner,"
            " (SELECT count(*) FROM note n WHERE n.feedback_id = f.id) AS notes,"
            " coalesce(m.group_id, f.id) AS group_id,"
            " coalesce(q.items, 1) AS items, coalesce(q.total, 1) AS total,"
            " coalesce(q.people, 1) AS people, coalesce(q.sources, 1) AS sources,"
            f" {STATE_NOW} AS state"
            " FROM feedback f JOIN source s ON s.id = f.source_id"
            " LEFT JOIN membership m ON m.feedback_id = f.id"
            " LEFT JOIN disposition d ON d.feedback_id = f.id"
            " LEFT JOIN label l ON l.feedback_id = f.id"
            " LEFT JOIN queue q ON q.group_id = coalesce(m.group_id, f.id)"
            f" AND q.state = coalesce(:state, {STATE_NOW})"
            f" WHERE f.id IN ({','.join(':' + name for name in named)})",
            {"now": codec.to_text(now), "state": state, **named},
        ):
            found[row["id"]] = _queue_row(row)
    return [found[key] for key in feedback_ids if key in found]


def standing_members(
    read: sqlite3.Connection,
    heads: Sequence[int],
    *,
    state: State,
    last_number: int,
    now: datetime,
) -> list[int]:
    """
    The feedback of these groups that stands in a state, newest first.

    Args:
        heads: One feedback of each group; one that is alone is its own group.
        last_number: Who came after that one is left out.
    """
    found: list[int] = []
    for chunk in chunks(list(heads), 400):
        named = {f"i{index}": key for index, key in enumerate(chunk)}
        keys = ",".join(":" + name for name in named)
        rows = read.execute(
            "WITH everyone(id) AS ("
            " SELECT m.feedback_id FROM membership h"
            " JOIN membership m ON m.group_id = h.group_id"
            f" WHERE h.feedback_id IN ({keys})"
            f" UNION SELECT id FROM feedback WHERE id IN ({keys}))"
            " SELECT f.id FROM everyone JOIN feedback f ON f.id = everyone.id"
            " LEFT JOIN disposition d ON d.feedback_id = f.id"
            " WHERE f.kind = 'feedback' AND f.number <= :last"
            f" AND {STATE_NOW} = :state",
            {"last": last_number, "state": state, "now": codec.to_text(now), **named},
        )
        found.extend(row[0] for row in rows)
    return sorted(found, reverse=True)


def tally(read: sqlite3.Connection) -> dict[str, int]:
    """How many rows each queue has."""
    return {row["state"]: row["rows"] for row in read.execute("SELECT * FROM tally")}


def arrivals(read: sqlite3.Connection, after_number: int) -> int:
    """How many feedback arrived after that one."""
    row = read.execute(
        "SELECT count(*) FROM feedback WHERE number > ? AND kind = 'feedback'",
        (after_number,),
    ).fetchone()
    return int(row[0])


def last_number(read: sqlite3.Connection) -> int:
    """The number of the latest arrival; 0 before the first."""
    return int(
        read.execute("SELECT coalesce(max(number), 0) FROM feedback").fetchone()[0]
    )


def dispositions(
    read: sqlite3.Connection, feedback_ids: Sequence[int]
) -> dict[int, Disposition]:
    """Where these stand; one in the inbox has no entry."""
    found: dict[int, Disposition] = {}
    for chunk in chunks(feedback_ids):
        for row in read.execute(
            f"SELECT d.*, {stirred('f')} AS stirred FROM disposition d"
            " JOIN feedback f ON f.id = d.feedback_id"
            f" WHERE d.feedback_id IN ({marks(chunk)})",
            chunk,
        ):
            found[row["feedback_id"]] = codec.disposition(row)
    return found


def rulings_among(
    read: sqlite3.Connection, feedback_ids: Sequence[int]
) -> dict[tuple[int, int], Ruling]:
    """Every ruling that names any of these, by its pair."""
    found: dict[tuple[int, int], Ruling] = {}
    for chunk in chunks(feedback_ids):
        for column in ("left_id", "right_id"):
            for row in read.execute(
                f"SELECT * FROM ruling WHERE {column} IN ({marks(chunk)})", chunk
            ):
                found[row["left_id"], row["right_id"]] = codec.ruling(row)
    return found


def counts(read: sqlite3.Connection) -> dict[str, int]:
    """How much a workspace holds, by noun."""
    one = "SELECT count(*) FROM "
    questions = {
        "feedback": one + "feedback WHERE kind = 'feedback'",
        "automatic": one + "feedback WHERE kind = 'auto'",
        "agent": one + "feedback WHERE kind = 'agent'",
        "copies": one + "feedback WHERE kind = 'copy'",
        "quarantined": one + "feedback WHERE kind = 'quarantined'",
        "pending": one + "pending",
        # A group of one has no row of its own.
        "groups": "SELECT (SELECT count(*) FROM feedback WHERE kind = 'feedback')"
        " - (SELECT count(*) FROM membership)"
        " + (SELECT count(DISTINCT group_id) FROM membership)",
        "grouped": one + "membership",
        "customers": one + "customer",
        "sources": one + "source",
        "pain_points": one + "pain_point",
        "evidence": one + "evidence",
        "roadmap_items": one + "roadmap_item",
        "steps": one + "step",
    }
    return {
        name: int(read.execute(sql).fetchone()[0]) for name, sql in questions.items()
    }


def quarantined(read: sqlite3.Connection, limit: int = 1000) -> list[Quarantined]:
    """Inputs that could not be read, newest first."""
    return [
        Quarantined(
            feedback_id=row["id"],
            short=f"f{row['number']}",
            source=row["source"],
            external_id=row["external_id"],
            why=row["title"],
        )
        for row in read.execute(
            f"{_FEEDBACK} WHERE f.kind = 'quarantined' ORDER BY f.id DESC LIMIT ?",
            (limit,),
        )
    ]


def _queue_row(row: codec.Row) -> QueueRow:
    return QueueRow(
        id=row["id"],
        number=row["number"],
        group_id=row["group_id"],
        items=row["items"],
        total=row["total"],
        people=row["people"],
        sources=row["sources"],
        state=State(row["state"]),
        author=row["author"],
        email=row["email"],
        company=row["company"],
        source=row["source"],
        channel=row["channel"],
        title=row["title"],
        opening=row["opening"],
        rating=row["rating"],
        scale=row["scale"],
        metric=row["metric"],
        language=row["language"],
        sentiment=row["sentiment"],
        app_version=row["app_version"],
        country=row["country"],
        device=row["device"],
        os=row["os"],
        tags=tuple(json.loads(row["tags"])),
        owner=row["owner"],
        notes=row["notes"],
        received_at=codec.must_be_time(row["received_at"]),
    )
