"""A person's themes are taken up as they write them; what they choose is kept."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.widgets import Input

from triage import config
from triage.errors import ConfigError
from triage.tui import themes
from triage.tui.colours import fewer
from triage.tui.screens import AREAS
from triage.workspace import Workspace
from tui.backlog import go, toasts, visit
from tui.desk import Desk, Opened
from tui.empathy import personas
from tui.test_themes import GOOD, IN_COLOUR, contrast


@pytest.fixture
def folder() -> Path:
    """Where a person's own themes lie."""
    made = themes.own_folder()
    made.mkdir(parents=True)
    return made


def write(file: Path, text: str, *, later: int = 0) -> None:
    """Write a theme; ``later`` sets its time apart from the version before."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, (file.stat().st_atime, file.stat().st_mtime + later))


async def look(desk: Desk) -> None:
    """What the app does once a second."""
    desk.app.look_for_themes()
    await desk.settle()


def ground(desk: Desk) -> Color:
    """The colour behind the list."""
    return desk.inbox.list.background_colors[1]


async def test_a_new_theme_is_there(
    workspace: Workspace, opened: Opened, folder: Path
) -> None:
    """A file laid into the folder while the app runs can be chosen."""
    async with opened(workspace) as desk:
        write(folder / "mine.toml", GOOD)
        await look(desk)
        await desk.press("T")
        await desk.type("mine")
        await desk.press("enter")
        assert desk.app.theme == "mine"
        assert ground(desk) == Color.parse("#808080")


async def test_an_edit_is_seen(
    workspace: Workspace, opened: Opened, folder: Path
) -> None:
    """The theme in force follows its file, rows and all."""
    write(folder / "mine.toml", GOOD)
    async with opened(workspace, theme="mine") as desk:
        before = list(desk.inbox.list.render_line(1))
        write(folder / "mine.toml", GOOD.replace("#808080", "#203040"), later=5)
        await look(desk)
        assert ground(desk) == Color.parse("#203040")
        assert list(desk.inbox.list.render_line(1)) != before


async def test_a_bad_edit_is_told(
    workspace: Workspace, opened: Opened, folder: Path
) -> None:
    """What is wrong with an edit is said once; the theme in force stays as it was."""
    write(folder / "dusk.toml", GOOD)
    async with opened(workspace, theme="dusk") as desk:
        write(folder / "dusk.toml", GOOD.replace('"#808080"', '"loud"', 1), later=5)
        await look(desk)
        (told,) = toasts(desk)
        assert "dusk.toml" in told
        assert "accent = 'loud' is no colour" in told
        assert ground(desk) == Color.parse("#808080")
        await look(desk)
        assert len(toasts(desk)) == 1
        write(folder / "dusk.toml", GOOD.replace("#808080", "#102030"), later=10)
        await look(desk)
        assert ground(desk) == Color.parse("#102030")


async def test_looking_costs_nothing(
    workspace: Workspace, opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While nothing changes, no file is read."""
    write(folder / "mine.toml", GOOD)
    async with opened(workspace) as desk:
        monkeypatch.setattr(
            "triage.tui.themes.load", lambda: pytest.fail("it was read")
        )
        await look(desk)


async def test_a_choice_is_kept(workspace: Workspace, opened: Opened) -> None:
    """T writes what was chosen into the person's settings, beside what stands there."""
    path = config.person_folder() / "config.toml"
    path.write_text('# mine\nby = "Ann"\n\n[keys]\narchive = "E"\n', encoding="utf-8")
    async with opened(workspace) as desk:
        await desk.press("T")
        await desk.type("fjord")
        await desk.press("enter")
        assert desk.status == "fjord, kept in config.toml"
    assert config.load(workspace.path).theme == "fjord"
    kept = path.read_text(encoding="utf-8")
    assert kept.startswith("# mine\n")
    assert config.load(workspace.path).keys == {"archive": "E"}


async def test_a_choice_is_kept_where_one_is_set(
    workspace: Workspace, opened: Opened
) -> None:
    """A workspace that has a theme of its own keeps having its own."""
    path = workspace.config.path
    path.write_text('theme = "dusk"\n', encoding="utf-8")
    async with opened(workspace) as desk:
        await desk.press("T")
        await desk.type("fjord")
        await desk.press("enter")
        assert "kept in work.toml" in desk.status
    assert config.load(workspace.path).theme == "fjord"


