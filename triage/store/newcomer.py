"""A feedback on its way into a group, and what it was found to be like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage.grouping.normalize import fingerprint, taken_apart
from triage.grouping.templates import fingerprints, is_template, own_words
from triage.store import codec
from triage.store.chunks import chunks
from triage.store.chunks import marks as placeholders
from triage.store.driver import sqlite3
from triage.store.terms import total_texts


@dataclass(frozen=True, slots=True)
class Newcomer:
    number: int
    feedback_id: int
    normal: str
    print: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Newcomers, and in how many texts each of their sentences is, theirs included."""

    newcomers: list[Newcomer]
    sentences: Mapping[int, int]

    def write_sentences(self, write: sqlite3.Connection) -> None:
        """Keep in how many texts each sentence is."""
        write.executemany(
            "INSERT OR REPLACE INTO sentence VALUES (?, ?)",
            sorted(self.sentences.items()),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A scored pair of numbers, in either order; one at least is a newcomer."""

    left: int
    right: int
    sameness: float
    score: float


def arriving(read: sqlite3.Connection, rows: Sequence[codec.Row]) -> Arrivals:
    """What these rows say of their own, and the sentences it was told from."""
    apart = [taken_apart(said(row["title"], row["body"])) for row in rows]
    marks = [fingerprints(sentences) for _, sentences in apart]
    df = Counter(mark for told in marks for mark in told)
    for chunk in chunks(sorted(df)):
        for mark, count in read.execute(
            f"SELECT id, df FROM sentence WHERE id IN ({placeholders(chunk)})", chunk
        ):
            df[mark] += count
    total = total_texts(read) + len(rows)
    arrived = []
    for row, (normal, _), told in zip(rows, apart, marks, strict=True):
        own = own_words(normal, told, lambda mark: is_template(df[mark], total))
        arrived.append(Newcomer(row["number"], row["id"], own, fingerprint(own)))
    return Arrivals(arrived, df)


def said(title: str, body: str) -> str:
    """What is compared of a feedback."""
    return f"{title}\n{body}" if title else body
