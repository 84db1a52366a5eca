"""Syncing and importing beside the screen, told in the status line as it goes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from triage.errors import TriageError
from triage.text.display import one_line
from triage.text.pace import Pace

if TYPE_CHECKING:
    from triage.sync import SyncEvent
    from triage.tui.app import TriageApp


def sync(app: TriageApp) -> None:
    """Pull every configured source."""
    if not app.workspace.config.sources:
        app.say(
            "No source is configured; `triage sources add` adds one, i imports a file"
        )
        return
    _pull(app, app.workspace.sync, "sync")


def import_file(app: TriageApp, file: Path) -> None:
    """Bring in a file or a folder, once."""
    _pull(app, lambda: app.workspace.import_file(file), one_line(file.name, 40))


def _pull(
    app: TriageApp, begin: Callable[[], AsyncIterator[SyncEvent]], name: str
) -> None:
    if app.pulling:
        app.say(f"Already pulling; {app.key_of('stop')} stops it")
        return
    app.pulling = stop = threading.Event()
    app.say(f"{name}: starting")

    def work() -> None:
        try:
            told = asyncio.run(_consume(app, begin, stop))
            _tell(app, app.say, told)
        except TriageError as error:
            _tell(app, app.say, f"{name}: stopped")
            _tell(app, app.complain, error)
        finally:
            app.pulling = None
            _tell(app, app.pulled)

    app.desk.pull(work)


def stop(app: TriageApp) -> None:
    """Pull no further; what came is kept, and the next sync goes on from there."""
    if app.pulling is None:
        app.say("Nothing is being pulled")
    else:
        app.pulling.set()
        app.say("Stopping; what came is kept")


async def _consume(
    app: TriageApp,
    begin: Callable[[], AsyncIterator[SyncEvent]],
    stop: threading.Event,
) -> str:
    from triage.sync import Attached, Ended, Failed, Fetched, Grouped, Woken

    new = changed = attached = woken = 0
    running = 0
    paces: dict[str, Pace] = {}
    halt = f"{app.key_of('stop')} stops"
    async with aclosing(cast("AsyncGenerator[SyncEvent, None]", begin())) as events:
        async for event in events:
            if isinstance(event, Fetched):
                running = event.counts.new
                read = sum(event.counts.as_dict().values())
                pace = paces.setdefault(event.source, Pace())
                _say(
                    app, f"{event.source}: {read:,} read", f"{running:,} new",
                    pace.told(read, event.progress), halt,
                )  # fmt: skip
            elif isinstance(event, Grouped):
                pace = paces.setdefault("", Pace())
                share = event.done / event.total if event.total else None
                compared = f"compared {event.done:,} of {event.total:,} with the rest"
                _say(app, compared, pace.told(event.done, share), halt)
            elif isinstance(event, Failed):
                _tell(app, app.complain, event.error)
            elif isinstance(event, Ended):
                new += event.counts.new
                changed += event.counts.changed
                running = 0
            elif isinstance(event, Attached):
                attached += event.feedback
            elif isinstance(event, Woken):
                woken += event.feedback
            # What an event tells of is stored, and so counted, before anything ends.
            if app.desk.stopping.is_set() or stop.is_set():
                break
    if stop.is_set():
        return f"Stopped: {new + running:,} new kept; the next sync goes on from there"
    by_itself = f", {attached:,} attached by itself" if attached else ""
    if woken:
        by_itself += f", {woken:,} woke up: something new says the same"
    return f"Done: {new:,} new, {changed:,} changed{by_itself} · n shows what is new"


def _say(app: TriageApp, *parts: str) -> None:
    _tell(app, app.say, one_line(" · ".join(part for part in parts if part)))


def _tell(app: TriageApp, say: Callable[..., None], *about: object) -> None:
    """Say something on the screen's own thread, if it is still there."""
    if app.is_running and not app.desk.stopping.is_set():
        app.call_from_thread(say, *about)
