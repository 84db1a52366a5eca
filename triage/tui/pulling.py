"""Syncing and importing beside the screen, told in the status line as it goes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui.pull_words import Told

if TYPE_CHECKING:
    from triage.sync import SyncEvent
    from triage.tui.app import TriageApp

_LOOK = 0.1
"""Seconds between two looks whether to stop, and between two lines of progress."""


def sync(app: TriageApp, names: Sequence[str] = ()) -> None:
    """Pull these sources, or every configured one."""
    if not app.workspace.config.sources:
        app.say(
            "No source is configured; `triage sources add` adds one, i imports a file"
        )
        return
    many = len(names) or len(app.workspace.config.sources)
    name = one_line(names[0], 40) if len(names) == 1 else "sync"
    _pull(app, lambda: app.workspace.sync(names), name, many)


def import_file(app: TriageApp, file: Path) -> None:
    """Bring in a file or a folder, once."""
    _pull(app, lambda: app.workspace.import_file(file), one_line(file.name, 40), 1)


def _pull(
    app: TriageApp, begin: Callable[[], AsyncIterator[SyncEvent]], name: str, many: int
) -> None:
    if app.pulling:
        app.say(f"Already pulling; {app.key_of('stop')} stops it")
        return
    app.pulling = stop = threading.Event()
    app.say(f"{name}: starting")
    told = Told(many, app.key_of("stop"), app.key_of("go-sources"))

    def work() -> None:
        try:
            asyncio.run(_follow(app, begin, told, stop))
            _tell(app, app.say, told.end(stopped=stop.is_set()))
        except TriageError as error:
            _tell(app, app.say, f"{name}: stopped")
            _tell(app, app.complain, error)
        except Exception as bug:
            # A connector's was told beside its source, and is kept there; one of ours
            # ends the app, as any does.
            if not told.knows(bug):
                _tell(app, app.fail, bug)
            _tell(app, app.say, told.end(stopped=stop.is_set()))
        finally:
            _tell(app, _complain, app, told)
            app.workspace.release()
            app.pulling = None
            _tell(app, app.pulled)

    app.desk.pull(work)


def stop(app: TriageApp) -> None:
    """Pull no further; what came is kept, and the next sync goes on from there."""
    if app.stop_sending():
        return
    if app.pulling is None:
        app.say("Nothing is being pulled")
    else:
        app.pulling.set()
        app.say("Stopping; what came is kept")


async def _follow(
    app: TriageApp,
    begin: Callable[[], AsyncIterator[SyncEvent]],
    told: Told,
    stop: threading.Event,
) -> None:
    """Listen until it is over or somebody stops it, though nothing may ever be told."""
    listening = asyncio.ensure_future(_listen(app, begin, told, stop))
    while not listening.done():
        await asyncio.wait({listening}, timeout=_LOOK)
        if _is_stopped(app, stop):
            listening.cancel()
    if not listening.cancelled():
        listening.result()


async def _listen(
    app: TriageApp,
    begin: Callable[[], AsyncIterator[SyncEvent]],
    told: Told,
    stop: threading.Event,
) -> None:
    said_at = 0.0
    async with aclosing(cast("AsyncGenerator[SyncEvent, None]", begin())) as events:
        async for event in events:
            line = told.take(event)
            now = asyncio.get_running_loop().time()
            # A line that changes with every page of every source could not be read.
            if line and now - said_at >= _LOOK:
                said_at = now
                _tell(app, app.say, line)
            # What an event tells of is stored, and so counted, before anything ends.
            if _is_stopped(app, stop):
                break


def _complain(app: TriageApp, told: Told) -> None:
    """Say what failed, but where it stands in the source's own line already."""
    from triage.tui.screens.sources import SourcesScreen

    complaint = told.complaint()
    if complaint is not None and not isinstance(app.screen, SourcesScreen):
        app.complain(complaint)


def _is_stopped(app: TriageApp, stop: threading.Event) -> bool:
    return app.desk.stopping.is_set() or stop.is_set()


def _tell(app: TriageApp, say: Callable[..., None], *about: object) -> None:
    """Say something on the screen's own thread, if it is still there."""
    if app.is_running and not app.desk.stopping.is_set():
        app.call_from_thread(say, *about)
