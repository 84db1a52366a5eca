"""Several sources at once: each goes its own way, and none holds up another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import places
from factories import unsound
from triage import sync
from triage.errors import Held, SourceUnavailable
from triage.store import leases
from triage.sync import Ended, Failed, Fetched, Grouped, Skipped, aside, lanes
from triage.sync.pulling import PATIENCE
from triage.workspace import Workspace

Add = Callable[..., None]
Synced = Callable[..., list[sync.SyncEvent]]


def of_kind(events: list[sync.SyncEvent], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def most_at_once() -> int:
    """How many places were being pulled at the same moment."""
    running = most = 0
    for _, what, _ in sorted(places.HEARD, key=lambda one: one[2]):
        running += 1 if what == "began" else -1
        most = max(most, running)
    return most


def test_several_are_pulled_at_the_same_time(
    workspace: Workspace, add: Add, synced: Synced
) -> None:
    """Six slow sources overlap, four at a time; all of it is stored and grouped."""
    for number in range(6):
        add(f"place{number}", pages=3, size=2, pause=0.05)
    events = synced()
    assert most_at_once() == lanes.AT_ONCE
    assert {event.source for event in of_kind(events, Ended)} == {
        f"place{number}" for number in range(6)
    }
    assert workspace.counts()["feedback"] == 36
    assert workspace.counts()["pending"] == 0
    assert isinstance(events[-1], Grouped)
    assert unsound(workspace) == {}


def test_one_that_computes_starves_nobody(add: Add, synced: Synced) -> None:
    """While one keeps its thread busy and never waits, another is read to its end."""
    add("busy", pages=8, busy=0.1)
    add("quick", pages=3)
    done = [event.source for event in of_kind(synced(), Ended)]
    assert done == ["quick", "busy"]


def test_whatever_goes_wrong_stays_where_it_is(
    workspace: Workspace, add: Add, synced: Synced
) -> None:
    """Down, refused, limited, wrong: each is told and kept, and the others are pulled."""
    for end in ("down", "refused", "limited", "wrong"):
        add(end, end=end)
    add("well", pages=2)
    events = synced()
    failed = {event.source: event.why for event in of_kind(events, Failed)}
    assert failed == {
        end: str(places.failing(end)) for end in ("down", "refused", "limited", "wrong")
    }
    kept = {view.name: view.failure for view in workspace.sources()}
    assert kept == failed | {"well": ""}
    # What came before each failure is there.
    assert workspace.counts()["feedback"] == 6
    assert all(row is None for row in holders(workspace))


def test_settings_that_do_not_fit_are_told_beside_their_source(
    workspace: Workspace, add: Add, synced: Synced
) -> None:
    """A configured source whose connector is unknown has failed; the others go on."""
    add("well")
    path = workspace.config.path
    path.write_text(path.read_text() + '\n[sources.odd]\nconnector = "nonsense"\n')
    with Workspace(workspace.path) as again:
        events = synced_in(again)
        assert [event.source for event in of_kind(events, Failed)] == ["odd"]
        (odd,) = [view for view in again.sources() if view.name == "odd"]
        assert "nonsense" in odd.failure
        assert again.counts()["feedback"] == 1


def test_a_fault_is_raised_once_the_others_are_done(
    workspace: Workspace, add: Add
) -> None:
    """A bug in a connector stops its source alone, and is raised with its trace."""
    add("bug", end="bug")
    add("well", pages=3, pause=0.05)
    events: list[sync.SyncEvent] = []

    async def collect() -> None:
        async for event in workspace.sync():
            events.append(event)  # noqa: PERF401 - those before the fault count

    with pytest.raises(KeyError) as raised:
        asyncio.run(collect())
    assert "_finish" in {entry.name for entry in raised.traceback}
    assert workspace.counts()["feedback"] == 4
    assert workspace.counts()["pending"] == 0
    (failed,) = of_kind(events, Failed)
    assert failed.is_bug
    views = {view.name: view for view in workspace.sources()}
    assert "fault (KeyError)" in views["bug"].failure
    assert views["well"].failure == ""


def test_who_ends_the_program_ends_itself(
    workspace: Workspace, add: Add, synced: Synced
) -> None:
    """A connector that leaves as a script does stops its source alone."""
    add("exit", end="exit")
    add("well", pages=3, pause=0.05)
    with pytest.raises(RuntimeError, match="ended the program"):
        synced()
    assert workspace.counts()["feedback"] == 4


def test_two_faults_are_both_raised(add: Add, synced: Synced) -> None:
    """Where several connectors have bugs, none hides another."""
    add("one", end="bug")
    add("two", end="bug")
    with pytest.raises(ExceptionGroup) as raised:
        synced()
    assert len(raised.value.exceptions) == 2


@pytest.mark.parametrize("end", ["hang", "stuck"])
def test_who_says_nothing_is_given_up(
    workspace: Workspace,
    add: Add,
    synced: Synced,
    monkeypatch: pytest.MonkeyPatch,
    end: str,
) -> None:
    """A source that waits or blocks for ever is left after its time; the rest is kept."""
    assert PATIENCE == 600
    monkeypatch.setattr("triage.sync.pulling.PATIENCE", 0.3)
    monkeypatch.setattr(aside, "GRACE", 0.1)
    add("silent", end=end, pages=2)
    add("well", pages=3)
    began = time.monotonic()
    (failed,) = of_kind(synced(), Failed)
    assert time.monotonic() - began < 10
    assert isinstance(failed.error, SourceUnavailable)
    assert failed.retry_at is not None
    assert workspace.counts()["feedback"] == 5
    view = {view.name: view for view in workspace.sources()}["silent"]
    assert "it was given up" in view.failure
    assert view.failures == 1
    assert view.holder == ""


def test_leaving_stops_every_source(workspace: Workspace, add: Add) -> None:
    """Whoever stops listening ends all pulls; their pages stay, their leases do not."""
    for name in ("one", "two", "three"):
        add(name, pages=1000, pause=0.01)

    async def listen() -> None:
        stream = workspace.sync()
        seen = set()
        async for event in stream:
            if isinstance(event, Fetched):
                seen.add(event.source)
            if len(seen) == 3:
                break
        await stream.aclose()  # type: ignore[attr-defined]

    began = time.monotonic()
    asyncio.run(listen())
    assert time.monotonic() - began < 5
    assert [what for _, what, _ in places.HEARD].count("ended") == 3
    assert 3 <= workspace.counts()["feedback"] < 100
    assert all(row is None for row in holders(workspace))
    # It was stopped by a person, and is no reason to wait.
    assert {view.failures for view in workspace.sources()} == {0}
    assert not any(view.retry_at for view in workspace.sources())


def test_what_another_process_pulls_is_told_and_left(
    workspace: Workspace, add: Add, synced: Synced
) -> None:
    """A lease held elsewhere is no failure: who holds it is said, the others are pulled."""
    add("theirs")
    add("ours")
    synced("theirs")
    with workspace.db.write() as write:
        write.execute(
            "UPDATE source SET lease_holder = 'elsewhere:7', lease_at = moment()"
        )
    events = synced()
    (skipped,) = of_kind(events, Skipped)
    assert skipped.source == "theirs"
    assert "elsewhere:7" in skipped.why
    assert of_kind(events, Failed) == []
    views = {view.name: view for view in workspace.sources()}
    assert views["ours"].feedback == 1
    assert (views["theirs"].health, views["theirs"].holder) == (
        "pulling",
        "elsewhere:7",
    )


def test_a_long_fetch_keeps_its_lease(
    workspace: Workspace, add: Add, synced: Synced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a source takes its time, its lease is renewed; after it, it is given back."""
    monkeypatch.setattr(lanes, "BEAT", 0.05)
    add("slow", pause=3.0)
    beats: set[str] = set()

    async def look() -> None:
        async for event in workspace.sync():
            if isinstance(event, sync.Began):
                # As long as it takes on a busy machine, within the one long fetch.
                for _ in range(50):
                    await asyncio.sleep(0.05)
                    if held(workspace):
                        beats.add(str(lease_at(workspace)))
                    if len(beats) >= 4:
                        break

    asyncio.run(look())
    assert len(beats) >= 4
    assert holders(workspace) == [None]


