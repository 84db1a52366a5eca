"""Pulling keeps what came, goes on where it stopped, and never does it twice at once."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (
    Telling,
    a_pull,
    a_workspace,
    an_incoming,
    imported,
    numbered,
    paged,
    pulled,
    said,
    table,
)
from triage import sync
from triage.connector import Cursor, Page
from triage.errors import ConfigError, NotFound, SourceError, SourceUnavailable
from triage.store import codec
from triage.sync import Began, Ended, Failed, Fetched, Grouped
from triage.workspace import Workspace

if TYPE_CHECKING:
    from triage.transport import Http

DOWN = SourceUnavailable("mail.example does not answer; try again later")
SIX = numbered(["one thing", "two things", "three", "four", "five", "six"])


def source(workspace: Workspace, name: str = "mail") -> dict[str, Any]:
    row = (
        workspace.db.read()
        .execute("SELECT * FROM source WHERE name = ?", (name,))
        .fetchone()
    )
    return dict(row) if row else {}


def of_kind(events: list[sync.SyncEvent], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def test_a_pull_tells_what_it_does(workspace: Workspace) -> None:
    """Began, a line for each page, and an end with the counts of all of them."""
    events = pulled(workspace.db, a_pull(Telling(paged(SIX, 2))))
    kinds = [type(event) for event in events]
    assert kinds == [Began, Fetched, Fetched, Fetched, Ended]
    ended = events[-1]
    assert isinstance(ended, Ended)
    assert ended.counts.as_dict() == {
        "new": 6, "changed": 0, "same": 0, "quarantined": 0,
    }  # fmt: skip
    assert source(workspace)["cursor"] == "3"
    assert source(workspace)["failure"] == ""
    assert [batch.new for batch in workspace.imports()] == [6]


def test_a_source_that_breaks_keeps_what_came(workspace: Workspace) -> None:
    """Pages before an error are stored, the error is told and kept beside the source."""
    events = pulled(workspace.db, a_pull(Telling(paged(SIX, 2)[:2], then=DOWN)))
    assert [type(event) for event in events][-2:] == [Failed, Ended]
    assert of_kind(events, Failed)[0].error is DOWN
    assert workspace.counts()["feedback"] == 4
    (view,) = workspace.sources()
    assert view.failure == str(DOWN)
    assert view.failed_at is not None
    assert view.synced_at is None
    assert source(workspace)["lease_holder"] is None


def test_a_failure_does_not_hide_the_last_success(workspace: Workspace) -> None:
    """When it last went well stays known, and going well again clears the failure."""
    pulled(workspace.db, a_pull(Telling(paged(SIX, 6))))
    well = source(workspace)["synced_at"]
    pulled(workspace.db, a_pull(Telling([], then=DOWN)))
    assert source(workspace)["synced_at"] == well
    assert source(workspace)["failure"] == str(DOWN)
    pulled(workspace.db, a_pull(Telling([])))
    assert source(workspace)["failure"] == ""
    assert source(workspace)["synced_at"] > well


def test_wrong_settings_leave_no_trace(workspace: Workspace) -> None:
    """A connector that finds its settings wrong before it reads writes nothing."""
    wrong = ConfigError("no such folder: INBOX")
    with pytest.raises(ConfigError):
        pulled(workspace.db, a_pull(Telling([], then=wrong)))
    assert table(workspace.db, "source") == table(workspace.db, "batch") == []


def test_an_empty_source_is_known_after_its_pull(workspace: Workspace) -> None:
    """Nothing new is a good answer: the source is there, synced, with a batch of none."""
    ended = pulled(workspace.db, a_pull(Telling([])))[-1]
    assert isinstance(ended, Ended)
    assert ended.counts.total == 0
    assert source(workspace)["synced_at"] is not None


class _Bug(Exception):
    """Something nobody expected."""


@pytest.mark.parametrize(
    "end", [_Bug("oops"), KeyboardInterrupt(), ConfigError("late")]
)
def test_what_was_stopped_is_no_success(
    workspace: Workspace, end: BaseException
) -> None:
    """A bug, Ctrl-C or a late surprise ends the pull; its pages stay, nobody calls it done."""
    telling = Telling(paged(SIX, 2), then=end)  # type: ignore[arg-type]
    with pytest.raises(type(end)):
        pulled(workspace.db, a_pull(telling))
    found = source(workspace)
    assert found["synced_at"] is None
    assert found["failure"] != ""
    assert found["lease_holder"] is None
    assert workspace.counts()["feedback"] == 6


@dataclass(frozen=True, slots=True)
class _Open:
    """A connector that holds something open while it tells."""

    summary: ClassVar[str] = "Pages with something held open"
    held: list[str] = field(default_factory=list)

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield pages for ever."""
        del http, cursor
        self.held.append("a file")
        try:
            for number in range(1000):
                yield Page([an_incoming(str(number))], Cursor(str(number)))
        finally:
            self.held.clear()


