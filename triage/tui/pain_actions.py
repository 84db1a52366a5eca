"""Keys about one pain point, alike in the backlog and on its own screen."""

from __future__ import annotations

from triage.model import PainPoint
from triage.tui import pain_deciding
from triage.tui.following import Following


class PainActions(Following):
    """A screen with one pain point under its keys; ``point`` says which."""

    @property
    def point(self) -> PainPoint | None:
        """The pain point that keys are about; None where there is none."""
        raise NotImplementedError

    def action_prioritise(self) -> None:
        """How soon?"""
        if self.point:
            pain_deciding.prioritise(self, self.point)

    def action_pain_status(self) -> None:
        """Open, resolved or dismissed?"""
        if self.point:
            pain_deciding.change_status(self, self.point)

    def action_set_severity(self) -> None:
        """How bad?"""
        if self.point:
            pain_deciding.change_severity(self, self.point)

    def action_set_effort(self) -> None:
        """How much work?"""
        if self.point:
            pain_deciding.change_effort(self, self.point)

    def action_set_confidence(self) -> None:
        """How sure?"""
        if self.point:
            pain_deciding.change_confidence(self, self.point)

    def action_set_owner(self) -> None:
        """Whose?"""
        if self.point:
            pain_deciding.change_owner(self, self.point)

    def action_retitle(self) -> None:
        """What hurts, in one line."""
        if self.point:
            pain_deciding.retitle(self, self.point)

    def action_restate(self) -> None:
        """What hurts, in a few lines."""
        if self.point:
            pain_deciding.restate(self, self.point)

    def action_link(self) -> None:
        """What would settle it?"""
        if self.point:
            pain_deciding.link(self, self.point)

    def action_tell(self) -> None:
        """Who asked, and who was told?"""
        if self.point:
            self.triage.open("tell", self.point.id)

    def action_copy_id(self) -> None:
        """p3, for a command or a colleague."""
        if self.point:
            self.app.copy_to_clipboard(self.point.short)
            self.say(f"Copied {self.point.short}")
