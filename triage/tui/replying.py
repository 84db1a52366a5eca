"""``r``: an answer to one customer, kept as a draft until a person sends it."""

from __future__ import annotations

from triage.errors import TriageError
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui.desk import beside
from triage.tui.dialogs.picker import Choice, Picker, among
from triage.tui.labelling import About
from triage.tui.replying_at_once import AtOnce, filled_for
from triage.tui.screen import TriageScreen
from triage.workspace import DraftView, Entry, ReplyRules, Workspace


class Replying(TriageScreen):
    """A reply is a decision in passing: every row stays, and so does the cursor."""

    def to_answer(self) -> Feedback | None:
        """What a reply would be to."""
        raise NotImplementedError

    def to_answer_at_once(self) -> About | None:
        """Several that a template is to answer; None where it is about one."""
        return None

    def action_reply(self) -> None:
        """What are they to be told?"""
        feedback, several = self.to_answer(), self.to_answer_at_once()
        if feedback is None:
            return
        if self.workspace.read_only:
            self.say("This workspace is open read only, so no reply can be kept")
            return
        if several is not None:
            beside(self, self._choose_for_all, several, group="reply", exclusive=True)
            return
        beside(self, self._reply_to, feedback, group="reply", exclusive=True)

    async def _reply_to(self, feedback: Feedback, text: str | None = None) -> None:
        try:
            rules, theirs = await self.triage.desk.look(
                lambda: asked(self.workspace, feedback)
            )
        except TriageError as error:
            self.say(one_line(str(error)))
            return
        # Loaded at the first reply: nobody waits for it before.
        from triage.tui.dialogs.reply import Reply

        def keep(said: str) -> None:
            self._keep_draft(feedback, said)

        def answered(said: str | None) -> None:
            if said is not None:
                keep(said)

        before = waiting_text(rules.drafted)
        value = before if text is None else text
        dialog = Reply(
            feedback, rules, before=before, value=value, theirs=theirs, keep=keep
        )
        self.app.push_screen(dialog, answered)

    async def _choose_for_all(self, about: About) -> None:
        """Which template answers all that are marked?"""
        workspace = self.workspace
        found = await self.triage.desk.look(lambda: filled_for(workspace, about()))
        if not found:
            self.say("Several are answered by a template, and [replies] holds none yet")
            return
        choices = [
            Choice(one, name, _fits(one), one_line(_example(one), 200))
            for name, one in found.items()
        ]

        def answered(choice: Choice | None) -> None:
            if choice is not None:
                self._keep_all(choice.value)

        self.app.push_screen(
            Picker("Draft a reply to each marked row with which template?",
                   among(choices), placeholder="its name"), answered,
        )  # fmt: skip

    def _keep_all(self, at_once: AtOnce) -> None:
        workspace = self.workspace

        def work() -> Entry | None:
            workspace.draft_replies(at_once.replies)
            return workspace.history(1)[0]

        def done(entry: Entry | None) -> None:
            if entry is not None and at_once.left:
                self.say(f"{one_line(entry.label, 80)} · {at_once.told()}")

        if at_once.replies:
            self.triage.decide(work, done=done)
        else:
            self.say(at_once.told())

    def _keep_draft(self, feedback: Feedback, text: str) -> None:
        workspace = self.workspace

        def work() -> Entry | None:
            workspace.draft_reply(feedback, text)
            return workspace.history(1)[0]

        def back() -> None:
            # What somebody wrote is not lost because it could not be kept.
            beside(self, self._reply_to, feedback, text, group="reply")

        self.triage.decide(work, refused=back)


def waiting_text(drafted: DraftView | None) -> str:
    """What a reply says so far, where one waits or could not be sent."""
    if drafted is None or drafted.state not in {"waiting", "failed"}:
        return ""
    return drafted.draft.text


def asked(workspace: Workspace, feedback: Feedback) -> tuple[ReplyRules, str]:
    """What holds for an answer, and the language they write."""
    rules = workspace.reply_rules(feedback)
    return rules, feedback.language or workspace.tone(feedback).language


def _fits(at_once: AtOnce) -> str:
    return f"{len(at_once.replies):,} of {len(at_once.replies) + len(at_once.left):,}"


def _example(at_once: AtOnce) -> str:
    return at_once.replies[0][1] if at_once.replies else at_once.told()
