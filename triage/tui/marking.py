"""Marks on the rows of a list: set, taken away, on all, on none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from triage.tui.screen import TriageScreen
from triage.tui.widgets.rows import Rows


class Marking(TriageScreen):
    """What is marked is named by its id."""

    rows: Rows[Any]

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[int] = set()

    def to_mark(self) -> int | None:
        """The id of what is under the cursor; None where it takes no mark."""
        raise NotImplementedError

    def all_to_mark(self) -> Iterable[int]:
        """The ids of everything that is listed and takes a mark."""
        raise NotImplementedError

    def tell(self) -> None:
        """Show how many are marked."""
        raise NotImplementedError

    def action_mark(self) -> None:
        """Set or take away one mark."""
        here = self.to_mark()
        if here is not None:
            self.marks ^= {here}
            self._marked()

    def action_mark_next(self) -> None:
        """Mark, and on."""
        here = self.to_mark()
        if here is not None:
            self.marks.add(here)
        self.rows.action_next_row()
        self._marked()

    def action_mark_all(self) -> None:
        """Every one of them."""
        self.marks = set(self.all_to_mark())
        self._marked()

    def action_mark_none(self) -> None:
        """None."""
        self.marks.clear()
        self._marked()

    def _marked(self) -> None:
        self.rows.refresh()
        self.tell()
