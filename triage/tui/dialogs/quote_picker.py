"""Which quotes show something: search as one types, several by space, or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from triage.tui.dialogs.picker import Choice, Find, Picker

MARK, NO_MARK = "✓", "·"


class _Field(Input):
    """A space marks while nothing is being typed; in the midst of words it is one."""

    is_choosing = True

    def on_key(self, event: events.Key) -> None:
        """Take what is no text."""
        if event.key == "space" and (self.is_choosing or not self.value):
            dialog = self.screen
            assert isinstance(dialog, QuotePicker)
            dialog.action_mark()
            event.stop()
            event.prevent_default()
        elif event.is_printable:
            # Not when the text has changed: the next key may come before that is told.
            self.is_choosing = False


class QuotePicker(Picker):
    """
    The answer's value is a tuple of the values marked, in the order of marking.

    Args:
        find: Choices for what was typed, each with a value that can be compared; called
            beside the screen.
        marked: Values that are marked on opening.
        says: What keeping so many marks means, in a sentence, and whether it may be.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "mark", show=False, priority=True)
    ]
    DEFAULT_CSS = "QuotePicker #means { height: auto; margin-top: 1; }"

    def __init__(
        self,
        heading: str,
        find: Find,
        says: Callable[[int], tuple[str, bool]],
        *,
        marked: Collection[str] = (),
    ) -> None:
        self._all = find
        self._says = says
        self._marked = list(dict.fromkeys(marked))
        self._means = Static("", id="means", markup=False)
        super().__init__(
            heading, self._shown_as_marked, slow=True,
            placeholder="words of a quote, a name, a feeling",
            empty="nothing of theirs is underlined or evidence yet",
            unknown="no quote has these words",
            hint="↑ ↓ move   space or tab mark   enter keep   esc never mind",
        )  # fmt: skip

    def make_field(self, placeholder: str) -> Input:
        """A field in which a space marks while one chooses."""
        return _Field(placeholder=placeholder, select_on_focus=False)

    def compose_question(self) -> ComposeResult:
        """What keeping means stands under the choices."""
        yield from super().compose_question()
        yield self._means

    def on_mount(self) -> None:
        """Say so from the first frame on."""
        self._tell()

    def action_move(self, by: int) -> None:
        """Up or down: from here on a space marks."""
        assert isinstance(self.field, _Field)
        self.field.is_choosing = True
        super().action_move(by)

    def action_mark(self) -> None:
        """Mark what is under the cursor, or no longer; then the next."""
        row = self.list.chosen
        if row is None or self._shown != self._generation:
            return
        if row.value in self._marked:
            self._marked.remove(row.value)
        else:
            self._marked.append(row.value)
        at = self.list.cursor
        self.list.show([self._drawn(one) for one in map(_bare, self.list.choices)])
        self.list.move(at + 1)
        self._tell()

    def take(self) -> None:
        """Keep what is marked, where that may be."""
        _, may_be = self._says(len(self._marked))
        if may_be:
            self.dismiss(Choice(tuple(self._marked), "quotes"))

    def _tell(self) -> None:
        said, may_be = self._says(len(self._marked))
        self._means.update(said if may_be else f"! {said}")

    def _shown_as_marked(self, text: str) -> Sequence[Choice]:
        return [self._drawn(one) for one in self._all(text)]

    def _drawn(self, one: Choice) -> Choice:
        sign = MARK if one.value in self._marked else NO_MARK
        return Choice(one.value, f"{sign} {one.label}", one.note, one.why)


def _bare(one: Choice) -> Choice:
    return Choice(one.value, one.label[2:], one.note, one.why)
