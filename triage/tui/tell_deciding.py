"""Drafts to people who asked: with a template, or in words written for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from triage.errors import UsageError
from triage.text.display import one_line
from triage.tui import tell_words, words
from triage.tui.desk import beside
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.dialogs.write import Write
from triage.workspace import Asker, Drafted, Entry, PainView, Way, Workspace

if TYPE_CHECKING:
    from triage.tui.screens.tell import TellScreen

_OWN = "your own words"


def draft(screen: TellScreen, view: PainView, people: Sequence[Asker]) -> None:
    """Ask what these are told, then leave a draft to each in the outbox."""
    workspace = screen.workspace

    async def ask() -> None:
        found = await screen.triage.desk.look(lambda: _choices(workspace, view, people))
        if len(found) == 1:
            _write(screen, view, people)
            return

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            if choice.value is None:
                _write(screen, view, people)
                return
            name = str(choice.value)
            _keep(
                screen,
                view,
                people,
                lambda a, w: workspace.filled_for(name, view, a, w),
            )

        heading = f"Write to {_named(people)} with which template?"
        screen.app.push_screen(
            Picker(heading, among(found), placeholder="its name"), answered
        )

    beside(screen, ask, group="draft", exclusive=True)


def _choices(
    workspace: Workspace, view: PainView, people: Sequence[Asker]
) -> list[Choice]:
    """Every template with what it says to the first it fits, then one's own words."""
    found = []
    for name in workspace.templates():
        shown = why = ""
        for one in people:
            try:
                shown = workspace.filled_for(name, view, one, workspace.way_to(one))
            except UsageError as error:
                why = why or str(error)
                continue
            break
        found.append(Choice(name, name, "", one_line(shown or why, 200)))
    return [*found, Choice(None, _OWN, "", "the same to each of them")]


def _write(
    screen: TellScreen, view: PainView, people: Sequence[Asker], value: str = ""
) -> None:
    def answered(text: str | None) -> None:
        if text:

            def again() -> None:
                # What somebody wrote is not lost because it could not be kept.
                _write(screen, view, people, text)

            _keep(screen, view, people, lambda _asker, _way: text, again)

    screen.app.push_screen(Write(f"Write to {_named(people)}", value=value), answered)


def _keep(
    screen: TellScreen,
    view: PainView,
    people: Sequence[Asker],
    said: Callable[[Asker, Way], str],
    again: Callable[[], None] | None = None,
) -> None:
    workspace = screen.workspace
    made: list[Drafted] = []

    def work() -> Entry | None:
        found = workspace.draft_tellings(view.pain_point.id, said, to=people)
        made.append(found)
        if not found.drafts:
            raise UsageError(_left_out(found))
        return workspace.history(1)[0]

    def done(entry: Entry | None) -> None:
        screen.marks.clear()
        told = _left_out(made[0])
        if entry is not None and told:
            screen.say(f"{one_line(entry.label, 80)} · {told}")

    screen.triage.decide(work, done=done, refused=again)


def _left_out(made: Drafted) -> str:
    return tell_words.left_out([(one.asker.name, one.why) for one in made.left_out])


def _named(people: Sequence[Asker]) -> str:
    if len(people) == 1:
        return tell_words.who(people[0], 40)
    return words.people(len(people))
