"""
The rows a query leaves of a list, as keys.

A list has a row for each group that has a member in its state; it is found where any of
those members is. A row's key is the group's newest member there, as in the queue.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from triage.errors import Cancelled
from triage.model import State
from triage.query import Query, Term, place
from triage.store import codec, narrowing
from triage.store.driver import plain, sqlite3
from triage.store.narrowing import Bound
from triage.store.queries import STATE_NOW
from triage.text.words import fts_query

SMALL = 5000
"""Rows of a state up to which reading all of them is the quickest way to find some."""

_STEPS = 20_000
"""Instructions of SQLite between two looks whether anybody still waits."""

_ORDER = {
    "oldest": ("{key}", "ASC"),
    "people": (narrowing.PEOPLE, "DESC"),
    "rating": ("f.rating", "ASC NULLS LAST"),
    "revenue": (narrowing.REVENUE, "DESC NULLS LAST"),
    "sentiment": ("instr('negative neutral positive', t.sentiment)", "ASC NULLS LAST"),
}


def find(
    read: sqlite3.Connection,
    query: Query,
    state: State | None,
    *,
    now: datetime,
    limit: int | None = None,
    is_stopped: Callable[[], bool] | None = None,
) -> array[int]:
    """
    Keys of the rows that are found, in the order the query asks for.

    Args:
        state: Where to look, unless the query says where; None for everywhere, where
            every feedback is a row of its own.
        limit: For a first page while the rest is read: so many of the newest that
            match, in which a group whose newest member does not match may lack.
        is_stopped: Asked now and then; ``Cancelled`` is raised once it says so.
    """
    where = place(query, state)
    is_grouped = where is not None and not query.each
    if is_grouped and not query.is_narrow and not query.sort:
        return _queue(read, where, limit)
    statement, bound = _statement(read, query, where, now, is_grouped=is_grouped)
    with _stoppable(read, is_stopped):
        keys = (row[0] for row in read.execute(statement, bound))
        if not is_grouped:
            return array("q", islice(keys, limit))
        found = array("q", islice(_once(keys), limit))
    if query.sort:
        return found
    return array("q", sorted(found, reverse=True))


def _queue(
    read: sqlite3.Connection, state: State | None, limit: int | None
) -> array[int]:
    """All of a queue, which is a range of its keys."""
    heads = plain(read).execute(
        "SELECT head_id FROM queue WHERE state = ? ORDER BY head_id DESC LIMIT ?",
        (state, -1 if limit is None else limit),
    )
    return array("q", (row[0] for row in heads))


def _once(keys: Iterator[int]) -> Iterator[int]:
    """Each key where it comes first."""
    seen: set[int] = set()
    for key in keys:
        if key not in seen:
            seen.add(key)
            yield key


def _statement(
    read: sqlite3.Connection,
    query: Query,
    state: State | None,
    now: datetime,
    *,
    is_grouped: bool,
) -> tuple[str, dict[str, object]]:
    bound = Bound()
    conditions, wanted = told(query, now, bound)
    if wanted:
        conditions.append(f"feedback_fts MATCH {bound.name(wanted)}")
    if state is not None:
        conditions.append(f"{STATE_NOW} = :state")
    key, tables, newest = _tables(
        read, query, state, has_words=bool(wanted), is_grouped=is_grouped
    )
    if needs_tone(query):
        tables += " LEFT JOIN tone_now t ON t.feedback_id = f.id"
    order = f"{newest} DESC"
    if query.sort:
        expression, way = _ORDER[query.sort]
        order = f"{expression.format(key=key)} {way}, {key} DESC"
    statement = (
        f"SELECT {key} FROM {tables} WHERE f.kind = 'feedback'"
        f"{''.join(f' AND {one}' for one in conditions)} ORDER BY {order}"
    )
    return statement, {
        **bound.values, "state": state, "now": codec.to_text(now),
    }  # fmt: skip


def _tables(
    read: sqlite3.Connection,
    query: Query,
    state: State | None,
    *,
    has_words: bool,
    is_grouped: bool,
) -> tuple[str, str, str]:
    """The key of a row, the tables in the order they are gone through, and by what."""
    said = "feedback_fts x CROSS JOIN feedback f ON f.id = x.rowid"
    disposed = "LEFT JOIN disposition d ON d.feedback_id = f.id"
    grouped = "LEFT JOIN membership m ON m.feedback_id = f.id"
    first, newest = (said, "x.rowid") if has_words else ("feedback f", "f.id")
    if not is_grouped:
        return "f.id", f"{first} {grouped} {disposed}", newest
    if not has_words and not _leads(query, read, state):
        members = (
            "queue q LEFT JOIN membership m ON m.group_id = q.group_id"
            " CROSS JOIN feedback f ON f.id = coalesce(m.feedback_id, q.head_id)"
            f" AND q.state = :state {disposed}"
        )
        return "q.head_id", members, "q.head_id"
    heads = (
        f"{first} {grouped} CROSS JOIN queue q"
        f" ON q.group_id = {narrowing.GROUP} AND q.state = :state {disposed}"
    )
    return "q.head_id", heads, newest


def _leads(query: Query, read: sqlite3.Connection, state: State | None) -> bool:
    """Whether a term leads to its few feedback quicker than the queue does."""
    row = read.execute("SELECT rows FROM tally WHERE state = ?", (state,)).fetchone()
    if row is None or row[0] <= SMALL:
        return False
    return any(_is_seeking(term) for term in query.terms)


def _is_seeking(term: Term) -> bool:
    if term.negated:
        return False
    return term.field in narrowing.SEEKING or term.values == ("linked",)


def needs_tone(query: Query) -> bool:
    """Whether what is asked is about language or sentiment, ``t``."""
    return query.sort == "sentiment" or any(
        term.field in narrowing.TONE for term in query.terms
    )


def told(query: Query, now: datetime, bound: Bound) -> tuple[list[str], str]:
    """What must hold of ``f``, and what full-text search must find, "" for anything."""
    conditions = [narrowing.condition(term, now, bound) for term in query.terms]
    wanted, unwanted = _words(query)
    if not wanted and any(not word.negated for word in query.words):
        # Signs alone: no text says them.
        conditions.append("0")
    conditions.extend(
        "f.id NOT IN (SELECT rowid FROM feedback_fts"
        f" WHERE feedback_fts MATCH {bound.name(one)})"
        for one in unwanted
    )
    return conditions, wanted


def condition(query: Query, now: datetime, bound: Bound) -> str:
    """What is true of ``f`` where a query finds it; ``:now`` is to be bound."""
    conditions, wanted = told(query, now, bound)
    if wanted:
        conditions.append(
            "f.id IN (SELECT rowid FROM feedback_fts"
            f" WHERE feedback_fts MATCH {bound.name(wanted)})"
        )
    state = place(query, None)
    if state is not None:
        conditions.append(f"{STATE_NOW} = {bound.name(state)}")
    return f"({' AND '.join(conditions) or '1'})"


def _words(query: Query) -> tuple[str, list[str]]:
    """What full-text search must find, "" for anything, and what it must not."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for word in query.words:
        said = fts_query(word.text, is_exact=word.is_exact)
        # A sign between words is nothing that could be looked for.
        if said:
            (unwanted if word.negated else wanted).append(said)
    return " ".join(wanted), unwanted


@contextlib.contextmanager
def _stoppable(
    read: sqlite3.Connection, is_stopped: Callable[[], bool] | None
) -> Iterator[None]:
    """Ask now and then whether anybody still waits."""
    if is_stopped is None:
        yield
        return
    read.set_progress_handler(is_stopped, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if is_stopped():
            raise Cancelled("the search was given up") from error
        raise
    finally:
        read.set_progress_handler(None, 0)
