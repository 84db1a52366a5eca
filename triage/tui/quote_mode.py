"""While words are being selected in the reading pane, the keys are about them."""

from __future__ import annotations

from textual import on

from triage.model import Feedback, State
from triage.operations.pain_points import text_of
from triage.tui import clipboard
from triage.tui.bindings import shown
from triage.tui.highlighting import Highlighting
from triage.tui.listing import Listing
from triage.tui.quoting import Selection, first, following
from triage.tui.widgets.reader import Reader
from triage.tui.wrap import SHOWN


class QuoteMode(Listing, Highlighting):
    """A list whose reading pane can have words selected in it."""

    def __init__(self) -> None:
        super().__init__()
        self._quoted: Feedback | None = None

    def accept_quote(self, selection: Selection | None) -> None:
        """Accept with these words as the quote; without, with all of them."""
        raise NotImplementedError

    def attach_quote(self, feedback: Feedback, selection: Selection) -> None:
        """Make these words evidence; the feedback stays where it is."""
        raise NotImplementedError

    def finish_quotes(self, feedback: Feedback) -> None:
        """Every quote is linked: accept it as it is."""
        raise NotImplementedError

    def begin_quote(self, feedback: Feedback) -> None:
        """Select the first sentence of the body that is not quoted yet."""
        at = len(feedback.title) + 2 if feedback.title and feedback.body else 0
        # What is not shown at first cannot be selected, however long the text is.
        text = text_of(feedback)[:SHOWN]
        selection = following(text, at, self.reader.quoted) or first(text, at)
        if selection is None:
            self.say("There are no words to quote")
            return
        self.begin_selecting(feedback, selection)

    def begin_selecting(self, feedback: Feedback, selection: Selection) -> None:
        """Select these words of it, and give the reader the keys."""
        self._quoted = feedback
        self.reader.select(selection)
        self.reader.focus()
        self.show_keys()

    def selected_in(self) -> Feedback | None:
        """The feedback whose words are being selected; None where none are."""
        return self._quoted

    def quote_on(self, feedback: Feedback, last: Selection) -> None:
        """These words are quoted; on to the next sentence, if it is still about it."""
        if self._quoted is None or self._quoted.id != feedback.id:
            return
        self.reader.quoted = (*self.reader.quoted, last.span)
        coming = following(last.text, last.end, self.reader.quoted)
        if coming is not None:
            self.reader.select(coming)
            return
        self.reader.refresh()
        keys = self.triage.keymap.keys
        self.say(
            "That was the last sentence;"
            f" {shown(keys['quote-done'][0])} accepts it with its quotes,"
            f" {shown(keys['quote-leave'][0])} leaves it where it is"
        )

    def leave_quote(self) -> None:
        """Back to the list."""
        if self._quoted is not None:
            self._quoted = None
            self.reader.select(None)
            self.list.focus()
            self.show_keys()

    def parts(self) -> tuple[str, ...]:
        """While words are selected, only their keys."""
        return ("quote",) if self._quoted is not None else super().parts()

    @on(Reader.Copied)
    def _quote_copied(self) -> None:
        if self.reader.selection is not None:
            clipboard.copy(self, "these words", self.reader.selection.quote)

    @on(Reader.Left)
    def _quote_left(self) -> None:
        self.leave_quote()

    @on(Reader.Taken)
    def _quote_taken(self, event: Reader.Taken) -> None:
        selection, feedback = self.reader.selection, self._quoted
        if selection is None or feedback is None:
            return
        if event.attach or self.view.state is State.ACCEPTED:
            self.attach_quote(feedback, selection)
        else:
            self.leave_quote()
            self.accept_quote(selection)

    @on(Reader.Finished)
    def _quote_finished(self) -> None:
        if self._quoted is not None:
            self.finish_quotes(self._quoted)
