"""Where a terminal shows only ASCII, every glyph has a stand-in as wide as itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from factories import an_incoming, imported
from triage.model import Horizon
from triage.tui import glyphs
from triage.tui.screens import AREAS
from triage.workspace import Workspace
from tui.backlog import go, visit
from tui.desk import NOW

OURS = {
    character
    for file in (Path(__file__).parents[2] / "triage" / "tui").rglob("*.py")
    if file.name not in {"glyphs.py", "quoting.py"}
    for character in file.read_text(encoding="utf-8")
    if not character.isascii()
}  # fmt: skip


@given(st.text())
def test_as_wide_as_before(text: str) -> None:
    """Whatever a text is, it becomes as many cells of ASCII."""
    made = glyphs.plain(text)
    assert made.isascii()
    assert len(made) == cell_len(text) or text.isascii()


def test_every_glyph_of_ours_has_one() -> None:
    """No glyph the app draws becomes a question mark, and each is a cell wide."""
    assert not {one for one in OURS - set(glyphs.STAND_INS) if glyphs.plain(one) == "?"}
    for glyph, stand_in in glyphs.STAND_INS.items():
        assert cell_len(glyph) == cell_len(stand_in) == 1
        assert stand_in.isascii()
        assert stand_in.isprintable()


@pytest.mark.parametrize(
    ("pair", "kind"),
    [("✓✕", "marks"), ("●○", "states"), ("★☆", "stars"), ("▰▱", "bars")],
)
def test_states_stay_apart(pair: str, kind: str) -> None:
    """Two glyphs that tell two states have two stand-ins."""
    one, other = (glyphs.STAND_INS[glyph] for glyph in pair)
    assert one != other, kind


def test_letters_come_apart() -> None:
    """A customer's accents go; what has no letters becomes question marks."""
    assert (
        glyphs.plain("Élodie naïve Łódź “quoted”… 내")
        == 'Elodie naive Lodz "quoted"~ ??'
    )


def test_a_plain_line_is_left_alone() -> None:
    """A line of ASCII costs no copy."""
    line = [Segment("all plain")]
    assert glyphs.Ascii().apply(line, Color(0, 0, 0)) is line


@pytest.mark.parametrize(
    ("environ", "encoding", "few"),
    [
        ({"TERM": "xterm-256color"}, "UTF-8", False),
        ({"TERM": "xterm-256color"}, "utf8", False),
        ({"TERM": "xterm-256color"}, "ANSI_X3.4-1968", True),
        ({"TERM": "xterm"}, "ISO-8859-1", True),
        ({"TERM": "linux"}, "UTF-8", True),
        ({"TERM": "dumb"}, "UTF-8", True),
        ({}, "UTF-8", False),
    ],
)
def test_when(
    environ: Mapping[str, str],
    encoding: str,
    few: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The terminal's name or the locale says that there is only ASCII."""
    monkeypatch.setattr("locale.getencoding", lambda: encoding)
    assert glyphs.are_few(environ) is few


@pytest.fixture
def in_ascii(empty: Workspace) -> Workspace:
    """A workspace whose every text is ASCII, and whose person wants no more."""
    imported(
        empty,
        [
            an_incoming("1", "The export crashes on big projects. I lose an hour.",
                        title="Export crash", author="Ann", rating=2.0, scale="1-5",
                        metric="stars", received_at=NOW),
            an_incoming("2", "The export crashes on big projects. I lose an hour!",
                        title="Export crash", author="Bo", received_at=NOW),
            an_incoming("3", "Please add a dark mode", author="Cy", rating=6.0,
                        scale="0-10", metric="nps", received_at=NOW),
        ],
    )  # fmt: skip
    point = empty.capture("Export fails", statement="Work is lost")
    empty.accept([empty.feedback("f3")], point.id)
    plan = empty.plan("New exporter", Horizon.NOW)
    empty.link(empty.pain_point(point.id).pain_point, plan)
    writer = empty.add_persona("Writer", "export", "Hands in on Fridays")
    empty.write_entry(writer, "says", "", ["e1"])
    empty.write_entry(writer, "thinks", "It will fail again")
    empty.config = replace(empty.config, ascii=True, by="ann")
    return empty


OPENED: dict[str, list[tuple[str, ...]]] = {
    "inbox": [("enter",), ("x", "?"), ("1",), ("2",), ("3",), ("s",), ("v",), ("O",), (":",), ("g",)],
    "pain-points": [("enter",), ("enter", "x"), ("p",), ("?",)],
    "roadmap": [("t",), ("l",), ("?",)],
    "sources": [("a",), ("G", "enter"), ("?",)],
    "history": [("enter",), ("?",)],
    "personas": [("enter",), ("enter", "c"), ("enter", "B"), ("enter", "m"), ("n",)],
}  # fmt: skip


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
@pytest.mark.parametrize("area", AREAS)
async def test_every_screen(
    in_ascii: Workspace, area: str, size: tuple[int, int]
) -> None:
    """With ASCII asked for, no screen or dialog draws a byte above 0x7f."""
    async with visit(in_ascii, area, size) as desk:
        for keys in ((), *OPENED.get(area, [])):
            await go(desk, *keys)
            await asyncio.sleep(0.05)
            strange = {one for one in desk.text if not one.isascii()}
            assert not strange, (keys, strange)
            for _ in keys:
                await go(desk, "escape")
