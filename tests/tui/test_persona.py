"""An empathy map is written, cited and cleared by keys, and tells said from concluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from triage.empathy import Area
from triage.tui.map_places import Place
from triage.tui.screens.pain_point import PainPointScreen
from triage.tui.screens.persona import PersonaScreen
from triage.tui.screens.quotes import QuotesScreen
from triage.workspace import Workspace
from tui.backlog import HOSTILE, front, go, hostile, picture, status, visit
from tui.desk import Golden
from tui.empathy import opened, personas, written
from tui.test_mouse import click

SIZES = [(80, 24), (120, 40)]
WRITER = "Writer on deadline"


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Six areas and the persona's own; the entry chosen with the quotes that show it."""
    async with visit(personas(workspace), "personas", size) as desk:
        await opened(desk)
        golden.check(f"persona_{size[0]}x{size[1]}", await picture(desk))
        await go(desk, "l", "l")
        golden.check(f"persona_does_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_empty(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """A map with nothing on it says what each area asks, and which key writes."""
    async with visit(personas(workspace), "personas", size) as desk:
        await opened(desk, "Invented Ida")
        await go(desk, "e")
        assert "n writes the first" in status(desk)
        golden.check(f"persona_empty_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_many_entries(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Forty entries in one area scroll within it, and what has no room is counted."""
    personas(workspace)
    writer = workspace.persona(WRITER)
    for number in range(40):
        workspace.write_entry(writer, Area.FEELS, f"Feeling number {number} " * 4)
    async with visit(workspace, "personas", size) as desk:
        screen = await opened(desk)
        await go(desk, *["tab"] * 3, *["j"] * 20)
        assert screen.map.place.index == 20
        golden.check(f"persona_many_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_which_quotes(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """The quotes of its people, those cited first, and what keeping them means."""
    async with visit(personas(workspace), "personas", size) as desk:
        await opened(desk)
        await go(desk, "c")
        golden.check(f"persona_cite_{size[0]}x{size[1]}", await picture(desk))


@pytest.mark.parametrize("size", SIZES)
async def test_objections(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """What speaks against the map: figures, and what to do."""
    async with visit(personas(workspace), "personas", size) as desk:
        await opened(desk)
        await go(desk, "B")
        golden.check(f"persona_bias_{size[0]}x{size[1]}", await picture(desk))


async def test_observed_and_inferred_read_apart(workspace: Workspace) -> None:
    """A sign and a slant tell them apart, so no colour has to."""
    async with visit(personas(workspace), "personas") as desk:
        screen = await opened(desk)
        drawn = [
            (segment.text.strip(), segment.style)
            for y in range(screen.map.size.height)
            for segment in screen.map.render_line(y)
        ]
        goal = next(style for text, style in drawn if text == "Hand in on time")
        does = next(style for text, style in drawn if text.startswith("Exports"))
        assert goal is not None
        assert does is not None
        assert goal.italic
        assert not does.italic
        assert {"●", "○"} <= {text for text, _ in drawn}


# Writing


async def test_an_entry_that_quotes_show(workspace: Workspace) -> None:
    """Words, then quotes found by typing and marked by space: one step, observed."""
    async with visit(personas(workspace), "personas") as desk:
        screen = await opened(desk)
        await go(desk, "j", "n")
        await desk.type("Rage")
        await go(desk, "enter")
        assert "it will say inferred by dana" in desk.text
        await desk.type("every time")
        await go(desk, "down", "space")
        assert "observed: 1 quote shows it" in desk.text
        await go(desk, "enter")
        assert written(workspace, WRITER)[-1] == "feels ● Rage 1"
        assert screen.one is not None
        assert screen.one.note.text == "Rage"
        assert len(workspace.history(1)) == 1
        await go(desk, "u")
        assert len(written(workspace, WRITER)) == 4


async def test_an_entry_somebody_concluded(workspace: Workspace) -> None:
    """Choosing no quote makes it inferred, says so before and after, and by whom."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        await go(desk, "tab", "a")
        await desk.type("Friday again")
        await go(desk, "enter", "enter")
        assert written(workspace, WRITER)[-1] == "thinks ○ Friday again 0"
        assert "inferred by dana" in desk.text
        await go(desk, "enter")
        assert "no quote shows it" in status(desk)


async def test_says_needs_a_quote(workspace: Workspace) -> None:
    """Without a quote it is not kept; left empty, it takes the words of the quote."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        await go(desk, "n", "enter", "enter")
        assert "What somebody says needs a quote" in desk.text
        await go(desk, "down", "tab", "enter")
        assert len(written(workspace, WRITER)) == 5
        area, sign, *words = written(workspace, WRITER)[-1].split()
        assert (area, sign, words[-1]) == ("says", "●", "1")


async def test_words_of_two_letters_and_spaces(workspace: Workspace) -> None:
    """In the midst of words a space is a space, and marks nothing."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        await go(desk, "tab", "n", "x", "enter")
        await desk.type("an hour")
        await go(desk)
        assert "I lose an hour every time" in desk.text
        assert "○ no quote" in desk.text
        await desk.type(" nothing like it")
        await go(desk)
        assert "no quote has these words" in desk.text
        await go(desk, "enter")
        assert written(workspace, WRITER)[-1] == "thinks ○ x 0"


async def test_changing_entries(workspace: Workspace) -> None:
    """Reworded, cited by fewer, moved, removed: a step each, and all of it undone."""
    async with visit(personas(workspace), "personas") as desk:
        screen = await opened(desk)
        before = written(workspace, WRITER)
        await go(desk, "l", "l", "e")
        await desk.type("!")
        await go(desk, "enter")
        assert written(workspace, WRITER)[2].endswith("🧩! 2")
        await go(desk, "c", "space", "enter")
        assert written(workspace, WRITER)[2].endswith("🧩! 1")
        await go(desk, "m", "p")
        assert screen.map.place.area is Area.PAINS
        await go(desk, "d")
        assert len(written(workspace, WRITER)) == 3
        await go(desk, "u")
        assert screen.map.place.area is Area.PAINS
        await go(desk, "u", "u", "u")
        assert written(workspace, WRITER) == before


async def test_what_cannot_be_kept_is_not_lost(workspace: Workspace) -> None:
    """A persona removed meanwhile refuses the entry, and its words are asked again."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        await go(desk, "tab", "n")
        await desk.type("w" * 2100)
        await go(desk, "enter", "enter")
        assert "www" in desk.text
        assert len(written(workspace, WRITER)) == 4


# Looking


@pytest.mark.parametrize("size", SIZES)
async def test_quotes_where_they_stand(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Each quote of an entry is shown in what was said, and leads to its group."""
    async with visit(personas(workspace), "personas", size) as desk:
        await opened(desk)
        await go(desk, "l", "l", "enter")
        golden.check(f"quotes_{size[0]}x{size[1]}", await picture(desk))
        screen = front(desk)
        assert isinstance(screen, QuotesScreen)
        assert screen.reader.selection is not None
        assert screen.rows.row is not None
        assert screen.reader.selection.quote == screen.rows.row.quote
        await go(desk, "j", "m", "escape", "escape")
        assert isinstance(front(desk), PersonaScreen)


async def test_all_its_quotes_and_pain_points(workspace: Workspace) -> None:
    """Q has everything underlined or evidence; p opens a pain point of its people."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        await go(desk, "Q")
        assert "all quotes" in desk.text
        await go(desk, "escape", "p", "enter")
        assert isinstance(front(desk), PainPointScreen)


async def test_its_history(workspace: Workspace) -> None:
    """H lists every step about the persona and its map."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        await go(desk, "H")
        assert "What was decided about u1" in desk.text
        assert "Added u1" in desk.text


@pytest.mark.parametrize("size", SIZES)
async def test_by_mouse(workspace: Workspace, size: tuple[int, int]) -> None:
    """A click puts the cursor on an entry, two show its quotes; objections open."""
    async with visit(personas(workspace), "personas", size) as desk:
        screen = await opened(desk)
        await click(desk, "GOALS")
        assert screen.map.place == Place(Area.GOALS)
        await click(desk, "DOES")
        await click(desk, "Exports chapter by", times=2)
        assert isinstance(front(desk), QuotesScreen)
        await go(desk, "escape")
        await click(desk, "3 objections")
        assert "What may be wrong" in desk.text
        await go(desk, "escape")
        await click(desk, "1 pain point")
        assert "What hurts Writer" in desk.text


async def test_a_quote_met_elsewhere(workspace: Workspace) -> None:
    """M on a quote puts it on a map: whose, where, in its own words or others."""
    async with visit(personas(workspace), "pain-points") as desk:
        await go(desk, "enter", "M")
        assert "On whose map" in desk.text
        await desk.type("writer")
        await go(desk, "enter", "f", "enter")
        assert written(workspace, WRITER)[-1].startswith("feels ● ")
        assert "u to undo" in status(desk)
        await go(desk, "u")
        assert len(written(workspace, WRITER)) == 4


async def test_words_being_read(workspace: Workspace) -> None:
    """M on words selected in the inbox underlines and cites them, in one step."""
    async with visit(personas(workspace), "inbox") as desk:
        before = len(workspace.highlights())
        await go(desk, "v", "M")
        await desk.type("writer")
        await go(desk, "enter", "p", "enter")
        assert written(workspace, WRITER)[-1].startswith("pains ● ")
        assert len(workspace.highlights()) == before + 1
        await go(desk, "escape", "u")
        assert len(written(workspace, WRITER)) == 4
        assert len(workspace.highlights()) == before


async def test_a_quote_without_any_persona(workspace: Workspace) -> None:
    """Where there is no persona, the key says where one is written down."""
    workspace.accept([workspace.feedback("f3")], 1)
    async with visit(workspace, "pain-points") as desk:
        await go(desk, "enter", "M")
        assert "There is no persona yet" in status(desk)
        assert "ge goes where" in status(desk)


async def test_nothing_of_it_left(workspace: Workspace) -> None:
    """A persona that an undo takes away closes its screen and says so."""
    workspace.add_persona("Soon gone")
    async with visit(workspace, "personas") as desk:
        await opened(desk, "Soon gone")
        await go(desk, "u")
        assert status(desk).startswith("Undone: Added u1 “Soon gone” · U to take")


async def test_export(workspace: Workspace, tmp_path: Path) -> None:
    """The map is written as Markdown, a page or a picture, as the name's end says."""
    async with visit(personas(workspace), "personas") as desk:
        await opened(desk)
        for ending in ("md", "html", "svg"):
            await go(desk, "x")
            assert "writer-on-deadline.html" in desk.text
            file = tmp_path / f"map.{ending}"
            await go(desk, *["backspace"] * 30)
            await desk.type(str(file))
            await go(desk, "enter")
            assert f"Wrote {file}"[:60] in status(desk)
            assert "I lose an hour every time" in file.read_text("utf-8")


async def test_read_only(workspace: Workspace) -> None:
    """Looking is possible where nothing may be written, and writing says why not."""
    path = personas(workspace).path
    with Workspace(path, read_only=True, clock=workspace.clock) as reader:
        async with visit(reader, "personas") as desk:
            await opened(desk)
            await go(desk, "r")
            assert "read only" in desk.text


@pytest.fixture
def harmful(empty: Workspace) -> Workspace:
    """A map of texts that mean harm, over a backlog that does."""
    hostile(empty)
    made = empty.add_persona("Everybody", "is:linked", HOSTILE[1])
    for number, text in enumerate(HOSTILE):
        area = list(Area)[number % 9]
        cited = ["e1", f"e{number + 1}"] if number % 2 or area is Area.SAYS else []
        empty.write_entry(made, area, text[:1900], cited)
    return empty


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_entries(harmful: Workspace, size: tuple[int, int]) -> None:
    """Whatever stands on a map commands no terminal, drawn either way."""
    async with visit(harmful, "personas", size) as desk:
        await opened(desk, "Everybody")
        await go(desk, *["tab", "e", "escape", "c", "escape"] * 9)
        await go(desk, "Q", "j", "j", "escape", "B", "escape")
