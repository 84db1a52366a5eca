"""Empathy as the manual walks through it: a persona, its map, objections, a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factories import unsound
from triage.demo.build import build
from triage.empathy import Area
from triage.operations.pain_points import Span, text_of
from triage.query import parsed
from triage.research import Feeling
from triage.tui.actions import of
from triage.tui.screens.persona import PersonaScreen
from triage.workspace import Workspace
from tui.backlog import front, go, status, visit

TODAY = datetime(2026, 7, 8, 14, 30, tzinfo=UTC)
PARTS = ("app", "personas", "persona", "map", "list")
WALK = Path(__file__).parents[2] / "docs" / "EMPATHY.md"

SAID = {
    "the window closes without any message": (Feeling.CONFUSED, 2),
    "crashes every single time i export": (Feeling.ANGRY, 3),
    "We had to move the quarterly report to another tool": (Feeling.DISAPPOINTED, 2),
}
"""What was underlined in what three people said, and what they felt."""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Workspace]:
    """The demo, with three quotes underlined in what people said of the export."""
    with Workspace(tmp_path / "demo.db", clock=lambda: TODAY) as made:
        build(made, TODAY)
        for words, (feeling, intensity) in SAID.items():
            (key,) = made.ids(None, parsed(f'"{words}"'))
            feedback = made.feedback_many([key])[0]
            start = text_of(feedback).index(words)
            span = Span(start, start + len(words))
            made.highlight(feedback, span, feeling=feeling, intensity=intensity)
        yield made


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_persona_and_its_map(
    demo: Workspace, tmp_path: Path, size: tuple[int, int]
) -> None:
    """
    By keys alone: a persona, two entries that quotes show and one that somebody
    concluded, the bias panel objects, the map is written to a file, all is undone.
    """
    before = demo.history(1)[0].id
    async with visit(demo, "inbox", size) as desk:
        # Who is it?
        await go(desk, "g", "e")
        assert "4 personas" in desk.text
        await go(desk, "n")
        await desk.type("Writer on deadline")
        await go(desk, "enter")
        await desk.type("export")
        await desk.pilot.pause(0.15)
        await go(desk)
        found = re.search(r"(\d+) heard, of (\d+) people", desk.text)
        assert found is not None
        assert int(found[2]) > 12
        await go(desk, "enter")
        await desk.type("hands in a book")
        await go(desk, "enter", "enter")
        screen = front(desk)
        assert isinstance(screen, PersonaScreen)

        # Says: their own words, so the text is left to the quote.
        await go(desk, "n", "enter")
        await desk.type("without any message")
        await go(desk, "down", "space", "enter")
        assert "● “the window closes without any" in desk.text

        # Feels: our words, shown by two quotes.
        await go(desk, "tab", "tab", "tab", "n")
        await desk.type("Given up on: they take their work elsewhere")
        await go(desk, "enter")
        await desk.type("another tool")
        await go(desk, "down", "space", *["backspace"] * 12)
        await desk.type("single time")
        await go(desk, "down", "space")
        assert "● observed: 2 quotes show it" in desk.text
        await go(desk, "enter")

        # Thinks: what somebody concluded, and it says so.
        await go(desk, "shift+tab", "shift+tab", "n")
        await desk.type("It will fail again on the last day")
        await go(desk, "enter")
        assert "○ no quote: it will say inferred" in desk.text
        await go(desk, "enter")
        assert "inferred" in desk.text
        assert "no quote shows it" in desk.text

        view = demo.persona_view(demo.persona("Writer on deadline"))
        kinds = [(one.note.area, one.is_observed) for one in view.notes]
        assert kinds == [
            (Area.SAYS, True), (Area.FEELS, True), (Area.THINKS, False),
        ]  # fmt: skip
        cited = {one.quote for view in view.notes for one in view.highlights}
        assert cited == set(SAID)

        # The map objects to itself.
        assert "objections, B shows them" in desk.text
        await go(desk, "B")
        assert "only 3 people are quoted" in desk.text
        assert "→ quote more of the people its query finds" in desk.text
        assert "all 3 quotes are of people who are upset" in desk.text
        await go(desk, "escape")

        # And leaves as a page.
        await go(desk, "x", *["backspace"] * 30)
        file = tmp_path / "writer.html"
        await desk.type(str(file))
        await go(desk, "enter")
        assert status(desk).startswith("Wrote ")
        page = file.read_text("utf-8")
        for words in SAID:
            assert words in page
        assert "It will fail again on the last day" in page

        # Four decisions: the persona and three entries; each a step of its own.
        assert len([one for one in demo.history(9) if one.id > before]) == 4
        await go(desk, "r")
        made = view.persona.short
        assert demo.persona(made).reviewed_at == TODAY
        await go(desk, "u", "u", "u", "u")
        assert demo.persona_view(demo.persona(made)).notes == ()
    assert unsound(demo) == {}


def test_the_walk_names_what_is_pressed() -> None:
    """Every key of the manual's walk is one, and what it has typed is typed here."""
    page = re.split(r"^## ", WALK.read_text("utf-8"), flags=re.MULTILINE)
    (walk,) = (part for part in page if part.startswith("A walk\n"))
    keys = {
        key for one in of(*PARTS) for pressed in one.keys for key in pressed.split()
    }
    named = {key for key in re.findall(r"`([^`]+)`", walk) if key[0] not in ".t"}
    assert named <= keys | {"space"}, named - keys
    told = Path(__file__).read_text("utf-8")
    steps = " ".join(walk.split())
    for typed in re.findall(r"\*\*([^*]+)\*\*", steps):
        assert f'type("{typed}")' in told, typed


async def test_words_without_consent_stay(demo: Workspace, tmp_path: Path) -> None:
    """What somebody said in person and never agreed to pass on stays, and that is told."""
    (key,) = demo.ids(None, parsed('"Finds undo by herself"'))
    interview = demo.feedback_many([key])[0]
    heard = demo.highlight(interview, Span(0, 40))
    writer = demo.add_persona("Writer", "export")
    demo.write_entry(writer, Area.SAYS, "", [heard])
    async with visit(demo, "personas") as desk:
        await go(desk, "G", "x", *["backspace"] * 30)
        file = tmp_path / "writer.md"
        await desk.type(str(file))
        await go(desk, "enter")
        assert "1 quote withheld" in status(desk)
        assert heard.quote not in file.read_text("utf-8")
