"""A quote met elsewhere goes onto a persona's map: whose, where, in which words."""

from __future__ import annotations

from triage.text.display import one_line
from triage.tui import entry_deciding, persona_words, words
from triage.tui.desk import beside
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.screen import TriageScreen
from triage.workspace import PersonaView
from triage.workspace.personas import Cited


def put(screen: TriageScreen, cited: Cited, quote: str) -> None:
    """
    Ask whose map, where on it, and in which words; then it is written in one step.

    Args:
        cited: ``h3``, ``e7`` of a pain point, or words nobody has underlined yet.
        quote: Its words, which stand there until somebody writes others.
    """

    async def ask() -> None:
        found = await screen.triage.desk.look(screen.workspace.personas)
        if not found:
            key = screen.triage.key_of("go-personas")
            screen.say(f"There is no persona yet; {key} goes where one is written down")
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                entry_deciding.place(screen, choice.value.persona, cited, quote)

        said = f"“{one_line(quote, 60)}”"
        choices = [_choice(one) for one in found]
        screen.app.push_screen(
            Picker(
                f"On whose map goes {said}", among(choices), placeholder="a persona"
            ),
            answered,
        )

    beside(screen, ask, group="put", exclusive=True)


def _choice(view: PersonaView) -> Choice:
    heard = persona_words.ASSUMED if view.is_assumed else words.people(view.people)
    return Choice(view, words.row_text(view.persona.name, 100), heard,
                  one_line(view.persona.role, 200))  # fmt: skip
