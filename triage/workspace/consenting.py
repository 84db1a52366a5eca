"""What those who were heard in person agreed to; each call is one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triage.errors import UsageError
from triage.model import Feedback
from triage.operations import consent as operations
from triage.operations.leaving import Leaving
from triage.research import Consent
from triage.store import researched
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding


class Consenting(Deciding):
    """Verb: consent_to; and what may leave the file."""

    def consent_to(
        self, feedback: Sequence[Feedback], consent: Consent
    ) -> Entry | None:
        """
        These agreed to this; what their source told of it counts no more.

        Raises:
            UsageError: One was not heard in person, or none is named.
        """
        if not feedback:
            raise UsageError("whose consent? name feedback, for example f12")
        read = self.db.read()
        return self.do(
            operations.consent_to(
                feedback, researched.consents(read, feedback),
                researched.consents_written(read, [one.id for one in feedback]),
                consent, at=self.clock(), by=self.config.by,
            )
        )  # fmt: skip

    def consents(self, feedback: Iterable[Feedback]) -> dict[int, Consent]:
        """What each agreed to, by key; only of those that were heard in person."""
        return researched.consents(self.db.read(), feedback)

    def letting_out(self, feedback: Iterable[Feedback]) -> Leaving:
        """What of these may leave the file; whatever writes or sends asks first."""
        return Leaving(self.consents(feedback))
