"""
New feedback compared with everything stored, batch by batch, inside the file.

Every text has a number (its arrival) and a row of ``normal``; every word has a row of
``term`` with how many texts it is in and, while it is rare, their numbers. A newcomer
reads the lists of its rarest words and the texts they lead to, so its cost does not
grow with the store. A batch is written whole or not at all, and what is not written is
still ``pending``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from triage.grouping import blocking
from triage.grouping.bands import Level
from triage.grouping.blocking import Met, Rare
from triage.grouping.clustering import Link
from triage.grouping.scoring import FEWEST, score, worth_keeping
from triage.grouping.texts import Floats, Ints, Texts
from triage.grouping.together import heard, once
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.newcomer import Found, Newcomer, arriving
from triage.store.placing import place
from triage.store.terms import (
    Terms,
    counts,
    gather,
    lists,
    masses,
    write_masses,
    write_terms,
)

BATCH = 2000
"""Newcomers compared and written together."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """
    The newcomers that say enough to be compared, in an order of their own.

    The order is that of their texts, so that ties are broken the same whoever came
    first; ``keys`` says the order in one number with those of what is stored.

    Attributes:
        keys: Above every number there is; stand for the newcomers while comparing.
    """

    texts: Texts
    terms: Terms
    weight: Floats
    rare: Rare
    numbers: Ints
    keys: Ints

    @property
    def first(self) -> int:
        """The key of the first newcomer; every number is below."""
        return int(self.keys[0]) if len(self.keys) else 0

    def keys_of(self) -> dict[int, int]:
        """Number to key."""
        return dict(zip(self.numbers.tolist(), self.keys.tolist(), strict=True))


def group_pending(
    db: Database, level: Level, *, stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int]]:
    """
    Group what is pending; yields (done, total) after each batch.

    What comes together now is one arrival, however many batches it takes and however
    often it is stopped: its groups may still come together until none is pending.
    """
    total = _count_pending(db.read())
    done = 0
    since = _begin(db) if total else 0
    while not stop():
        batch = _next_batch(db.read())
        if not batch:
            return
        if _group_batch(db, batch, level, since):
            done += len(batch)
            yield min(done, total), max(done, total)


def _begin(db: Database) -> int:
    """The last number grouped before what is pending came."""
    with db.write() as write:
        row = write.execute("SELECT since FROM unseen").fetchone()
        if row is None:
            row = write.execute(
                "SELECT coalesce(max(number), 0) FROM normal"
            ).fetchone()
            write.execute("INSERT INTO unseen VALUES (?)", (row[0],))
        return int(row[0])


def _group_batch(
    db: Database, rows: Sequence[codec.Row], level: Level, since: int
) -> bool:
    """
    Compare and write one batch; False where another process was faster.

    Comparing holds no lock: a person's decision never waits for it.
    """
    read = db.read()
    arrivals = arriving(read, rows)
    newcomers = arrivals.newcomers
    originals, copies = _set_copies_aside(read, newcomers)
    batch = _batch(read, originals)
    found, links = _compare(read, batch, level)
    numbers = {one.number for one in newcomers}
    ends = {end for one in found for end in (one.left, one.right)}
    friends = {*copies.values(), *ends} - numbers
    with db.write() as write:
        if not _still_pending(write, rows) or not _still_known(write, friends):
            return False
        arrivals.write_sentences(write)
        _write_texts(write, newcomers, batch)
        place(write, newcomers, copies, found, links, batch.keys_of(), level, since)
        for chunk in chunks(sorted(numbers)):
            write.execute(
                f"DELETE FROM pending WHERE number IN ({marks(chunk)})", chunk
            )
        write.execute("DELETE FROM unseen WHERE NOT EXISTS (SELECT 1 FROM pending)")
    return True


def _batch(read: sqlite3.Connection, originals: Sequence[Newcomer]) -> Batch:
    ordered = sorted(originals, key=lambda one: one.normal)
    texts = Texts.of(one.normal for one in ordered)
    enough = (texts.sizes() >= FEWEST).tolist()
    if not all(enough):
        ordered = [one for one, says in zip(ordered, enough, strict=True) if says]
        texts = Texts.of(one.normal for one in ordered)
    terms = gather(read, texts)
    df = terms.of(texts)
    weight = blocking.weights(texts.terms, df, terms.total)
    numbers = np.array([one.number for one in ordered], np.int64)
    first = max(terms.total, int(numbers.max(initial=0))) + 1
    return Batch(
        texts=texts,
        terms=terms,
        weight=weight,
        rare=blocking.rare(texts, df, weight, terms.total),
        numbers=numbers,
        keys=first + np.arange(len(ordered)),
    )


def _count_pending(read: sqlite3.Connection) -> int:
    return int(read.execute("SELECT count(*) FROM pending").fetchone()[0])


def _next_batch(read: sqlite3.Connection) -> list[codec.Row]:
    return read.execute(
        "SELECT f.number, f.id, f.title, f.body, f.hash FROM pending p"
        " JOIN feedback f ON f.number = p.number ORDER BY p.number LIMIT ?",
        (BATCH,),
    ).fetchall()


def _set_copies_aside(
    read: sqlite3.Connection, newcomers: Sequence[Newcomer]
) -> tuple[list[Newcomer], dict[int, int]]:
    """Originals to compare, and each exact copy's number with its original's."""
    first = _firsts(read, [one.print for one in newcomers])
    originals: list[Newcomer] = []
    copies: dict[int, int] = {}
    for one in newcomers:
        # Nothing said is no message to share.
        founder = first.setdefault(one.print, one.number) if one.normal else one.number
        if founder == one.number:
            originals.append(one)
        else:
            copies[one.number] = founder
    return originals, copies


def _firsts(read: sqlite3.Connection, prints: Sequence[int]) -> dict[int, int]:
    first: dict[int, int] = {}
    for chunk in chunks(prints):
        first.update(
            (row[0], row[1])
            for row in read.execute(
                "SELECT fingerprint, min(number) FROM normal"
                f" WHERE fingerprint IN ({marks(chunk)}) GROUP BY fingerprint",
                chunk,
            )
        )
    return first


def _compare(
    read: sqlite3.Connection, batch: Batch, level: Level
) -> tuple[list[Found], list[Link]]:
    """What the newcomers are like, and the links that may bring them together."""
    met = _meet(read, batch)
    stored, others = _stored(read, batch, met)
    texts = batch.texts.and_also(others)
    weight = np.concatenate([batch.weight, _weights(read, batch.terms, others)])
    numbers = np.concatenate([batch.numbers, stored])
    keys = np.concatenate([batch.keys, stored])
    left, right = once(met.query, _indices(met.number, batch, stored))
    # What was met may be gone, or be a newcomer under what it said before.
    there = right < len(texts)
    left, right = left[there], right[there]
    scores = score(texts, left, right, weight)
    kept = worth_keeping(scores, left)
    found = [
        Found(*one)
        for one in zip(
            numbers[left[kept]].tolist(), numbers[right[kept]].tolist(),
            scores.sameness[kept].tolist(), scores.score[kept].tolist(), strict=True,
        )
    ]  # fmt: skip
    return found, heard(keys[left], keys[right], scores.sameness, level)


def _meet(read: sqlite3.Connection, batch: Batch) -> Met:
    """Whom the newcomers' rare words lead to: by number what is stored, by key they."""
    return blocking.meet(
        batch.texts,
        batch.keys,
        batch.rare,
        batch.weight,
        lists(batch.terms, batch.texts, batch.rare, batch.keys),
        masses(read, batch.first, batch.rare.mass),
    )


