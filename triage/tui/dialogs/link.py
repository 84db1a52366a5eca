"""Which roadmap item would settle a pain point, and how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult

from triage.model import Extent
from triage.tui.dialogs.picker import Choice, Picker
from triage.tui.widgets.lines import OneLine

_WORDS = {Extent.FULL: "settles it fully", Extent.PARTIAL: "settles part of it"}


class LinkPicker(Picker):
    """A picker that also asks how far; tab turns between fully and in part."""

    def __init__(
        self, heading: str, find: Callable[[str], Sequence[Choice]], placeholder: str
    ) -> None:
        self.extent = Extent.FULL
        self._extent_line = OneLine(id="extent")
        super().__init__(
            heading, find, slow=True, placeholder=placeholder,
            hint="↑ ↓ move   enter link   tab how far   esc never mind",
        )  # fmt: skip

    def compose_question(self) -> ComposeResult:
        """Choices, then how far."""
        yield from super().compose_question()
        yield self._extent_line

    def on_mount(self) -> None:
        """Fully, until said otherwise."""
        super().on_mount()
        self._show_extent()

    def on_key(self, event: events.Key) -> None:
        """Tab turns."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            is_full = self.extent is Extent.FULL
            self.extent = Extent.PARTIAL if is_full else Extent.FULL
            self._show_extent()

    def _show_extent(self) -> None:
        self._extent_line.say(
            (f"{'▸' if extent is self.extent else ' '}{word}   ",
             "bold" if extent is self.extent else "$muted", extent.value)
            for extent, word in _WORDS.items()
        )  # fmt: skip

    def asked(self, name: str) -> None:
        """A click says how far."""
        self.extent = Extent(name)
        self._show_extent()
