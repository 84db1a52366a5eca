"""
Messages that name one another are one conversation, in whatever order they come.

A mail names itself and those it answers. Each such name leads to one feedback, and
whoever says a name that is known joins that feedback's thread; where that makes two
threads one, the smaller takes the larger one's name. So a row is renamed at most as
often as its thread can double, and nothing is ever scanned.

Subjects join nobody: every client in use names what it answers, and two questions of
one person called "Re: Your order" are mostly two. Thirty days do not tell them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from triage.store.chunks import chunks, marks
from triage.store.driver import sqlite3
from triage.store.telling import Telling


class Joined:
    """Names of messages and threads, put together as they are said together."""

    def __init__(self) -> None:
        self._above: dict[int | str, int | str] = {}

    def first(self, name: int | str) -> int | str:
        """The name that stands for all that were joined with this one."""
        root = name
        while (above := self._above.get(root, root)) != root:
            root = above
        while name != root:
            self._above[name], name = root, self._above.get(name, root)
        return root

    def join(self, left: int | str, right: int | str) -> None:
        """Have two names stand for one conversation."""
        self._above[self.first(left)] = self.first(right)


def key(source_id: int, name: str) -> int:
    """What stands for a message's name at a source: 64 bits of its BLAKE2b."""
    said = f"{source_id}\0{name}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), signed=True)


def join(
    write: sqlite3.Connection, source_id: int, tellings: Iterable[Telling]
) -> dict[str, str]:
    """
    The thread each telling is in, by external id; those it makes one are renamed.

    Only who refers to messages is in the answer: whose thread a source named itself
    stays in that.
    """
    names = {
        told.external_id: [key(source_id, name) for name in told.references]
        for told in tellings
        if told.references
    }
    if not names:
        return {}
    joined = Joined()
    for keys in names.values():
        for other in keys[1:]:
            joined.join(other, keys[0])
    threads = _threads(write, {one for keys in names.values() for one in keys})
    for name, thread in threads.items():
        joined.join(name, thread)
    together: dict[int | str, set[str]] = defaultdict(set)
    for thread in set(threads.values()):
        together[joined.first(thread)].add(thread)
    called: dict[int | str, str] = {
        root: _as_one(write, source_id, found) for root, found in together.items()
    }
    return {
        told.external_id: called.setdefault(
            joined.first(names[told.external_id][0]), told.values["thread"]
        )
        for told in tellings
        if told.external_id in names
    }


def remember(
    write: sqlite3.Connection,
    source_id: int,
    tellings: Iterable[Telling],
    ids: Mapping[str, int],
) -> None:
    """Have the names these say lead to them, where they lead to nobody yet."""
    write.executemany(
        "INSERT OR IGNORE INTO mention (id, feedback_id) VALUES (?, ?)",
        sorted(
            (key(source_id, name), ids[told.external_id])
            for told in tellings
            for name in told.references
        ),
    )


def hand_on(write: sqlite3.Connection, gone: Sequence[int], batch_id: int) -> None:
    """Have the names that lead to these, a whole batch, lead to who stays of theirs."""
    heirs: dict[tuple[int, str], int | None] = {}
    for chunk in chunks(gone):
        for name, source_id, thread in write.execute(
            "SELECT m.id, f.source_id, f.thread FROM mention m"
            " JOIN feedback f ON f.id = m.feedback_id"
            f" WHERE m.feedback_id IN ({marks(chunk)})",
            chunk,
        ).fetchall():
            place = source_id, thread
            if place not in heirs:
                found = write.execute(
                    "SELECT id FROM feedback WHERE source_id = ? AND thread = ?"
                    " AND thread <> '' AND batch_id <> ? LIMIT 1",
                    (*place, batch_id),
                ).fetchone()
                heirs[place] = found[0] if found else None
            if heirs[place] is not None:
                write.execute(
                    "UPDATE mention SET feedback_id = ? WHERE id = ?",
                    (heirs[place], name),
                )


def is_joined(read: sqlite3.Connection, feedback_id: int) -> bool:
    """Tell whether a feedback's thread was found by the messages it names."""
    row = read.execute(
        "SELECT f.channel = 'email' AND EXISTS (SELECT 1 FROM mention m"
        " JOIN feedback o ON o.id = m.feedback_id WHERE o.source_id = f.source_id"
        " AND o.thread = f.thread AND o.thread <> '')"
        " FROM feedback f WHERE f.id = ?",
        (feedback_id,),
    ).fetchone()
    return bool(row and row[0])


def _threads(write: sqlite3.Connection, keys: set[int]) -> dict[int, str]:
    """The thread each name leads to, where it leads anywhere."""
    found: dict[int, str] = {}
    for chunk in chunks(sorted(keys)):
        found.update(
            write.execute(
                "SELECT m.id, f.thread FROM mention m"
                " JOIN feedback f ON f.id = m.feedback_id"
                f" WHERE m.id IN ({marks(chunk)}) AND f.thread <> ''",
                chunk,
            )
        )
    return found


def _as_one(write: sqlite3.Connection, source_id: int, threads: set[str]) -> str:
    """Make these threads one; the name of the largest, which all of them take."""
    if len(threads) == 1:
        return next(iter(threads))
    sizes = {
        thread: write.execute(
            "SELECT count(*) FROM feedback WHERE source_id = ? AND thread = ?"
            " AND thread <> ''",
            (source_id, thread),
        ).fetchone()[0]
        for thread in threads
    }
    largest = max(sorted(threads), key=lambda thread: sizes[thread])
    write.executemany(
        "UPDATE feedback SET thread = ? WHERE source_id = ? AND thread = ?"
        " AND thread <> ''",
        ((largest, source_id, one) for one in threads if one != largest),
    )
    return largest
