"""How somebody who asked can be reached: where they asked, else by mail, else not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from triage.errors import UsageError
from triage.model import Channel, Feedback
from triage.store.askers import Asker
from triage.text import addresses
from triage.workspace.consenting import NO_CONSENT

REPLY, EMAIL = "reply", "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """
    One way to somebody who asked.

    Attributes:
        act: "reply" where they asked, "email", or "" for none.
        source: Which source it goes through; "" for none.
        feedback: What it answers.
        to: The address of a mail; else "".
        why: Why there is no way; "" where there is one.
    """

    act: str
    feedback: Feedback
    source: str = ""
    to: str = ""
    why: str = ""

    @property
    def short(self) -> str:
        """``reply at reviews``, ``email ann@customer.example`` or ``no way known``."""
        if self.act == REPLY:
            return f"reply at {self.source}"
        return f"email {self.to}" if self.act == EMAIL else "no way known"


def way_to(
    asker: Asker,
    *,
    by: str,
    answerable: Callable[[Feedback], str],
    post: str,
    known: Callable[[int], Sequence[str]],
    may: Callable[[Feedback], bool],
) -> Way:
    """
    The way to one person: the first of these that there is.

    Args:
        by: "reply" or "email" for that alone, "" for either, replies first.
        answerable: Where a feedback would be answered; ``UsageError`` where nowhere.
        post: The source that sends mail; "" where there is none.
        known: Addresses of a customer that stand on other feedback of theirs.
        may: Whether anything of a feedback may leave, and so its address.
    """
    said = [quote.feedback for quote in asker.quotes if may(quote.feedback)]
    if not said:
        return Way(act="", feedback=asker.latest.feedback, why=NO_CONSENT)
    why = ""
    if by != EMAIL:
        for one in said:
            try:
                return Way(act=REPLY, feedback=one, source=answerable(one))
            except UsageError as error:
                why = why or str(error)
    if by == REPLY:
        return Way(act="", feedback=said[0], why=why)
    found = [(one.email, one) for one in said if one.email]
    if not found and said[0].customer_id is not None:
        found = [(email, said[0]) for email in known(said[0].customer_id) if email]
    why = "no address is known"
    if by != EMAIL:
        why = (
            "nothing they said can be answered where they said it, and no address is"
            " known"
        )
    for email, one in found:
        why, to = _readable(email)
        if not why and post:
            return Way(act=EMAIL, feedback=one, source=post, to=to)
        why = why or "no source sends mail; `triage sources add smtp` sets one up"
    return Way(act="", feedback=said[0], why=why)


def _readable(email: str) -> tuple[str, str]:
    """Why nobody can be written to there, "" where they can, and the address."""
    try:
        to = addresses.checked(email)
    except UsageError as error:
        return str(error), ""
    unread = addresses.unread_by_a_person(to)
    return (f"{to} is {unread}" if unread else ""), to


def mail_details(
    way: Way, message_id: str, references: Sequence[str]
) -> Mapping[str, object]:
    """What a mail's draft keeps: the address, and the mail it answers if it does."""
    if way.feedback.channel is not Channel.EMAIL or not message_id:
        return {"to": way.to}
    return {"to": way.to, "answers": message_id, "references": list(references)}
