"""The reading pane of a list: the cursor's row at once, the rest as it rests."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual import on
from textual.timer import Timer

from triage.errors import TriageError
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui.desk import beside
from triage.tui.quote_mode import QuoteMode
from triage.tui.reading import Study, passages, quoted_spans, study
from triage.tui.widgets.feedback_list import FeedbackList
from triage.tui.wrap import SHOWN
from triage.workspace import QueueRow

REST = 0.06
"""Seconds the cursor stays before the slow half of the reading pane is looked up."""

REPEAT = 0.045
"""Two rows within so many seconds are a key held down."""

SETTLING = 0.5
"""Seconds after the start before what nobody waits for is looked up."""


class ReadingPane(QuoteMode):
    """A list and what it is about, side by side or one over the other."""

    def __init__(self) -> None:
        super().__init__()
        self._reading: Feedback | None = None
        self._study: Study | None = None
        self._limit = SHOWN
        self._rest: Timer | None = None
        self._moved_at = 0.0
        self.settled = False
        """Whether what nobody waits for at the start has been looked up."""

    @on(FeedbackList.Moved)
    def _show_row(self, event: FeedbackList.Moved) -> None:
        row = event.row
        self.tell_where()
        if row is None:
            self._reading = self._study = None
            self.reader.show(())
            return
        if self._reading is not None and self._reading.id == row.id:
            return
        now = time.monotonic()
        hurried, self._moved_at = now - self._moved_at < REPEAT, now
        if hurried:
            # A held key: the list keeps up, the reading pane waits for where it ends.
            self._rest_then(lambda: self.read(row))
        else:
            self.read(row)

    def read(self, row: QueueRow) -> None:
        """Show a row's feedback at once, and look up the rest when the cursor rests."""
        self.leave_quote()
        try:
            self._reading = self.workspace.feedback(row.id)
        except TriageError as error:
            self._reading = None
            self.triage.complain(error)
            return
        self._study = None
        self._limit = SHOWN
        self._lay_out()
        self._rest_then(self._look_up)

    def _rest_then(self, then: Callable[[], None]) -> None:
        if self._rest is not None:
            self._rest.stop()
        # The very first time, looking up also loads what compares texts: not yet.
        pause = REST if self.settled else SETTLING
        self._rest = self.set_timer(pause, then)

    def _look_up(self) -> None:
        if self._reading is not None:
            beside(self, self._study_up, self._reading, group="study", exclusive=True)

    async def _study_up(self, feedback: Feedback) -> None:
        try:
            found = await self.triage.desk.look(lambda: study(self.workspace, feedback))
        except TriageError as error:
            # It may have gone with an import that was taken back meanwhile.
            self.say(one_line(str(error)))
            return
        if self._reading is not None and self._reading.id == feedback.id:
            self._study = found
            self._lay_out(keep_place=True)

    def _lay_out(self, *, keep_place: bool = False) -> None:
        assert self._reading is not None
        now = self.workspace.clock()
        self.reader.quoted = quoted_spans(self._reading, self._study)
        self.reader.show(
            passages(self._reading, self._study, now, limit=self._limit),
            keep_place=keep_place,
        )

    @property
    def reading(self) -> Feedback | None:
        """What the reading pane shows."""
        return self._reading

    @property
    def found(self) -> Study | None:
        """What was looked up about it, if that is there yet."""
        return self._study

    def action_read(self) -> None:
        """Open the reader over the list, where there is only room for one."""
        self.set_class(True, "-reading")

    def action_members(self) -> None:
        """Who says the same, side by side, and why the machine thinks so."""
        row = self.list.row
        if row is not None:
            self.triage.open("group", row.group_id)

    def action_read_down(self) -> None:
        """A few lines on."""
        self.reader.by(3)

    def action_read_up(self) -> None:
        """A few lines back."""
        self.reader.by(-3)

    def action_more_text(self) -> None:
        """The next part of a very long text."""
        if self._reading is not None and len(self._reading.body) > self._limit // 4:
            self._limit *= 4
            self._lay_out(keep_place=True)

    @on(FeedbackList.Chosen)
    def _open_clicked(self) -> None:
        self.action_read()

    def action_quote(self) -> None:
        """Select the first sentence that is in sight."""
        if self._reading is None:
            return
        if self.has_class("-narrow"):
            self.action_read()
        self.begin_quote(self._reading)
