"""Accepting: into which pain point, with which words, and when all has been quoted."""

from __future__ import annotations

from collections.abc import Sequence

from triage.model import Feedback
from triage.operations.pain_points import Span
from triage.text.display import one_line
from triage.tui.deciding import Deciding, Decision
from triage.tui.dialogs.picker import Choice
from triage.tui.quoting import Selection
from triage.workspace import Entry


class Accepting(Deciding):
    """Feedback becomes evidence: whole, by a quote, or by several of them."""

    def action_accept(self) -> None:
        """Evidence of which pain point?"""
        self.accept_quote(self.reader.selection)

    def action_accept_guess(self) -> None:
        """Evidence of the pain point guessed first, as the reading pane shows it."""
        found, keys = self.found, self.targets()
        if self.list.queue.marks:
            self.say("A accepts one row; 1 asks for those marked")
            return
        if found is None or list(keys) != [found.feedback.id]:
            self.say("Still looking which pain point it may be")
            return
        if found.evidence:
            self.finish_quotes(found.feedback)
            return
        if not found.guesses:
            self.say("It is like no pain point; 1 makes a new one")
            return
        into = found.guesses[0].pain_point.id
        self.carry_out(
            Decision("accept", lambda said: self.workspace.accept(said, into)), keys
        )

    def accept_quote(self, selection: Selection | None) -> None:
        """Accept with these words as the quote; without, with all of them."""
        feedback, keys = self.subject(), self.targets()
        if feedback is None or not keys:
            return
        from triage.tui.dialogs.accept import AcceptPicker

        # A quote is of the feedback being read; without marks it leads its group.
        span = None
        if selection is not None and self.reading is not None:
            feedback = self.reading
            keys = (feedback.id,)
            span = Span(*selection.span)
        what = one_line(selection.quote, 60) if selection else self._named(keys)
        dialog = AcceptPicker(self.workspace, feedback, f"Accept “{what}” into")

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            into, weight = choice.value, dialog.importance

            def act(found: Sequence[Feedback]) -> Entry | None:
                quoted = span if span and found[0].id == feedback.id else None
                return self.workspace.accept(
                    found, into, span=quoted, importance=weight
                )

            self.carry_out(Decision("accept", act), keys)
            if isinstance(into, str):
                # Once more would make a second pain point of the same title.
                self._last = None

        self.app.push_screen(dialog, answered)

    def attach_quote(self, feedback: Feedback, selection: Selection) -> None:
        """Make these words evidence; the feedback stays where it is."""
        from triage.tui.dialogs.accept import AcceptPicker

        quote = one_line(selection.quote, 60)
        dialog = AcceptPicker(self.workspace, feedback, f"Attach “{quote}” to")

        def answered(choice: Choice | None) -> None:
            if choice is None:
                return
            into, weight = choice.value, dialog.importance
            span = Span(*selection.span)

            def work() -> Entry | None:
                point = (
                    self.workspace.capture(into)
                    if isinstance(into, str)
                    else self.workspace.pain_point(into).pain_point
                )
                return self.workspace.attach(feedback, point, span, importance=weight)

            def done(entry: Entry | None) -> None:
                if entry is not None:
                    self.quote_on(feedback, selection)

            self.triage.decide(work, done=done)

        self.app.push_screen(dialog, answered)

    def finish_quotes(self, feedback: Feedback) -> None:
        """Every quote is linked: accept it as it is."""
        self.carry_out(Decision("accept", self.workspace.finish), (feedback.id,))
