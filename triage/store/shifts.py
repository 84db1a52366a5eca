"""How many people say what of some versions: by group and by pain point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.query import Query
from triage.store.counted import PERSON, SAID, Counted, counted
from triage.store.driver import sqlite3
from triage.store.narrowing import COLUMNS

GROUPS = "group"
PAIN_POINTS = "pain point"

_ABOUT = {
    GROUPS: "JOIN membership g ON g.feedback_id = f.id",
    PAIN_POINTS: "JOIN evidence e ON e.feedback_id = f.id",
}
_OPENING = "substr(trim(f.title || char(10) || f.body, char(10, 32)), 1, 400)"
_ID = {GROUPS: "g.group_id", PAIN_POINTS: "e.pain_point_id"}


@dataclass(frozen=True, slots=True)
class Heard:
    """
    The people who were heard on some versions.

    Attributes:
        people: How many in all.
        saying: How many of them by what they say, as (kind, id).
    """

    people: int
    saying: dict[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class Words:
    """A few words of one feedback, and its number."""

    number: int
    text: str


def heard(
    read: sqlite3.Connection,
    versions: Sequence[str],
    query: Query,
    *,
    first: int,
    last: int,
    now: datetime,
) -> Heard:
    """
    Who was heard on these versions, each once.

    Args:
        first: Key of the first feedback on them; ``last`` of the latest.
    """
    tables, where, bound = _on(counted(query, now), versions, first, last)
    people = read.execute(
        f"SELECT count(DISTINCT {PERSON}) FROM {tables} WHERE {where}", bound
    ).fetchone()[0]
    saying = {
        (kind, row[0]): row[1]
        for kind, joined in _ABOUT.items()
        for row in read.execute(
            f"SELECT {_ID[kind]}, count(DISTINCT {PERSON}) FROM {tables} {joined}"
            f" WHERE {where} GROUP BY 1",
            bound,
        )
    }
    return Heard(people, saying)


def words(
    read: sqlite3.Connection,
    kind: str,
    of: int,
    versions: Sequence[str],
    query: Query,
    *,
    first: int,
    last: int,
    now: datetime,
    limit: int = 2,
) -> list[Words]:
    """What the latest of them say: the quotes of a pain point, openings of a group."""
    tables, where, bound = _on(counted(query, now), versions, first, last)
    text = "substr(e.quote, 1, 400)" if kind == PAIN_POINTS else _OPENING
    return [
        Words(row[0], row[1])
        for row in read.execute(
            f"SELECT f.number, {text} FROM {tables} {_ABOUT[kind]}"
            f" WHERE {where} AND {_ID[kind]} = :of ORDER BY f.id DESC LIMIT :limit",
            {**bound, "of": of, "limit": limit},
        )
    ]


def title(read: sqlite3.Connection, kind: str, of: int) -> tuple[int, str]:
    """The number people type and what it is called, of a group or a pain point."""
    row = read.execute(
        "SELECT id, title FROM pain_point WHERE id = ?"
        if kind == PAIN_POINTS
        else f"SELECT f.number, {_OPENING} FROM feedback f WHERE f.id = ?",
        (of,),
    ).fetchone()
    return row[0], row[1]


def _on(
    wanted: Counted, versions: Sequence[str], first: int, last: int
) -> tuple[str, str, dict[str, object]]:
    named = {f"version{place}": one for place, one in enumerate(versions)}
    among = ", ".join(f":{name}" for name in named)
    where = (
        f"f.id BETWEEN :first AND :last AND {COLUMNS['version']} IN ({among})"
        f" AND {SAID} AND {wanted.where}"
    )
    return wanted.tables, where, {**wanted.bound, **named, "first": first, "last": last}
