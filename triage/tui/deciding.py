"""Decisions on a list of feedback: a key each, beside the screen, one step each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.errors import UsageError
from triage.model import Feedback, State
from triage.operations.pain_points import Span
from triage.text.display import one_line
from triage.tui import words
from triage.tui.choices import moments, reasons, same_as, tones
from triage.tui.dialogs.picker import Choice, Find, Picker
from triage.tui.quoting import Selection
from triage.tui.reading_pane import ReadingPane
from triage.tui.session import Session
from triage.tui.targets import Standing, View, members
from triage.workspace import Entry

MANY = 25
"""Feedback one key may move without being asked once more."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of feedback, apart from which; ``word`` is for a question."""

    word: str
    act: Callable[[Sequence[Feedback]], Entry | None]


class Deciding(ReadingPane):
    """A list of feedback on which every decision is one key."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self._last: Decision | None = None
        self._by_step: dict[int, tuple[View, tuple[int, ...]]] = {}
        self.taken: set[int] = set()
        """Keys whose rows left the list since its view was opened."""

    # Carrying out

    def carry_out(self, decision: Decision, keys: Sequence[int] | None = None) -> None:
        """Decide; a great many at once is asked about once."""
        targets = tuple(keys if keys is not None else self.targets())
        if not targets:
            return
        self.leave_quote()
        size = self._count(targets)
        if size <= MANY:
            self._carry_out(decision, targets)
            return
        from triage.tui.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._carry_out(decision, targets)

        about = f"{size:,} feedback" if len(targets) == 1 else f"{len(targets):,} rows"
        self.app.push_screen(
            Confirm(f"{decision.word.capitalize()} {about}?"), answered
        )

    def _carry_out(self, decision: Decision, keys: tuple[int, ...]) -> None:
        view = self.view
        self._take(keys)
        self._last = decision
        self._anchor = None

        def work() -> Entry | None:
            found = members(self.workspace, keys, view)
            if not found:
                raise UsageError("nothing is left of it here; n shows how things stand")
            return decision.act(found)

        def back() -> None:
            if view == self.view:
                self._return(keys)

        def done(entry: Entry | None) -> None:
            if entry is None:
                back()
            else:
                self._keep(entry, view, keys)

        self.triage.decide(work, done=done, refused=back)

    def _keep(self, entry: Entry, view: View, keys: tuple[int, ...]) -> None:
        self._by_step[entry.id] = (view, keys)
        self.session.add(entry.id, entry.verb, len(keys))

    def _count(self, keys: Sequence[int]) -> int:
        """How much feedback these rows stand for; no more exactly than needed."""
        if self.view.text or len(keys) > MANY:
            return len(keys)
        return sum(row.items for row in self.workspace.rows(keys, self.view.state))

    def _take(self, keys: Sequence[int]) -> None:
        self.taken.update(keys)
        self.list.take(keys)
        self.tell_counts()

    def _return(self, keys: Sequence[int], *, go_there: bool = True) -> None:
        self.taken.difference_update(keys)
        self.list.put_back(keys, go_there=go_there)
        self.tell_counts()

    def follow(self, entry: Entry, rows: Standing, *, undone: bool) -> None:
        """A step is done, undone or done again: rows leave and return accordingly."""
        view, keys = self._by_step.get(entry.id, (None, ()))
        if undone:
            self.session.drop(entry.id)
        present, absent = set(rows.present), set(rows.absent)
        if not present | absent and view == self.view:
            # A merge moves no feedback; which rows it took is remembered here.
            (present if undone else absent).update(keys)
        if self.view.text:
            present &= self.taken
        self.list.forget()
        if entry.verb == "correct":
            self._look_up()
        leaving = [key for key in absent if key in self.list.queue]
        if leaving:
            self._take(leaving)
        back = [key for key in present if key not in self.list.queue]
        if back:
            self._return(back, go_there=undone)
        elif undone and keys and view == self.view:
            self.list.go_to(max(keys))

    # One key each

    def action_archive(self) -> None:
        """Read, and nothing to do."""
        self.carry_out(Decision("archive", self.workspace.archive))

    def action_spam(self) -> None:
        """Not from a customer."""
        self.carry_out(Decision("mark as spam", self.workspace.spam))

    def action_reopen(self) -> None:
        """Back to the inbox."""
        if self.view.state is State.INBOX:
            self.say("It is in the inbox already; ] turns to the other views")
        else:
            self.carry_out(Decision("reopen", self.workspace.reopen))

    def action_decline(self) -> None:
        """Not to be done; why?"""

        def decide(choice: Choice) -> None:
            reason = str(choice.value)
            self.carry_out(
                Decision("decline", lambda found: self.workspace.decline(found, reason))
            )

        self._pick("Decline, because", reasons(), decide, hint="or in your own words")

    def action_snooze(self) -> None:
        """Out of sight; until when?"""

        def decide(choice: Choice) -> None:
            until = choice.value
            self.carry_out(
                Decision("snooze", lambda found: self.workspace.snooze(found, until))
            )

        now = self.workspace.clock().astimezone()
        self._pick(
            "Snooze until", moments(now), decide,
            hint="or type: fri 14:00, in 3 days, 3 May",
        )  # fmt: skip

    def action_correct(self) -> None:
        """Which language, or how pleased? What was read wrong is put right."""
        keys, view = self.targets(), self.view

        def decide(choice: Choice) -> None:
            what, told = choice.value

            def work() -> Entry | None:
                found = members(self.workspace, keys, view)
                return self.workspace.correct(found, **{what: told})

            self.triage.decide(work)

        self._pick(
            "What is right?", tones(), decide, hint="negative, German, de, as read"
        )

    def action_accept(self) -> None:
        """Evidence of which pain point?"""
        self.accept_quote(self.reader.selection)

    def action_accept_guess(self) -> None:
        """Evidence of the pain point guessed first, as the reading pane shows it."""
        found, keys = self.found, self.targets()
        if self.list.queue.marks:
            self.say("A accepts one row; 1 asks for those marked")
            return
        if found is None or keys != (found.feedback.id,):
            self.say("Still looking which pain point it may be")
            return
        if found.evidence or not found.guesses:
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

            self.triage.decide(work)

        self.app.push_screen(dialog, answered)

    def action_merge(self) -> None:
        """It says the same as which other group?"""
        feedback, keys = self.subject(), self.targets()
        if feedback is None or not keys:
            return
        find = same_as(self.workspace, feedback)

        def decide(choice: Choice) -> None:
            self._merge(keys, choice.value)

        self._pick(
            f"“{self._named(keys)}” says the same as", find, decide, slow=True,
            hint="find it by its words",
            empty="nothing is near enough to suggest; type words of the other one",
        )  # fmt: skip

    def _merge(self, keys: tuple[int, ...], into: Feedback) -> None:
        view = self.view

        def work() -> Entry | None:
            moved = members(self.workspace, keys, view)
            group = self.workspace.group_of(into)
            ours = {one.id for one in moved}
            others = [m.feedback for m in group.members if m.feedback.id not in ours]
            return self.workspace.merge(moved, others)

        waiting = into.id in self.list.queue or self._stands_here(into)

        def back() -> None:
            if waiting and view == self.view:
                self._return(keys)

        def done(entry: Entry | None) -> None:
            if entry is None:
                back()
                return
            self._keep(entry, view, keys if waiting else ())
            self.list.forget()

        if waiting:
            self._take(keys)
        self.leave_quote()
        self.triage.decide(work, done=done, refused=back)

    def _stands_here(self, feedback: Feedback) -> bool:
        rows = self.workspace.rows([feedback.id], self.view.state)
        return bool(rows) and rows[0].state is self.view.state

    def action_same_again(self) -> None:
        """Newcomers follow the rest of their group."""
        if self.list.key is None:
            return
        if self.found is not None and self.found.decided is None:
            self.say("Nobody else of its group was decided before")
            return

        def again(found: Sequence[Feedback]) -> Entry | None:
            return self.workspace.same_again(self.workspace.group_of(found[0]))

        self.carry_out(Decision("decide the same", again), (self.list.key,))

    def action_repeat(self) -> None:
        """The last decision, once more, here."""
        if self._last is None:
            self.say("Nothing to repeat yet")
        else:
            self.carry_out(self._last)

    # The rest

    def action_import(self) -> None:
        """Which file?"""
        from triage.tui.dialogs.ask import Ask
        from triage.tui.pulling import import_file

        def answered(path: str | None) -> None:
            if path:
                import_file(self.triage, Path(path).expanduser())

        self.app.push_screen(
            Ask("Which file or folder?", hint="CSV, JSON lines, mbox, maildir, .eml"),
            answered,
        )

    def _named(self, keys: Sequence[int]) -> str:
        if len(keys) > 1:
            return words.count(len(keys), "row")
        rows = self.workspace.rows(keys[:1], self.view.state)
        return words.opening(rows[0].title, rows[0].opening, 50) if rows else "this"

    def _pick(
        self, heading: str, find: Find, decide: Callable[[Choice], None], *,
        hint: str, slow: bool = False, empty: str = "",
    ) -> None:  # fmt: skip
        if not self.targets():
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                decide(choice)

        self.app.push_screen(
            Picker(heading, find, slow=slow, placeholder=hint, empty=empty),
            answered,
        )
