"""Into which pain point, and how much it matters to the one who said it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from triage.errors import TriageError
from triage.model import Feedback, Importance
from triage.text.display import one_line
from triage.tui.around import percent
from triage.tui.dialogs.picker import Choice, Picker
from triage.tui.widgets.lines import OneLine, Part
from triage.workspace import Workspace

_SHORT = {
    Importance.NOT_IMPORTANT: "not",
    Importance.NICE_TO_HAVE: "nice to have",
    Importance.IMPORTANT: "important",
    Importance.CRITICAL: "critical",
}


class _Field(Input):
    """Digits weigh while nothing is typed; tab does at any time."""

    def on_key(self, event: events.Key) -> None:
        """Take what is no text."""
        dialog = cast("AcceptPicker", self.screen)
        if event.key == "tab":
            dialog.weigh(dialog.importance + 1)
        elif event.character and event.character in "0123" and not self.value:
            dialog.weigh(int(event.character))
        else:
            return
        event.stop()
        event.prevent_default()


class AcceptPicker(Picker):
    """The best guess is under the cursor; the last row makes a new pain point."""

    def __init__(self, workspace: Workspace, feedback: Feedback, heading: str) -> None:
        self._workspace = workspace
        self._feedback = feedback
        self.importance = Importance.NICE_TO_HAVE
        super().__init__(
            heading, self._pain_points, slow=True,
            placeholder="find a pain point, or say what hurts",
            hint="↑ ↓ move   enter accept   0–3 or tab importance   esc never mind",
        )  # fmt: skip
        self._weight = OneLine(id="weight")

    def compose_question(self) -> ComposeResult:
        """Choices, then how much it matters."""
        yield from super().compose_question()
        yield self._weight

    def on_mount(self) -> None:
        """Nice to have, until said otherwise."""
        super().on_mount()
        self._show_weight()

    def make_field(self, placeholder: str) -> Input:
        """A field in which digits may weigh."""
        return _Field(placeholder=placeholder, select_on_focus=False)

    def weigh(self, importance: int) -> None:
        """How much it matters from now on."""
        self.importance = Importance(importance % len(Importance))
        self._show_weight()

    def _show_weight(self) -> None:
        parts: list[Part] = [("importance   ", "$muted")]
        for weight, word in _SHORT.items():
            here = weight is self.importance
            parts.append((f"{'▸' if here else ' '}{int(weight)} {word} ",
                          "bold" if here else "$muted", f"{int(weight)}"))  # fmt: skip
        self._weight.say(parts)

    def asked(self, name: str) -> None:
        """A click on an importance sets it."""
        self.weigh(int(name))

    def _pain_points(self, text: str) -> Sequence[Choice]:
        wanted = " ".join(text.split())
        if not wanted:
            return [*self._guesses(), self._new(self._said())]
        found = [
            Choice(point.id, point.title, point.short, point.statement)
            for point in self._workspace.find_pain_points(wanted)
        ]
        return [*found, self._new(wanted)]

    def _guesses(self) -> list[Choice]:
        try:
            guesses = self._workspace.guesses(self._feedback, 5)
        except TriageError:
            # Without a guess the list still offers every pain point.
            guesses = []
        guessed = {guess.pain_point.id for guess in guesses}
        return [
            Choice(
                guess.pain_point.id, guess.pain_point.title,
                f"{guess.pain_point.short}  {percent(guess.share)}",
                f"“{guess.quote}”" if guess.quote != guess.pain_point.title else "",
            )
            for guess in guesses
        ] + [
            Choice(view.pain_point.id, view.pain_point.title, view.pain_point.short)
            for view, _ in self._workspace.pain_points()
            if view.pain_point.id not in guessed
        ]  # fmt: skip

    def _said(self) -> str:
        """A first title: the feedback's own words."""
        return one_line(self._feedback.title or self._feedback.body, 70)

    @staticmethod
    def _new(title: str) -> Choice:
        return Choice(title, f"create “{title}”", "new")
