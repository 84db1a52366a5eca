"""Words and the texts they are in: the index that leads a text to its like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from triage.grouping import blocking
from triage.grouping.scoring import Text
from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.newcomer import Newcomer


@dataclass(slots=True)
class Terms:
    """Words of a batch: in how many texts, and in which, this batch included."""

    df: Counter[str]
    postings: dict[str, blocking.Numbers]
    total: int
    new: Counter[str] = field(default_factory=Counter)
    grown: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def term_id(term: str) -> int:
    """The key of a word: 63 bits of its hash, so that no word list is kept."""
    digest = blake2b(term.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def weights(read: sqlite3.Connection, terms: Sequence[str]) -> dict[str, float]:
    """How much each of these words tells, here and now."""
    total = total_texts(read)
    known = stored(read, terms, with_postings=False)
    return {
        term: blocking.weight(known[term][0] if term in known else 1, total)
        for term in terms
    }


def total_texts(read: sqlite3.Connection) -> int:
    """How many texts there are to compare with; an estimate that costs nothing."""
    row = read.execute("SELECT coalesce(max(number), 0) FROM normal").fetchone()
    return max(1, int(row[0]))


def stored(
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


def gather(read: sqlite3.Connection, worded: Sequence[Newcomer]) -> Terms:
    new: Counter[str] = Counter()
    for one in worded:
        new.update(one.text.terms)
    known = stored(read, list(new))
    df = Counter(new)
    df.update({term: seen for term, (seen, _) in known.items()})
    return Terms(
        df=df,
        postings={
            term: numbers for term, (_, numbers) in known.items() if numbers is not None
        },
        total=total_texts(read) + len(worded),
        new=new,
    )


def index(worded: Sequence[Newcomer], terms: Terms) -> None:
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


def idf(
    read: sqlite3.Connection, texts: Sequence[Text], terms: Terms
) -> dict[str, float]:
    wanted = {term for text in texts for term in text.terms}
    unknown = [term for term in wanted if term not in terms.df]
    known = stored(read, unknown, with_postings=False)
    return {
        term: blocking.weight(
            terms.df[term] or (known[term][0] if term in known else 1), terms.total
        )
        for term in wanted
    }