def _stored(read: sqlite3.Connection, batch: Batch, met: Met) -> tuple[Ints, Texts]:
    """The stored texts that were met, and their numbers, ascending."""
    wanted = np.setdiff1d(met.number[met.number < batch.first], batch.numbers)
    rows: dict[int, tuple[str, bytes]] = {}
    for chunk in chunks(wanted.tolist()):
        rows.update(
            (row[0], (row[1], row[2]))
            for row in read.execute(
                "SELECT number, text, words FROM normal"
                f" WHERE number IN ({marks(chunk)})",
                chunk,
            )
        )
    numbers = sorted(rows)
    return np.array(numbers, np.int64), Texts.known(
        [rows[number][0] for number in numbers],
        [np.frombuffer(rows[number][1], np.uint32) for number in numbers],
    )


def _indices(numbers: Ints, batch: Batch, stored: Ints) -> Ints:
    """Where these stand among newcomers and stored; beyond them what is gone."""
    nowhere = len(batch.keys) + len(stored)
    at = np.searchsorted(stored, numbers)
    there = stored[np.minimum(at, len(stored) - 1)] == numbers if len(stored) else False
    index = np.where(there, len(batch.keys) + at, nowhere)
    return np.where(numbers >= batch.first, numbers - batch.first, index)


def _weights(read: sqlite3.Connection, terms: Terms, others: Texts) -> Floats:
    """What each word of the stored texts tells, the newcomers counted too."""
    ids, place = np.unique(others.terms, return_inverse=True)
    at = np.searchsorted(terms.ids, ids)
    at[at == len(terms.ids)] = 0
    known = terms.ids[at] == ids if len(terms.ids) else np.zeros(len(ids), np.bool_)
    df = np.where(known, terms.df[at] if len(terms.ids) else 0, 1)
    df[~known] = counts(read, ids[~known])
    return blocking.weights(ids, df, terms.total)[place]


def _still_pending(write: sqlite3.Connection, rows: Sequence[codec.Row]) -> bool:
    """Whether nobody compared these meanwhile, and they say what they said."""
    found: dict[int, bytes] = {}
    for chunk in chunks([row["number"] for row in rows]):
        found.update(
            (row[0], row[1])
            for row in write.execute(
                "SELECT f.number, f.hash FROM pending p"
                " JOIN feedback f ON f.number = p.number"
                f" WHERE p.number IN ({marks(chunk)})",
                chunk,
            )
        )
    return found == {row["number"]: row["hash"] for row in rows}


def _still_known(write: sqlite3.Connection, numbers: set[int]) -> bool:
    """Whether what the newcomers are like was neither taken back nor edited."""
    found = 0
    for chunk in chunks(sorted(numbers)):
        found += write.execute(
            f"SELECT count(*) FROM normal WHERE number IN ({marks(chunk)})", chunk
        ).fetchone()[0]
    return found == len(numbers)


def _write_texts(
    write: sqlite3.Connection, newcomers: Sequence[Newcomer], batch: Batch
) -> None:
    words = {
        number: batch.texts.words[start:stop].tobytes()
        for number, start, stop in zip(
            batch.numbers.tolist(), batch.texts.starts[:-1].tolist(),
            batch.texts.starts[1:].tolist(), strict=True,
        )
    }  # fmt: skip
    write.executemany(
        "INSERT OR REPLACE INTO normal VALUES (?, ?, ?, ?, ?)",
        (
            (one.number, one.feedback_id, one.print, one.normal,
             words.get(one.number, b""))
            for one in newcomers
        ),
    )  # fmt: skip
    write_terms(write, batch.terms, batch.texts, batch.rare, batch.numbers)
    write_masses(write, batch.numbers, batch.rare.mass)
