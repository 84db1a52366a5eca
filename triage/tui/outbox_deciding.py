"""What can be done with drafts: say it in other words, drop it, send it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from triage.draft import Draft
from triage.errors import TriageError
from triage.tui import outbox_words
from triage.tui.desk import beside
from triage.tui.dialogs.confirm import Confirm
from triage.tui.dialogs.one_of import OneOf, Option
from triage.tui.following import Following
from triage.tui.marking import Marking
from triage.tui.outbox_words import Holds
from triage.tui.outgoing import WAITING
from triage.tui.sending import send
from triage.tui.widgets.rows import Rows
from triage.workspace import DraftView, Entry


class OutboxDeciding(Following, Marking):
    """Keys act on the marked drafts, or on the one under the cursor."""

    rows: Rows[DraftView]

    def __init__(self) -> None:
        super().__init__()
        self.stayed: set[int] = set()
        """Sent from here: their rows stay, so that each says what became of it."""

    def rules_of(self, view: DraftView) -> Holds | None:
        """What holds at its source; None where that cannot be told."""
        raise NotImplementedError

    def to_mark(self) -> int | None:
        """The draft under the cursor."""
        return self.rows.row.draft.id if self.rows.row else None

    def all_to_mark(self) -> Iterable[int]:
        """Every draft of this view."""
        return (one.draft.id for one in self.rows.rows)

    def targets(self) -> list[DraftView]:
        """The marked drafts in their order, or the one under the cursor."""
        if self.marks:
            return [one for one in self.rows.rows if one.draft.id in self.marks]
        return [self.rows.row] if self.rows.row else []

    def _waiting(self) -> list[DraftView]:
        """Those of the targets that ask for a person; says so where none does."""
        found = [one for one in self.targets() if one.state in WAITING]
        if self.targets() and not found:
            state = self.targets()[0].state
            self.say(
                "What is sent stays as it is; another reply replaces it, where the"
                " service lets it"
                if state == "sent"
                else f"It was dropped; {self.triage.key_of('undo')} takes that back"
            )
        return found

    # Other words

    def action_edit_draft(self) -> None:
        """What is it to say?"""
        view = self.rows.row
        if view is None:
            return
        if view.state not in WAITING:
            self._waiting()
            return
        beside(self, self._edit, view, view.draft.text, group="reply", exclusive=True)

    async def _edit(self, view: DraftView, value: str) -> None:
        workspace, draft = self.workspace, view.draft

        def keep(text: str) -> None:
            self._rewrite(view, text)

        def answered(text: str | None) -> None:
            if text and text != draft.text:
                keep(text)

        if view.feedback is None or draft.act != "reply":
            from triage.tui.dialogs.write import Write

            heading = f"{draft.short}, for {outbox_words.to(view)}"
            self.app.push_screen(Write(heading, value=value), answered)
            return
        from triage.tui.dialogs.reply import Reply
        from triage.tui.replying import asked

        feedback = view.feedback
        try:
            rules, theirs = await self.triage.desk.look(
                lambda: asked(workspace, feedback)
            )
        except TriageError as error:
            self.triage.complain(error)
            return
        self.app.push_screen(
            Reply(feedback, rules, before=draft.text, value=value, theirs=theirs,
                  keep=keep),
            answered,
        )  # fmt: skip

    def _rewrite(self, view: DraftView, text: str) -> None:
        def back() -> None:
            # What somebody wrote is not lost because it could not be kept.
            beside(self, self._edit, view, text, group="reply")

        self._step(lambda: self.workspace.redraft(view.draft, text), refused=back)

    # Not to be sent

    def action_drop(self) -> None:
        """Not to be sent after all; undo takes that back."""
        found = [one.draft for one in self._waiting()]
        if found:
            self._step(lambda: self.workspace.drop_drafts(found))

    def _step(
        self, act: Callable[[], object], refused: Callable[[], None] | None = None
    ) -> None:
        def work() -> Entry | None:
            act()
            return self.workspace.history(1)[0]

        def done(entry: Entry | None) -> None:
            if entry is not None:
                self.marks.clear()

        self.triage.decide(work, done=done, refused=refused)

    # Sending

    def action_send(self) -> None:
        """Send these? It is asked about once: nothing brings it back."""
        found = self._waiting()
        if not found:
            return
        if self.workspace.read_only:
            self.say("This workspace is open read only, so nothing can be sent")
            return
        beside(self, self._ask_to_send, found, group="send", exclusive=True)

    async def _ask_to_send(self, found: Sequence[DraftView]) -> None:
        # Writes may have been allowed since, in a shell beside this.
        self.show_found(await self.triage.desk.look(self.look_up))
        dry = frozenset(
            one.draft.source for one in found
            if (rules := self.rules_of(one)) is not None and not rules.writes
        )  # fmt: skip
        drafts: list[Draft] = [one.draft for one in found]

        def go(*, again: bool = False) -> None:
            self.marks.clear()
            self.stayed.update(one.id for one in drafts)
            send(self.triage, drafts, again=again)

        question = outbox_words.question(drafts, dry)
        if any(one.delivery for one in found):
            self._ask_how(question, go)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                go()

        self.app.push_screen(Confirm(question), answered)

    def _ask_how(self, question: str, go: Callable[..., None]) -> None:
        """What was tried before may meet something that stands there by now."""

        def answered(option: Option | None) -> None:
            if option is not None and option.value != "no":
                go(again=option.value)

        options = [
            Option("y", False, "yes", "what others wrote there by now is left"),
            Option(
                "a", True, "yes, again", "what others wrote there by now is replaced"
            ),
            Option("n", "no", "no"),
        ]
        self.app.push_screen(OneOf(question, options), answered)
