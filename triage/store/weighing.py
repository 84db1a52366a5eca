"""Which weights were in force when: kept whenever something is decided or ranked."""

from __future__ import annotations

import json
from datetime import datetime

from triage import weights as weighing
from triage.store import codec
from triage.store.driver import sqlite3
from triage.weights import Weights


def keep(write: sqlite3.Connection, weights: Weights, at: datetime) -> None:
    """Keep the weights of the settings, unless they are those kept last."""
    if not is_kept(write, weights):
        write.execute(
            "INSERT INTO weighing (at, hash, weights) VALUES (?, ?, ?)",
            (codec.to_text(at), weights.hash, codec.to_json(weights.told())),
        )


def is_kept(read: sqlite3.Connection, weights: Weights) -> bool:
    """Whether these are the weights that were kept last."""
    row = read.execute("SELECT hash FROM weighing ORDER BY id DESC LIMIT 1").fetchone()
    return row is not None and bool(row["hash"] == weights.hash)


def in_force(read: sqlite3.Connection, at: datetime) -> Weights | None:
    """
    The weights things were ranked by at a moment; None where none were ever kept.

    Before any were kept, the first that were.
    """
    row = read.execute(
        "SELECT weights FROM weighing WHERE at <= ? ORDER BY id DESC LIMIT 1",
        (codec.to_text(at),),
    ).fetchone()
    if row is None:
        row = read.execute(
            "SELECT weights FROM weighing ORDER BY id LIMIT 1"
        ).fetchone()
    return None if row is None else weighing.of_told(json.loads(row["weights"]))
