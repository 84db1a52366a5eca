"""What can be decided in a group: about its members, and about what may join it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from triage.model import Feedback, Verdict
from triage.tui import clipboard, words
from triage.tui.declining import decline_because
from triage.tui.dialogs.picker import Choice
from triage.tui.following import Following
from triage.tui.labelling import About, Labelling
from triage.tui.marking import Marking
from triage.tui.replying import Replying
from triage.tui.sides import rule
from triage.tui.widgets.rows import Rows
from triage.workspace import Entry, Group, Member, Suggestion


class GroupDeciding(Following, Marking, Labelling, Replying):
    """Keys act on the marked members, or on the one under the cursor."""

    rows: Rows[Member | Suggestion | str]
    stays: int
    """A member whose group is shown, whatever the group becomes."""

    @property
    def group(self) -> Group | None:
        """The group as last read."""
        raise NotImplementedError

    @property
    def member(self) -> Member | None:
        """The member under the cursor."""
        raise NotImplementedError

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion under the cursor."""
        raise NotImplementedError

    def to_mark(self) -> int | None:
        """The member under the cursor."""
        return self.member.feedback.id if self.member else None

    def all_to_mark(self) -> Iterable[int]:
        """Every member."""
        members = self.group.members if self.group else ()
        return (member.feedback.id for member in members)

    def targets(self) -> list[Feedback]:
        """The marked members, or the one under the cursor; newest first."""
        if self.group and self.marks:
            return [
                member.feedback for member in self.group.members
                if member.feedback.id in self.marks
            ]  # fmt: skip
        return [self.member.feedback] if self.member else []

    def _carry_out(self, act: Callable[[Sequence[Feedback]], Entry | None]) -> None:
        found = self.targets()
        if not found:
            self.say("That is about members of the group; this one is only suggested")
            return

        def done(entry: Entry | None) -> None:
            if entry is not None:
                self.marks.clear()

        self.triage.decide(lambda: act(found), done=done)
        if not self.marks:
            self.rows.action_next_row()

    # What says the same

    def action_split(self) -> None:
        """These say something else; one stays with the rest."""
        taken = self.targets()
        gone = {one.id for one in taken}
        if self.group is None or not taken:
            return
        rest = [m.feedback.id for m in self.group.members if m.feedback.id not in gone]
        if not rest:
            self.say("Nobody would be left; marks say who leaves")
            return

        def done(entry: Entry | None) -> None:
            if entry is not None:
                self.stays = rest[0]
                self.marks.clear()
                self.read_again()

        self.triage.decide(lambda: self.workspace.split(taken), done=done)

    def action_say_same(self) -> None:
        """The two groups become one."""
        self._rule(Verdict.SAME)

    def action_say_different(self) -> None:
        """Never suggested again."""
        self._rule(Verdict.DIFFERENT)

    def action_say_related(self) -> None:
        """Never suggested again; they have something to do with each other."""
        self._rule(Verdict.RELATED)

    def _rule(self, said: Verdict) -> None:
        group, suggestion = self.group, self.suggestion
        if group is None or suggestion is None:
            self.say("That is about a suggestion; those stand below the members")
            return
        matched, other = _matched(group, suggestion), suggestion.other
        self.triage.decide(lambda: rule(self.workspace, matched, other, said))

    # Where members stand

    def action_archive(self) -> None:
        """Read, and nothing to do."""
        self._carry_out(self.workspace.archive)

    def action_reopen(self) -> None:
        """Back to the inbox."""
        self._carry_out(self.workspace.reopen)

    def action_same_again(self) -> None:
        """Those who joined since get the decision the others have."""
        if self.group is not None:
            group = self.group
            self.triage.decide(lambda: self.workspace.same_again(group))

    def action_decline(self) -> None:
        """Not to be done; why?"""

        def decide(choice: Choice) -> None:
            reason = str(choice.value)
            self._carry_out(lambda found: self.workspace.decline(found, reason))

        if self.targets():
            decline_because(self, decide)

    def action_accept(self) -> None:
        """Evidence of which pain point?"""
        from triage.tui.dialogs.accept import AcceptPicker

        found = self.targets()
        if not found:
            self.say("That is about members of the group; this one is only suggested")
            return
        first = found[0]
        named = f"“{words.opening(first.title, first.body, 50)}”"
        what = named if len(found) == 1 else words.count(len(found), "message")
        dialog = AcceptPicker(self.workspace, first, f"Accept {what} into")

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                into, weight = choice.value, dialog.importance
                self._carry_out(
                    lambda members: self.workspace.accept(
                        members, into, importance=weight
                    )
                )

        self.app.push_screen(dialog, answered)

    # What is pinned on them

    def pinned_on(self) -> About | None:
        """The marked members, or the one under the cursor."""
        found = self.targets()
        if not found:
            self.say("That is about members of the group; this one is only suggested")
            return None
        return lambda: found

    def noted_on(self) -> About | None:
        """The same: each is read by itself here."""
        return self.pinned_on()

    def spoken_of(self) -> Feedback | None:
        """The member under the cursor, unless some are marked."""
        return None if self.marks or not self.member else self.member.feedback

    # Answering

    def to_answer(self) -> Feedback | None:
        """What is under the cursor, a member or a suggestion."""
        found = self.targets()
        return found[0] if found else self.said_here()

    def to_answer_at_once(self) -> About | None:
        """The marked members, where there are several."""
        found = self.targets()
        return (lambda: found) if len(found) > 1 else None

    def action_reply_member(self) -> None:
        """What are they to be told?"""
        self.action_reply()

    def said_here(self) -> Feedback | None:
        """What is under the cursor, a member or a suggestion."""
        if self.member is not None:
            return self.member.feedback
        return self.suggestion.other if self.suggestion else None

    def action_copy_member(self) -> None:
        """f12, for a command or a colleague."""
        said = self.said_here()
        if said is not None:
            clipboard.copy(self, said.short, said.short)

    def action_copy_text(self) -> None:
        """What it says and who said it, for a colleague."""
        said = self.said_here()
        if said is not None:
            clipboard.copy_words(self, f"the words of {said.short}", said)

    def action_customer(self) -> None:
        """All that whoever said it ever said."""
        said = self.said_here()
        if said is None or said.customer_id is None:
            self.say("Nobody knows who said it")
        else:
            self.triage.open("customer", said.customer_id)


def _matched(group: Group, suggestion: Suggestion) -> Feedback:
    """The member that is like what is suggested."""
    ends = suggestion.match.ends
    said = [member.feedback for member in group.members]
    return min(said, key=lambda one: one.id not in ends)
