"""
One telling that reaches several sources counts once, in whatever order they bring it.

Sources that know the same telling by different ids give it a name in common. Whoever
told it first stands for it; what another source tells under a name that leads there is
its copy: kept, and neither queued, compared nor counted. Both are one customer's.

Once a copy, a row stays one: an edit reaches one source a week before the other. What
people have decided on stays where they put it and has a row of ``copy`` all the same,
so that its customer is counted once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from triage.model import Kind
from triage.store import customers, queue, sleeping
from triage.store.chunks import among, chunks, marks
from triage.store.decided import HANGING
from triage.store.driver import sqlite3
from triage.store.telling import Telling

_SAID = {Kind.FEEDBACK, Kind.COPY}
"""What customers said, whether it counts here or elsewhere."""


@dataclass(frozen=True, slots=True)
class First:
    """The feedback that stands for a telling, and whose it is."""

    id: int
    customer_id: int | None


@dataclass(frozen=True, slots=True)
class Join:
    """
    What a telling of something stored has to do with other sources.

    Attributes:
        is_tied: Whether it is a copy of something, or something of it.
        found: What its name leads to.
    """

    is_tied: bool
    found: First | None

    def first(
        self, write: sqlite3.Connection, feedback_id: int, before: dict[str, Any]
    ) -> First | None:
        """What stands for it from now; what did so already is put into ``before``."""
        first = first_of(write, feedback_id) if self.is_tied else None
        if first:
            before["copy_of"] = first.id
        elif self.found:
            tie(write, feedback_id, self.found)
        return first or self.found


def key(name: str) -> int:
    """What stands for a name sources share: 64 bits of its BLAKE2b."""
    said = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(said, signed=True)


def find(
    write: sqlite3.Connection, source_id: int, tellings: Iterable[Telling]
) -> dict[str, First]:
    """What another source told before of each of these, by external id."""
    names = {
        told.external_id: key(told.also)
        for told in tellings
        if told.also and told.kind is Kind.FEEDBACK
    }
    found: dict[int, First] = {}
    for chunk in chunks(sorted(set(names.values()))):
        found.update(
            (row[0], First(row[1], row[2]))
            for row in write.execute(
                "SELECT n.id, f.id, f.customer_id FROM shared_name n"
                " LEFT JOIN copy c ON c.feedback_id = n.feedback_id"
                " JOIN feedback f ON f.id = coalesce(c.of_id, n.feedback_id)"
                f" WHERE n.id IN ({marks(chunk)})"
                " AND f.source_id <> ? AND f.kind = 'feedback'",
                (*chunk, source_id),
            )
        )
    return {one: found[name] for one, name in names.items() if name in found}


def tied(read: sqlite3.Connection, feedback_ids: Sequence[int]) -> set[int]:
    """Those of these that are copies, or have any."""
    return among(read, "copy", ("feedback_id", "of_id"), feedback_ids)


def as_copy(told: Telling) -> Telling:
    """The telling as it is stored where another source told it before."""
    return replace(told, kind=Kind.COPY, values={**told.values, "kind": Kind.COPY})


def marked(
    tellings: Sequence[Telling], firsts: Mapping[str, First]
) -> Sequence[Telling]:
    """The tellings, those that have a first as copies."""
    if not firsts:
        return tellings
    return [as_copy(one) if one.external_id in firsts else one for one in tellings]


def keep(
    write: sqlite3.Connection,
    tellings: Sequence[Telling],
    ids: Mapping[str, int],
    firsts: Mapping[str, First],
) -> None:
    """Keep the names of what was just stored, and what of it are copies of what."""
    remember(write, tellings, ids)
    write.executemany(
        "INSERT INTO copy (feedback_id, of_id) VALUES (?, ?)",
        (
            (ids[told.external_id], firsts[told.external_id].id)
            for told in tellings
            if told.external_id in firsts
        ),
    )


def remember(
    write: sqlite3.Connection, tellings: Iterable[Telling], ids: Mapping[str, int]
) -> None:
    """Have the names of these lead to them, unless they lead to what counts already."""
    write.executemany(
        "INSERT INTO shared_name (id, feedback_id) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET feedback_id = excluded.feedback_id"
        " WHERE (SELECT kind FROM feedback WHERE id = shared_name.feedback_id)"
        " NOT IN ('feedback', 'copy')",
        sorted(
            (key(told.also), ids[told.external_id])
            for told in tellings
            if told.also and told.kind in _SAID
        ),
    )


def tie(write: sqlite3.Connection, feedback_id: int, first: First) -> None:
    """Have a feedback, and whatever was a copy of it, be told of the first from now."""
    write.execute(
        "INSERT OR REPLACE INTO copy (feedback_id, of_id) VALUES (?, ?)",
        (feedback_id, first.id),
    )
    write.execute("UPDATE copy SET of_id = ? WHERE of_id = ?", (first.id, feedback_id))
    follow(write, first)


def follow(write: sqlite3.Connection, first: First) -> None:
    """Have every copy be the customer's whose the first is."""
    moved = [
        row[0]
        for row in write.execute(
            "SELECT c.feedback_id FROM copy c JOIN feedback f ON f.id = c.feedback_id"
            " WHERE c.of_id = ? AND f.customer_id IS NOT ?"
            " AND f.kind IN ('feedback', 'copy')",
            (first.id, first.customer_id),
        ).fetchall()
    ]
    for chunk in chunks(moved):
        write.execute(
            f"UPDATE feedback SET customer_id = ? WHERE id IN ({marks(chunk)})",
            (first.customer_id, *chunk),
        )
    queue.refresh(write, moved)


