"""A question answered with a number, or with none."""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.widgets import Input, Static

from triage.text.display import one_line
from triage.tui.dialogs.dialog import Dialog


@dataclass(frozen=True, slots=True)
class Told:
    """An answer; None says that it is not known."""

    value: float | None


class Number(Dialog[Told]):
    """Enter takes the number; an empty field means that nobody knows."""

    DEFAULT_CSS = "Number #refused { height: auto; color: $error; }"

    def __init__(self, question: str, *, value: float | None, hint: str) -> None:
        super().__init__(
            question, f"{hint}\nenter set   empty: not known   esc never mind"
        )
        self._value = "" if value is None else f"{value:g}"

    def compose_question(self) -> ComposeResult:
        """A field, and what is wrong with what it holds."""
        yield Input(self._value, select_on_focus=True)
        yield Static("", id="refused", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers, if it is a number."""
        try:
            self.dismiss(Told(parsed(event.value)))
        except ValueError:
            said = one_line(event.value, 20)
            self.query_one("#refused", Static).update(
                f"“{said}” is no number; for example 2.5"
            )


def parsed(text: str) -> float | None:
    """A number as people write it: ``2``, ``0,5``, ``80 %``; nothing is None."""
    said = text.strip().replace(",", ".")
    if not said:
        return None
    if said.endswith("%"):
        return _finite(said[:-1]) / 100
    return _finite(said)


def _finite(text: str) -> float:
    value = float(text)
    if not abs(value) < 1e9:
        raise ValueError(text)
    return value
