"""
A workspace with any number of feedback, the same each time, and sound.

Pages are stored as a pull stores them, and the store itself places the queue. What
would take an hour at a million is told instead of found out: which texts say the same,
and how pleased each sounds. Nothing is kept by which texts could be compared, so what
comparing costs is not in these measurements (``bench/grouping`` has it).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.tui.said import LATEST, SOURCES, Sayings
from triage.connector import Page
from triage.query import parsed
from triage.store import evidence, fit, queue, tone
from triage.store.database import VERSION, Database
from triage.store.driver import sqlite3
from triage.workspace import Workspace

PAIN_POINTS = (
    "Export fails on large projects", "Money is taken twice", "Editing is slow",
    "Sync loses changes", "Nobody answers support mail", "Search finds too much",
    "Tables break on a phone", "Sharing asks for an account", "No dark mode",
    "Printing cuts the margin",
)  # fmt: skip

QUOTES = 8
"""Feedback accepted into each pain point, whatever the size."""

_FAR = datetime(2099, 1, 1, tzinfo=UTC)

Say = Callable[[str], None]


def filled(folder: Path, size: int, say: Say = print) -> Path:
    """The workspace of that size in a folder, made if it is not there yet."""
    # One of an older format would be migrated by the first start that is measured.
    path = folder / f"{size}.v{VERSION}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for unfinished in folder.glob(f"{size}.making.db*"):
            unfinished.unlink()
        making = folder / f"{size}.making.db"
        with Workspace(making) as workspace:
            _fill(workspace, size, say)
        making.rename(path)
    return path


def _fill(workspace: Workspace, size: int, say: Say) -> None:
    sayings = Sayings(size)
    for source in SOURCES:
        say(f"{size:,}: {source}")
        _store(workspace.db, source, sayings)
    say(f"{size:,}: groups and decisions")
    with workspace.db.write() as write:
        _group(write, sayings)
        _tell_tones(write)
    _decide(workspace)


def _store(db: Database, source: str, sayings: Sayings) -> None:
    with db.write() as write:
        source_id = evidence.ensure_source(write, source, "jsonl")
        batch = evidence.begin_batch(write, source_id, "filling", LATEST)
    for page in sayings.pages(source):
        with db.write() as write:
            evidence.save_page(write, source_id, batch, Page(page, None), LATEST)
    with db.write() as write:
        evidence.end_batch(write, batch, "", LATEST)


def _group(write: sqlite3.Connection, sayings: Sayings) -> None:
    """Who says the same is known, and nothing is left to be compared."""
    ids = {
        int(row[0].rpartition("-")[2]): int(row[1])
        for row in write.execute("SELECT external_id, id FROM feedback")
    }
    members = [
        (ids[number], ids[first])
        for number in ids
        if (first := sayings.group(number)) in ids and sayings.is_grouped(number)
    ]
    write.execute("DELETE FROM pending")
    write.executemany("INSERT INTO membership VALUES (?1, ?2, ?2)", members)
    queue.refresh_groups(write, [member for member, _ in members])
    fit.keep(write, fit.present(strict=False))


def _tell_tones(write: sqlite3.Connection) -> None:
    write.execute(
        "UPDATE tone SET language = 'en', confidence = 1, version = ?, sentiment ="
        " CASE feedback_id % 3 WHEN 0 THEN 'positive' WHEN 1 THEN 'neutral'"
        " ELSE 'negative' END",
        (tone.VERSION,),
    )


def _decide(workspace: Workspace) -> None:
    """A few hundredths are decided, in one bulk for each verb; the rest waits."""
    every = workspace.ids()
    workspace.archive(workspace.feedback_many(every[20::40]))
    workspace.decline(workspace.feedback_many(every[25::60]), "not planned")
    workspace.spam(workspace.feedback_many(every[33::240]))
    workspace.snooze(workspace.feedback_many(every[11::360]), _FAR)
    for title in PAIN_POINTS:
        said = workspace.ids(query=parsed(title.split()[0]), limit=QUOTES)
        if said:
            workspace.accept(workspace.feedback_many(said), title)
