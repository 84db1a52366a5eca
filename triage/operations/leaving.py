"""What of feedback may leave the file, and under whose name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from triage.model import Feedback
from triage.research import SOURCE, Consent

KEPT = ("segment", "segments", "plan", "monthly_revenue", "mrr", "revenue")
"""What sources told that stays: whose voice it is in kind, and what it is worth."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """
    What may leave of some feedback.

    Attributes:
        consents: What those agreed to who were heard in person, by key; what is not in
            it was sent to us, and may leave.
    """

    consents: Mapping[int, Consent] = field(default_factory=dict)

    def words(self, feedback: Feedback) -> bool:
        """Whether what was said may leave."""
        told = self.consents.get(feedback.id)
        return told is None or told.lets_words_out

    def name(self, feedback: Feedback) -> bool:
        """Whether it may be said who said it."""
        told = self.consents.get(feedback.id)
        return told is None or told.lets_name_out

    def told(self, feedback: Feedback) -> Feedback:
        """
        It without who said it where that may not leave; ``words`` was asked before.

        The text is left out then, too: what is quoted leaves, and nothing around it.
        """
        consent = self.consents.get(feedback.id)
        if consent is None:
            return feedback
        # It goes along, so that whoever reads it back knows it too.
        agreed = {"consent": consent.value}
        if consent.lets_name_out:
            return replace(feedback, context={**feedback.context, **agreed})
        kept = {
            name: feedback.context[name] for name in KEPT if name in feedback.context
        }
        return replace(
            feedback,
            # A file's own id of a person may be their name.
            external_id=(
                feedback.external_id if feedback.source == SOURCE else feedback.short
            ),
            customer_id=None,
            title="",
            body="",
            author="",
            email="",
            company="",
            url="",
            thread="",
            context=kept | agreed,
        )
