"""Small real things to test with: feedback, pages, sources, filled workspaces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from triage import sync
from triage.connector import Channel, Cursor, Incoming, Page, Unreadable
from triage.model import Feedback
from triage.store import queries
from triage.store.database import Database
from triage.store.journal import KEYS
from triage.sync import Pull, SyncEvent
from triage.workspace import Workspace

if TYPE_CHECKING:
    from triage.transport import Http

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When things happen in tests, unless they say otherwise."""


def a_workspace(folder: Path, name: str = "work.db") -> Workspace:
    """A new workspace in a folder."""
    return Workspace(folder / name)


def an_incoming(
    external_id: str = "1", body: str = "the export loses all my tags", **told: Any
) -> Incoming:
    """One telling; a minute later for each number in its id."""
    digits = "".join(filter(str.isdecimal, external_id)) or "0"
    told.setdefault("received_at", NOON + timedelta(minutes=int(digits[-6:])))
    told.setdefault("channel", Channel.EMAIL)
    told.setdefault("raw", f"raw of {external_id}: {body}".encode("utf-8", "replace"))
    return Incoming(external_id=external_id, body=body, **told)


def unreadable(external_id: str = "1", raw: bytes = b"\xff\xfe\x00") -> Unreadable:
    """An input nobody can read."""
    return Unreadable(external_id=external_id, raw=raw, why="it is no text")


@dataclass(frozen=True, slots=True)
class Telling:
    """A connector that tells these pages, and then breaks if it is told to."""

    summary: ClassVar[str] = "Pages made by a test"
    pages: Sequence[Page]
    then: Exception | None = None
    asked: list[Cursor | None] = field(default_factory=list)

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the pages behind the cursor, which is the number of the last one."""
        del http
        self.asked.append(cursor)
        for page in self.pages[int(cursor or 0) :]:
            yield page
        if self.then:
            raise self.then


def paged(told: Sequence[Incoming | Unreadable], size: int) -> list[Page]:
    """The tellings in pages, each with the cursor that ``Telling`` resumes from."""
    starts = range(0, len(told), size)
    return [
        Page(told[start : start + size], Cursor(str(number)))
        for number, start in enumerate(starts, 1)
    ]


def a_pull(connector: Telling, source: str = "mail", **settings: Any) -> Pull:
    """A run over a connector, as ``triage sync`` makes it."""
    chosen: dict[str, Any] = {"label": "sync", "resume": True} | settings
    return Pull(
        source=source, connector_name="test", connector=connector, http=None, **chosen
    )


def pulled(db: Database, run: Pull) -> list[SyncEvent]:
    """Everything a pull tells, once it is over."""

    async def all_of_it() -> list[SyncEvent]:
        return [event async for event in sync.pull(db, run)]

    return asyncio.run(all_of_it())


def imported(
    workspace: Workspace,
    told: Sequence[Incoming | Unreadable],
    *,
    source: str = "mail",
    page: int = 1000,
    group: bool = True,
) -> sync.Ended:
    """Bring these in as one batch; its last event."""
    run = a_pull(Telling(paged(told, page)), source, label="file", resume=False)
    ended = pulled(workspace.db, run)[-1]
    assert isinstance(ended, sync.Ended)
    if group:
        regroup(workspace)
    return ended


def regroup(workspace: Workspace) -> None:
    """Compare everything that is pending."""
    for _ in workspace.group_pending():
        pass


def told_as(
    workspace: Workspace, *external_ids: str, source: str = "mail"
) -> list[Feedback]:
    """The feedback stored under these ids."""
    found = [
        queries.feedback_by_source(workspace.db.read(), source, one)
        for one in external_ids
    ]
    assert None not in found
    return [one for one in found if one]


def table(db: Database, name: str) -> list[tuple[Any, ...]]:
    """Every row of a table, in an order of its own."""
    return sorted(map(tuple, db.read().execute(f"SELECT * FROM {name}")), key=repr)


def decisions(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that people decided."""
    return {name: table(db, name) for name in KEYS}


def derived(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """What lists show: the queue, what is in which group, and who is one person."""
    return {name: table(db, name) for name in ("queue", "membership", "person")}


def said(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that sources said; batches and cursors tell how, not what."""
    names = ("customer", "feedback", "raw", "revision")
    return {name: table(db, name) for name in names}


def groups(workspace: Workspace, source: str | None = None) -> set[frozenset[str]]:
    """The groups of more than one, by the ids their source gave."""
    found: dict[int, set[str]] = {}
    for row in workspace.db.read().execute(
        "SELECT m.group_id, f.external_id, s.name FROM membership m"
        " JOIN feedback f ON f.id = m.feedback_id JOIN source s ON s.id = f.source_id"
    ):
        if source in {None, row["name"]}:
            found.setdefault(row["group_id"], set()).add(row["external_id"])
    return {frozenset(ids) for ids in found.values() if len(ids) > 1}


def unsound(workspace: Workspace) -> dict[str, str]:
    """What ``doctor`` finds wrong, and groups that are not what they promise."""
    told = workspace.doctor()
    checks = ("integrity", "references", "full_text", "queue", "journal")
    wrong = {name: told[name] for name in checks if told[name] != "ok"}
    for name, sql in _GROUP_LAWS.items():
        row = workspace.db.read().execute(sql).fetchone()
        if row:
            wrong[name] = str(tuple(row))
    return wrong


_GROUP_LAWS = {
    "a group is named by its earliest member": (
        "SELECT m.group_id, g.feedback_id FROM membership m JOIN ("
        " SELECT group_id, f.id AS feedback_id, min(f.number) FROM membership"
        " JOIN feedback f ON f.id = feedback_id GROUP BY group_id"
        ") g ON g.group_id = m.group_id WHERE m.group_id <> g.feedback_id"
    ),
    "a machine's group is named by one of its members": (
        "SELECT machine_id FROM membership m WHERE NOT EXISTS ("
        " SELECT 1 FROM membership o WHERE o.feedback_id = m.machine_id"
        " AND o.machine_id = m.machine_id)"
    ),
    "what people called different is apart": (
        "SELECT r.id FROM ruling r"
        " JOIN membership l ON l.feedback_id = r.left_id"
        " JOIN membership o ON o.feedback_id = r.right_id"
        " WHERE r.verdict = 'different' AND l.group_id = o.group_id"
    ),
    "nothing is compared under a number that is gone": (
        "SELECT number FROM pending WHERE number NOT IN (SELECT number FROM feedback)"
        " UNION SELECT number FROM normal"
        " WHERE number NOT IN (SELECT number FROM feedback)"
    ),
}


def numbered(bodies: Iterable[str], first: int = 1, **told: Any) -> list[Incoming]:
    """A telling for each text, with ids that count."""
    return [
        an_incoming(str(number), body, **told)
        for number, body in enumerate(bodies, first)
    ]
