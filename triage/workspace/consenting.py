"""What those who were heard in person agreed to; each call is one step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from triage.draft import Draft
from triage.errors import Conflict, UsageError
from triage.model import Feedback
from triage.operations import consent as operations
from triage.operations.leaving import Leaving
from triage.research import Consent
from triage.store import decided, queries, researched
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding

if TYPE_CHECKING:
    # Imported where something leaves: a first frame waits for none of it.
    from triage.export.letting_out import LettingOut
    from triage.store.views import PainView

NO_CONSENT = (
    "whoever said it was heard in person and did not consent"
    " (`triage research consent` says who)"
)
"""Why something stays."""

_SHORT = re.compile(r"([fFiI])(\d{1,18})")


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

    def letting(self, views: Sequence[PainView] | None = None) -> LettingOut:
        """What may leave of these pain points; of every one unless named."""
        from triage.export.letting_out import LettingOut

        read = self.db.read()
        if not researched.is_quoted(read):
            return LettingOut(Leaving(), ())
        if views is None:
            views = decided.pain_views(read)
        said = (quote.feedback for view in views for quote in view.quotes)
        return LettingOut(self.letting_out(said), views)

    def refuse_if_withheld(self, draft: Draft) -> None:
        """
        Nothing is sent that was written before somebody took their consent back.

        Raises:
            Conflict: The draft answers them, or holds their words or their name.
        """
        read = self.db.read()
        if draft.feedback_id is not None:
            said = queries.feedback(read, draft.feedback_id)
            if not self.letting_out([said]).words(said):
                raise Conflict(f"{draft.short} answers {said.short}: {NO_CONSENT}")
        if draft.pain_point_id is None:
            return
        letting = self.letting([decided.pain_view(read, draft.pain_point_id)])
        texts = [draft.title, draft.text, str(draft.details.get("url", ""))]
        found = letting.found(texts, names=draft.feedback_id is None)
        if found:
            raise Conflict(
                f"{draft.short} tells what {found} said: {NO_CONSENT}; change it or"
                " drop it"
            )

    def heard_in_person(self, name: str) -> Feedback:
        """
        What a person names as ``f12``, or as the session ``i3`` it was said in.

        Raises:
            UsageError: It looks like neither.
            NotFound: There is none.
        """
        match = _SHORT.fullmatch(name.strip())
        if match is None:
            words = ", ".join(one.word for one in Consent)
            raise UsageError(
                f"{name!r} is neither feedback (f12), nor a session (i3), nor one of"
                f" {words}"
            )
        read, number = self.db.read(), int(match[2])
        if match[1] in "fF":
            return queries.feedback_by_number(read, number)
        session = researched.session(researched.row(read, "session", number))
        return queries.feedback(read, session.feedback_id)

    def every_heard_in_person(self) -> list[tuple[Feedback, Consent]]:
        """All that needs consent with what was agreed, the least first."""
        read = self.db.read()
        ids = researched.heard_in_person(read)
        said = list(queries.feedback_many(read, ids).values())
        agreed = researched.consents(read, said)
        order = list(Consent)
        return sorted(
            ((one, agreed[one.id]) for one in said),
            key=lambda told: (order.index(told[1]), -told[0].id),
        )
