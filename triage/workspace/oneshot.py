"""Any texts put together once, by the same grouping, without a workspace."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from triage.connector import Channel, Incoming, Page
from triage.store import evidence
from triage.store.database import Database

_PAGE = 1000


def group_texts(texts: Iterable[str]) -> list[int]:
    """
    Return for each text the index of the first text of its group.

    Everything is compared with everything before it, through a file that is gone
    afterwards; so memory stays small however many texts there are.
    """
    with tempfile.TemporaryDirectory(prefix="triage-") as folder:
        db = Database(Path(folder) / "texts.db")
        try:
            return _grouped(db, iter(texts))
        finally:
            db.close()


def _grouped(db: Database, texts: Iterator[str]) -> list[int]:
    from triage.store import group_index  # brings numpy

    now = datetime.now(UTC)
    with db.write() as write:
        source_id = evidence.ensure_source(write, "texts", "texts")
        batch_id = evidence.begin_batch(write, source_id, "texts", now)
    total = 0
    while page := list(islice(texts, _PAGE)):
        told = [
            Incoming(external_id=str(total + index), channel=Channel.NOTE, body=text)
            for index, text in enumerate(page)
        ]
        with db.write() as write:
            evidence.save_page(write, source_id, batch_id, Page(told, None), now)
        total += len(page)
    for _ in group_index.group_pending(db):
        pass
    # Numbers follow the order of arrival, from one.
    groups = list(range(total))
    for member, first in db.read().execute(
        "SELECT f.number, g.number FROM membership m"
        " JOIN feedback f ON f.id = m.feedback_id"
        " JOIN feedback g ON g.id = m.group_id"
    ):
        groups[member - 1] = first - 1
    return groups
