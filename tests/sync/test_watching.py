"""Watched, a source is pulled when it says so, else now and then, for as long as asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from triage.sync import Ended, Failed, Grouped, Skipped, SyncEvent, lanes
from triage.workspace import Workspace

Add = Callable[..., None]


@asynccontextmanager
async def watched(
    workspace: Workspace, *names: str, every: float = 300
) -> AsyncIterator[list[SyncEvent]]:
    """What is told while it is watched, so far."""
    told: list[SyncEvent] = []

    async def listen() -> None:
        stream = cast("Any", workspace.watch(names, every=every))
        async with aclosing(stream) as events:
            async for event in events:
                told.append(event)  # noqa: PERF401 - looked at while it grows

    listening = asyncio.ensure_future(listen())
    try:
        yield told
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def until(there: Callable[[], object], seconds: float = 5) -> float:
    """Wait until it is there; how long that took."""
    began = time.monotonic()
    while not there():
        assert time.monotonic() - began < seconds, "it never came"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


def of_kind(events: list[SyncEvent], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


async def test_new_is_stored_and_grouped_at_once(
    workspace: Workspace, add: Add, tmp_path: Path
) -> None:
    """What the source says is there is in the store, and compared, within two seconds."""
    file = tmp_path / "words"
    file.write_text("")
    add("place", "begun", wakes=str(file))
    async with watched(workspace) as told:
        await until(lambda: of_kind(told, Grouped))
        assert workspace.counts()["feedback"] == 1
        file.write_text("export login ")
        took = await until(lambda: workspace.counts()["feedback"] == 3)
        took += await until(lambda: workspace.counts()["pending"] == 0)
        assert took < 2
        file.write_text("export login sync ")
        await until(lambda: workspace.counts()["feedback"] == 4)


def holds(workspace: Workspace, feedback: int) -> bool:
    return workspace.counts()["feedback"] == feedback


def deliver(folder: Path, number: int) -> None:
    """A message, as a mail server delivers it: written aside, then put in place."""
    text = (
        f"From: Ann <ann{number}@x.example>\nSubject: Number {number}\n"
        f"Message-ID: <{number}@x.example>\nDate: Mon, 2 Mar 2026 12:{number:02}:00 +0000\n"
        f"\nThe export number {number} fails on large projects every time.\n"
    )
    aside = folder / "tmp" / f"{number}.host"
    aside.write_text(text)
    aside.rename(folder / "new" / aside.name)


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    """An empty Maildir."""
    folder = tmp_path / "mail"
    for inside in ("tmp", "new", "cur"):
        (folder / inside).mkdir(parents=True)
    return folder


async def test_mail_is_seen_as_it_is_delivered(
    workspace: Workspace, maildir: Path
) -> None:
    """A message put into a Maildir is stored within two seconds; reading it is no news."""
    deliver(maildir, 1)
    workspace.add_source("mail", "maildir", {"path": str(maildir)})
    async with watched(workspace) as told:
        await until(lambda: workspace.counts()["feedback"] == 1)
        for number in (2, 3):
            await asyncio.sleep(0.3)
            deliver(maildir, number)
            took = await until(partial(holds, workspace, number))
            assert took < 2
        pulls = len(of_kind(told, Ended))
        await asyncio.sleep(0.6)
        (maildir / "new" / "2.host").rename(maildir / "cur" / "2.host:2,S")
        await asyncio.sleep(1.2)
        # It may still hear of the last delivery once.
        assert len(of_kind(told, Ended)) <= pulls + 1


async def test_what_tells_nothing_is_looked_at(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A file that grows is read again after its time, give or take a tenth."""
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": 1, "body": "the export fails"}\n')
    workspace.add_source("lines", "jsonl", {"path": str(file)})
    async with watched(workspace, every=0.3) as told:
        await until(lambda: workspace.counts()["feedback"] == 1)
        with file.open("a") as more:
            more.write('{"id": 2, "body": "sync is slow"}\n')
        await until(lambda: workspace.counts()["feedback"] == 2)
        await until(lambda: len(of_kind(told, Ended)) >= 4)
    # A file written to just now is read again soon, and nothing is stored twice.
    assert workspace.counts()["feedback"] == 2


async def test_failing_sources_are_tried_again(
    workspace: Workspace, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fails comes back when its time has come, a bug too; the others go on."""
    from datetime import timedelta

    monkeypatch.setattr("triage.sync.backoff.FIRST", timedelta(seconds=0.2))
    add("down", end="down")
    add("bug", end="bug")
    add("well")
    async with watched(workspace, every=0.2) as told:
        await until(
            lambda: (
                {"down", "bug"}
                <= {
                    event.source
                    for event in of_kind(told, Failed)
                    if workspace.source(event.source).failures >= 2
                }
            ),
            10,
        )
        await until(
            lambda: len([e for e in of_kind(told, Ended) if e.source == "well"]) > 2
        )
    assert workspace.source("down").failures >= 2
    assert workspace.source("well").failures == 0


async def test_starting_anew_asks_nobody_who_refused(
    workspace: Workspace, add: Add
) -> None:
    """A source that failed lately is not asked because the watch began again."""
    add("refused", end="refused")
    add("well")
    async for _ in workspace.sync():
        pass
    async with watched(workspace) as told:
        await until(lambda: of_kind(told, Ended))
        (skipped,) = of_kind(told, Skipped)
        await asyncio.sleep(0.3)
    assert skipped.source == "refused"
    assert workspace.source("refused").failures == 1
    async with watched(workspace, "refused") as told:
        await until(lambda: of_kind(told, Failed))
    assert workspace.source("refused").failures == 2


async def test_what_another_pulls_is_left(workspace: Workspace, add: Add) -> None:
    """A source somebody else pulls is skipped, and no failure is noted."""
    add("place")
    async with watched(workspace, every=0.05):
        await until(lambda: workspace.counts()["feedback"] == 1)
    with workspace.db.write() as write:
        write.execute("UPDATE source SET lease_holder = 'x:1', lease_at = moment()")
    async with watched(workspace, every=0.05) as told:
        await until(lambda: len(of_kind(told, Skipped)) > 2)
    assert workspace.source("place").failures == 0


async def test_nothing_piles_up(workspace: Workspace, add: Add) -> None:
    """After many pulls there are as many connections and threads as after a few."""
    import threading

    for number in range(6):
        add(f"place{number}")
    async with watched(workspace, every=0.02) as told:
        await until(lambda: len(of_kind(told, Ended)) > 30)
        await until(lambda: len(of_kind(told, Ended)) > 200, 30)
        lanes_now = [t for t in threading.enumerate() if t.name == "triage-lane"]
        assert len(lanes_now) <= lanes.AT_ONCE + 1
        assert len(workspace.db._opened) <= 2 * (lanes.AT_ONCE + 1) + 2
    read = workspace.db.read()
    kept = read.execute("SELECT count(*) FROM batch").fetchone()[0]
    assert kept <= 6 * 102


async def test_idle_pulls_are_forgotten(
    workspace: Workspace, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of pulls that brought nothing the latest are kept; those that brought any, all."""
    monkeypatch.setattr("triage.store.evidence.IDLE_KEPT", 3)
    add("place", pages=1)
    for _ in range(8):
        async for _ in workspace.sync():
            pass
    kept = workspace.pulls("place", 100)
    assert [pull.new for pull in kept] == [0, 0, 0, 0, 1]
    assert kept[0].id == 8
