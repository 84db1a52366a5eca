"""The pairs people ruled on, as the machine sees them today."""

from __future__ import annotations

from typing import Any

from triage.grouping.ruled import Ruled
from triage.model import Verdict
from triage.store import codec, reasons
from triage.store.chunks import chunks
from triage.store.driver import sqlite3

_PAIRS = 5000


def ruled(read: sqlite3.Connection) -> list[Ruled]:
    """Every ruling with who proposed the pair, scored in the weights of today."""
    rows = read.execute(
        "SELECT r.left_id, r.right_id, r.verdict,"
        " l.machine_id IS NOT NULL AND l.machine_id = o.machine_id AS grouped"
        " FROM ruling r JOIN feedback f ON f.id = r.left_id"
        " JOIN feedback g ON g.id = r.right_id"
        " LEFT JOIN membership l ON l.feedback_id = r.left_id"
        " LEFT JOIN membership o ON o.feedback_id = r.right_id ORDER BY r.id"
    ).fetchall()
    found: list[Ruled] = []
    for chunk in chunks(rows, _PAIRS):
        told = reasons.of_pairs(
            read, [(row["left_id"], row["right_id"]) for row in chunk]
        )
        found += map(_ruled, chunk, told)
    return found


def _ruled(row: codec.Row, told: dict[str, Any]) -> Ruled:
    sameness = 100.0 if told["exact"] else told["sameness"]
    if row["grouped"]:
        proposer = "grouped"
    elif told["rule"] in {"copy", "same", "perhaps"}:
        proposer = "near"
    else:
        proposer = "about" if told["rule"] == "about" else "none"
    return Ruled(
        proposer=proposer,
        score=told["likeness"] if proposer == "about" else sameness,
        same=Verdict(row["verdict"]) is Verdict.SAME,
    )
