"""Text from outside commands no terminal, hides nothing and slows nothing."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from factories import an_incoming, imported
from triage.text.display import safe
from triage.tui.guard import Guard
from triage.workspace import Workspace
from tui.desk import NOW, Opened

BLACK = Color(0, 0, 0)

HOSTILE = [
    "\x1b]52;c;aGVsbG8=\x07 copied for you",
    "\x1b[2J\x1b[31mred",
    "\x9b31m C1 \x9d0;title\x9c",
    "\u202edesrever\u202c \u2066isolate\u2069",
    "ad\u200bmin \ufeff \u2060 \u3164 \xad soft",
    "[@click=app.quit]click[/] [bold]no[/bold] [/",
    "tag\U000e0041\U000e007f",
    "a" + "\u0301" * 20_000,
    "x" * 200_000,
    "語" * 60_000,
    "👩‍👩‍👧‍👦 ☺️ 🏳️‍🌈 " * 50,
    "\ud800 lone".encode("utf-8", "replace").decode(),
    "line\r\nbreak\ttab\x0b\x0c\x08\x7f",
    "مرحبا بالعالم",
    '{"a": [true]} {curly} %s %(x)s',
]


def test_guard_knows_what_is_made_safe() -> None:
    """Whatever ``safe`` changes the guard would have stopped, code point by code point."""
    guard = Guard()
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if 0xD800 <= code < 0xE000 or unicodedata.category(character) == "Co":
            continue
        before = guard.hits
        guard.apply([Segment(character)], BLACK)
        assert (guard.hits > before) == (safe(character) != character), hex(code)


def test_guard_replaces() -> None:
    """What gets that far is replaced, and the line keeps its length."""
    guard = Guard()
    (made,) = guard.apply([Segment("a\x1b[31mb")], BLACK)
    assert made.text == "a\ufffd[31mb"
    assert guard.hits == 1


@pytest.fixture
def hostile(empty: Workspace) -> Workspace:
    """An inbox of texts that mean harm, in every field that is shown."""
    imported(
        empty,
        [
            an_incoming(
                str(number), body, title=body[:3000], author=body[:500],
                email=body[:200], company=body[:300], app_version=body[:100],
                language=body[:50], received_at=NOW,
                context={"plan": body[:200], "device": body[:200], "country": body[:50]},
            )
            for number, body in enumerate(HOSTILE, 1)
        ],
        source="\x1b[31m\u202ehostile",
    )  # fmt: skip
    for text in HOSTILE[:4]:
        empty.capture(text[:500], statement=text)
        empty.note(empty.feedback_many(empty.ids(None)), text[:20_000])
    return empty


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_hostile_text_on_screen(
    hostile: Workspace, opened: Opened, size: tuple[int, int]
) -> None:
    """Every row, reader and dialog: the guard at the end has nothing to do."""
    async with opened(hostile, size) as desk:
        await desk.press("enter")
        for _ in HOSTILE:
            await desk.press("j")
        await desk.press("1", "escape", "2", "escape", "3", "escape")
        for key in ("t", "c", "N", "@", "L"):
            await desk.press(key, "escape")
        await desk.press("N", "down", "enter", "tab")
        await desk.press("v", "v", "l", "enter", "enter", "u", "e", ":", "escape")
        await desk.press("escape", "/")
        await desk.type("\u202e[red")
        await desk.press("escape")
        assert desk.app.guard.hits == 0


async def test_hostile_text_freezes_nothing(hostile: Workspace, opened: Opened) -> None:
    """A key on a text of any length is answered; how fast is measured elsewhere."""
    began = time.process_time()
    async with opened(hostile) as desk:
        opening = time.process_time() - began
        slowest = 0.0
        for _ in HOSTILE:
            began = time.process_time()
            desk.inbox.list.action_next_row()
            desk.inbox.list.render_lines(desk.inbox.list.size.region)
            row = desk.inbox.list.row
            assert row is not None
            desk.inbox.read(row)
            desk.inbox.reader.render_lines(desk.inbox.reader.size.region)
            slowest = max(slowest, time.process_time() - began)
    assert opening < 10
    assert slowest < 3


async def test_corpora(empty: Workspace, opened: Opened) -> None:
    """Strings collected by others to break programs do not break this one."""
    named = os.environ.get("TRIAGE_SHARED")
    shared = Path(named) if named else Path(__file__).parents[3] / "shared"
    folder = shared / "corpora" / "strings"
    if not folder.is_dir():
        pytest.skip("needs the shared corpora, named by TRIAGE_SHARED")
    lines = [
        line
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for line in file.read_bytes().decode("utf-8", "replace").splitlines()
    ]
    step = max(1, len(lines) // 400)
    chosen = [line for line in lines[::step] if line.strip()]
    told = [
        an_incoming(str(number), line, title=line[:200], author=line[:80])
        for number, line in enumerate(chosen, 1)
    ]
    await asyncio.to_thread(imported, empty, told, group=False)
    async with opened(empty, (80, 24)) as desk:
        for _ in range(len(chosen) // 15):
            await desk.press("ctrl+d")
        assert desk.app.guard.hits == 0
