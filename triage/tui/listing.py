"""A screen with a list of feedback: which rows a key is about, and their marks."""

from __future__ import annotations

from collections.abc import Sequence

from triage.errors import TriageError
from triage.model import Feedback
from triage.tui.screen import TriageScreen
from triage.tui.targets import View
from triage.tui.widgets.feedback_list import FeedbackList
from triage.tui.widgets.reader import Reader


class Listing(TriageScreen):
    """A key is about all marked rows, or about the one under the cursor."""

    PARTS = ("list",)

    list: FeedbackList
    reader: Reader
    view: View

    def __init__(self) -> None:
        super().__init__()
        self._anchor: int | None = None

    @property
    def reading(self) -> Feedback | None:
        """What the reading pane shows."""
        raise NotImplementedError

    def tell_counts(self) -> None:
        """Show how many rows there are now."""

    def tell_where(self) -> None:
        """Show the place in the list, and the marks."""

    # Which rows

    def targets(self) -> Sequence[int]:
        """The marked rows, in the order of the list, or the one under the cursor."""
        if self.list.queue.marks:
            return self.list.queue.marks.chosen()
        return () if self.list.key is None else (self.list.key,)

    def subject(self) -> Feedback | None:
        """What a question is about: the first marked, or what is under the cursor."""
        key = self.list.queue.marks.first()
        if key is None:
            key = self.list.key
            # What is read comes a moment after the cursor, and may still be another.
            if key is None or (self.reading and self.reading.id == key):
                return self.reading
        try:
            return self.workspace.feedback(key)
        except TriageError as error:
            self.triage.complain(error)
            return None

    # Marks

    def action_mark(self) -> None:
        """Set or take away one mark."""
        key = self.list.key
        if key is not None:
            self._anchor = key
            self.list.mark([key], on=key not in self.list.queue.marks)
            self.tell_where()

    def action_mark_next(self) -> None:
        """Mark and go on; while the reader covers the list, a page of text."""
        if self.has_class("-narrow") and self.has_class("-reading"):
            self.reader.page(1)
            return
        if self.list.key is not None:
            self._anchor = self.list.key
            self.list.mark([self.list.key])
            self.list.action_next_row()
            self.tell_where()

    def action_mark_range(self) -> None:
        """From the last mark, or from here, to here."""
        if self.list.key is None:
            return
        anchor = self.list.queue.index(self._anchor) if self._anchor else None
        if anchor is None:
            self.action_mark()
            self.say("The range begins here; move, and once more V ends it")
            return
        self.list.mark(self.list.queue.between(anchor, self.list.cursor))
        self._anchor = self.list.key
        self.tell_where()

    def action_mark_all(self) -> None:
        """All of this list."""
        self.list.mark_everything()
        self.tell_where()

    def action_mark_none(self) -> None:
        """None."""
        self.list.mark_everything(on=False)
        self._anchor = None
        self.tell_where()
