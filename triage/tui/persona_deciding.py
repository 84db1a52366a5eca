"""What can be decided about a persona, from the list or from its own screen."""

from __future__ import annotations

from collections.abc import Callable

from triage.empathy import Persona
from triage.query import parsed
from triage.text.display import one_line, safe
from triage.tui import persona_words, words
from triage.tui.dialogs.line import Line
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.sheet import Sheet
from triage.tui.dialogs.who import Who
from triage.tui.screen import TriageScreen
from triage.workspace import Entry, PersonaView, Workspace

_NAME, _WHO, _ROLE = "name", "query", "role"
_NONE = "or nothing"

_WHAT = (
    Option("n", _NAME, "name", "what it is called"),
    Option("w", _WHO, "who it is", "the query that finds its people"),
    Option("r", _ROLE, "role", "what they do, in a line"),
)

Made = Callable[[int], None]
"""Told the id of a persona once it is written down."""


def new(
    screen: TriageScreen, made: Made, *, query: str = "", name: str = "", role: str = ""
) -> None:
    """A name, who it is, and what they do; then it is written down in one step."""

    def named(told: str | None) -> None:
        if told:
            _ask_who(screen, told, query, lambda who: _ask_role(told, who))

    def _ask_role(told: str, who: str) -> None:
        screen.app.push_screen(
            Line(f"What does {one_line(told, 60)} do, in a line?", value=role,
                 hint="enter keep   esc never mind", empty=_NONE),
            lambda does: None if does is None else keep(told, who, does),
        )  # fmt: skip

    def keep(told: str, who: str, does: str) -> None:
        found: list[Persona] = []

        def work() -> Entry:
            found.append(screen.workspace.add_persona(told, who, does))
            return screen.workspace.history(1)[0]

        screen.triage.decide(
            work, done=lambda _: made(found[0].id),
            # Nothing typed is lost because the name was another's.
            refused=lambda: new(screen, made, query=who, name=told, role=does),
        )  # fmt: skip

    screen.app.push_screen(
        Line("What is the persona called?", value=safe(name),
             hint="enter to who it is   esc never mind"),
        named,
    )  # fmt: skip


def edit(screen: TriageScreen, persona: Persona) -> None:
    """Its name, who it is, or what they do?"""

    def answered(option: Option | None) -> None:
        if option is None:
            return
        if option.value == _WHO:
            _ask_who(screen, persona.name, persona.query, lambda who: keep(_WHO, who))
            return
        is_name = option.value == _NAME
        question = (
            f"What is {persona.short} called?"
            if is_name
            else f"What does {one_line(persona.name, 60)} do, in a line?"
        )
        screen.app.push_screen(
            Line(question, value=safe(persona.name if is_name else persona.role),
                 hint="enter keep   esc never mind", empty="" if is_name else _NONE),
            lambda told: None if told is None else keep(option.value, told),
        )  # fmt: skip

    def keep(column: str, told: str) -> None:
        workspace = screen.workspace

        def work() -> Entry | None:
            # As it is now: two keys in a row are two steps, the second upon the first.
            return workspace.edit_persona(
                workspace.persona(persona.id), **{column: told}
            )

        screen.triage.decide(work)

    screen.app.push_screen(
        OneOf(f"What changes about {_named(persona)}", _WHAT), answered
    )


def review(screen: TriageScreen, persona: Persona) -> None:
    """It still holds."""
    workspace = screen.workspace
    screen.triage.decide(
        lambda: workspace.review_persona(workspace.persona(persona.id))
    )


def remove(screen: TriageScreen, persona: Persona) -> None:
    """It goes, and its map."""
    workspace = screen.workspace
    screen.triage.decide(
        lambda: workspace.remove_persona(workspace.persona(persona.id))
    )


def object_to(screen: TriageScreen, view: PersonaView) -> None:
    """What speaks against its map, with figures, and what to do."""
    workspace = screen.workspace
    lines = persona_words.objections(workspace.rests_on(view), workspace.bias(view))
    heading = f"What may be wrong with {_named(view.persona)}"
    screen.app.push_screen(Sheet(heading, list(lines)))


def _ask_who(
    screen: TriageScreen, name: str, query: str, then: Callable[[str], None]
) -> None:
    workspace = screen.workspace

    def answered(told: str | None) -> None:
        if told is not None:
            then(told)

    screen.app.push_screen(
        Who(f"Who is {one_line(name, 60)}?", workspace.values,
            lambda text: _found(workspace, text), value=safe(query)),
        answered,
    )  # fmt: skip


def _found(workspace: Workspace, text: str) -> str:
    """How many a query finds, in words."""
    if not text:
        return "Nobody is found until somebody says who; the persona is assumed."
    parsed(text)
    view = workspace.persona_view(Persona(id=0, name="", query=text))
    if not view.n:
        return "Nobody who was heard is like this."
    return f"{view.n:,} heard, of {words.people(view.people)}"


def _named(persona: Persona) -> str:
    return f"{persona.short} “{one_line(persona.name, 60)}”"
