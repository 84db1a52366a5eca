"""Which tags: one by enter, several by tab, a new one by typing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from triage.model import Feedback
from triage.operations.tags import folded
from triage.text.display import one_line
from triage.tui.dialogs.picker import Choice, Picker
from triage.workspace import TagCount, Workspace


class TagPicker(Picker):
    """
    The answer's value is two lists of names: to add, and to remove.

    ✓ stands before a tag that all of the feedback has, ◐ before one that some have.
    Enter on a tag adds it, whoever has it; tab chooses what is to be added (+), or
    removed (−) where all have it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "choose", show=False, priority=True)
    ]

    def __init__(
        self,
        workspace: Workspace,
        about: Callable[[], Sequence[Feedback]],
        heading: str,
    ) -> None:
        self._workspace = workspace
        self._about = about
        self._known: list[TagCount] | None = None
        self._having: Counter[str] = Counter()
        self._many = 0
        self._wanted: dict[str, tuple[str, bool]] = {}
        super().__init__(
            heading, self._tags, slow=True, placeholder="a tag, or a new one",
            empty="no tag yet; type one",
            hint="↑ ↓ move   tab choose several   enter keep   esc never mind",
        )  # fmt: skip

    def take(self) -> None:
        """Keep what was chosen, with the row that words, or nothing else, led to."""
        if self._shown != self._generation:
            self._take_when_shown = True
            return
        if self.field.value.strip() or not self._wanted:
            row = self.list.chosen
            if row is None:
                return
            name = str(row.value)
            self._wanted.setdefault(folded(name), (name, True))
        chosen = list(self._wanted.values())
        add = [name for name, is_new in chosen if is_new]
        remove = [name for name, is_new in chosen if not is_new]
        self.dismiss(Choice((add, remove), "tags"))

    def action_choose(self) -> None:
        """Choose the row under the cursor, or no longer; then the next."""
        row = self.list.chosen
        if row is None or self._shown != self._generation:
            return
        self._turn(str(row.value))
        if self.field.value:
            self.field.value = ""
            return
        at = self.list.cursor
        self.list.show([self._row(one) for one in self._names("")])
        self.list.move(at)

    def _turn(self, name: str) -> None:
        key = folded(name)
        if self._wanted.pop(key, None) is None:
            all_have_it = self._many and self._having[key] == self._many
            self._wanted[key] = (name, not all_have_it)

    def _tags(self, text: str) -> Sequence[Choice]:
        if self._known is None:
            self._look_up()
        return [self._row(name) for name in self._names(text)]

    def _look_up(self) -> None:
        feedback = self._about()
        labels = self._workspace.labels([one.id for one in feedback])
        self._many = len(feedback)
        self._having.update(
            folded(name) for label in labels.values() for name in label.tags
        )
        self._known = self._workspace.tags()

    def _names(self, text: str) -> list[str]:
        """Tags with these words in them, those in use here first; then a new one."""
        wanted = folded(text)
        chosen = [name for name, _ in self._wanted.values()]
        known = [one.name for one in self._known or ()]
        there = {folded(name): name for name in (*known, *chosen)}
        found = [key for key in there if all(word in key for word in wanted.split())]
        found.sort(key=lambda key: (key != wanted, not self._having[key]))
        names = [there[key] for key in found]
        if wanted and wanted not in there:
            names.append(" ".join(text.split()))
        return names

    def _row(self, name: str) -> Choice:
        key = folded(name)
        uses = {folded(one.name): one.total for one in self._known or ()}
        has_it = self._having[key]
        glyph = "✓" if has_it and has_it == self._many else "◐" if has_it else " "
        if key in self._wanted:
            glyph = "+" if self._wanted[key][1] else "−"
        is_new = key not in uses
        label = f"new: {one_line(name)}" if is_new else one_line(name)
        return Choice(name, f"{glyph} {label}", "" if is_new else str(uses[key]))
