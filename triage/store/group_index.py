"""
New feedback compared with everything stored, batch by batch, inside the file.

Every text has a number (its arrival) and a row of ``normal``; every word has a row of
``term`` with how many texts it is in and, while it is rare, their numbers. A newcomer
reads the lists of its rarest words and the texts they lead to, so its cost does not
grow with the store. A batch is written whole or not at all, and what is not written is
still ``pending``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from triage.grouping import blocking, scoring
from triage.grouping.clustering import SUGGESTED
from triage.grouping.scoring import Text
from triage.store import codec
from triage.store.chunks import chunks, marks
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.newcomer import Found, Newcomer, newcomer
from triage.store.placing import place
from triage.store.terms import Terms, gather, idf, index, term_id

BATCH = 2000
"""Newcomers compared and written together."""

_SLICE = 500
"""Newcomers whose candidates are held in memory at a time."""

_SUGGESTIONS = 3
"""Matches kept of a newcomer that are only alike; a person is shown no more."""

_FEW = 3
"""A text of fewer different words says too little to be *like* another; only equal."""


def group_pending(
    db: Database, *, stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int]]:
    """Group what is pending; yields (done, total) after each batch."""
    total = _count_pending(db.read())
    done = 0
    while not stop():
        batch = _next_batch(db.read())
        if not batch:
            return
        if _group_batch(db, batch):
            done += len(batch)
            yield min(done, total), max(done, total)


def _group_batch(db: Database, rows: Sequence[codec.Row]) -> bool:
    """
    Compare and write one batch; False where another process was faster.

    Comparing holds no lock: a person's decision never waits for it.
    """
    read = db.read()
    newcomers = [newcomer(row) for row in rows]
    originals, copies = _set_copies_aside(read, newcomers)
    worded = [one for one in originals if len(one.text.terms) >= _FEW]
    terms = gather(read, worded)
    index(worded, terms)
    found: list[Found] = []
    texts = {one.number: one.text for one in worded}
    for start in range(0, len(worded), _SLICE):
        found += _compare(read, worded[start : start + _SLICE], terms, texts)
    numbers = {one.number for one in newcomers}
    friends = {*copies.values(), *(one.right for one in found)} - numbers
    with db.write() as write:
        if not _still_pending(write, rows) or not _still_known(write, friends):
            return False
        _write_texts(write, newcomers, terms)
        place(write, newcomers, copies, found)
        for chunk in chunks(sorted(numbers)):
            write.execute(
                f"DELETE FROM pending WHERE number IN ({marks(chunk)})", chunk
            )
    return True


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
        founder = (
            first.setdefault(one.print, one.number) if one.text.normal else one.number
        )
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
    read: sqlite3.Connection,
    newcomers: Sequence[Newcomer],
    terms: Terms,
    texts: Mapping[int, Text],
) -> list[Found]:
    """Score the newcomers against the earlier texts their rare words lead to."""
    met = blocking.candidates(
        [blocking.telling_terms(one.rare, terms.df) for one in newcomers],
        [one.number for one in newcomers],
        terms.postings,
        terms.df,
        terms.total,
        batch=list(texts),
    )
    others = _normals(read, sorted(set(met.number.tolist())), texts)
    kept = [
        index for index, number in enumerate(met.number.tolist()) if number in others
    ]
    query, number = met.query[kept].tolist(), met.number[kept].tolist()
    passed = scoring.gate(
        [newcomers[index].text.normal for index in query],
        [others[other] for other in number],
        met.shared[kept],
    ).tolist()
    # Most candidates end at the gate; only the rest are taken apart into words.
    left = [newcomers[i] for i, through in zip(query, passed, strict=True) if through]
    met_numbers = [i for i, through in zip(number, passed, strict=True) if through]
    words = {i: texts.get(i) or Text.of(others[i]) for i in set(met_numbers)}
    right = [(i, words[i]) for i in met_numbers]
    ours = [one.text for one in left]
    theirs = [text for _, text in right]
    points = scoring.score(ours, theirs, idf(read, [*ours, *theirs], terms))
    found = [
        Found(one.number, number, point)
        for one, (number, _), point in zip(left, right, points, strict=True)
        if point.score >= SUGGESTED
    ]
    return _worth_keeping(found)


def _worth_keeping(found: Sequence[Found]) -> list[Found]:
    """Every match near enough to group by, and each newcomer's likest few others."""
    likest: Counter[int] = Counter()
    kept = []
    for one in sorted(found, key=lambda one: (-one.points.score, one.left, one.right)):
        if one.points.sameness < SUGGESTED:
            likest[one.left] += 1
            if likest[one.left] > _SUGGESTIONS:
                continue
        kept.append(one)
    return kept


def _normals(
    read: sqlite3.Connection, numbers: Sequence[int], known: Mapping[int, Text]
) -> dict[int, str]:
    """The normalised texts with these numbers; one that is gone is left out."""
    found = {number: known[number].normal for number in numbers if number in known}
    missing = [number for number in numbers if number not in found]
    for chunk in chunks(missing):
        found.update(
            (row[0], row[1])
            for row in read.execute(
                f"SELECT number, text FROM normal WHERE number IN ({marks(chunk)})",
                chunk,
            )
        )
    return found


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
    write: sqlite3.Connection, newcomers: Sequence[Newcomer], terms: Terms
) -> None:
    write.executemany(
        "INSERT OR REPLACE INTO normal (number, feedback_id, fingerprint, text)"
        " VALUES (?, ?, ?, ?)",
        (
            (one.number, one.feedback_id, one.print, one.text.normal)
            for one in newcomers
        ),
    )
    most = blocking.cap(terms.total)
    rows = []
    for term in terms.new:
        numbers = terms.postings.get(term)
        keep = numbers is not None and terms.df[term] <= most
        blob = numbers.tobytes() if keep and numbers is not None else None
        rows.append((term_id(term), terms.df[term], blob))
    # In order of key, neighbouring pages are written together.
    rows.sort(key=lambda row: row[0])
    write.executemany(
        "INSERT INTO term VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET df = excluded.df, postings = excluded.postings",
        rows,
    )
