"""How long somebody will listen, asked before it begins."""

from __future__ import annotations

from collections.abc import Callable

from triage.tui.listening import LONGEST, USUAL
from triage.tui.screen import TriageScreen


def ask_minutes(screen: TriageScreen, begin: Callable[[float], None]) -> None:
    """For how long?"""
    from triage.tui.dialogs.number import Number, Told

    def answered(told: Told | None) -> None:
        if told is not None:
            minutes = USUAL if told.value is None else told.value
            begin(min(max(1, minutes), LONGEST))

    screen.app.push_screen(
        Number("How many minutes will you listen?", value=USUAL,
               hint="one voice at a time; the rest can wait"),
        answered,
    )  # fmt: skip
