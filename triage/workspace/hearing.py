"""What can be asked about one voice: the whole message, its thread, who said it."""

from __future__ import annotations

import re

from triage.errors import NotFound, UsageError
from triage.model import Feedback
from triage.store import heard, queries
from triage.store.database import Database
from triage.store.people_views import CustomerView
from triage.store.views import Outcome
from triage.text.left_out import Part, parts

_SHORT = re.compile(r"([cf])(\d{1,18})")


class Hearing:
    """Questions about one feedback and the customer behind it; none of them writes."""

    db: Database

    # The whole message

    def whole(self, feedback: Feedback) -> tuple[Part, ...]:
        """
        All of a message: what it says now among the quotes and signature left out.

        It is read again from the bytes the source sent; nothing of it is kept twice.
        """
        if not feedback.context.get("whole_differs"):
            return (Part(feedback.body, 0),)
        # HTML and charsets are read with libraries a first frame does without.
        from triage.text import mail

        raw = queries.raw(self.db.read(), feedback.id)
        return parts(feedback.body, mail.read(raw).whole)

    def thread(self, feedback: Feedback, limit: int = 200) -> list[Feedback]:
        """
        The conversation a feedback is part of, our side's answers too, oldest first.

        The latest parts where there are more; alone where the source told of no thread.
        """
        found = heard.of_thread(
            self.db.read(), feedback.source, feedback.thread, limit=limit
        )
        return found if len(found) > 1 else [feedback]

    # Who said it

    def of_customer(self, feedback: Feedback, limit: int = 20) -> list[Feedback]:
        """What the same customer said, newest first, this one included."""
        if feedback.customer_id is None:
            return [feedback]
        return heard.of_customer(self.db.read(), feedback.customer_id, limit=limit)

    def earlier(self, feedback: Feedback, limit: int = 2) -> list[Outcome]:
        """What its customer said before, newest first, and what became of it."""
        if feedback.customer_id is None:
            return []
        read = self.db.read()
        said = heard.of_customer(
            read, feedback.customer_id, limit=limit, before=feedback.id
        )
        return heard.outcomes(read, said)

    def times_heard(self, feedback: Feedback) -> tuple[int, int]:
        """How often its customer had spoken by then, this time included; and in all."""
        if feedback.customer_id is None:
            return 1, 1
        read, who = self.db.read(), feedback.customer_id
        return heard.count_of(read, who, before=feedback.id) + 1, heard.count_of(
            read, who
        )

    def customer(self, name: str | int, limit: int = 0) -> CustomerView:
        """
        The customer a person names, with what they said last; all of it for 0.

        A name is ``c5``, one of their feedback (``f12``), their address, their name or
        a part of it that nobody else has.
        """
        read = self.db.read()
        found = name if isinstance(name, int) else self.customer_id(name)
        return heard.customer(read, found, limit=limit)

    def customer_id(self, name: str) -> int:
        """The customer a person names, as ``customer`` takes it."""
        name = name.strip()
        read = self.db.read()
        short = _SHORT.fullmatch(name.casefold())
        if short and short[1] == "c":
            return int(short[2])
        if short:
            said = queries.feedback_by_number(read, int(short[2]))
            if said.customer_id is None:
                raise NotFound(f"nobody knows who said {said.short}")
            return said.customer_id
        found = heard.named(read, name) if name else []
        if not found:
            raise NotFound(f"nobody is called {name!r}; `triage list` shows who spoke")
        if len(found) > 1:
            told = [heard.customer(read, one, limit=1) for one in found[:5]]
            named = ", ".join(f"{one.short} {one.name or one.email}" for one in told)
            more = " and others" if len(found) > len(told) else ""
            raise UsageError(f"{name!r} may be {named}{more}; give one of these ids")
        return found[0]