def test_a_limit_ends_after_its_page(workspace: Workspace) -> None:
    """Told to stop at three, it stops at the page that has them; what was open is closed."""
    connector = _Open()
    run = a_pull(connector, limit=3)  # type: ignore[arg-type]
    events = pulled(workspace.db, run)
    assert events[-1].counts.new == 3  # type: ignore[union-attr]
    assert source(workspace)["cursor"] == "2"
    assert connector.held == []
    pulled(workspace.db, a_pull(Telling(paged(SIX, 2)), "other", limit=3))
    assert source(workspace, "other")["cursor"] == "2"


def test_whoever_stops_listening_ends_the_pull(workspace: Workspace) -> None:
    """Left in the middle, a pull gives back its lease and closes what it held."""
    connector = _Open()

    async def listen_once() -> None:
        events = sync.pull(workspace.db, a_pull(connector))  # type: ignore[arg-type]
        async for event in events:
            if isinstance(event, Fetched):
                break
        await events.aclose()  # type: ignore[attr-defined]

    asyncio.run(listen_once())
    assert connector.held == []
    assert source(workspace)["lease_holder"] is None
    assert source(workspace)["cursor"] == "0"


@given(st.integers(1, 4), st.integers(0, 6))
@settings(max_examples=28)
def test_resumed_is_as_good_as_whole(size: int, broken_after: int) -> None:
    """Broken off after any page and resumed, the store holds what one pull would bring."""
    pages = paged(SIX, size)
    with tempfile.TemporaryDirectory() as folder:
        with a_workspace(Path(folder), "whole.db") as whole:
            pulled(whole.db, a_pull(Telling(pages)))
            expected = said(whole.db)
        with a_workspace(Path(folder), "parts.db") as parts:
            first = Telling(pages[:broken_after], then=DOWN)
            pulled(parts.db, a_pull(first))
            rest = Telling(pages)
            pulled(parts.db, a_pull(rest))
            assert rest.asked == [
                str(min(broken_after, len(pages))) if broken_after else None
            ]
            found = said(parts.db)
            # Only the batch they came in differs.
            assert _without_batch(expected) == _without_batch(found)


def _without_batch(tables: dict[str, list[tuple[Any, ...]]]) -> Any:
    return tables | {"feedback": [row[:-1] for row in tables["feedback"]]}


def test_an_import_reads_all_and_moves_no_cursor(workspace: Workspace) -> None:
    """One-shot reading neither begins at a source's cursor nor moves it."""
    pulled(workspace.db, a_pull(Telling(paged(SIX, 2)[:2])))
    again = Telling(paged(SIX, 3))
    pulled(workspace.db, a_pull(again, resume=False))
    assert again.asked == [None]
    assert source(workspace)["cursor"] == "2"
    assert workspace.counts()["feedback"] == 6


def test_a_gap_is_recorded(workspace: Workspace) -> None:
    """What a source says it can no longer give is kept in its words."""
    lost = Page(SIX[:1], Cursor("1"), gap="reviews before 1 March are gone")
    pulled(workspace.db, a_pull(Telling([lost])))
    assert workspace.sources()[0].gap == "reviews before 1 March are gone"
    pulled(workspace.db, a_pull(Telling(paged(SIX, 6))))
    assert workspace.sources()[0].gap == "reviews before 1 March are gone"


# One at a time


def lease(workspace: Workspace, holder: str, ago: timedelta = timedelta()) -> None:
    """Another process holds the source, and gave a sign of life that long ago."""
    with workspace.db.write() as write:
        write.execute(
            "UPDATE source SET lease_holder = ?, lease_at = ?",
            (holder, codec.to_text(datetime.now(UTC) - ago)),
        )


def test_a_source_is_pulled_by_one(workspace: Workspace) -> None:
    """While a living process pulls a source, another is refused, and touches nothing."""
    holder = f"{socket.gethostname()}:{os.getppid()}"
    pulled(workspace.db, a_pull(Telling([])))
    lease(workspace, holder)
    before = table(workspace.db, "source"), table(workspace.db, "batch")
    telling = Telling(paged(SIX, 2))
    with pytest.raises(SourceError, match=f"is being pulled by {holder}"):
        pulled(workspace.db, a_pull(telling))
    assert telling.asked == []
    assert before == (table(workspace.db, "source"), table(workspace.db, "batch"))
    imported(workspace, SIX, source="another")
    assert workspace.counts()["feedback"] == 6


