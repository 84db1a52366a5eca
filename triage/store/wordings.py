"""What was said of each group, pain point, segment or version, as normalised texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from triage.grouping.normalize import normalize
from triage.grouping.phrases import Told
from triage.query import Query
from triage.store.counted import LANGUAGE, PERSON, SAID, counted
from triage.store.driver import plain, sqlite3
from triage.store.newcomer import said
from triage.text.stop_words import fold, stop_words

_TOLD = f"f.number, {PERSON}, {LANGUAGE}, f.author, f.email"
_TEXT = (
    "n.text, CASE WHEN n.text IS NULL THEN f.title END,"
    " CASE WHEN n.text IS NULL THEN f.body END"
)
_NORMAL = "LEFT JOIN normal n ON n.feedback_id = f.id"

_BETWEEN = re.compile(r"[\W\d_]+")

MOST = 50_000
"""Texts that are read, the latest ones: twice as many take four seconds of CPU."""

MEMBERS = 3
"""Fewer feedback than these are no three people."""


class _Reader:
    """Rows to texts; what many rows share is worked out once."""

    def __init__(self, read: sqlite3.Connection) -> None:
        self.plain = plain(read)
        # Whoever answers is named in what is answered to.
        ours = read.execute("SELECT DISTINCT author FROM feedback WHERE kind = 'agent'")
        self._ours = frozenset(name for row in ours for name in _names(row[0]))
        self._known: dict[tuple[str, str], frozenset[str]] = {}

    def told(self, row: Sequence[Any]) -> Told:
        """One row of ``_TOLD`` and ``_TEXT``."""
        number, person, language, author, email, text, title, body = row
        if text is None:
            text = normalize(said(title, body))
        names = self._known.get((author, email))
        if names is None:
            names = self._ours.union(_names(author), _names(email.partition("@")[0]))
            self._known[author, email] = names
        return Told(number, person, text, stop_words(language), names)


def _names(told: str) -> list[str]:
    return [fold(name) for name in _BETWEEN.split(told) if len(name) > 1]


def texts(
    read: sqlite3.Connection,
    query: Query,
    now: datetime,
    *,
    since: int | None = None,
) -> list[tuple[int, Told]]:
    """
    What a query finds, with the key of each, the latest first; no more than ``MOST``.

    Args:
        since: The first key that is wanted.
    """
    reader = _Reader(read)
    wanted = counted(query, now, SAID)
    return [
        (row[0], reader.told(row[1:]))
        for row in reader.plain.execute(
            f"SELECT f.id, {_TOLD}, {_TEXT} FROM {wanted.tables} {_NORMAL}"
            f" WHERE f.id >= :since AND {wanted.where}"
            f" ORDER BY f.id DESC LIMIT {MOST}",
            {**wanted.bound, "since": -(2**63) if since is None else since},
        )
    ]


def by_pain(
    read: sqlite3.Connection, query: Query, now: datetime
) -> dict[int, list[Told]]:
    """The quotes of each pain point, the latest first."""
    reader = _Reader(read)
    wanted = counted(query, now, SAID)
    found: dict[int, list[Told]] = defaultdict(list)
    for row in reader.plain.execute(
        f"SELECT e.pain_point_id, {_TOLD}, e.quote FROM {wanted.tables}"
        " JOIN evidence e ON e.feedback_id = f.id"
        f" WHERE {wanted.where} ORDER BY f.id DESC",
        wanted.bound,
    ):
        found[row[0]].append(reader.told((*row[1:-1], normalize(row[-1]), "", "")))
    return found


def by_group(
    read: sqlite3.Connection, query: Query, now: datetime
) -> dict[int, list[Told]]:
    """The latest ``MOST`` said in groups that three feedback are in."""
    reader = _Reader(read)
    wanted = counted(query, now, SAID)
    found: dict[int, list[Told]] = defaultdict(list)
    for row in reader.plain.execute(
        f"SELECT g.group_id, {_TOLD}, {_TEXT} FROM {wanted.tables}"
        " JOIN membership g ON g.feedback_id = f.id"
        f" {_NORMAL} WHERE g.group_id IN (SELECT group_id FROM membership"
        f" GROUP BY group_id HAVING count(*) >= {MEMBERS})"
        f" AND {wanted.where} ORDER BY f.id DESC LIMIT {MOST}",
        wanted.bound,
    ):
        found[row[0]].append(reader.told(row[1:]))
    return found


def versions(read: sqlite3.Connection, query: Query, now: datetime) -> dict[int, str]:
    """The version each feedback is on, of those that name one."""
    wanted = counted(query, now, SAID)
    return dict(
        read.execute(
            f"SELECT f.id, f.app_version FROM {wanted.tables}"
            f" WHERE f.app_version <> '' AND {wanted.where}",
            wanted.bound,
        ).fetchall()
    )


def ids(read: sqlite3.Connection, query: Query, now: datetime) -> set[int]:
    """The keys of all that a query finds."""
    wanted = counted(query, now, SAID)
    return {
        row[0]
        for row in read.execute(
            f"SELECT f.id FROM {wanted.tables} WHERE {wanted.where}",
            wanted.bound,
        )
    }


def spoke(
    read: sqlite3.Connection, query: Query, now: datetime
) -> dict[int, dict[int, list[int]]]:
    """Numbers of the feedback in which each person spoke of each pain point."""
    wanted = counted(query, now, SAID)
    found: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for person, point, number in plain(read).execute(
        f"SELECT DISTINCT {PERSON}, e.pain_point_id, f.number FROM {wanted.tables}"
        " JOIN evidence e ON e.feedback_id = f.id"
        f" WHERE {wanted.where}",
        wanted.bound,
    ):
        found[person].setdefault(point, []).append(number)
    return found
