"""Syncing and importing beside the screen, told in the status line as it goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui.words import count

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
        app.say("Already pulling; it tells when it is done")
        return
    app.pulling = True
    app.say(f"{name}: starting")

    def work() -> None:
        try:
            told = asyncio.run(_consume(app, begin))
            _tell(app, app.say, told)
        except TriageError as error:
            _tell(app, app.say, f"{name}: stopped")
            _tell(app, app.complain, error)
        finally:
            app.pulling = False
            _tell(app, app.pulled)

    app.desk.pull(work)


async def _consume(
    app: TriageApp, begin: Callable[[], AsyncIterator[SyncEvent]]
) -> str:
    from triage.sync import Attached, Ended, Failed, Fetched, Grouped, Woken

    new = changed = attached = woken = 0
    async for event in begin():
        if app.desk.stopping.is_set():
            break
        if isinstance(event, Fetched):
            said = f"{event.source}: {count(event.counts.new, 'new', 'new')}"
            if event.progress is not None:
                said += f", {event.progress:.0%}"
            _tell(app, app.say, one_line(said))
        elif isinstance(event, Grouped):
            _tell(
                app,
                app.say,
                f"comparing {event.done:,} of {event.total:,} with the rest",
            )
        elif isinstance(event, Failed):
            _tell(app, app.complain, event.error)
        elif isinstance(event, Ended):
            new += event.counts.new
            changed += event.counts.changed
        elif isinstance(event, Attached):
            attached += event.feedback
        elif isinstance(event, Woken):
            woken += event.feedback
    by_itself = f", {attached:,} attached by itself" if attached else ""
    if woken:
        by_itself += f", {woken:,} woke up: something new says the same"
    return f"Done: {new:,} new, {changed:,} changed{by_itself} · n shows what is new"


def _tell(app: TriageApp, say: Callable[..., None], *about: object) -> None:
    """Say something on the screen's own thread, if it is still there."""
    if app.is_running and not app.desk.stopping.is_set():
        app.call_from_thread(say, *about)