def test_a_source_of_another_machine_is_waited_for(workspace: Workspace) -> None:
    """Whether a process on another machine lives is unknown, so it is believed at first."""
    pulled(workspace.db, a_pull(Telling([])))
    lease(workspace, "elsewhere:1", timedelta(minutes=9))
    with pytest.raises(SourceError, match="already"):
        pulled(workspace.db, a_pull(Telling([])))
    lease(workspace, "elsewhere:1", timedelta(minutes=11))
    assert isinstance(pulled(workspace.db, a_pull(Telling(paged(SIX, 2))))[-1], Ended)


def test_a_dead_puller_is_taken_over_from(workspace: Workspace) -> None:
    """A lease whose process is gone is no lease."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    pulled(workspace.db, a_pull(Telling([])))
    lease(workspace, f"{socket.gethostname()}:{gone.pid}")
    pulled(workspace.db, a_pull(Telling(paged(SIX, 2))))
    assert workspace.counts()["feedback"] == 6
    assert source(workspace)["lease_holder"] is None


def test_two_that_begin_at_once_are_one(workspace: Workspace) -> None:
    """Of two that both began to read, the one that stores first goes on alone."""

    @dataclass(frozen=True, slots=True)
    class Slow:
        summary: ClassVar[str] = "Another takes the lease before the first page"

        async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
            del http, cursor
            lease(workspace, f"{socket.gethostname()}:{os.getppid()}")
            yield Page(SIX, Cursor("1"))

    pulled(workspace.db, a_pull(Telling([])))
    with pytest.raises(SourceError, match="already"):
        pulled(workspace.db, a_pull(Slow()))  # type: ignore[arg-type]
    assert workspace.counts()["feedback"] == 0


# Through the workspace


def write_lines(folder: Path, name: str, count: int) -> Path:
    path = folder / name
    lines = (f'{{"id": "{n}", "body": "line {n} of {name}"}}\n' for n in range(count))
    path.write_text("".join(lines))
    return path


def synced(workspace: Workspace, *names: str) -> list[sync.SyncEvent]:
    async def all_of_it() -> list[sync.SyncEvent]:
        return [event async for event in workspace.sync(list(names) or None)]

    return asyncio.run(all_of_it())


def test_one_bad_source_never_stops_the_others(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A source that fails is told as failed; the rest are pulled, and all is grouped."""
    file = write_lines(tmp_path, "good.jsonl", 3)
    workspace.add_source(
        "bad", "jsonl", {"path": str(write_lines(tmp_path, "x.jsonl", 1))}
    )
    workspace.add_source("good", "jsonl", {"path": str(file)})
    (tmp_path / "x.jsonl").unlink()
    events = synced(workspace)
    assert [event.source for event in of_kind(events, Failed)] == ["bad"]
    assert [event.source for event in of_kind(events, Ended)][-1] == "good"
    assert of_kind(events, Grouped)
    assert workspace.counts()["feedback"] == 3
    assert workspace.counts()["pending"] == 0


def test_only_what_is_asked_for_is_pulled(workspace: Workspace, tmp_path: Path) -> None:
    """Named, one source is pulled alone; a name nobody has is refused at once."""
    for name in ("one", "two"):
        file = write_lines(tmp_path, f"{name}.jsonl", 2)
        workspace.add_source(name, "jsonl", {"path": str(file)})
    synced(workspace, "two")
    assert [view.feedback for view in workspace.sources()] == [0, 2]
    with pytest.raises(NotFound, match="no source is called three"):
        synced(workspace, "one", "three")
    assert [view.feedback for view in workspace.sources()] == [0, 2]


def test_a_second_sync_brings_only_what_is_new(
    workspace: Workspace, tmp_path: Path
) -> None:
    """After the file grew, only its new lines come; nothing is doubled."""
    file = write_lines(tmp_path, "grows.jsonl", 3)
    workspace.add_source("grows", "jsonl", {"path": str(file)})
    synced(workspace)
    write_lines(tmp_path, "grows.jsonl", 5)
    ended = of_kind(synced(workspace), Ended)[-1]
    assert ended.counts.new == 2
    assert workspace.counts()["feedback"] == 5
    assert of_kind(synced(workspace), Ended)[-1].counts.new == 0
