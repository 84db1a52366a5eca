"""One mail to one person, as the bytes a server is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import Any, Final

from triage.connector import ConfigError, NotTaken, Outgoing
from triage.errors import UsageError
from triage.text import addresses
from triage.text.display import one_line

_ID: Final = re.compile(r"<[!-;=?-~]{1,240}>")
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_MOST_IDS: Final = 20
_SUBJECT: Final = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whom it is from, and where answers go; "" where that is the same address."""

    address: str
    name: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    A mail in the making.

    Attributes:
        id: Its Message-ID, which follows from the draft's key: told twice, it is one.
        content: All of it, lines ended by CR LF, no dots doubled yet.
        is_international: Whether an address has letters only SMTPUTF8 can carry.
    """

    id: str
    sender: str
    recipient: str
    content: bytes
    is_international: bool


def letter(outgoing: Outgoing, sender: Sender, now: datetime) -> Letter:
    """
    Return the mail for a draft; ``NotTaken`` where it can be none.

    ``context["to"]`` is the one address it goes to. ``context["answers"]`` is the
    Message-ID of the mail it answers and ``context["references"]`` those before it,
    where there are any.
    """
    try:
        recipient = addresses.checked(str(outgoing.context.get("to", "")))
    except UsageError as error:
        raise NotTaken(f"{error}; nothing was sent") from None
    if not _KEY.fullmatch(outgoing.key):
        raise NotTaken("the draft has no key; nothing was sent")
    is_international = not (recipient + sender.address).isascii()
    message = EmailMessage(SMTPUTF8 if is_international else SMTP)
    own = f"<triage.{outgoing.key}@{sender.address.rpartition('@')[2]}>"
    message["From"] = _address(sender.address, one_line(sender.name, 100))
    message["To"] = _address(recipient)
    if sender.reply_to:
        message["Reply-To"] = _address(sender.reply_to)
    message["Subject"] = one_line(outgoing.title, _SUBJECT)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = own
    answers, references = _answers(outgoing.context)
    if answers:
        message["In-Reply-To"] = answers
        message["References"] = " ".join(references)
    message.set_content(outgoing.text + "\n", charset="utf-8", cte="quoted-printable")
    return Letter(
        id=own,
        sender=sender.address,
        recipient=recipient,
        content=message.as_bytes(),
        is_international=is_international,
    )


def sender(address: str, name: str, reply_to: str) -> Sender:
    """Return whom mail is from; ``ConfigError`` where an address is none."""
    try:
        return Sender(
            address=addresses.checked(address),
            name=name,
            reply_to=addresses.checked(reply_to) if reply_to else "",
        )
    except UsageError as error:
        raise ConfigError(str(error)) from None


def _address(checked: str, name: str = "") -> Address:
    user, _, domain = checked.rpartition("@")
    return Address(name, user, domain)


def _answers(context: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the id it answers and those to refer to, that one last; none for none."""
    answers = _id(context.get("answers", ""))
    told = context.get("references", ())
    before = [_id(one) for one in told] if isinstance(told, list | tuple) else []
    kept = [one for one in before if one and one != answers][-_MOST_IDS:]
    return (answers, [*kept, answers]) if answers else ("", [])


def _id(told: Any) -> str:
    """Return a Message-ID in its brackets; "" where it is none."""
    found = str(told).strip()
    bracketed = found if found.startswith("<") else f"<{found}>"
    return bracketed if _ID.fullmatch(bracketed) else ""
