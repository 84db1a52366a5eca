"""What waits to be sent, known on every screen; and what is being sent now."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.app import App

from triage.tui.desk import Desk, beside

if TYPE_CHECKING:
    from triage.tui.screen import TriageScreen
    from triage.workspace import Workspace

OF_DRAFTS = {"reply", "drop", "tell"}
"""Steps about drafts."""

SETTLING = 0.5
"""Seconds after the start before the outbox is first looked at: nobody waits for it."""

WAITING = frozenset({"waiting", "sending", "failed"})
"""States of a draft that asks for a person."""


class Outgoing(App[None], inherit_bindings=False):
    """
    The app's own knowledge of the outbox.

    Attributes:
        sending: Set to stop after the draft being sent; None while none is.
        waiting: How many drafts ask for a person.
        replies: What became of the latest reply to a feedback, by its key.
        tried: What a dry run said of a draft, by the draft's id.
    """

    workspace: Workspace
    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.sending: threading.Event | None = None
        self.waiting = 0
        self.replies: Mapping[int, str] = {}
        self.tried: dict[int, str] = {}

    def screens_there_are(self) -> list[TriageScreen]:
        """Every screen that was shown and can be again."""
        raise NotImplementedError

    def look_at_outbox(self) -> None:
        """Look, beside the screen, what waits; then tell every screen."""
        beside(self, self._look_at_outbox, group="outbox", exclusive=True)

    async def _look_at_outbox(self) -> None:
        # Asked for by a timer, which may come when everything is being left already.
        if not self.desk.stopping.is_set():
            found = await self.desk.look(
                lambda: (self.workspace.waiting_count(), self.workspace.replied())
            )
            if found != (self.waiting, self.replies):
                self.waiting, self.replies = found
                for screen in self.screens_there_are():
                    screen.tell_outbox()

    def stop_sending(self) -> bool:
        """Send no more after the one being sent; whether anything was."""
        if self.sending is None:
            return False
        self.sending.set()
        for screen in self.screens_there_are():
            if screen.is_current:
                screen.say("Stopping after the one being sent; the others wait on")
        return True

    def sent(self, tried: Mapping[int, str]) -> None:
        """One more was sent, or only tried: what is shown of the outbox is old."""
        self.tried.update(tried)
        self.look_at_outbox()
        for screen in self.screens_there_are():
            screen.sent()
