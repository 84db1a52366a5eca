"""What can be decided about the entries of an empathy map, a key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from triage.empathy import MAP, OWN, Area, EmpathyNote, Persona
from triage.store.citable import Citable
from triage.store.persona_views import NoteView, PersonaView
from triage.text.display import one_line, safe
from triage.tui import words
from triage.tui.dialogs.line import Line
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.picker import Choice
from triage.tui.dialogs.quote_picker import QuotePicker
from triage.tui.empathy_words import ASKED
from triage.tui.screen import TriageScreen
from triage.workspace import Entry

AT_ONCE = 200
"""Quotes shown of those that are found; more words find fewer."""

_KEYS = {
    Area.SAYS: "s", Area.THINKS: "t", Area.DOES: "d", Area.FEELS: "f",
    Area.PAINS: "p", Area.GAINS: "g", Area.GOALS: "o", Area.CONTEXTS: "c",
    Area.PREFERENCES: "r",
}  # fmt: skip

Kept = Callable[[int], None]
"""Told the id of an entry once it is written."""


def write(
    screen: TriageScreen, view: PersonaView, area: Area, kept: Kept, text: str = ""
) -> None:
    """Its words, then the quotes that show it, then it is kept in one step."""
    workspace, persona = screen.workspace, view.persona

    def worded(told: str | None) -> None:
        if told is not None:
            _ask_quotes(screen, view, area, told, (), lambda names: keep(told, names))

    def keep(told: str, names: Sequence[str]) -> None:
        made: list[EmpathyNote] = []

        def work() -> Entry:
            made.append(workspace.write_entry(persona, area, told, names))
            return workspace.history(1)[0]

        screen.triage.decide(
            work, done=lambda _: kept(made[0].id),
            # What somebody wrote is not lost because it could not be kept.
            refused=lambda: write(screen, view, area, kept, told),
        )  # fmt: skip

    empty = "or nothing: the quote you choose next, word for word"
    screen.app.push_screen(
        Line(f"{area.capitalize()}: {ASKED[area]}\n{_named(persona)}", value=safe(text),
             hint="enter to its quotes   esc never mind", empty=empty),
        worded,
    )  # fmt: skip


def reword(screen: TriageScreen, one: NoteView) -> None:
    """The same entry in other words."""
    workspace, key = screen.workspace, one.note.id

    def answered(told: str | None) -> None:
        if told:
            screen.triage.decide(
                lambda: workspace.change_entry(workspace.entry_named(key), text=told),
                refused=lambda: reword(screen, one),
            )

    question = f"{one.note.area.capitalize()}: {ASKED[one.note.area]}"
    screen.app.push_screen(
        Line(question, value=safe(one.note.text), hint="enter keep   esc never mind"),
        answered,
    )


def cite(screen: TriageScreen, view: PersonaView, one: NoteView) -> None:
    """Which quotes show it: more, fewer, or none."""
    workspace, key = screen.workspace, one.note.id

    def keep(names: Sequence[str]) -> None:
        screen.triage.decide(
            lambda: workspace.change_entry(
                workspace.entry_named(key), highlights=names
            )
        )

    cited = [highlight.short for highlight in one.highlights]
    _ask_quotes(screen, view, one.note.area, one.note.text, cited, keep, one)


def move(screen: TriageScreen, one: NoteView, moved: Callable[[Area], None]) -> None:
    """To another area; what somebody says needs a quote."""
    workspace, key = screen.workspace, one.note.id

    def answered(option: Option | None) -> None:
        if option is None:
            return
        area: Area = option.value

        def work() -> Entry | None:
            return workspace.change_entry(workspace.entry_named(key), area=area)

        screen.triage.decide(work, done=lambda _: moved(area))

    options = [Option(_KEYS[a], a, a.value, ASKED[a]) for a in (*MAP, *OWN)]
    heading = f"Where does it belong: “{one_line(one.note.text, 60)}”"
    screen.app.push_screen(OneOf(heading, options, now=one.note.area), answered)


def remove(screen: TriageScreen, one: NoteView) -> None:
    """It goes; its quotes stay."""
    workspace, key = screen.workspace, one.note.id
    screen.triage.decide(lambda: workspace.remove_entry(workspace.entry_named(key)))


def _ask_quotes(
    screen: TriageScreen,
    view: PersonaView,
    area: Area,
    text: str,
    marked: Sequence[str],
    keep: Callable[[Sequence[str]], None],
    one: NoteView | None = None,
) -> None:
    workspace = screen.workspace
    now = workspace.clock()

    @cache
    def there() -> list[tuple[str, Choice]]:
        return [(_folded(quote), _choice(quote, now)) for quote in _all(workspace.citable(view), one)]

    def find(typed: str) -> Sequence[Choice]:
        wanted = typed.casefold().split()
        found = (choice for told, choice in there() if all(w in told for w in wanted))
        return [choice for choice, _ in zip(found, range(AT_ONCE), strict=False)]

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            keep(choice.value)

    said = f"“{one_line(text, 120)}”" if text else "in the words of a quote"
    heading = f"Which quotes show it? {area.capitalize()}: {said}"
    by = one_line(workspace.config.by, 30)
    screen.app.push_screen(
        QuotePicker(heading, find, _meaning(area, text, by), marked=marked), answered
    )
