"""Decisions on a list of feedback: a key each, beside the screen, one step each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.errors import UsageError
from triage.model import Feedback, State
from triage.tui import words
from triage.tui.choices import ends, same_as
from triage.tui.declining import decline_because
from triage.tui.dialogs.picker import Choice, Find, Picker
from triage.tui.labelling import About, Labelling
from triage.tui.outbox_words import GLYPHS
from triage.tui.reading_pane import ReadingPane
from triage.tui.replying import Replying
from triage.tui.session import Session
from triage.tui.targets import Standing, View, members
from triage.workspace import Entry

MANY = 25
"""Feedback one key may move without being asked once more."""

_PINNED = {"correct", "tag", "own", "note", "highlight"}
"""Steps that change what is read of a feedback, and not where it stands."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of feedback, apart from which; ``word`` is for a question."""

    word: str
    act: Callable[[Sequence[Feedback]], Entry | None]


class Deciding(ReadingPane, Labelling, Replying):
    """A list of feedback on which every decision is one key."""

    session: Session

    def __init__(self) -> None:
        super().__init__()
        self._last: Decision | None = None
        self._by_step: dict[int, tuple[View, Sequence[int]]] = {}
        self.taken: set[int] = set()
        """Keys whose rows left the list since its view was opened."""

    # Carrying out

    def carry_out(self, decision: Decision, keys: Sequence[int] | None = None) -> None:
        """Decide; a great many at once is asked about once."""
        targets = keys if keys is not None else self.targets()
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

    def _carry_out(self, decision: Decision, keys: Sequence[int]) -> None:
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

    def _keep(self, entry: Entry, view: View, keys: Sequence[int]) -> None:
        self._by_step[entry.id] = (view, keys)
        self.session.add(entry.id, entry.verb, len(keys))

    def _count(self, keys: Sequence[int]) -> int:
        """How much feedback these rows stand for; no more exactly than needed."""
        if self.view.is_each or len(keys) > MANY:
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
        if not self.view.is_plain:
            present &= self.taken
        self.list.forget()
        if entry.verb in _PINNED:
            self._look_up()
        leaving = [key for key in absent if key in self.list.queue]
        if leaving:
            self._take(leaving)
        back = [key for key in present if key not in self.list.queue]
        if back:
            self._return(back, go_there=undone)
        elif undone and (there := self._still_here(keys, view, present)):
            self.list.go_to(max(there))

    def _still_here(
        self, keys: Sequence[int], view: View | None, present: set[int]
    ) -> list[int]:
        """Rows a step was about that never left: it moved none, or pinned something."""
        about = keys if keys and view == self.view else present
        return [key for key in about if key in self.list.queue]

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

        if self.targets():
            decline_because(self, decide)

    def action_snooze(self) -> None:
        """Out of sight; until when?"""

        def decide(choice: Choice) -> None:
            until, on_evidence = choice.value.moment, choice.value.on_evidence

            def act(found: Sequence[Feedback]) -> Entry | None:
                return self.workspace.snooze(found, until, on_evidence=on_evidence)

            self.carry_out(Decision("snooze", act))

        now = self.workspace.clock().astimezone()
        self._pick(
            "Snooze until", ends(now), decide,
            hint="or type: fri 14:00, end of month, fri or evidence",
            unknown="no moment to come; like fri 14:00, in 3 days, 3 May, evidence",
        )  # fmt: skip

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

    def _merge(self, keys: Sequence[int], into: Feedback) -> None:
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

    # What is pinned on it

    def pinned_on(self) -> About | None:
        """Everybody the rows stand for."""
        keys, view = self.targets(), self.view
        return (lambda: members(self.workspace, keys, view)) if keys else None

    def noted_on(self) -> About | None:
        """The rows themselves."""
        keys = self.targets()
        return (lambda: self.workspace.feedback_many(keys)) if keys else None

    def spoken_of(self) -> Feedback | None:
        """What is being read, unless rows are marked."""
        return None if self.list.queue.marks else self.subject()

    # Answering

    def to_answer(self) -> Feedback | None:
        """What is being read, or the first marked."""
        return self.subject()

    def to_answer_at_once(self) -> About | None:
        """The marked rows, where there are several."""
        return self.noted_on() if len(self.list.queue.marks) > 1 else None

    def tell_outbox(self) -> None:
        """Rows that were answered, or will be, say so."""
        super().tell_outbox()
        replies = self.triage.replies.items()
        self.list.tell_replies({key: GLYPHS[state] for key, state in replies})
        self.look_again()

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
        unknown: str = "nothing like it",
    ) -> None:  # fmt: skip
        if not self.targets():
            return

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                decide(choice)

        self.app.push_screen(
            Picker(heading, find, slow=slow, placeholder=hint, empty=empty,
                   unknown=unknown),
            answered,
        )  # fmt: skip
