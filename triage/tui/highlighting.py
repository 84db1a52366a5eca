"""Highlighting in a reader: words selected there are underlined, changed, taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from triage.model import Feedback
from triage.operations.pain_points import Span, text_of
from triage.research import Highlight
from triage.tui import heard_words
from triage.tui.desk import beside
from triage.tui.putting import put
from triage.tui.quoting import Selection, following
from triage.tui.screen import TriageScreen
from triage.tui.widgets.reader import Reader
from triage.workspace import Entry

if TYPE_CHECKING:
    from triage.tui.dialogs.hearing import Told


class Highlighting(TriageScreen):
    """
    A screen with a reader in which words of a feedback can be highlighted.

    It has the reader as ``reader`` and says which feedback is selected in; what it
    shows of highlights is its own, ``heard_words.marked`` and ``told`` make it.
    """

    reader: Reader

    def selected_in(self) -> Feedback | None:
        """The feedback whose words are being selected; None where none are."""
        raise NotImplementedError

    def begin_selecting(self, feedback: Feedback, selection: Selection) -> None:
        """Select these words of it, and give the reader the keys."""
        raise NotImplementedError

    def leave_quote(self) -> None:
        """Select nothing more."""
        raise NotImplementedError

    @on(Reader.Highlighted)
    def _highlight_asked(self) -> None:
        selection, feedback = self.reader.selection, self.selected_in()
        if selection is not None and feedback is not None:
            self._ask_what_is_heard(feedback, selection)

    @on(Reader.Cited)
    def _map_asked(self) -> None:
        selection, feedback = self.reader.selection, self.selected_in()
        if selection is not None and feedback is not None:
            words = Highlight(
                id=0, feedback_id=feedback.id, quote=selection.quote,
                start=selection.start, end=selection.end,
            )  # fmt: skip
            put(self, words, selection.quote)

    @on(Reader.Unhighlighted)
    def _unhighlight_asked(self) -> None:
        there = self._under_selection()
        if there is None:
            self.say("These words are no highlight")
        else:
            self.triage.decide(lambda: self.workspace.remove_highlight(there))

    @on(Reader.NextHighlight)
    def _next_highlight_asked(self) -> None:
        feedback = self.selected_in()
        if feedback is not None:
            self.go_to_highlight(feedback)

    def go_to_highlight(self, feedback: Feedback) -> None:
        """Select the next highlight of it after what is selected, or the first."""
        text = text_of(feedback)
        found = sorted(
            (one.start, one.end)
            for one in self.workspace.highlights(feedback)
            if text[one.start : one.end] == one.quote
        )
        if not found:
            self.say("Nothing of it is highlighted")
            return
        here = self.reader.selection
        later = [span for span in found if here is not None and span > here.span]
        start, end = (later or found)[0]
        self.begin_selecting(feedback, Selection(text, start, end))

    def _under_selection(self) -> Highlight | None:
        """The highlight of just the words selected; None where they are none."""
        selection, feedback = self.reader.selection, self.selected_in()
        if selection is None or feedback is None:
            return None
        for one in self.workspace.highlights(feedback):
            if (one.start, one.end, one.quote) == (*selection.span, selection.quote):
                return one
        return None

    def _ask_what_is_heard(self, feedback: Feedback, selection: Selection) -> None:
        from triage.tui.dialogs.hearing import Hearing

        before = self._under_selection()
        compared = before.comparison if before else None
        dialog = Hearing(
            selection.quote,
            before,
            compared.competitor if compared else self._named_in(selection.quote),
        )

        def answered(told: Told | None) -> None:
            if told is not None:
                self._hear(feedback, selection, before, told)

        self.app.push_screen(dialog, answered)
        beside(self, self._suggest, dialog, feedback, selection.quote, group="suggest")

    async def _suggest(self, dialog: object, feedback: Feedback, quote: str) -> None:
        from triage.operations.suggesting import suggested
        from triage.tui.dialogs.hearing import Hearing

        found = await self.triage.desk.look(
            lambda: suggested(quote, self.workspace.tone(feedback).language)
        )
        assert isinstance(dialog, Hearing)
        if dialog.is_attached and found.words:
            what = found.feeling or found.sounds
            because = ", ".join(f"“{word}”" for word in found.words[:2])
            dialog.suggest(f"sounds {what} ({because}); nothing is set")

    def _named_in(self, quote: str) -> str:
        """The first competitor the words name, as the settings spell it."""
        from triage.text.mentions import Names, spellings

        known = self.workspace.config.practice.competitors
        spelt = [
            one
            for name, others in known.items()
            for one in spellings(name, others, lambda _: {})
        ]
        named = Names(spelt).mentions(quote) if spelt else []
        return named[0].name if named else ""

    def _hear(
        self,
        feedback: Feedback,
        selection: Selection,
        before: Highlight | None,
        told: Told,
    ) -> None:
        span = Span(*selection.span)

        def work() -> Entry | None:
            if before is not None:
                return self.workspace.change_highlight(before, **told)
            kept = {name: value for name, value in told.items() if value is not None}
            self.workspace.highlight(feedback, span, **kept)
            return self.workspace.history(1)[0]

        def done(entry: Entry | None) -> None:
            if entry is not None and before is None:
                self._go_on(feedback, selection, told)

        self.triage.decide(work, done=done)

    def _go_on(self, feedback: Feedback, selection: Selection, told: Told) -> None:
        """These words are highlighted; on to the next sentence, if still about it."""
        here = self.selected_in()
        if here is None or here.id != feedback.id:
            return
        role = heard_words.role(told.get("feeling"))
        mark = heard_words.Marked(selection.span, role)
        self.reader.highlighted = (*self.reader.highlighted, mark)
        taken = [one.span for one in self.reader.highlighted]
        coming = following(selection.text, selection.end, taken)
        if coming is None:
            self.leave_quote()
        else:
            self.reader.select(coming)
