"""Words and the texts they are in: the index that leads a text to its like."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from triage.grouping import blocking
from triage.grouping.blocking import Codes, Postings, Rare
from triage.grouping.texts import Floats, Ids, Ints, Texts
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3

_PAGE = 8192
"""Texts whose masses are kept in one row; a byte each."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """
    The words of a batch, as parallel arrays.

    Attributes:
        ids: Ascending.
        df: In how many texts each is, this batch included.
        postings: Numbers of the stored texts each leads to, as bytes; None for a word
            that is new or too common to lead anywhere.
        total: How many texts there are, this batch included.
    """

    ids: Ids
    df: Ints
    postings: list[bytes | None]
    total: int

    def of(self, texts: Texts) -> Ints:
        """In how many texts each of ``texts.terms`` is; all must be of this batch."""
        return self.df[np.searchsorted(self.ids, texts.terms)]


def weigh(read: sqlite3.Connection, texts: Texts) -> Floats:
    """How much each of ``texts.terms`` tells, here and now."""
    ids, place = np.unique(texts.terms, return_inverse=True)
    return blocking.weights(ids, counts(read, ids), total_texts(read))[place]


def total_texts(read: sqlite3.Connection) -> int:
    """How many texts there are to compare with; an estimate that costs nothing."""
    row = read.execute("SELECT coalesce(max(number), 0) FROM normal").fetchone()
    return max(1, int(row[0]))


def counts(read: sqlite3.Connection, ids: Ids) -> Ints:
    """In how many stored texts each of these words is."""
    found: dict[int, int] = {}
    for chunk in chunks(ids.tolist()):
        found.update(
            read.execute(
                f"SELECT id, df FROM term WHERE id IN ({marks(chunk)})", chunk
            ).fetchall()
        )
    return np.array([found.get(term, 0) for term in ids.tolist()], np.int64)


def gather(read: sqlite3.Connection, texts: Texts) -> Terms:
    """What is known of the words of these new texts."""
    ids, here = np.unique(texts.terms, return_counts=True)
    known: dict[int, tuple[int, bytes | None]] = {}
    for chunk in chunks(ids.tolist()):
        for key, df, postings in read.execute(
            f"SELECT id, df, postings FROM term WHERE id IN ({marks(chunk)})", chunk
        ):
            known[key] = (df, postings)
    rows = [known.get(key, (0, None)) for key in ids.tolist()]
    return Terms(
        ids=ids,
        df=here + np.array([df for df, _ in rows], np.int64),
        postings=[postings for _, postings in rows],
        total=total_texts(read) + len(texts),
    )


def lists(terms: Terms, texts: Texts, rare: Rare, keys: Ints) -> Postings:
    """Stored texts by word, and these under the given keys, above all numbers."""
    stored = [
        np.frombuffer(blob, np.int32) if blob else np.zeros(0, np.int32)
        for blob in terms.postings
    ]
    words = np.repeat(terms.ids, [len(one) for one in stored])
    numbers = np.concatenate([np.zeros(0, np.int32), *stored]).astype(np.int64)
    # Texts that were taken back are in the lists still, and may have been the last.
    there = numbers < keys.min(initial=np.iinfo(np.int64).max)
    return Postings.of(
        np.concatenate([words[there], texts.terms[rare.entries]]),
        np.concatenate([numbers[there], np.repeat(keys, np.diff(rare.bounds))]),
    )


def write_terms(
    write: sqlite3.Connection, terms: Terms, texts: Texts, rare: Rare, numbers: Ints
) -> None:
    """
    Count the words of these texts and add the texts to the lists of their rare ones.

    Args:
        numbers: The number of each text.
    """
    added = Postings.of(
        texts.terms[rare.entries], np.repeat(numbers, np.diff(rare.bounds))
    )
    begin, length = added.of_terms(terms.ids)
    most = blocking.cap(terms.total)
    rows: list[tuple[int, int, bytes | None]] = []
    for key, df, before, start, count in zip(
        terms.ids.tolist(), terms.df.tolist(), terms.postings, begin.tolist(),
        length.tolist(), strict=True,
    ):  # fmt: skip
        blob = None
        if df <= most:
            blob = before or b""
            if count:
                more = added.numbers[start : start + count].astype(np.int32)
                blob = _merged(blob, more)
        rows.append((key, df, blob or None))
    # In order of key, neighbouring pages are written together.
    write.executemany(
        "INSERT INTO term VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET df = excluded.df, postings = excluded.postings",
        rows,
    )


def _merged(before: bytes, more: np.typing.NDArray[np.int32]) -> bytes:
    """Numbers added to a list; a text compared again comes under its old number."""
    more = np.sort(more)
    if not before or np.frombuffer(before[-4:], np.int32)[0] < more[0]:
        return before + more.tobytes()
    return np.union1d(np.frombuffer(before, np.int32), more).tobytes()


def masses(read: sqlite3.Connection, first: int, newcomers: Codes) -> Codes:
    """Rare mass of every stored text by number, as bytes; from ``first`` on, theirs."""
    pages = read.execute("SELECT page, codes FROM mass ORDER BY page").fetchall()
    told = bytearray()
    for page, codes in pages:
        # A page of texts too short to be compared was never written.
        told += bytes(page * _PAGE - len(told))
        told += codes
    told = told[:first]
    told += bytes(first - len(told)) + newcomers.tobytes()
    return np.frombuffer(told, np.uint8)


def write_masses(write: sqlite3.Connection, numbers: Ints, codes: Codes) -> None:
    """Keep the rare mass of these texts."""
    page = numbers // _PAGE
    for key in np.unique(page).tolist():
        row = write.execute("SELECT codes FROM mass WHERE page = ?", (key,)).fetchone()
        kept = np.zeros(_PAGE, np.uint8)
        if row:
            kept[:] = np.frombuffer(row[0], np.uint8)
        here = page == key
        kept[numbers[here] - key * _PAGE] = codes[here]
        write.execute(
            "INSERT OR REPLACE INTO mass VALUES (?, ?)", (key, kept.tobytes())
        )
