"""Any action, or a theme, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.tui.bindings import shown_all
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
    """Offer the themes there are."""
    choices = [
        Choice(
            theme.name,
            theme.name.replace("_", " "),
            "in force" if theme.name == app.theme else "",
        )
        for theme in app.own_themes()
    ]

    def take(choice: Choice | None) -> None:
        if choice:
            app.theme = choice.value
            app.say(f'{choice.label}; theme = "{choice.value}" in config.toml keeps it')

    app.push_screen(Picker("Theme", among(choices)), take)
