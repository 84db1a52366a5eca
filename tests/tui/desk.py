"""A small inbox to work in, a person at the app over it, and screens kept as text."""

from __future__ import annotations

import asyncio
import os
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from factories import an_incoming
from screen import screen_text
from triage.connector import Incoming
from triage.model import Channel
from triage.tui.app import TriageApp
from triage.tui.screens.inbox import InboxScreen
from triage.tui.widgets.lines import OneLine
from triage.workspace import Workspace

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
"""The moment every test of the app happens at."""

EXPORT = "The export crashes when my project has more than five hundred pages"


def said(number: int, body: str, hours: float, **told: Any) -> Incoming:
    """One telling, so many hours ago."""
    return an_incoming(
        str(number), body, received_at=NOW - timedelta(hours=hours), **told
    )


MAIL = [
    said(1, "When will the invoice show our tax number? Our books close on Friday.", 70,
         title="Tax number on invoices", author="Jonas Weber", company="Orbit GmbH",
         email="jonas@orbit.example", context={"plan": "Enterprise", "mrr": 4000},
         language="de"),
    said(2, "Please add a dark mode for the editor, my eyes hurt at night.", 50,
         title="Dark mode", author="Maria Lindqvist", email="maria@ink.example"),
    said(3, f"{EXPORT}. I lose an hour every time.\n\nWord works.", 5, title="Export crash",
         author="Tomás Ferreira", email="tomas@studio.example", company="Studio Norte",
         context={"plan": "Team", "mrr": 250, "device": "ThinkPad X1"},
         app_version="5.2.1", language="pt"),
    said(4, "Still waiting for an answer about the refund I asked for.", 30,
         title="Re: refund", author="Ada Okafor", email="ada@okafor.example"),
    said(5, "Sync between my two laptops overwrites the newer chapter with the old one.",
         20, title="Sync overwrites newer work", author="Hye-jin Park"),
]  # fmt: skip
STORE = [
    said(11, f"{EXPORT}. I lose an hour of work every time.", 3, author="lumen_22", rating=1.0,
         scale="1-5", metric="stars", channel=Channel.REVIEW, language="en",
         app_version="5.2.1"),
    said(12, "내보내기 중에 앱이 멈춰요. 매번 그래요.", 26, author="나무늘보", rating=2.0,
         scale="1-5", metric="stars", channel=Channel.REVIEW, language="ko"),
    said(13, "Great app 👩‍👩‍👧 ☺️", 90, author="moth", rating=5.0,
         scale="1-5", metric="stars", channel=Channel.REVIEW, title="Love it"),
]  # fmt: skip
SURVEY = [
    said(21, "Love it, but working offline is flaky on the train.", 40, rating=6.0,
         scale="0-10", metric="nps", channel=Channel.SURVEY, author="Priya Nair"),
    said(23, f"{EXPORT}! I lose an hour every single time.", 60, rating=2.0,
         scale="0-10", metric="nps", channel=Channel.SURVEY, author="Dan"),
    said(22, "Too expensive for a hobby writer.", 100, rating=3.0, scale="0-10",
         metric="nps", channel=Channel.SURVEY),
]  # fmt: skip


class Desk:
    """A person at the app: presses keys, reads the screen."""

    def __init__(self, app: TriageApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def inbox(self) -> InboxScreen:
        """The inbox, under whatever dialog."""
        found = self.app.screen_stack[0]
        assert isinstance(found, InboxScreen)
        return found

    async def press(self, *keys: str) -> None:
        """Press keys, each once what the one before started is over."""
        for key in keys:
            self.hold(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text without a pause."""
        self.hold(*text)
        await self.settle()

    def hold(self, *keys: str) -> None:
        """Press keys faster than anything can answer."""
        for key in keys:
            lone = len(key) == 1
            name = _character_to_key(key) if lone else key
            character = key if lone else key_to_character(name)
            self.app.post_message(events.Key(name, character))

    async def settle(self) -> None:
        """Wait for the timers of reading and searching, and for what they start."""
        for _ in range(3):
            await asyncio.sleep(0.006)
            while any(  # noqa: ASYNC110 - workers have no event to wait for
                not worker.is_finished for worker in self.app.workers
            ):
                await asyncio.sleep(0.002)
            await self.pilot._wait_for_screen()
        # The screen is drawn sixty times a second.
        await asyncio.sleep(0.02)

    async def pulled(self) -> None:
        """Wait until nothing is being pulled."""
        while self.app.pulling:  # noqa: ASYNC110 - a thread of its own, as for people
            await asyncio.sleep(0.005)
        await self.settle()

    @property
    def text(self) -> str:
        """The screen as read."""
        return screen_text(self.app)

    @property
    def status(self) -> str:
        """What the status line says."""
        return self.inbox.query_one("#status", OneLine).text

    @property
    def rows(self) -> list[str]:
        """The ids in the list, as people say them."""
        workspace = self.app.workspace
        return [
            one.short
            for one in workspace.feedback_many(list(self.inbox.list.queue.keys))
        ]

    @property
    def here(self) -> str:
        """The id under the cursor."""
        row = self.inbox.list.row
        return f"f{row.number}" if row else ""


class Opened(Protocol):
    """Opens the app over a workspace."""

    def __call__(
        self, workspace: Workspace, size: tuple[int, int] = (120, 40), theme: str = ""
    ) -> AbstractAsyncContextManager[Desk]: ...


class Golden:
    """Screens kept as text; ``TRIAGE_GOLDEN=1`` keeps the present ones."""

    folder = Path(__file__).parent / "golden"

    def check(self, name: str, text: str) -> None:
        """The screen reads as it did."""
        path = self.folder / f"{name}.txt"
        if os.environ.get("TRIAGE_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), (
            f"{path.name} reads differently"
        )
