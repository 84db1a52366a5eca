"""A picker whose first rows a digit takes at once, while nothing is typed."""

from __future__ import annotations

from typing import cast

from textual import events
from textual.widgets import Input

from triage.tui.dialogs.picker import Picker


class _Field(Input):
    """A digit is the number of a row; after a blank or a letter it is text."""

    def on_key(self, event: events.Key) -> None:
        """Take what is no text."""
        dialog = cast("NumberedPicker", self.screen)
        typed = event.character or ""
        if self.value or len(typed) != 1 or typed not in "123456789":
            return
        if dialog.take_row(int(typed) - 1):
            event.stop()
            event.prevent_default()


class NumberedPicker(Picker):
    """The numbers stand at the right of the rows, as notes of the choices."""

    def make_field(self, placeholder: str) -> Input:
        """A field in which digits take rows."""
        return _Field(placeholder=placeholder, select_on_focus=False)

    def take_row(self, row: int) -> bool:
        """Answer with that row, if there is one."""
        if row >= len(self.list.choices):
            return False
        self.dismiss(self.list.choices[row])
        return True
