"""Sending beside the screen, one draft after the other, told as it goes."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui import words

if TYPE_CHECKING:
    from triage.draft import Draft
    from triage.sending import SendEvent
    from triage.tui.app import TriageApp


class Told:
    """
    Some drafts as they are sent.

    Attributes:
        tried: What a dry run said of a draft, by its id.
    """

    def __init__(self, asked: int) -> None:
        self._asked = asked
        self._ends: Counter[str] = Counter()
        self._why = ""
        self._errors: list[Exception] = []
        self.tried: dict[int, str] = {}

    def take(self, event: SendEvent) -> str:
        """What the status line says now."""
        from triage.sending import AlreadyThere, SendFailed, Sent, WouldSend

        if isinstance(event, Sent):
            self._ends["sent"] += 1
        elif isinstance(event, AlreadyThere):
            self._ends["there already"] += 1
        elif isinstance(event, WouldSend):
            self._ends["only tried"] += 1
            old = f"; it would replace “{event.replaces}”" if event.replaces else ""
            self.tried[event.draft.id] = self._why = f"{event.why}{old}"
        elif isinstance(event, SendFailed):
            self._ends["failed"] += 1
            self._why = event.why
            self._errors.append(event.error)
        return f"Sending: {self._ends.total()} of {self._asked} · {self._parts()}"

    def knows(self, bug: Exception) -> bool:
        """Whether it was told as the failure of a draft."""
        return bug in self._errors

    def end(self) -> str:
        """What it came to, and why where one word does not say it."""
        done = self._ends.total()
        left = self._asked - done
        parts = [self._parts() or "Nothing was sent"]
        if left:
            parts.append(f"{words.count(left, 'draft')} left waiting")
        if self._why:
            parts.append(one_line(self._why, 200))
        return " · ".join(parts)

    def _parts(self) -> str:
        return ", ".join(f"{many} {word}" for word, many in self._ends.items())


def send(app: TriageApp, drafts: Sequence[Draft], *, again: bool = False) -> None:
    """Send these; what each came to stands in its row."""
    if app.sending is not None:
        app.say(f"Already sending; {app.key_of('stop')} stops after the one going out")
        return
    app.sending = stop = threading.Event()
    app.say(f"Sending {words.count(len(drafts), 'draft')}")
    told = Told(len(drafts))

    def work() -> None:
        try:
            asyncio.run(_send(app, drafts, told, stop, again=again))
        except TriageError as error:
            _tell(app, app.complain, error)
        except Exception as bug:
            # A connector's was told of its draft, and is kept there; one of ours ends
            # the app, as any does.
            if not told.knows(bug):
                _tell(app, app.fail, bug)
        finally:
            app.workspace.release()
            app.sending = None
            _tell(app, app.sent, told.tried)
            _tell(app, app.say, told.end())

    app.desk.pull(work)


async def _send(
    app: TriageApp,
    drafts: Sequence[Draft],
    told: Told,
    stop: threading.Event,
    *,
    again: bool,
) -> None:
    def is_stopped() -> bool:
        return stop.is_set() or app.desk.stopping.is_set()

    # Stopped between two drafts, never within one: what is on its way arrives.
    begun = app.workspace.send(drafts, again=again, is_stopped=is_stopped)
    async with aclosing(begun) as events:
        async for event in events:
            _tell(app, app.say, told.take(event))
            _tell(app, app.sent, told.tried)


def _tell(app: TriageApp, say: Callable[..., None], *about: object) -> None:
    """Say something on the screen's own thread, if it is still there."""
    if app.is_running and not app.desk.stopping.is_set():
        app.call_from_thread(say, *about)
