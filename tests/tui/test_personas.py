"""Personas are listed with who stands behind them, and every decision is a key."""

from __future__ import annotations

import pytest

from factories import imported
from triage.tui.screens.persona import PersonaScreen
from triage.tui.screens.personas import PersonasScreen
from triage.workspace import Workspace
from tui.backlog import HOSTILE, front, go, hostile, picture, status, toasts, visit
from tui.desk import Desk, Golden, said
from tui.empathy import personas

SIZES = [(80, 24), (120, 40)]


def names(desk: Desk) -> list[str]:
    """The personas listed."""
    found = front(desk)
    assert isinstance(found, PersonasScreen)
    return [one.view.persona.name for one in found.rows.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_looks(
    workspace: Workspace, golden: Golden, size: tuple[int, int]
) -> None:
    """Who, how many, what hurts, what is observed; an assumed one says so plainly."""
    async with visit(personas(workspace), "personas", size) as desk:
        assert "1 assumed" in desk.text
        await go(desk, "j")
        golden.check(f"personas_{size[0]}x{size[1]}", await picture(desk))


async def test_reached_by_keys(workspace: Workspace) -> None:
    """g e leads there from anywhere, enter opens one, escape leads back."""
    async with visit(personas(workspace), "inbox") as desk:
        await go(desk, "g", "e", "j")
        await go(desk, "enter")
        assert isinstance(front(desk), PersonaScreen)
        assert "Writer on deadline" in desk.text
        await go(desk, "escape")
        assert isinstance(front(desk), PersonasScreen)


async def test_a_new_one(workspace: Workspace) -> None:
    """A name, a query completed as it is typed, a role: one step, the cursor on it."""
    async with visit(personas(workspace), "personas") as desk:
        await go(desk, "n")
        await desk.type("Night editor")
        await go(desk, "enter")
        await desk.type("plan:ent")
        await go(desk)
        await go(desk, "right", "enter")
        await desk.type("Edits after ten")
        await go(desk, "enter")
        made = workspace.persona("night editor")
        assert (made.query, made.role) == ("plan:enterprise", "Edits after ten")
        screen = front(desk)
        assert isinstance(screen, PersonasScreen)
        assert screen.view is not None
        assert screen.view.persona == made
        await go(desk, "u")
        assert "Night editor" not in names(desk)


async def test_who_is_counted_while_typing(workspace: Workspace) -> None:
    """What a query finds is told before it is kept; nonsense is explained, not kept."""
    async with visit(workspace, "personas") as desk:
        await go(desk, "n", "A", "enter")
        assert "Nobody is found until" in await picture(desk)
        await desk.type("export")
        await desk.pilot.pause(0.15)
        await go(desk)
        assert "3 heard, of 3 people" in desk.text
        await desk.type(" rating:many")
        await go(desk, "enter")
        assert "Who is A?" in desk.text
        assert "rating" in desk.text
        await go(desk, "escape")
        assert workspace.personas() == []


async def test_a_name_that_is_taken(workspace: Workspace) -> None:
    """It is refused with the reason, and nothing typed is lost."""
    async with visit(personas(workspace), "personas") as desk:
        await go(desk, "n")
        await desk.type("invented ida")
        await go(desk, "enter", "x", "enter", "y", "enter")
        assert any("is called Invented Ida already" in one for one in toasts(desk))
        assert "What is the persona called?" in desk.text
        await desk.type("2")
        await go(desk, "enter", "enter", "enter")
        assert workspace.persona("invented ida2").query == "x"


async def test_changing_one(workspace: Workspace) -> None:
    """Name, who and role are set a key each; a role may be emptied; undo takes back."""
    async with visit(personas(workspace), "personas") as desk:
        await go(desk, "E", "n", "2", "enter")
        assert "Invented Ida2" in names(desk)
        await go(desk, "E", "w")
        await desk.type("invoice")
        await go(desk, "enter")
        assert workspace.persona("u2").query == "invoice"
        await go(desk, "E", "r", *["backspace"] * 30, "enter")
        assert workspace.persona("u2").role == ""
        await go(desk, "u", "u", "u")
        before = workspace.persona("u2")
        assert (before.name, before.query) == ("Invented Ida", "")
        assert before.role


async def test_reviewed_and_removed(workspace: Workspace) -> None:
    """One key says it still holds, one removes it with its map; undo brings both back."""
    async with visit(personas(workspace), "personas") as desk:
        await go(desk, "j", "r")
        assert workspace.persona("u1").reviewed_at is not None
        assert "just now" in desk.text
        await go(desk, "d")
        assert "Writer on deadline" not in names(desk)
        assert "u to undo" in status(desk)
        await go(desk, "u", "u")
        view = workspace.persona_view(workspace.persona("u1"))
        assert len(view.notes) == 4
        assert view.persona.reviewed_at is None


async def test_what_speaks_against_it(workspace: Workspace) -> None:
    """B says what is wrong with a map, with figures, and what to do about each."""
    async with visit(personas(workspace), "personas") as desk:
        await go(desk, "j", "B")
        view = workspace.persona_view(workspace.persona("u1"))
        for one in workspace.bias(view):
            assert one.what[:40] in desk.text
            assert one.todo[:40] in desk.text
        await go(desk, "escape")
        assert isinstance(front(desk), PersonasScreen)


async def test_nobody_to_compare(workspace: Workspace) -> None:
    """With too few people quoted nothing is suggested, and how few is said."""
    async with visit(personas(workspace), "personas") as desk:
        await go(desk, "s")
        assert status(desk) == "Nothing to suggest: 3 people quoted for pain points"


@pytest.fixture
def two_plans(empty: Workspace) -> Workspace:
    """A hundred people of either of two plans, quoted for the same pain points alike."""
    told = [
        said(number, f"Number {number} fails.", number / 10, email=f"p{number}@x.test",
             context={"plan": "team" if number % 2 else "pro"})
        for number in range(1, 201)
    ]  # fmt: skip
    imported(empty, told, group=False)
    for number, title in enumerate(("Export fails", "Search is slow")):
        half = [empty.feedback(f"f{n}") for n in range(1, 201) if n // 2 % 2 == number]
        empty.accept(half, title)
    return empty


async def test_who_is_alike(two_plans: Workspace) -> None:
    """s shows who behaves alike and why; enter begins a persona of them, undone by u."""
    async with visit(two_plans, "personas", (80, 24)) as desk:
        await go(desk, "s")
        assert "behave alike" in desk.text
        assert "Export fails 50% and 50%" in desk.text
        await go(desk, "enter", "enter")
        assert "plan:" in desk.text
        await go(desk, "enter", "enter")
        (made,) = two_plans.personas()
        assert made.people == 200
        assert "200" in desk.text
        await go(desk, "s")
        assert "already" in desk.text
        await go(desk, "enter", "u")
        assert two_plans.personas() == []


@pytest.fixture
def harmful(empty: Workspace) -> Workspace:
    """Personas whose names and roles mean harm, over a backlog that does."""
    hostile(empty)
    for number, text in enumerate(HOSTILE):
        empty.add_persona(f"{number} {text}"[:60], "", text[:60])
    return empty


async def test_hostile_names(harmful: Workspace) -> None:
    """Whatever a persona is called commands no terminal."""
    async with visit(harmful, "personas", (80, 24)) as desk:
        for _ in HOSTILE:
            await go(desk, "j")
        await go(desk, "E", "escape", "B", "escape", "x", "escape", "enter", "n")
