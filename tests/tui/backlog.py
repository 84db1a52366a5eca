"""A small backlog over the small inbox: pain points, quotes, plans; and who looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.screen import Screen

from factories import (
    Telling,
    a_pull,
    an_incoming,
    pulled,
    regroup,
    unreadable,
)
from triage.connector import Cursor, Incoming, Page, Unreadable
from triage.errors import SourceUnavailable
from triage.model import Extent, Horizon, Importance, Priority, RoadmapStatus
from triage.operations.pain_points import Span, text_of
from triage.tui.app import TriageApp
from triage.tui.widgets.lines import OneLine
from triage.workspace import Workspace
from tui.desk import NOW, Desk


def backlog(workspace: Workspace) -> Workspace:
    """Two pain points of the inbox with evidence, a third, and a roadmap of two."""
    workspace.config = replace(workspace.config, by="dana")
    export = workspace.pain_point("p1").pain_point
    workspace.prioritise(export, Priority.URGENT)
    workspace.edit(
        workspace.pain_point(1).pain_point, severity=5, effort=2.0, confidence=0.8,
        owner="dana", tags=("export",),
        statement="People lose up to an hour of work when a large project is exported.",
    )  # fmt: skip
    loudest = workspace.feedback("f3")
    start = text_of(loudest).index("I lose an hour")
    workspace.accept(
        [loudest], 1, span=Span(start, start + len("I lose an hour every time.")),
        importance=Importance.CRITICAL,
    )  # fmt: skip
    workspace.accept([workspace.feedback("f6")], 1, importance=Importance.IMPORTANT)
    workspace.accept([workspace.feedback("f4")], 2, observed=False)
    workspace.capture("Dark mode is missing")
    exporter = workspace.plan(
        "Rewrite the exporter", Horizon.NOW, tracker="linear", key="LIN-204",
        status=RoadmapStatus.IN_PROGRESS,
    )  # fmt: skip
    workspace.plan("Refunds without asking", Horizon.LATER)
    workspace.link(workspace.pain_point(1).pain_point, exporter, Extent.PARTIAL)
    return workspace


HOSTILE = [
    "\x1b]52;c;aGVsbG8=\x07 copied for you",
    "\x1b[2J\x1b[31mred",
    "\x9b31m C1 \x9d0;title\x9c",
    "\u202edesrever\u202c \u2066isolate\u2069",
    "ad\u200bmin \ufeff \u2060 \u3164 \xad soft",
    "[@click=app.quit]click[/] [bold]no[/bold] [/ [/]",
    "tag\U000e0041\U000e007f",
    "a" + "\u0301" * 5000,
    "x" * 20_000,
    "語" * 6000,
    "👩‍👩‍👧‍👦 ☺️ 🏳️‍🌈 " * 50,
    "line\r\nbreak\ttab\x0b\x0c\x08\x7f",
    "مرحبا بالعالم",
]
"""Texts that mean harm, or that are merely strange."""


def hostile(workspace: Workspace) -> Workspace:
    """A backlog of such texts, in every field that any screen shows."""
    source = "\x1b[31m\u202ehostile"
    told: list[Incoming | Unreadable] = [
        an_incoming(
            str(number), body, title=body[:3000], author=body[:500], company=body[:300],
            app_version=body[:100], received_at=NOW, context={"plan": body[:200]},
        )
        for number, body in enumerate([*HOSTILE, HOSTILE[1] + "!"], 1)
    ]  # fmt: skip
    gap = "\x1b[31mgap\u202e"
    broken = Telling(
        [Page([*told, unreadable("\x1b[2J\u202e")], Cursor("1"), gap=gap)],
        SourceUnavailable("\x1b]0;down\x07 [/"),
    )
    pulled(workspace.db, a_pull(broken, source))
    regroup(workspace)
    workspace.config = replace(workspace.config, by="\x1b[31mme\u202e")
    for number, text in enumerate(HOSTILE, 1):
        point = workspace.capture(
            text[:500], statement=text, owner=text[:80], tags=(text[:40],),
            persona=text[:80], story=text,
        )  # fmt: skip
        workspace.accept([workspace.feedback(f"f{number}")], point.id)
        item = workspace.plan(
            text[:500], tracker=text[:40], key=text[:60], url=text[:300],
        )  # fmt: skip
        workspace.link(point, item)
    return workspace


@asynccontextmanager
async def visit(
    workspace: Workspace, area: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Desk]:
    """The app begun in an area, and a person at it; nothing slips past what is safe."""
    app = TriageApp(workspace, start=area)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await go(desk)
        yield desk
        assert app.guard.hits == 0, "the guard had to step in"


async def go(desk: Desk, *keys: str) -> None:
    """Press keys, each once what the one before started is over; then read the screen."""
    first = desk.app.screen
    for key in keys:
        desk.hold(key)
        await _quiet(desk)
    await _quiet(desk)
    # Frames come sixty times a second, and later after a change of screens.
    await asyncio.sleep(0.02 if desk.app.screen is first else 0.07)
    await _quiet(desk)


async def picture(desk: Desk) -> str:
    """The screen once nothing on it moves any more, scrollbars included."""
    await asyncio.sleep(0.15)
    await _quiet(desk)
    return desk.text


async def _quiet(desk: Desk) -> None:
    for _ in range(2):
        await desk.pilot._wait_for_screen()
        await asyncio.sleep(0.002)
        while any(  # noqa: ASYNC110 - workers have no event to wait for
            not worker.is_finished for worker in desk.app.workers
        ):
            await asyncio.sleep(0.001)


def front(desk: Desk) -> Screen[None]:
    """The screen in front that is no dialog."""
    found = desk.app.front
    assert found is not None
    return found


def status(desk: Desk) -> str:
    """What the status line in front says."""
    return front(desk).query_one("#status", OneLine).text


def toasts(desk: Desk) -> list[str]:
    """What was complained about."""
    return [str(one.message) for one in desk.app._notifications]
