"""Personas over the small backlog, with maps that are observed, inferred and empty."""

from __future__ import annotations

from triage.empathy import Area, Persona
from triage.research import Feeling
from triage.tui.screens.persona import PersonaScreen
from triage.workspace import Workspace
from tui.backlog import backlog, front, go
from tui.desk import Desk


def personas(workspace: Workspace) -> Workspace:
    """One persona people stand behind, with a map; one assumed; one with a long name."""
    backlog(workspace)
    writer = workspace.add_persona(
        "Writer on deadline", "export", "Hands in a book every other Friday"
    )
    workspace.add_persona("Invented Ida", "", "Somebody we imagined")
    workspace.add_persona(
        "كاتب 👩‍👩‍👧 with a name that is longer than any column of any list",
        "rating:<=3",
    )
    on_its_map(workspace, writer)
    return workspace


def on_its_map(workspace: Workspace, writer: Persona) -> None:
    """Two entries that quotes show, two that somebody concluded."""
    passage = workspace.highlight_of("e1")
    workspace.change_highlight(passage, feeling=Feeling.FRUSTRATED, intensity=3)
    workspace.write_entry(writer, Area.SAYS, "", [passage.short])
    workspace.write_entry(
        writer, Area.THINKS, "The exporter is something one prays to, not relies on"
    )
    workspace.write_entry(
        writer, Area.DOES, "Exports chapter by chapter, and glues them together 🧩",
        [passage.short, "e2"],
    )  # fmt: skip
    workspace.write_entry(writer, Area.GOALS, "Hand in on time")


async def opened(desk: Desk, name: str = "Writer on deadline") -> PersonaScreen:
    """The screen of a persona, from the list."""
    persona = desk.app.workspace.persona(name)
    desk.app.open("persona", persona.id)
    await go(desk)
    found = front(desk)
    assert isinstance(found, PersonaScreen)
    return found


def written(workspace: Workspace, name: str) -> list[str]:
    """What is on a persona's map: area, sign, words, how many quotes."""
    view = workspace.persona_view(workspace.persona(name))
    return [
        f"{one.note.area} {'●' if one.is_observed else '○'} {one.note.text}"
        f" {len(one.cited)}"
        for one in view.notes
    ]
