"""Something longer that is written, here or in the person's own editor."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from triage.tui import editor
from triage.tui.dialogs.dialog import Dialog
from triage.tui.dialogs.one_of import OneOf, Option

T = TypeVar("T")


class Form(Dialog[T]):
    """A dialog in which nothing that was written is lost without a word."""

    KEYS: ClassVar[tuple[str, ...]] = ()
    """What its keys do, beside those for the editor and for leaving."""
    BINDINGS: ClassVar[list[BindingType]] = [
        # Without priority: what was typed just before is in its field by then.
        Binding("f2", "keep", show=False),
        Binding("ctrl+e", "edit", show=False, priority=True),
    ]

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to lose."""
        raise NotImplementedError

    def action_keep(self) -> None:
        """Answer, unless something is not understood."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The keys there are; no editor where the app cannot make way for one."""
        own = ("ctrl+e your editor",) if editor.is_possible(self.app) else ()
        self.hint = "   ".join((*self.KEYS, *own, "esc leave"))
        yield from super().compose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no editor can come up, its key is the field's."""
        del parameters
        return action != "edit" or editor.is_possible(self.app)

    def action_never_mind(self) -> None:
        """Close; what was written is not lost without a word."""
        if not self.is_changed:
            self.dismiss(None)
            return
        options = [
            Option("k", "keep", "keep it"),
            Option("w", "write", "go on writing"),
            Option("x", "lose", "throw it away"),
        ]

        def answered(option: Option | None) -> None:
            if option is not None and option.value == "keep":
                self.action_keep()
            elif option is not None and option.value == "lose":
                self.dismiss(None)

        self.app.push_screen(
            OneOf("What was written is not kept yet", options), answered
        )
