"""Which feedback names a competitor, found by the words there are, not by reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from triage.model import Sentiment
from triage.store.counted import PERSON
from triage.store.driver import sqlite3
from triage.text.mentions import Mention, Names, Spelling, spellings

_VOCABULARY = "temp.spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """
    One feedback that names somebody.

    Attributes:
        text: Title and body, as quotes are taken from.
        person: Who counts as one: a person's id, or a number of its own.
    """

    feedback_id: int
    number: int
    text: str
    person: int
    language: str
    sentiment: Sentiment | None
    mentions: tuple[Mention, ...]

    @property
    def short(self) -> str:
        """The id people type."""
        return f"f{self.number}"


def spelt(
    read: sqlite3.Connection, competitors: Mapping[str, Sequence[str]]
) -> list[Spelling]:
    """How each of these names is written in all feedback there is."""
    known = _Words(read)
    return [
        spelling
        for name, others in competitors.items()
        for spelling in spellings(name, others, known)
    ]


def naming(
    read: sqlite3.Connection,
    spelt: Sequence[Spelling],
    within: Collection[int] | None = None,
) -> list[Naming]:
    """
    Customers' feedback that names any of them, newest first; no other text is read.

    Args:
        within: Keys of the feedback that counts; all without.
    """
    sought = " OR ".join(one.sought for one in spelt if one.sought.strip('" '))
    if not sought:
        return []
    names = Names(spelt)
    found = []
    for row in read.execute(
        "SELECT f.id, f.number, f.title, f.body,"
        f" {PERSON} AS person, t.language, t.sentiment"
        " FROM feedback_fts x CROSS JOIN feedback f ON f.id = x.rowid"
        " LEFT JOIN tone_now t ON t.feedback_id = f.id"
        " WHERE f.kind = 'feedback' AND feedback_fts MATCH ?"
        " ORDER BY f.id DESC",
        (sought,),
    ):
        if within is not None and row["id"] not in within:
            continue
        title, body = row["title"], row["body"]
        text = f"{title}\n\n{body}" if title and body else title or body
        mentions = names.mentions(text)
        if mentions:
            told = row["sentiment"]
            found.append(
                Naming(
                    feedback_id=row["id"], number=row["number"], text=text,
                    person=row["person"], language=row["language"] or "",
                    sentiment=Sentiment(told) if told else None,
                    mentions=tuple(mentions),
                )
            )  # fmt: skip
    return found


def written(found: Sequence[Naming]) -> dict[str, Counter[str]]:
    """By name, how it is written and how often, as it stands in the texts."""
    many: dict[str, Counter[str]] = {}
    for one in found:
        for mention in one.mentions:
            said = one.text[mention.start : mention.end]
            many.setdefault(mention.name, Counter())[said] += 1
    return many


class _Words:
    """Words that begin with a letter, with how many texts each is in."""

    def __init__(self, read: sqlite3.Connection) -> None:
        self._read = read
        self._known: dict[str, dict[str, int]] = {}

    def __call__(self, letter: str) -> Mapping[str, int]:
        if letter not in self._known:
            _open_vocabulary(self._read)
            rows = self._read.execute(
                f"SELECT term, doc FROM {_VOCABULARY} WHERE term >= ? AND term < ?",
                (letter, chr(ord(letter) + 1)),
            )
            self._known[letter] = {row[0]: row[1] for row in rows}
        return self._known[letter]


def _open_vocabulary(read: sqlite3.Connection) -> None:
    """The words of full-text search as a table, seen by this connection alone."""
    if read.execute(
        "SELECT 1 FROM temp.sqlite_master WHERE name = 'spoken'"
    ).fetchone():
        return
    # A reading connection may make nothing, and this writes nothing into the file.
    read.execute("PRAGMA query_only = OFF")
    try:
        read.execute(
            f"CREATE VIRTUAL TABLE {_VOCABULARY}"
            " USING fts5vocab('main', 'feedback_fts', 'row')"
        )
    finally:
        read.execute("PRAGMA query_only = ON")
