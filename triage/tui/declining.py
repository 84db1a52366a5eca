"""Why feedback is declined, asked alike wherever it is."""

from __future__ import annotations

from collections.abc import Callable

from triage.tui.choices import reasons
from triage.tui.dialogs.numbered import NumberedPicker
from triage.tui.dialogs.picker import Choice
from triage.tui.screen import TriageScreen


def decline_because(screen: TriageScreen, decide: Callable[[Choice], None]) -> None:
    """Offer the workspace's reasons, a digit each; what is typed is a reason too."""

    def answered(choice: Choice | None) -> None:
        if choice is not None:
            decide(choice)

    dialog = NumberedPicker(
        "Decline, because", reasons(screen.workspace.decline_reasons()),
        placeholder="or in your own words",
        hint="1–9 take one   ↑ ↓ move   enter take   esc never mind",
    )  # fmt: skip
    screen.app.push_screen(dialog, answered)
