"""What sources said, written page by page; no decision is ever touched here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from triage.connector import Cursor, Page
from triage.model import Kind
from triage.store import (
    codec,
    companies,
    copies,
    customers,
    gone,
    queue,
    sleeping,
    threads,
)
from triage.store.chunks import chunks, marks
from triage.store.copies import First, Join
from triage.store.counts import Counts
from triage.store.driver import sqlite3
from triage.store.keys import free_keys
from triage.store.telling import (
    COLUMNS,
    Telling,
    as_it_came,
    latest,
    stands_over,
    telling,
)

PUSHED = "push"
"""What a run is called that fetched what its service told of; all there is was not
asked for, so it is no sign that nothing is missing."""

IDLE_KEPT = 100
"""Pulls of a source that are kept though they brought nothing."""


def ensure_source(write: sqlite3.Connection, name: str, connector: str) -> int:
    """The id of the source, made on first use."""
    row = write.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()
    if row:
        return int(row["id"])
    made = write.execute(
        "INSERT INTO source (name, connector) VALUES (?, ?)", (name, connector)
    )
    return int(made.lastrowid or 0)


def forget_source(write: sqlite3.Connection, source_id: int) -> None:
    """Drop a source that never brought anything, as if nobody had asked it."""
    write.execute(
        "DELETE FROM source WHERE id = :id"
        " AND NOT EXISTS (SELECT 1 FROM batch WHERE source_id = :id)",
        {"id": source_id},
    )


def begin_batch(
    write: sqlite3.Connection, source_id: int, label: str, now: datetime
) -> int:
    """A new batch: everything one run brings, so that it can be taken back whole."""
    made = write.execute(
        "INSERT INTO batch (source_id, label, started_at) VALUES (?, ?, ?)",
        (source_id, label, codec.to_text(now)),
    )
    return int(made.lastrowid or 0)


def end_batch(
    write: sqlite3.Connection, batch_id: int, failure: str, now: datetime
) -> None:
    """Note on the source how the run went; a failure never hides the last success."""
    batch = write.execute(
        "SELECT source_id, label FROM batch WHERE id = ?", (batch_id,)
    ).fetchone()
    source = batch["source_id"]
    at = codec.to_text(now)
    write.execute(
        "UPDATE batch SET finished_at = ?, failure = ? WHERE id = ?",
        (at, failure, batch_id),
    )
    if failure:
        write.execute(
            "UPDATE source SET failed_at = ?, failure = ? WHERE id = ?",
            (at, failure, source),
        )
    elif batch["label"] != PUSHED:
        write.execute(
            "UPDATE source SET synced_at = ?, failure = '', failures = 0,"
            " retry_at = NULL WHERE id = ?",
            (at, source),
        )
    _forget_idle(write, source)


def back_off(
    write: sqlite3.Connection, source_id: int, failures: int, until: datetime | None
) -> None:
    """So many failures in a row: unless asked, not before ``until`` again."""
    write.execute(
        "UPDATE source SET failures = ?, retry_at = ? WHERE id = ?",
        (failures, codec.to_text(until), source_id),
    )


def clear_gap(write: sqlite3.Connection, source: str) -> bool:
    """Take a gap as read, so the same words stay away; whether there was one."""
    done = write.execute(
        "UPDATE source SET gap_cleared = gap, gap = '', gap_at = NULL"
        " WHERE name = ? AND gap <> ''",
        (source,),
    )
    return done.rowcount > 0


def _forget_idle(write: sqlite3.Connection, source_id: int) -> None:
    """Of pulls that brought nothing, the latest are history enough."""
    write.execute(
        "DELETE FROM batch WHERE source_id = :source AND label = 'sync'"
        " AND finished_at IS NOT NULL AND new + changed + quarantined + gone = 0"
        " AND id < (SELECT id FROM batch WHERE source_id = :source"
        "  ORDER BY id DESC LIMIT 1 OFFSET :kept)"
        # What came again after it was taken back is counted nowhere, and is there.
        " AND NOT EXISTS (SELECT 1 FROM feedback WHERE batch_id = batch.id)"
        " AND NOT EXISTS (SELECT 1 FROM revision WHERE batch_id = batch.id)"
        " AND NOT EXISTS (SELECT 1 FROM gone WHERE batch_id = batch.id)",
        {"source": source_id, "kept": IDLE_KEPT},
    )


def save_page(
    write: sqlite3.Connection,
    source_id: int,
    batch_id: int,
    page: Page,
    now: datetime,
) -> Counts:
    """
    Store a page together with the cursor behind it, in the caller's transaction.

    A feedback is unique on (source, external_id), so a page pulled twice changes
    nothing. An older telling never overwrites a newer one. What is overwritten stays
    as a revision; what the source has no more stays too, marked; what another source
    told before is kept as a copy.
    """
    tellings = latest(map(telling(now), page.items))
    known = _known(write, source_id, tellings)
    # An id told twice in one page: the latest telling stands, the others are counted.
    counts = Counts(same=len(page.items) - len(tellings))
    arrived = [one for one in tellings.values() if _says_more(one, known)]
    in_thread = threads.join(write, source_id, arrived)
    firsts = copies.find(write, source_id, arrived)
    told_before = [one.external_id for one in arrived if one.external_id in known]
    tied = copies.tied(write, [known[name]["id"] for name in told_before])
    fresh: list[Telling] = []
    for told in tellings.values():
        row = known.get(told.external_id)
        if row is None:
            fresh.append(_threaded(told, in_thread))
        elif _says_more(told, known):
            join = Join(row["id"] in tied, firsts.get(told.external_id))
            _replace(write, row, _threaded(told, in_thread), batch_id, join)
            counts.changed += told.kind is not Kind.QUARANTINED
        elif told.kind is not Kind.QUARANTINED:
            counts.same += 1
        counts.quarantined += told.kind is Kind.QUARANTINED
        counts.new += row is None and told.kind is not Kind.QUARANTINED
    _insert(write, source_id, batch_id, fresh, firsts)
    if page.cursor is not None:
        save_cursor(write, source_id, page.cursor)
    if page.gap:
        write.execute(
            "UPDATE source SET gap = :gap, gap_at = :at"
            " WHERE id = :id AND :gap NOT IN (gap, gap_cleared)",
            {"gap": page.gap, "at": codec.to_text(now), "id": source_id},
        )
    gone.unmark(write, [row["id"] for row in known.values()])
    counts.gone = gone.mark(write, source_id, batch_id, page, now)
    write.execute(
        "UPDATE batch SET new = new + ?, changed = changed + ?, same = same + ?,"
        " quarantined = quarantined + ?, gone = gone + ? WHERE id = ?",
        (counts.new, counts.changed, counts.same, counts.quarantined, counts.gone,
         batch_id),
    )  # fmt: skip
    return counts


def _says_more(told: Telling, known: Mapping[str, codec.Row]) -> bool:
    row = known.get(told.external_id)
    return row is None or (row["hash"] != told.hash and stands_over(told, row))


def _threaded(told: Telling, in_thread: Mapping[str, str]) -> Telling:
    """The telling in the thread it was found to be in."""
    thread = in_thread.get(told.external_id)
    return replace(told, values={**told.values, "thread": thread}) if thread else told


def save_cursor(
    write: sqlite3.Connection, source_id: int, cursor: Cursor | None
) -> None:
    """Where the next pull of this source begins."""
    write.execute("UPDATE source SET cursor = ? WHERE id = ?", (cursor, source_id))


def forget(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> None:
    """Drop what was derived from these: they leave their groups and the queue."""
    from triage.store.rulings import leave

    prints: set[int] = set()
    for chunk in chunks(feedback_ids):
        these = marks(chunk)
        prints |= {
            row[0]
            for row in write.execute(
                f"SELECT fingerprint FROM normal WHERE feedback_id IN ({these})", chunk
            )
        }
        numbers = f"SELECT number FROM feedback WHERE id IN ({these})"
        for statement in (
            f"DELETE FROM pending WHERE number IN ({numbers})",
            f"DELETE FROM normal WHERE feedback_id IN ({these})",
            f"DELETE FROM match WHERE left_id IN ({these})",
            f"DELETE FROM match WHERE right_id IN ({these})",
        ):
            write.execute(statement, chunk)
    alone = leave(write, feedback_ids)
    _compare_again(write, prints, alone)


def _compare_again(
    write: sqlite3.Connection, prints: Iterable[int], alone: Sequence[int]
) -> None:
    """
    Only the first of equal texts leads to others; where it goes, the next does.

    Whoever was in a group through it alone looks for another.
    """
    for fingerprint in prints:
        write.execute(
            "INSERT OR IGNORE INTO pending SELECT min(number) FROM normal"
            " WHERE fingerprint = ? HAVING min(number) IS NOT NULL",
            (fingerprint,),
        )
    write.executemany(
        "INSERT OR IGNORE INTO pending SELECT number FROM feedback WHERE id = ?",
        ((feedback_id,) for feedback_id in alone),
    )


def _known(
    write: sqlite3.Connection, source_id: int, ids: Iterable[str]
) -> dict[str, codec.Row]:
    found: dict[str, codec.Row] = {}
    for chunk in chunks(list(ids)):
        for row in write.execute(
            "SELECT id, number, external_id, hash, edited_at FROM feedback"
            f" WHERE source_id = ? AND external_id IN ({','.join('?' * len(chunk))})",
            (source_id, *chunk),
        ):
            found[row["external_id"]] = row
    return found


def _insert(
    write: sqlite3.Connection,
    source_id: int,
    batch_id: int,
    told_here: Sequence[Telling],
    firsts: Mapping[str, First],
) -> None:
    if not told_here:
        return
    fresh = copies.marked(told_here, firsts)
    alone = [told for told in fresh if told.external_id not in firsts]
    people: dict[str, int | None] = {**customers.known(write, source_id, alone)}
    people |= {name: first.customer_id for name, first in firsts.items()}
    fresh = companies.told(write, fresh, people)
    last = write.execute("SELECT coalesce(max(number), 0) FROM feedback").fetchone()
    number = last[0]
    keys = free_keys(write, [codec.to_key(told.received_at) for told in fresh])
    # Full-text pages are written in order of rowid; out of order, each row would
    # flush the index by itself.
    rows = sorted(
        zip(keys, range(number + 1, number + 1 + len(fresh)), fresh, strict=True),
        key=lambda row: row[0],
    )
    write.executemany(
        "INSERT INTO feedback (id, number, source_id, external_id, hash, batch_id,"
        f" received_at, customer_id, {', '.join(COLUMNS)})"
        f" VALUES ({', '.join('?' * (8 + len(COLUMNS)))})",
        (
            (key, number, source_id, told.external_id, told.hash, batch_id,
             codec.to_text(told.received_at), people.get(told.external_id),
             *(told.values[column] for column in COLUMNS))
            for key, number, told in rows
        ),
    )  # fmt: skip
    write.executemany(
        "INSERT INTO raw (feedback_id, encoding, bytes) VALUES (?, ?, ?)",
        ((key, *codec.pack(told.raw)) for key, _, told in rows),
    )
    heard = [(key, number) for key, number, told in rows if told.kind is Kind.FEEDBACK]
    write.executemany(
        "INSERT INTO pending (number) VALUES (?)", ((number,) for _, number in heard)
    )
    write.executemany(
        "INSERT INTO queue VALUES ('inbox', ?, ?, 1, 1, 1, 1)",
        ((key, key) for key, _ in heard),
    )
    ids = {told.external_id: key for key, _, told in rows}
    threads.remember(write, source_id, fresh, ids)
    copies.keep(write, fresh, ids, firsts)
    threaded = [key for key, _, told in rows if told.values["thread"]]
    queue.refresh(write, sleeping.in_threads_of(write, threaded))


def _replace(
    write: sqlite3.Connection,
    row: codec.Row,
    told: Telling,
    batch_id: int,
    join: Join,
) -> None:
    """Keep what it said before, then let the new telling stand."""
    feedback_id = row["id"]
    before = write.execute(
        f"SELECT hash, batch_id, customer_id, {', '.join(COLUMNS)}"
        " FROM feedback WHERE id = ?", (feedback_id,)
    ).fetchone()  # fmt: skip
    kept = {key: before[key] for key in before.keys() if key != "hash"}  # noqa: SIM118 (a Row is no dict)
    kept["hash"] = before["hash"].hex()
    told = as_it_came(told, before["context"])
    first = join.first(write, feedback_id, kept)
    raw = write.execute(
        "SELECT encoding, bytes FROM raw WHERE feedback_id = ?", (feedback_id,)
    ).fetchone()
    write.execute(
        "INSERT INTO revision (feedback_id, batch_id, before, encoding, bytes)"
        " VALUES (?, ?, ?, ?, ?)",
        (feedback_id, batch_id, codec.to_json(kept), raw["encoding"], raw["bytes"]),
    )
    source = write.execute(
        "SELECT source_id FROM feedback WHERE id = ?", (feedback_id,)
    ).fetchone()["source_id"]
    if first and told.kind is Kind.FEEDBACK:
        told = copies.standing(write, feedback_id, before["kind"], told)
        customer = first.customer_id
    else:
        customer = customers.known(write, source, [told]).get(told.external_id)
    if before["kind"] == Kind.QUARANTINED:
        # Only now is it known who said it.
        told = companies.told(write, [told], {told.external_id: customer})[0]
    values = dict(told.values) | {"hash": told.hash, "customer_id": customer}
    rewrite(write, feedback_id, values, *codec.pack(told.raw))
    threads.remember(write, source, [told], {told.external_id: feedback_id})
    if told.also:
        copies.remember(write, [told], {told.external_id: feedback_id})
    if join.is_tied:
        copies.settle(write, feedback_id)


def rewrite(
    write: sqlite3.Connection,
    feedback_id: int,
    values: Mapping[str, Any],
    encoding: str,
    stored: bytes,
) -> None:
    asleep = sleeping.in_threads_of(write, [feedback_id])
    forget(write, [feedback_id])
    write.execute(
        f"UPDATE feedback SET {', '.join(f'{name} = ?' for name in values)}"
        " WHERE id = ?",
        (*values.values(), feedback_id),
    )
    write.execute(
        "UPDATE raw SET encoding = ?, bytes = ? WHERE feedback_id = ?",
        (encoding, stored, feedback_id),
    )
    if values["kind"] == Kind.FEEDBACK:
        write.execute(
            "INSERT INTO pending (number) SELECT number FROM feedback WHERE id = ?",
            (feedback_id,),
        )
    asleep += sleeping.in_threads_of(write, [feedback_id])
    queue.refresh(write, [feedback_id, *asleep])