async def test_a_choice_that_cannot_be_kept(
    workspace: Workspace, opened: Opened
) -> None:
    """Where it cannot be written the theme holds till the end, and a sentence says so."""
    (config.person_folder() / "config.toml").mkdir()
    async with opened(workspace) as desk:
        await desk.press("T")
        await desk.type("fjord")
        await desk.press("enter")
        assert desk.app.theme == "fjord"
        assert "cannot be read" in toasts(desk)[0]


async def test_preview(workspace: Workspace, opened: Opened) -> None:
    """The screen wears what is under the cursor; escape takes it off again."""
    async with opened(workspace, theme="dusk") as desk:
        await desk.press("T")
        assert desk.app.theme == "dusk"
        await desk.press("down")
        assert desk.app.theme == "daylight"
        await desk.type("fjord")
        assert desk.app.theme == "fjord"
        await desk.press("escape")
        assert desk.app.theme == "dusk"
    assert not (config.person_folder() / "config.toml").exists()


async def test_reduce_motion(workspace: Workspace, opened: Opened) -> None:
    """With reduce_motion nothing is animated and no cursor blinks."""
    async with opened(workspace) as desk:
        desk.app.animation_level = "full"
        await desk.press("/")
        assert desk.inbox.query_one(Input).cursor_blink
    workspace.config = replace(workspace.config, reduce_motion=True)
    async with opened(workspace) as desk:
        assert desk.app.animation_level == "none"
        await desk.press("/")
        assert not desk.inbox.query_one(Input).cursor_blink


def test_settings(workspace: Workspace) -> None:
    """Each is true or false, of the workspace before the person's; else it is refused."""
    person = config.person_folder() / "config.toml"
    person.write_text("ascii = true\nreduce_motion = true\n", encoding="utf-8")
    found = config.load(workspace.path)
    assert (found.ascii, found.reduce_motion) == (True, True)
    workspace.config.path.write_text("ascii = false\n", encoding="utf-8")
    assert config.load(workspace.path).ascii is False
    person.write_text('ascii = "yes"\n', encoding="utf-8")
    workspace.config.path.unlink()
    with pytest.raises(ConfigError, match="ascii is true or false"):
        config.load(workspace.path)


def test_muted_is_dim() -> None:
    """In the terminal's own colours, what is muted is dim, unless it is bold."""
    grey, plain = Style(color="bright_black"), Style(color="magenta", bold=True)
    filtered = fewer("ansi_bright_black", none=False).apply(
        [
            Segment("a", grey),
            Segment("b", grey + Style(bold=True)),
            Segment("c", plain),
        ],
        Color(0, 0, 0),
    )
    dim, bold, other = (segment.style for segment in filtered)
    assert dim == Style(color="default", dim=True)
    assert bold == Style(color="default", bold=True)
    assert other == plain


def test_no_colour_keeps_the_rest() -> None:
    """Without colours, bold, underline and turned round stay, and what was muted is dim."""
    style = Style(color="#ff0000", bgcolor="#000000", bold=True, reverse=True)
    filtered = fewer("#949494", none=True).apply(
        [Segment("a", style), Segment("b", Style(color="#949494"))], Color(0, 0, 0)
    )
    assert [segment.style for segment in filtered] == [
        Style(bold=True, reverse=True),
        Style(dim=True),
    ]


@pytest.fixture
async def areas(workspace: Workspace) -> AsyncIterator[Desk]:
    """A person in a backlog, with personas."""
    async with visit(personas(workspace), "inbox") as desk:
        yield desk


WORDS = "".join(map(chr, range(0x21, 0x7F)))


async def test_contrast_on_every_screen(areas: Desk) -> None:
    """Whatever is drawn in any theme, every letter reads at 4.5 to 1 on its ground."""
    keys = {
        "inbox": ("x", "enter"), "pain-points": ("enter",), "personas": ("j", "enter"),
    }  # fmt: skip
    for area in AREAS:
        areas.app.go(area)
        await go(areas, *keys.get(area, ()))
        for name in IN_COLOUR:
            areas.app.theme = name
            await go(areas)
            faint = {
                (segment.text.strip(), round(reads(segment.style), 1))
                for line in areas.app.screen._compositor.render_strips()
                for segment in line
                if segment.style and set(segment.text) & set(WORDS)
                and reads(segment.style) < 4.5
            }  # fmt: skip
            assert not faint, (area, name, faint)


def reads(style: Style) -> float:
    """The contrast of what is written so."""
    assert style.color
    assert style.bgcolor
    return contrast(*(one.get_truecolor().hex for one in (style.color, style.bgcolor)))
