"""Every question about tags, owners and notes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence

from triage.errors import NotFound
from triage.model import Label, Note, PainPoint
from triage.operations.tags import folded
from triage.research import Highlight
from triage.store import codec, decided, researched
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.views import TagCount


def labels(read: sqlite3.Connection, feedback_ids: Sequence[int]) -> dict[int, Label]:
    """What is pinned on these; one with nothing pinned has no entry."""
    found: dict[int, Label] = {}
    for chunk in chunks(feedback_ids):
        for row in read.execute(
            f"SELECT * FROM label WHERE feedback_id IN ({marks(chunk)})", chunk
        ):
            found[row["feedback_id"]] = codec.label(row)
    return found


def tagged(
    read: sqlite3.Connection, tag: str
) -> tuple[list[Label], list[PainPoint], list[Highlight]]:
    """What has this tag, however it is written."""
    wanted = folded(tag)
    labelled = [codec.label(row) for row in read.execute("SELECT * FROM label")]
    return (
        [one for one in labelled if wanted in map(folded, one.tags)],
        [
            view.pain_point
            for view in decided.pain_views(read)
            if wanted in map(folded, view.pain_point.tags)
        ],
        [one for one in researched.highlights(read) if wanted in map(folded, one.tags)],
    )


def counts(read: sqlite3.Connection) -> list[TagCount]:
    """Every tag with how much has it, the most used first."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for table in ("label", "pain_point", "highlight"):
        for row in read.execute(
            f"SELECT tags, count(*) AS many FROM {table}"
            " WHERE tags <> '[]' GROUP BY tags"
        ):
            # A pain point's tags may repeat one in another spelling.
            for key, name in {
                folded(one): one for one in json.loads(row["tags"])
            }.items():
                used[key][table] += row["many"]
                spelt[key][name] += row["many"]
    found = [
        TagCount(
            name=min(names, key=lambda name: (-names[name], name)),
            feedback=used[key]["label"],
            pain_points=used[key]["pain_point"],
            highlights=used[key]["highlight"],
        )
        for key, names in spelt.items()
        if key
    ]
    return sorted(found, key=lambda one: (-one.total, folded(one.name)))


def owners(read: sqlite3.Connection) -> list[str]:
    """Everybody who looks after anything, whoever has most first."""
    rows = read.execute(
        "SELECT owner FROM (SELECT owner FROM label UNION ALL"
        " SELECT owner FROM pain_point) WHERE owner <> ''"
        " GROUP BY owner ORDER BY count(*) DESC, owner"
    )
    return [row["owner"] for row in rows]


def notes(read: sqlite3.Connection, feedback_id: int) -> list[Note]:
    """The notes on a feedback, the first one first."""
    rows = read.execute(
        "SELECT * FROM note WHERE feedback_id = ? ORDER BY id", (feedback_id,)
    )
    return [codec.note(row) for row in rows]


def note(read: sqlite3.Connection, note_id: int) -> Note:
    """The note people call ``n<id>``."""
    row = read.execute("SELECT * FROM note WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        raise NotFound(f"no note n{note_id}; `triage show` lists those of a feedback")
    return codec.note(row)