def elsewhere(read: sqlite3.Connection, feedback_id: int) -> list[int]:
    """The same as other sources told it: what it is a copy of first, then copies."""
    return [
        row[0]
        for row in read.execute(
            "WITH first(id) AS (SELECT coalesce("
            " (SELECT of_id FROM copy WHERE feedback_id = :id), :id))"
            " SELECT f.id FROM feedback f, first WHERE f.id <> :id AND (f.id = first.id"
            " OR f.id IN (SELECT feedback_id FROM copy WHERE of_id = first.id))"
            " ORDER BY f.id <> first.id, f.number",
            {"id": feedback_id},
        )
    ]


def first_of(read: sqlite3.Connection, feedback_id: int) -> First | None:
    """What a feedback is told of; None where it stands for itself."""
    row = read.execute(
        "SELECT f.id, f.customer_id FROM copy c JOIN feedback f ON f.id = c.of_id"
        " WHERE c.feedback_id = ?",
        (feedback_id,),
    ).fetchone()
    return None if row is None else First(row[0], row[1])


def standing(
    read: sqlite3.Connection, feedback_id: int, before: str, told: Telling
) -> Telling:
    """What another source told first, as it stands here: a copy, unless decided on."""
    stays = before != Kind.COPY and _is_decided(read, feedback_id)
    return told if stays else as_copy(told)


def settle(write: sqlite3.Connection, feedback_id: int) -> None:
    """Have the copies of a feedback that was rewritten follow it, or stand alone."""
    row = write.execute(
        "SELECT kind, customer_id FROM feedback WHERE id = ?"
        " AND EXISTS (SELECT 1 FROM copy WHERE of_id = feedback.id)",
        (feedback_id,),
    ).fetchone()
    if row is None:
        return
    if row["kind"] == Kind.FEEDBACK:
        follow(write, First(feedback_id, row["customer_id"]))
    else:
        hand_on(write, [feedback_id])


def restored(
    write: sqlite3.Connection, feedback_id: int, values: dict[str, Any]
) -> None:
    """Have what a feedback was before (``values``) fit what it is told of now."""
    was_tied = values.pop("copy_of", None) is not None
    if not was_tied:
        write.execute("DELETE FROM copy WHERE feedback_id = ?", (feedback_id,))
        return
    first = first_of(write, feedback_id)
    if first is not None:
        values["customer_id"] = first.customer_id
        return
    # What it was a copy of has gone since.
    if values["kind"] == Kind.COPY:
        values["kind"] = Kind.FEEDBACK
    values["customer_id"] = _own_customer(write, feedback_id, values)


def hand_on(write: sqlite3.Connection, gone: Sequence[int]) -> None:
    """
    Have others stand for what these stood for, and keep their names.

    The copy that came first takes its place in the inbox; the others are its copies.
    """
    left = set(gone)
    for chunk in chunks(gone):
        tied = write.execute(
            "SELECT c.feedback_id, c.of_id, f.kind FROM copy c"
            " JOIN feedback f ON f.id = c.feedback_id"
            f" WHERE c.feedback_id IN ({marks(chunk)}) OR c.of_id IN ({marks(chunk)})"
            " ORDER BY f.number",
            (*chunk, *chunk),
        ).fetchall()
        heirs: dict[int, int] = {}
        for feedback_id, of_id, kind in tied:
            if of_id in left and feedback_id not in left and kind in _SAID:
                heirs.setdefault(of_id, feedback_id)
        for first, heir in heirs.items():
            _release(write, first, heir)
        for feedback_id, of_id, _ in tied:
            if feedback_id in left:
                _rename(write, feedback_id, heirs.get(of_id, of_id))
            elif of_id in left and of_id not in heirs:
                write.execute("DELETE FROM copy WHERE feedback_id = ?", (feedback_id,))


def _release(write: sqlite3.Connection, first: int, heir: int) -> None:
    """Have a copy stand for what it was a copy of."""
    _rename(write, first, heir)
    write.execute("DELETE FROM copy WHERE feedback_id = ?", (heir,))
    write.execute("UPDATE copy SET of_id = ? WHERE of_id = ?", (heir, first))
    row = write.execute("SELECT * FROM feedback WHERE id = ?", (heir,)).fetchone()
    customer = _own_customer(write, heir, row)
    if row["kind"] == Kind.COPY:
        asleep = sleeping.in_threads_of(write, [heir])
        write.execute(
            "UPDATE feedback SET kind = 'feedback', customer_id = ? WHERE id = ?",
            (customer, heir),
        )
        write.execute("INSERT INTO pending (number) VALUES (?)", (row["number"],))
        queue.refresh(write, [heir, *asleep])
    else:
        write.execute(
            "UPDATE feedback SET customer_id = ? WHERE id = ?", (customer, heir)
        )
        queue.refresh(write, [heir])
    settle(write, heir)


def _rename(write: sqlite3.Connection, feedback_id: int, to: int) -> None:
    """Have the names that lead to one lead to another."""
    write.execute(
        "UPDATE shared_name SET feedback_id = ? WHERE feedback_id = ?",
        (to, feedback_id),
    )


def _own_customer(
    write: sqlite3.Connection, feedback_id: int, values: Mapping[str, Any]
) -> int | None:
    source_id, external_id = write.execute(
        "SELECT source_id, external_id FROM feedback WHERE id = ?", (feedback_id,)
    ).fetchone()
    named = customers.named(
        write, source_id, {feedback_id: values}, {feedback_id: external_id}
    )
    return named.get(feedback_id)


def _is_decided(read: sqlite3.Connection, feedback_id: int) -> bool:
    return any(
        read.execute(
            f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (feedback_id,)
        ).fetchone()
        for table, column in HANGING
    )
