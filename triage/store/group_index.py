"""
New feedback compared with everything stored, batch by batch, inside the file.

Every text has a number (its arrival) and a row of ``normal``; every word has a row of
``term`` with how many texts it is in and, while it is rare, their numbers. A newcomer
reads the lists of its rarest words and the texts they lead to, so its cost does not
grow with the store. A batch is written whole or not at all, and what is not written is
still ``pending``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from triage.grouping import blocking, scoring
from triage.grouping.clustering import SUGGESTED, Link, join
from triage.grouping.normalize import fingerprint, normalize, tokens
from triage.grouping.scoring import Points, Text
from triage.store import codec, queue
from triage.store.chunks import chunks, marks
from triage.store.database import Database
from triage.store.driver import sqlite3
from triage.store.rulings import ruled_on, settle_around

BATCH = 2000
"""Newcomers compared and written together."""

_SLICE = 500
"""Newcomers whose candidates are held in memory at a time."""

_FEW = 3
"""A text of fewer different words says too little to be *like* another; only equal."""


@dataclass(slots=True)
class _Newcomer:
    number: int
    feedback_id: int
    text: Text
    print: int
    rare: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Terms:
    """Words of a batch: in how many texts, and in which, this batch included."""

    df: Counter[str]
    postings: dict[str, blocking.Numbers]
    total: int
    new: Counter[str] = field(default_factory=Counter)
    grown: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class _Found:
    """A scored pair of numbers; ``left`` is the newcomer."""

    left: int
    right: int
    points: Points


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
    newcomers = [_newcomer(row) for row in rows]
    originals, copies = _set_copies_aside(read, newcomers)
    worded = [one for one in originals if len(one.text.terms) >= _FEW]
    terms = _terms(read, worded)
    _index(worded, terms)
    found: list[_Found] = []
    texts = {one.number: one.text for one in worded}
    for start in range(0, len(worded), _SLICE):
        found += _compare(read, worded[start : start + _SLICE], terms, texts)
    numbers = {one.number for one in newcomers}
    with db.write() as write:
        if not _still_pending(write, numbers):
            return False
        _write_texts(write, newcomers, terms)
        _place(write, newcomers, copies, found)
        for chunk in chunks(sorted(numbers)):
            write.execute(
                f"DELETE FROM pending WHERE number IN ({marks(chunk)})", chunk
            )
    return True


def term_id(term: str) -> int:
    """The key of a word: 63 bits of its hash, so that no word list is kept."""
    digest = blake2b(term.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def weights(read: sqlite3.Connection, terms: Sequence[str]) -> dict[str, float]:
    """How much each of these words tells, here and now."""
    total = total_texts(read)
    known = _stored_terms(read, terms, with_postings=False)
    return {
        term: blocking.weight(known[term][0] if term in known else 1, total)
        for term in terms
    }


def total_texts(read: sqlite3.Connection) -> int:
    """How many texts there are to compare with; an estimate that costs nothing."""
    row = read.execute("SELECT coalesce(max(number), 0) FROM normal").fetchone()
    return max(1, int(row[0]))


def _count_pending(read: sqlite3.Connection) -> int:
    return int(read.execute("SELECT count(*) FROM pending").fetchone()[0])


def _next_batch(read: sqlite3.Connection) -> list[codec.Row]:
    return read.execute(
        "SELECT f.number, f.id, f.title, f.body FROM pending p"
        " JOIN feedback f ON f.number = p.number ORDER BY p.number LIMIT ?",
        (BATCH,),
    ).fetchall()


def _newcomer(row: codec.Row) -> _Newcomer:
    said = f"{row['title']}\n{row['body']}" if row["title"] else row["body"]
    normal = normalize(said)
    return _Newcomer(
        number=row["number"],
        feedback_id=row["id"],
        text=Text(normal, tuple(dict.fromkeys(tokens(normal)))),
        print=fingerprint(normal),
    )


def _set_copies_aside(
    read: sqlite3.Connection, newcomers: Sequence[_Newcomer]
) -> tuple[list[_Newcomer], list[Link]]:
    """Originals to compare, and each exact copy linked to the first of its kind."""
    first = _firsts(read, [one.print for one in newcomers])
    originals, copies = [], []
    for one in newcomers:
        # Nothing said is no message to share.
        founder = (
            first.setdefault(one.print, one.number) if one.text.normal else one.number
        )
        if founder == one.number:
            originals.append(one)
        else:
            copies.append(Link(one.number, founder, 100.0))
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


def _stored_terms(
    read: sqlite3.Connection, terms: Sequence[str], *, with_postings: bool = True
) -> dict[str, tuple[int, blocking.Numbers | None]]:
    by_id = {term_id(term): term for term in terms}
    column = "postings" if with_postings else "NULL"
    found: dict[str, tuple[int, blocking.Numbers | None]] = {}
    for chunk in chunks(list(by_id)):
        for key, df, postings in read.execute(
            f"SELECT id, df, {column} FROM term WHERE id IN ({marks(chunk)})", chunk
        ):
            numbers = None if postings is None else np.frombuffer(postings, np.int32)
            found[by_id[key]] = (df, numbers)
    return found


def _terms(read: sqlite3.Connection, worded: Sequence[_Newcomer]) -> _Terms:
    new: Counter[str] = Counter()
    for one in worded:
        new.update(one.text.terms)
    stored = _stored_terms(read, list(new))
    df = Counter(new)
    df.update({term: known[0] for term, known in stored.items()})
    return _Terms(
        df=df,
        postings={
            term: numbers
            for term, (_, numbers) in stored.items()
            if numbers is not None
        },
        total=total_texts(read) + len(worded),
        new=new,
    )


def _index(worded: Sequence[_Newcomer], terms: _Terms) -> None:
    """Add the newcomers to the lists of their rare words."""
    for one in worded:
        one.rare = blocking.rare_terms(one.text.terms, terms.df, terms.total)
        for term in one.rare:
            terms.grown[term].append(one.number)
    for term, numbers in terms.grown.items():
        added = np.array(numbers, np.int32)
        before = terms.postings.get(term)
        # A text whose words changed comes again under its old number.
        terms.postings[term] = added if before is None else np.union1d(before, added)


def _compare(
    read: sqlite3.Connection,
    newcomers: Sequence[_Newcomer],
    terms: _Terms,
    texts: Mapping[int, Text],
) -> list[_Found]:
    """Score the newcomers against the earlier texts their rare words lead to."""
    met = blocking.candidates(
        [blocking.telling_terms(one.rare, terms.df) for one in newcomers],
        [one.number for one in newcomers],
        terms.postings,
        terms.df,
        terms.total,
    )
    others = _texts(read, sorted(set(met.number.tolist())), texts)
    kept = [
        index for index, number in enumerate(met.number.tolist()) if number in others
    ]
    left = [newcomers[index] for index in met.query[kept].tolist()]
    right = [(number, others[number]) for number in met.number[kept].tolist()]
    passed = scoring.gate(
        [one.text.normal for one in left],
        [other.normal for _, other in right],
        met.shared[kept],
    ).tolist()
    left = [one for one, through in zip(left, passed, strict=True) if through]
    right = [other for other, through in zip(right, passed, strict=True) if through]
    idf = _idf(read, [one.text for one in left] + [text for _, text in right], terms)
    _, points = scoring.score(
        [one.text for one in left], [text for _, text in right], idf
    )
    return [
        _Found(one.number, number, point)
        for one, (number, _), point in zip(left, right, points, strict=True)
        if point.score >= SUGGESTED
    ]


def _texts(
    read: sqlite3.Connection, numbers: Sequence[int], known: Mapping[int, Text]
) -> dict[int, Text]:
    found = {number: known[number] for number in numbers if number in known}
    missing = [number for number in numbers if number not in found]
    for chunk in chunks(missing):
        for number, normal in read.execute(
            f"SELECT number, text FROM normal WHERE number IN ({marks(chunk)})", chunk
        ):
            found[number] = Text(normal, tuple(dict.fromkeys(tokens(normal))))
    return found


def _idf(
    read: sqlite3.Connection, texts: Sequence[Text], terms: _Terms
) -> dict[str, float]:
    wanted = {term for text in texts for term in text.terms}
    unknown = [term for term in wanted if term not in terms.df]
    stored = _stored_terms(read, unknown, with_postings=False)
    return {
        term: blocking.weight(
            terms.df[term] or (stored[term][0] if term in stored else 1), terms.total
        )
        for term in wanted
    }


def _still_pending(write: sqlite3.Connection, numbers: set[int]) -> bool:
    found = 0
    for chunk in chunks(sorted(numbers)):
        found += write.execute(
            f"SELECT count(*) FROM pending WHERE number IN ({marks(chunk)})", chunk
        ).fetchone()[0]
    return found == len(numbers)


def _write_texts(
    write: sqlite3.Connection, newcomers: Sequence[_Newcomer], terms: _Terms
) -> None:
    write.executemany(
        "INSERT INTO normal (number, feedback_id, fingerprint, text)"
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


def _place(
    write: sqlite3.Connection,
    newcomers: Sequence[_Newcomer],
    copies: Sequence[Link],
    found: Sequence[_Found],
) -> None:
    """Keep the matches, let newcomers join groups, follow what people ruled."""
    ids = {one.number: one.feedback_id for one in newcomers}
    friends = {link.right for link in copies} | {one.right for one in found}
    ids |= _ids(write, sorted(friends - set(ids)))
    groups = _machine_groups(write, friends, ids)
    links = [*copies, *(Link(one.left, one.right, one.points.score) for one in found)]
    placed = join([one.number for one in newcomers], links, groups)
    write.executemany(
        "INSERT OR REPLACE INTO match VALUES (?, ?, ?, ?)",
        (_match_row(one, ids) for one in found),
    )
    ids |= _ids(write, sorted(set(placed.values()) - set(ids)))
    joined = [number for number, group in placed.items() if group != number]
    founders = {placed[number] for number in joined}
    write.executemany(
        "INSERT OR IGNORE INTO membership VALUES (?, ?, ?)",
        ((ids[number], ids[number], ids[number]) for number in founders),
    )
    write.executemany(
        "INSERT OR REPLACE INTO membership VALUES (?, ?, ?)",
        ((ids[number], ids[placed[number]], ids[placed[number]]) for number in joined),
    )
    gone = [ids[number] for number in joined]
    for chunk in chunks(gone):
        write.execute(f"DELETE FROM queue WHERE group_id IN ({marks(chunk)})", chunk)
    members = _members_of(write, [ids[number] for number in founders])
    ruled = ruled_on(write, [*members, *(one.feedback_id for one in newcomers)])
    if ruled:
        settle_around(write, ruled)
    queue.refresh_groups(write, queue.groups_of(write, gone).values())


def _match_row(one: _Found, ids: Mapping[int, int]) -> tuple[int, int, float, str]:
    """A pair is kept once: the earlier in time on the left, its words with it."""
    left, right = ids[one.left], ids[one.right]
    reason = one.points.reason()
    if left > right:
        left, right = right, left
        reason["left"], reason["right"] = reason["right"], reason["left"]
    return left, right, round(one.points.score, 2), codec.to_json(reason)


def _ids(write: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for chunk in chunks(numbers):
        found.update(
            (row[0], row[1])
            for row in write.execute(
                f"SELECT number, id FROM feedback WHERE number IN ({marks(chunk)})",
                chunk,
            )
        )
    return found


def _machine_groups(
    write: sqlite3.Connection, numbers: set[int], ids: Mapping[int, int]
) -> dict[int, int]:
    """Number to its machine group's founding number, for what is stored already."""
    stored = {ids[number]: number for number in numbers if number in ids}
    founders: dict[int, int] = {}
    for chunk in chunks(sorted(stored)):
        founders.update(
            (stored[row[0]], row[1])
            for row in write.execute(
                "SELECT m.feedback_id, f.number FROM membership m"
                " JOIN feedback f ON f.id = m.machine_id"
                f" WHERE m.feedback_id IN ({marks(chunk)})",
                chunk,
            )
        )
    return {number: founders.get(number, number) for number in stored.values()}


def _members_of(write: sqlite3.Connection, machine_ids: Sequence[int]) -> list[int]:
    found: list[int] = []
    for chunk in chunks(machine_ids):
        found += [
            row[0]
            for row in write.execute(
                "SELECT feedback_id FROM membership"
                f" WHERE machine_id IN ({marks(chunk)})",
                chunk,
            )
        ]
    return found
