"""A workspace opened to be read keeps every byte, and says why."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from factories import a_workspace, an_incoming, imported, numbered
from store.test_opening import closed_workspace, contents, stamp
from triage.errors import ReadOnly, StoreError, UsageError
from triage.store.database import APPLICATION_ID
from triage.store.driver import sqlite3
from triage.workspace import Workspace


def pull(workspace: Workspace) -> None:
    """Pull every source."""

    async def pulled() -> None:
        async for _ in workspace.sync():
            pass

    asyncio.run(pulled())


WRITES: dict[str, Callable[[Workspace], object]] = {
    "archive": lambda w: w.archive([w.feedback("f1")]),
    "decline": lambda w: w.decline([w.feedback("f1")], "not planned"),
    "accept": lambda w: w.accept([w.feedback("f1")], "It hurts more"),
    "capture": lambda w: w.capture("It hurts elsewhere"),
    "undo": lambda w: w.undo(),
    "redo": lambda w: w.redo(),
    "reserve": lambda w: w.reserve("pain_point", 1),
    "take back": lambda w: w.take_back(1),
    "sync": pull,
    "add source": lambda w: w.add_source("more", "csv", {"path": "x.csv"}),
    "remove source": lambda w: w.remove_source("more"),
    "regroup": lambda w: w.refit(apply=True),
}


@pytest.mark.parametrize("name", WRITES)
def test_whatever_writes_is_refused(tmp_path: Path, name: str) -> None:
    """Each act ends in the same sentence, and the folder holds what it held."""
    path = closed_workspace(tmp_path)
    before = contents(tmp_path)
    with Workspace(path, read_only=True) as workspace:
        assert workspace.counts()["feedback"] == 2
        with pytest.raises(ReadOnly, match="open read only, so nothing was changed"):
            WRITES[name](workspace)
        assert workspace.wake() == 0
    after = contents(tmp_path)
    # SQLite keeps a log beside whatever it opens; nothing was ever put into it.
    assert after.pop("work.db-wal", b"") == b""
    after.pop("work.db-shm", None)
    assert after == before


def test_no_connection_can_write(tmp_path: Path) -> None:
    """Not even SQL gets past it, whatever it says about itself."""
    path = closed_workspace(tmp_path)
    before = path.read_bytes()
    with Workspace(path, read_only=True) as workspace:
        read = workspace.db.read()
        read.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            read.execute("DELETE FROM feedback")
    assert path.read_bytes() == before


def test_what_others_write_is_seen(tmp_path: Path) -> None:
    """Reading only is of the file as it is, not as it was."""
    path = closed_workspace(tmp_path)
    with Workspace(path, read_only=True) as reader, Workspace(path) as writer:
        assert len(reader.pain_points()) == 1
        writer.capture("It hurts elsewhere")
        assert len(reader.pain_points()) == 2


def test_what_is_not_in_the_file_yet_is_read_and_left_there(tmp_path: Path) -> None:
    """A log that another process left is read along, and not folded into the file."""
    path = closed_workspace(tmp_path)
    with Workspace(path) as writer:
        writer.capture("It hurts elsewhere")
        before = path.read_bytes()
        with Workspace(path, read_only=True) as reader:
            assert len(reader.pain_points()) == 2
        assert path.read_bytes() == before


def test_nothing_is_made(tmp_path: Path) -> None:
    """A workspace that is not there is not made to be read."""
    with pytest.raises(UsageError, match="is not there"):
        Workspace(tmp_path / "new.db", read_only=True)
    assert not list(tmp_path.iterdir())


def test_an_older_format_is_left_as_it_is(tmp_path: Path) -> None:
    """What would have to be brought up to date is refused, with what to do."""
    path = tmp_path / "work.db"
    with a_workspace(tmp_path) as workspace:
        imported(workspace, [an_incoming()])
    stamp(path, application_id=APPLICATION_ID, version=1)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="open it once without --read-only"):
        Workspace(path, read_only=True)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_nobody_may_write_is_read(tmp_path: Path) -> None:
    """A file and a folder without write permission can be looked at."""
    with a_workspace(tmp_path) as workspace:
        imported(workspace, numbered(["one thing"]))
    (tmp_path / "work.db").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with Workspace(tmp_path / "work.db", read_only=True) as reader:
            assert reader.counts()["feedback"] == 1
    finally:
        tmp_path.chmod(0o700)
