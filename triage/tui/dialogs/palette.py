"""Any action, or a theme, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.errors import TriageError
from triage.tui.bindings import shown_all
from triage.tui.desk import beside
from triage.tui.dialogs.picker import Choice, Picker, among

if TYPE_CHECKING:
    from triage.tui.app import TriageApp


def choose_action(app: TriageApp) -> None:
    """Offer what can be asked here, and do what is taken."""
    front = app.front
    if front is None:
        return
    # What is peculiar to this screen first; moving about is what keys are for.
    actions = sorted(front.actions(), key=lambda action: front.PART not in action.where)
    choices = [
        Choice(action, f"{action.label} — {action.help}", shown_all(app.keymap, action))
        for action in actions
        if action.id != "palette"
    ]

    async def take(choice: Choice | None) -> None:
        if choice:
            await app.perform(choice.value)

    app.push_screen(Picker("Commands", among(choices)), take)


def choose_theme(app: TriageApp) -> None:
    """Offer the themes there are, each shown as the cursor comes to it."""
    before = app.theme
    # The one in force comes first: opening the choice changes nothing.
    known = sorted(app.own_themes(), key=lambda one: one[0].name != before)
    choices = [
        Choice(
            theme.name,
            theme.name.replace("_", " "),
            "in force" if theme.name == before else "",
            about,
        )
        for theme, about in known
    ]

    def show(name: str) -> None:
        if app.theme != name:
            app.theme = name

    def take(choice: Choice | None) -> None:
        show(choice.value if choice else before)
        if choice and choice.value != before:
            keep_theme(app, choice.value)

    app.push_screen(
        Picker("Theme", among(choices), preview=lambda choice: show(choice.value)), take
    )


def keep_theme(app: TriageApp, name: str) -> None:
    """Write the choice down beside the screen, and say where it stands."""

    async def keep() -> None:
        try:
            path = await app.desk.decide(lambda: app.workspace.keep_theme(name))
        except TriageError as error:
            app.complain(error)
        else:
            app.say(f"{name.replace('_', ' ')}, kept in {path.name}")

    beside(app, keep, group="theme")
