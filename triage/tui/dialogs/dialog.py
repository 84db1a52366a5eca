"""What every dialog has: a box, a heading, a way out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from triage.text.display import safe
from triage.tui.widgets.asked import Asked
from triage.tui.widgets.lines import OneLine, Part

T = TypeVar("T")

_GAP = "   "
"""Between two keys of a hint."""

_NAMED = {
    "esc": "escape", "enter": "enter", "tab": "tab", "ctrl+e": "ctrl+e", "y": "y",
    "n": "n",
}  # fmt: skip
"""Keys as hints name them."""


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
            for number, line in enumerate(self.hint.split("\n") if self.hint else ()):
                shown = OneLine(classes="hint -more" if number else "hint")
                shown.say(self._keys_of(line))
                yield shown

    def compose_question(self) -> ComposeResult:
        """The question's own widgets."""
        yield from ()

    def key_of(self, word: str) -> str:
        """The key a hint names by this word; "" where it names none."""
        return _NAMED.get(word, "")

    def _keys_of(self, line: str) -> Iterator[Part]:
        for place, chunk in enumerate(line.split(_GAP)):
            key = self.key_of(chunk.split(" ")[0])
            yield (_GAP if place else "", "$muted")
            yield (chunk, "$muted", f"key:{key}" if key else "")

    @on(Asked)
    def _clicked(self, event: Asked) -> None:
        """A click on a key presses it; on anything else, the dialog says what."""
        event.stop()
        key = event.name.removeprefix("key:")
        if key != event.name:
            # Made by the app: a key that its own dialog makes ends at the dialog.
            self.app.call_later(partial(_press, self.app, key))
        else:
            self.asked(event.name)

    def asked(self, name: str) -> None:
        """Something of this dialog alone was clicked on."""

    def may_leave(self) -> bool:
        """Whether the app may be left now; what is being written may be kept first."""
        return True

    def action_never_mind(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def _press(app: App[object], key: str) -> None:
    app.post_message(events.Key(key, key if len(key) == 1 else None))
