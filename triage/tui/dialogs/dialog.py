"""What every dialog has: a box, a heading, a way out."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from triage.text.display import safe

T = TypeVar("T")


class Dialog(ModalScreen[T | None], Generic[T]):
    """A question over a screen; escape takes it back."""

    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it on instances
        (0, "-narrow"),
        (100, "-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "never_mind", show=False)
    ]

    def __init__(self, heading: str, hint: str = "") -> None:
        super().__init__()
        self.heading = heading
        self.hint = hint

    def compose(self) -> ComposeResult:
        """Heading, question, hint."""
        with Vertical(id="box"):
            yield Static(
                safe(self.heading, multiline=True), classes="heading", markup=False
            )
            yield from self.compose_question()
            if self.hint:
                yield Static(self.hint, classes="hint", markup=False)

    def compose_question(self) -> ComposeResult:
        """The question's own widgets."""
        yield from ()

    def action_never_mind(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
