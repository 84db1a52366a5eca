"""The reading pane of a list: the cursor's row at once, the rest as it rests."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from textual import on
from textual.timer import Timer

from triage.errors import TriageError
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import clipboard
from triage.tui.actions import BY_ID
from triage.tui.bindings import shown
from triage.tui.desk import beside
from triage.tui.heard_words import marked
from triage.tui.manner import USUAL, Manner
from triage.tui.other_views import as_sent, conversation
from triage.tui.passage import sought
from triage.tui.quote_mode import QuoteMode
from triage.tui.reading import passages, quoted_spans
from triage.tui.study import Study, study
from triage.tui.widgets.feedback_list import FeedbackList
from triage.tui.wrap import SHOWN
from triage.workspace import QueueRow

T = TypeVar("T")

REST = 0.06
"""Seconds the cursor stays before the slow half of the reading pane is looked up."""

REPEAT = 0.045
"""Two rows within so many seconds are a key held down."""

SETTLING = 0.5
"""Seconds after the start before what nobody waits for is looked up."""


class ReadingPane(QuoteMode):
    """
    A list and what it is about, side by side or one over the other.

    The pane shows a feedback's text, or the same as it was sent (``raw``), or the
    conversation it is part of (``thread``).
    """

    def __init__(self) -> None:
        super().__init__()
        self._reading: Feedback | None = None
        self._study: Study | None = None
        self._raw: bytes | None = None
        self._shown_as = "text"
        self._manner = USUAL
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
            self._mark_sought()
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
        self._study = self._raw = None
        self._shown_as = "text"
        self._manner = Manner(sought=sought(self.sought_text()), key=self._key_of)
        self._lay_out()
        self._rest_then(self._look_up)

    def _mark_sought(self) -> None:
        """On the same row, another search marks other words."""
        words = sought(self.sought_text())
        if words != self._manner.sought:
            self._manner = replace(self._manner, sought=words)
            self._lay_out(keep_place=True)

    def sought_text(self) -> str:
        """The words the list was searched for, to be marked in what is read."""
        return " ".join(self.view.query.said)

    def _key_of(self, action: str) -> str:
        return shown(self.triage.keymap.first_key(BY_ID[action]))

    def _rest_then(self, then: Callable[[], None]) -> None:
        if self._rest is not None:
            self._rest.stop()
        # The very first time, looking up also loads what compares texts: not yet.
        pause = REST if self.settled else SETTLING
        self._rest = self.set_timer(pause, then)

    def _look_up(self) -> None:
        if self._reading is not None:
            beside(self, self._study_up, self._reading, group="study", exclusive=True)

    def look_again(self) -> None:
        """Something about what is read has changed, and it may be read on meanwhile."""
        if self._study is not None:
            self._look_up()

    async def _study_up(self, feedback: Feedback) -> None:
        found = await self._looked(lambda: study(self.workspace, feedback))
        if found is not None and self._reads(feedback):
            self._study = found
            self._lay_out(keep_place=True)

    async def _looked(self, work: Callable[[], T]) -> T | None:
        try:
            return await self.triage.desk.look(work)
        except TriageError as error:
            # It may have gone with an import that was taken back meanwhile.
            self.say(one_line(str(error)))
            return None

    def _reads(self, feedback: Feedback) -> bool:
        return self._reading is not None and self._reading.id == feedback.id

    def _lay_out(self, *, keep_place: bool = False) -> None:
        assert self._reading is not None
        now = self.workspace.clock()
        reading, found = self._reading, self._study
        self.reader.quoted = (
            quoted_spans(reading, found) if self._shown_as == "text" else ()
        )
        heard = found.highlights if found and self._shown_as == "text" else ()
        self.reader.highlighted = marked(reading, heard)
        if self._shown_as == "raw" and self._raw is not None:
            told = as_sent(reading, self._raw, self._manner)
        elif self._shown_as == "thread" and found is not None:
            told = conversation(reading, found.thread, now, self._manner)
        else:
            told = passages(reading, found, now, self._manner)
        self.reader.show(told, keep_place=keep_place)

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
        """What is quoted, the next part of a very long text, or as it was."""
        if self._reading is None:
            return
        manner = self._manner
        folds = self._shown_as == "text" and self._has_quotes()
        if folds and not manner.is_open:
            self._manner = replace(manner, is_open=True)
        elif self._length() > manner.limit:
            self._manner = replace(manner, limit=manner.limit * 4)
        elif folds:
            self._manner = replace(manner, is_open=False)
        else:
            return
        self._lay_out(keep_place=True)

    def _has_quotes(self) -> bool:
        parts = self._study.parts if self._study else ()
        return any(part.start is None for part in parts)

    def _length(self) -> int:
        """Bytes there are to show of what is shown."""
        if self._shown_as == "raw":
            return len(self._raw or b"")
        if self._study is None:
            told = [self._reading.body if self._reading else ""]
        elif self._shown_as == "thread":
            told = [one.body or one.title for one in self._study.thread]
        else:
            told = [
                part.text for part in self._study.parts
                if self._manner.is_open or part.start is not None
            ]  # fmt: skip
        return sum(len(one.encode("utf-8", "replace")) for one in told)

    def action_raw(self) -> None:
        """As it was sent, and back."""
        feedback = self._reading
        if feedback is None or self._shown_as == "raw":
            self._show_as("text")
        else:
            beside(self, self._read_raw, feedback, group="raw", exclusive=True)

    async def _read_raw(self, feedback: Feedback) -> None:
        raw = await self._looked(lambda: self.workspace.raw(feedback))
        if raw is not None and self._reads(feedback):
            self._raw = raw
            self._show_as("raw")

    def action_thread(self) -> None:
        """The whole conversation, and back."""
        if self._shown_as == "thread":
            self._show_as("text")
        elif self._study is None:
            self.say("Still looking what belongs to it")
        elif len(self._study.thread) < 2:
            self.say("It is part of no conversation")
        else:
            self._show_as("thread")

    def _show_as(self, what: str) -> None:
        if self._reading is None:
            return
        if self.has_class("-narrow"):
            self.action_read()
        self.leave_quote()
        self._shown_as = what
        self._manner = replace(self._manner, limit=SHOWN)
        self._lay_out()

    def action_customer(self) -> None:
        """All that whoever said it ever said."""
        if self._reading is None:
            return
        if self._reading.customer_id is None:
            self.say("Nobody knows who said it")
        else:
            self.triage.open("customer", self._reading.customer_id)

    @on(FeedbackList.Chosen)
    def _open_clicked(self) -> None:
        self.action_read()

    def action_quote(self) -> None:
        """Select the first sentence that is in sight."""
        if self._reading is None:
            return
        if self._shown_as != "text":
            self._show_as("text")
        if self.has_class("-narrow"):
            self.action_read()
        self.begin_quote(self._reading)

    def action_highlights(self) -> None:
        """Select the first words that are highlighted, to change or take them off."""
        if self._reading is None:
            return
        if self._shown_as != "text":
            self._show_as("text")
        if self.has_class("-narrow"):
            self.action_read()
        self.go_to_highlight(self._reading)

    # Elsewhere

    def action_copy_id(self) -> None:
        """f12, for a command or a colleague."""
        if self.reading is not None:
            clipboard.copy(self, self.reading.short, self.reading.short)

    def action_copy_text(self) -> None:
        """What it says and who said it, for a colleague."""
        if self.reading is not None:
            text = clipboard.as_text(self.reading)
            clipboard.copy(self, f"the words of {self.reading.short}", text)

    def action_listen(self) -> None:
        """For how long?"""
        from triage.tui.dialogs.number import Number, Told
        from triage.tui.listening import USUAL

        def answered(told: Told | None) -> None:
            if told is not None:
                self.begin_listening(USUAL if told.value is None else told.value)

        self.app.push_screen(
            Number("How many minutes will you listen?", value=USUAL,
                   hint="one voice at a time; the rest can wait"),
            answered,
        )  # fmt: skip

    def begin_listening(self, minutes: float) -> None:
        """Hear this list from the cursor on, and nothing else."""
        from triage.tui.listening import LONGEST

        voices = self.list.queue.keys[self.list.cursor :]
        if not voices:
            self.say("There is nobody to listen to here")
        else:
            self.triage.open("listen", voices, min(max(1, minutes), LONGEST))