def test_a_source_is_held_from_its_first_question(
    workspace: Workspace, add: Add
) -> None:
    """Before anything is asked the source is held, so no other process asks as well."""
    add("slow", pause=5.0)

    async def look() -> str:
        async for event in workspace.sync():
            if isinstance(event, sync.Began):
                for _ in range(400):
                    await asyncio.sleep(0.01)
                    if held(workspace):
                        break
                return workspace.source("slow").holder
        return ""

    assert asyncio.run(look()) == leases.holder()
    # Left before it told anything, it is as if nobody had asked.
    assert holders(workspace) == []
    synced_in(workspace)
    with workspace.db.write() as write:
        write.execute("UPDATE source SET lease_holder = 'x:1', lease_at = moment()")
        with pytest.raises(Held, match="x:1"):
            leases.take(write, 1, workspace.clock())


def test_no_connection_is_left_open(
    workspace: Workspace, add: Add, synced: Synced
) -> None:
    """Each thread closes what it opened: a hundred pulls leave no more than one does."""
    for number in range(5):
        add(f"place{number}")
    synced()
    before = len(workspace.db._opened)
    for _ in range(5):
        synced()
    assert len(workspace.db._opened) == before


def holders(workspace: Workspace) -> list[Any]:
    read = workspace.db.read()
    return [row[0] for row in read.execute("SELECT lease_holder FROM source")]


def held(workspace: Workspace) -> bool:
    """Whether anybody holds a source now."""
    return any(holders(workspace))


def lease_at(workspace: Workspace) -> Any:
    return workspace.db.read().execute("SELECT lease_at FROM source").fetchone()[0]


def synced_in(workspace: Workspace, *names: str, **asked: Any) -> list[sync.SyncEvent]:
    async def collect() -> list[sync.SyncEvent]:
        return [event async for event in workspace.sync(names, **asked)]

    return asyncio.run(collect())


def test_a_dry_run_changes_no_byte(
    workspace: Workspace, add: Add, tmp_path: Path
) -> None:
    """It counts new, changed and same like a real one, and the file stays as it was."""
    add("one", pages=2, size=3)
    synced_in(workspace)
    add("two", pages=3, size=2)
    add("down", end="down")
    workspace.close()
    files = {path: path.read_bytes() for path in tmp_path.glob("work.*")}
    with Workspace(workspace.path) as again:
        events = synced_in(again, rehearse=True)
    assert {path: path.read_bytes() for path in tmp_path.glob("work.*")} == files
    ended = {event.source: event for event in of_kind(events, Ended)}
    assert ended["one"].counts.total == 0
    assert ended["two"].counts.new == 6
    assert ended["two"].batch_id == 0
    assert [event.source for event in of_kind(events, Failed)] == ["down"]
    with Workspace(workspace.path) as again:
        real = {e.source: e.counts for e in of_kind(synced_in(again), Ended)}
    assert real == {name: event.counts for name, event in ended.items()}
