"""What can be decided about the entries of an empathy map, a key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from itertools import islice

from triage.empathy import MAP, OWN, Area, EmpathyNote, Persona
from triage.text.display import one_line, safe
from triage.tui import heard_words, words
from triage.tui.dialogs.line import Line
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.dialogs.picker import Choice
from triage.tui.dialogs.quote_picker import QuotePicker
from triage.tui.map_places import ASKED, INFERRED, OBSERVED
from triage.tui.screen import TriageScreen
from triage.workspace import Citable, Entry, NoteView, PersonaView
from triage.workspace.personas import Cited

AT_ONCE = 200
"""Quotes shown of those that are found; more words find fewer."""

_KEYS = {
    Area.SAYS: "s", Area.THINKS: "t", Area.DOES: "d", Area.FEELS: "f",
    Area.PAINS: "p", Area.GAINS: "g", Area.GOALS: "o", Area.CONTEXTS: "c",
    Area.PREFERENCES: "r",
}  # fmt: skip

Kept = Callable[[int], None]
"""Told the id of an entry once it is written."""

Done = Callable[[Entry | None], None]
"""Told the step once it is kept."""


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
            lambda: workspace.change_entry(workspace.entry_named(key), highlights=names)
        )

    cited = [highlight.short for highlight in one.highlights]
    _ask_quotes(screen, view, one.note.area, one.note.text, cited, keep)


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

    heading = f"Where does it belong: “{one_line(one.note.text, 60)}”"
    screen.app.push_screen(OneOf(heading, _options(), now=one.note.area), answered)


def remove(screen: TriageScreen, one: NoteView, done: Done) -> None:
    """It goes; its quotes stay."""
    workspace, key = screen.workspace, one.note.id
    screen.triage.decide(
        lambda: workspace.remove_entry(workspace.entry_named(key)), done=done
    )


def place(screen: TriageScreen, persona: Persona, cited: Cited, quote: str) -> None:
    """One quote onto a map: where, then in which words; it is kept in one step."""
    workspace = screen.workspace

    def placed(option: Option | None) -> None:
        if option is not None:
            word(option.value, quote)

    def word(area: Area, text: str) -> None:
        screen.app.push_screen(
            Line(f"{area.capitalize()}: {ASKED[area]}\n{_named(persona)}",
                 value=safe(" ".join(text.split())), hint="enter keep   esc never mind",
                 empty="the quote, word for word"),
            lambda told: None if told is None else keep(area, told),
        )  # fmt: skip

    def keep(area: Area, told: str) -> None:
        def work() -> Entry:
            workspace.write_entry(persona, area, told, [cited])
            return workspace.history(1)[0]

        screen.triage.decide(work, refused=lambda: word(area, told))

    heading = f"Where on the map of {one_line(persona.name, 60)}"
    screen.app.push_screen(OneOf(heading, _options(), now=None), placed)


def _ask_quotes(
    screen: TriageScreen,
    view: PersonaView,
    area: Area,
    text: str,
    marked: Sequence[str],
    keep: Callable[[Sequence[str]], None],
) -> None:
    workspace = screen.workspace
    now = workspace.clock()

    @cache
    def there() -> list[tuple[str, Citable]]:
        found = workspace.citable(view, marked)
        # Those it cites already come first: to leave one out is one key.
        found.sort(key=lambda quote: quote.name not in marked)
        return [(_searched(quote), quote) for quote in found]

    def find(typed: str) -> Sequence[Choice]:
        wanted = typed.casefold().split()
        found = (quote for told, quote in there() if all(w in told for w in wanted))
        return [_choice(quote, now) for quote in islice(found, AT_ONCE)]

    def means(many: int) -> tuple[str, bool]:
        return _meaning(area, many, text, one_line(workspace.config.by, 30))

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            keep(choice.value)

    said = f"“{one_line(text, 120)}”" if text else "in the words of a quote"
    heading = f"Which quotes show it?\n{area.capitalize()}: {said}"
    screen.app.push_screen(QuotePicker(heading, find, means, marked=marked), answered)


def _meaning(area: Area, many: int, text: str, by: str) -> tuple[str, bool]:
    """What keeping so many quotes means, and whether it may be."""
    if many:
        told = f"{OBSERVED} observed: {words.count(many, 'quote')}"
        return f"{told} {'shows' if many == 1 else 'show'} it", True
    if area is Area.SAYS:
        return "What somebody says needs a quote: mark one", False
    if not text:
        return "Nothing is written yet: mark the quote whose words it takes", False
    who = f" by {by}" if by else ""
    return f"{INFERRED} no quote: it will say inferred{who}", True


def _searched(quote: Citable) -> str:
    told = (quote.quote, quote.author, quote.source, quote.feeling, quote.feedback)
    return " ".join((*told, quote.name)).casefold()


def _choice(quote: Citable, now: datetime) -> Choice:
    felt = heard_words.felt(quote.feeling, quote.intensity)
    facts = [
        one_line(quote.author, 40), felt, one_line(quote.source, 30),
        words.moment(quote.at, now), quote.feedback, quote.name,
    ]  # fmt: skip
    return Choice(
        quote.name, f"“{words.row_text(quote.quote)}”",
        f"{one_line(quote.author, 14)} {words.age(quote.at, now)}",
        " · ".join(fact for fact in facts if fact),
    )  # fmt: skip


def _options() -> list[Option]:
    return [Option(_KEYS[one], one, one.value, ASKED[one]) for one in (*MAP, *OWN)]


def _named(persona: Persona) -> str:
    return f"{persona.short} {one_line(persona.name, 60)}"
