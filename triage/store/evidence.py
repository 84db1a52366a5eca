"""What sources said, written page by page; no decision is ever touched here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from triage.connector import Cursor, Incoming, Page, Unreadable
from triage.errors import Conflict, NotFound
from triage.model import Kind
from triage.store import codec, queue
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.text.words import spaced

_WINDOW = 1_000_000
"""Keys a burst of one moment may spread over: the second it happened in."""


@dataclass(slots=True)
class Counts:
    """What became of the inputs of a page or a batch; together, all of them."""

    new: int = 0
    changed: int = 0
    same: int = 0
    quarantined: int = 0

    def add(self, other: Counts) -> None:
        """Count the other's inputs too."""
        self.new += other.new
        self.changed += other.changed
        self.same += other.same
        self.quarantined += other.quarantined

    @property
    def total(self) -> int:
        """Inputs read."""
        return self.new + self.changed + self.same + self.quarantined

    def as_dict(self) -> dict[str, int]:
        """For the journal of syncs and for ``--json``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One input, brought to the shape of a row."""

    external_id: str
    hash: bytes
    raw: bytes
    values: Mapping[str, Any] = field(repr=False)
    received_at: datetime
    edited_at: datetime | None
    kind: Kind


def ensure_source(write: sqlite3.Connection, name: str, connector: str) -> int:
    """The id of the source, made on first use."""
    row = write.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()
    if row:
        return int(row["id"])
    made = write.execute(
        "INSERT INTO source (name, connector) VALUES (?, ?)", (name, connector)
    )
    return int(made.lastrowid or 0)


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
    source = write.execute(
        "SELECT source_id FROM batch WHERE id = ?", (batch_id,)
    ).fetchone()["source_id"]
    at = codec.to_text(now)
    write.execute("UPDATE batch SET finished_at = ? WHERE id = ?", (at, batch_id))
    if failure:
        write.execute(
            "UPDATE source SET failed_at = ?, failure = ? WHERE id = ?",
            (at, failure, source),
        )
    else:
        write.execute(
            "UPDATE source SET synced_at = ?, failure = '' WHERE id = ?", (at, source)
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
    as a revision.
    """
    tellings = {told.external_id: told for told in map(_telling(now), page.items)}
    known = _known(write, source_id, tellings)
    # An id told twice in one page: the later telling stands, the earlier is counted.
    counts = Counts(same=len(page.items) - len(tellings))
    fresh: list[_Telling] = []
    for told in tellings.values():
        row = known.get(told.external_id)
        if row is None:
            fresh.append(told)
        elif row["hash"] != told.hash and not _is_older(told, row):
            _replace(write, row, told, batch_id)
            counts.changed += told.kind is not Kind.QUARANTINED
        elif told.kind is not Kind.QUARANTINED:
            counts.same += 1
        counts.quarantined += told.kind is Kind.QUARANTINED
        counts.new += row is None and told.kind is not Kind.QUARANTINED
    _insert(write, source_id, batch_id, fresh)
    if page.cursor is not None:
        save_cursor(write, source_id, page.cursor)
    if page.gap:
        write.execute("UPDATE source SET gap = ? WHERE id = ?", (page.gap, source_id))
    write.execute(
        "UPDATE batch SET new = new + ?, changed = changed + ?, same = same + ?,"
        " quarantined = quarantined + ? WHERE id = ?",
        (counts.new, counts.changed, counts.same, counts.quarantined, batch_id),
    )
    return counts


def save_cursor(
    write: sqlite3.Connection, source_id: int, cursor: Cursor | None
) -> None:
    """Where the next pull of this source begins."""
    write.execute("UPDATE source SET cursor = ? WHERE id = ?", (cursor, source_id))


def take_back(write: sqlite3.Connection, batch_id: int, now: datetime) -> int:
    """
    Remove what a batch brought and restore what it changed; the number of rows.

    Refuses with ``Conflict`` where somebody has already decided on any of it, or a
    later batch has changed it again.
    """
    batch = write.execute("SELECT * FROM batch WHERE id = ?", (batch_id,)).fetchone()
    if batch is None:
        raise NotFound(f"no import b{batch_id}; `triage sources imports` lists them")
    if batch["taken_back_at"]:
        raise Conflict(f"import b{batch_id} was taken back already")
    _refuse_if_decided(write, batch_id)
    later = write.execute(
        "SELECT count(*) FROM revision r JOIN feedback f ON f.id = r.feedback_id"
        " WHERE (f.batch_id = :b OR r.feedback_id IN"
        " (SELECT feedback_id FROM revision WHERE batch_id = :b)) AND r.batch_id > :b",
        {"b": batch_id},
    ).fetchone()[0]
    if later:
        raise Conflict(
            f"a later import changed {later} of these; take that one back first"
        )
    restored = write.execute(
        "SELECT * FROM revision WHERE batch_id = ? ORDER BY id DESC", (batch_id,)
    ).fetchall()
    for revision in restored:
        _restore(write, revision)
    gone = [
        row["id"]
        for row in write.execute(
            "SELECT id FROM feedback WHERE batch_id = ?", (batch_id,)
        )
    ]
    forget(write, gone)
    write.executemany("DELETE FROM feedback WHERE id = ?", ((key,) for key in gone))
    write.executemany("DELETE FROM queue WHERE group_id = ?", ((key,) for key in gone))
    write.execute("UPDATE source SET cursor = NULL WHERE id = ?", (batch["source_id"],))
    write.execute(
        "UPDATE batch SET taken_back_at = ? WHERE id = ?",
        (codec.to_text(now), batch_id),
    )
    return len(gone) + len(restored)


def forget(write: sqlite3.Connection, feedback_ids: Sequence[int]) -> None:
    """Drop what was derived from these: they leave their groups and the queue."""
    for chunk in chunks(feedback_ids):
        these = marks(chunk)
        prints = [
            row[0]
            for row in write.execute(
                f"SELECT fingerprint FROM normal WHERE feedback_id IN ({these})", chunk
            )
        ]
        numbers = f"SELECT number FROM feedback WHERE id IN ({these})"
        for statement in (
            f"DELETE FROM pending WHERE number IN ({numbers})",
            f"DELETE FROM normal WHERE feedback_id IN ({these})",
            f"DELETE FROM match WHERE left_id IN ({these})",
            f"DELETE FROM match WHERE right_id IN ({these})",
        ):
            write.execute(statement, chunk)
        _compare_next_copy(write, prints)
    queue.leave_groups(write, feedback_ids)


def _compare_next_copy(write: sqlite3.Connection, prints: Sequence[int]) -> None:
    """Only the first of equal texts leads to others; where it goes, the next does."""
    for fingerprint in set(prints):
        row = write.execute(
            "SELECT min(number) FROM normal WHERE fingerprint = ?", (fingerprint,)
        ).fetchone()
        if row[0] is not None:
            write.execute("DELETE FROM normal WHERE number = ?", (row[0],))
            write.execute("INSERT OR IGNORE INTO pending VALUES (?)", (row[0],))


def _telling(now: datetime) -> Any:
    def tell(item: Incoming | Unreadable) -> _Telling:
        if isinstance(item, Unreadable):
            return _quarantined(item, now)
        return _Telling(
            external_id=item.external_id,
            hash=codec.content_hash(item),
            raw=item.raw,
            received_at=item.received_at or now,
            edited_at=item.edited_at,
            kind=item.kind,
            values={
                "channel": item.channel,
                "kind": item.kind,
                "title": item.title,
                "body": item.body,
                "words": spaced(
                    f"{item.title}\n{item.body}" if item.title else item.body
                ),
                "author": item.author,
                "email": item.email,
                "company": item.company,
                "rating": item.rating,
                "scale": item.scale,
                "metric": item.metric,
                "language": item.language,
                "app_version": item.app_version,
                "url": item.url,
                "thread": item.thread,
                "context": codec.to_json(dict(item.context)),
                "edited_at": codec.to_text(item.edited_at),
            },
        )

    return tell


def _quarantined(item: Unreadable, now: datetime) -> _Telling:
    empty = dict.fromkeys(
        ("author", "email", "company", "scale", "metric", "language", "app_version",
         "url", "thread"), "",
    )  # fmt: skip
    return _Telling(
        external_id=item.external_id,
        hash=codec.blake2b(item.raw + item.why.encode(), digest_size=16).digest(),
        raw=item.raw,
        received_at=now,
        edited_at=None,
        kind=Kind.QUARANTINED,
        values=empty
        | {
            "channel": item.channel,
            "kind": Kind.QUARANTINED,
            "title": item.why,
            "body": "",
            "words": None,
            "rating": None,
            "context": "{}",
            "edited_at": None,
        },
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


def _is_older(told: _Telling, row: codec.Row) -> bool:
    if told.edited_at is None or row["edited_at"] is None:
        return False
    return bool((codec.to_text(told.edited_at) or "") < row["edited_at"])


_COLUMNS = (
    "channel", "kind", "title", "body", "words", "author", "email", "company",
    "rating", "scale", "metric", "language", "app_version", "url", "thread",
    "context", "edited_at",
)  # fmt: skip


def _insert(
    write: sqlite3.Connection,
    source_id: int,
    batch_id: int,
    fresh: Sequence[_Telling],
) -> None:
    if not fresh:
        return
    customers = _customers(write, source_id, fresh)
    number = write.execute("SELECT coalesce(max(number), 0) FROM feedback").fetchone()[
        0
    ]
    keys = _free_keys(write, [codec.to_key(told.received_at) for told in fresh])
    # Full-text pages are written in order of rowid; out of order, each row would
    # flush the index by itself.
    rows = sorted(
        zip(keys, range(number + 1, number + 1 + len(fresh)), fresh, strict=True),
        key=lambda row: row[0],
    )
    write.executemany(
        "INSERT INTO feedback (id, number, source_id, external_id, hash, batch_id,"
        f" received_at, customer_id, {', '.join(_COLUMNS)})"
        f" VALUES ({', '.join('?' * (8 + len(_COLUMNS)))})",
        (
            (key, number, source_id, told.external_id, told.hash, batch_id,
             codec.to_text(told.received_at), customers.get(told.external_id),
             *(told.values[column] for column in _COLUMNS))
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


def _replace(
    write: sqlite3.Connection, row: codec.Row, told: _Telling, batch_id: int
) -> None:
    """Keep what it said before, then let the new telling stand."""
    feedback_id = row["id"]
    before = write.execute(
        f"SELECT hash, batch_id, customer_id, {', '.join(_COLUMNS)}"
        " FROM feedback WHERE id = ?", (feedback_id,)
    ).fetchone()  # fmt: skip
    kept = {key: before[key] for key in before.keys() if key != "hash"}  # noqa: SIM118 (a Row is no dict)
    kept["hash"] = before["hash"].hex()
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
    customer = _customers(write, source, [told]).get(told.external_id)
    values = dict(told.values) | {"hash": told.hash, "customer_id": customer}
    _rewrite(write, feedback_id, values, *codec.pack(told.raw))


def _restore(write: sqlite3.Connection, revision: codec.Row) -> None:
    values = json.loads(revision["before"])
    values["hash"] = bytes.fromhex(values["hash"])
    _rewrite(
        write, revision["feedback_id"], values, revision["encoding"], revision["bytes"]
    )
    write.execute("DELETE FROM revision WHERE id = ?", (revision["id"],))


def _rewrite(
    write: sqlite3.Connection,
    feedback_id: int,
    values: Mapping[str, Any],
    encoding: str,
    stored: bytes,
) -> None:
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
    queue.refresh(write, [feedback_id])


def _customers(
    write: sqlite3.Connection, source_id: int, tellings: Sequence[_Telling]
) -> dict[str, int]:
    """External id to customer: the same address, or the same name at one source."""
    keys: dict[str, str] = {}
    faces: dict[str, tuple[str, str, str]] = {}
    for told in tellings:
        values = told.values
        if values["email"]:
            key = f"mailto:{values['email'].casefold()}"
        elif values["author"]:
            key = f"{source_id}:{values['author']}"
        else:
            continue
        keys[told.external_id] = key
        faces[key] = (values["author"], values["email"], values["company"])
    write.executemany(
        "INSERT INTO customer (key, name, email, company) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET"
        " name = CASE WHEN excluded.name = '' THEN name ELSE excluded.name END,"
        " company = CASE WHEN excluded.company = '' THEN company"
        " ELSE excluded.company END"
        " WHERE excluded.name <> name OR excluded.company <> company",
        ((key, *face) for key, face in faces.items()),
    )
    ids: dict[str, int] = {}
    for chunk in chunks(list(faces)):
        for row in write.execute(
            f"SELECT key, id FROM customer WHERE key IN ({','.join('?' * len(chunk))})",
            chunk,
        ):
            ids[row["key"]] = row["id"]
    return {external_id: ids[key] for external_id, key in keys.items()}


def _free_keys(write: sqlite3.Connection, moments: Sequence[int]) -> list[int]:
    """
    For each moment, the first free key at or after it.

    A source that tells only days gives thousands of feedback one moment; each takes
    the next free microsecond, found once per moment and counted on from there.
    """
    after: dict[int, int] = {}
    taken: set[int] = set()
    keys: list[int] = []
    for moment in moments:
        key = after.get(moment)
        if key is None:
            key = _first_free(write, moment)
        while key in taken:
            key += 1
        taken.add(key)
        after[moment] = key + 1
        keys.append(key)
    # Two moments may run into one another's burst; only then is each key asked for.
    clashes = _existing(write, keys)
    while clashes:
        for index, key in enumerate(keys):
            if key in clashes:
                free = key + 1
                while free in taken or _existing(write, [free]):
                    free += 1
                taken.add(free)
                keys[index] = free
        clashes = _existing(write, keys)
    return keys


def _first_free(write: sqlite3.Connection, moment: int) -> int:
    last = write.execute(
        "SELECT max(id) FROM feedback WHERE id >= ? AND id < ?",
        (moment, moment + _WINDOW),
    ).fetchone()[0]
    if last is None:
        return moment
    if not _existing(write, [moment]):
        return moment
    return int(last) + 1


def _existing(write: sqlite3.Connection, keys: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for chunk in chunks(keys):
        marks = ",".join("?" * len(chunk))
        found.update(
            row[0]
            for row in write.execute(
                f"SELECT id FROM feedback WHERE id IN ({marks})", chunk
            )
        )
    return found


def _refuse_if_decided(write: sqlite3.Connection, batch_id: int) -> None:
    tied: Counter[str] = Counter()
    for table, column in (
        ("disposition", "feedback_id"), ("evidence", "feedback_id"),
        ("ruling", "left_id"), ("ruling", "right_id"),
    ):  # fmt: skip
        tied[table] += write.execute(
            f"SELECT count(*) FROM {table} d JOIN feedback f ON f.id = d.{column}"
            " WHERE f.batch_id = ?",
            (batch_id,),
        ).fetchone()[0]
    if tied.total():
        named = ", ".join(f"{n} {table}" for table, n in tied.items() if n)
        raise Conflict(
            f"import b{batch_id} has decisions resting on it ({named});"
            " undo them first (`triage log` lists them)"
        )
