"""Who wrote a mail: its sender, or who stands behind a relay, a list or a form."""

from __future__ import annotations

import re
from collections.abc import Collection

from triage.text.headers import Address, Headers

_VIA = re.compile(
    r"^(.{1,100}?)\s{1,3}(?:via|über|par l['’]intermédiaire de|a través de|através de"
    r"|por meio de|tramite|přes|poprzez|через|aracılığıyla)\s"
    r"|^(.{1,100}?) ?(?:经由|経由|通过|透過|을 통해)",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"(?:no|do-?not|ne|nicht)[-_.]?(?:reply|antworten|repondre)|noreply.*"
    r"|notifications?|mailer|forms?|contact-?form|form-?submission|wordpress|webmaster"
)
"""Whose words a mail cannot be: what stands before such an address's "@"."""
_BEHIND = ("x-original-from", "x-original-sender", "reply-to")


def is_own(email: str, own: Collection[str]) -> bool:
    """Tell whether an address is ours: it itself, or in or below one of our domains."""
    domain = email.rpartition("@")[2]
    return bool(domain) and any(
        email == one if "@" in one else domain == one or domain.endswith(f".{one}")
        for one in own
    )


def author(head: Headers, own: Collection[str]) -> Address:
    """Return who wrote it: behind a relay or a list that is the one to reply to."""
    senders = head.addresses("from") or head.addresses("sender")
    sender = senders[0] if senders else Address("", "")
    via = _VIA.match(sender.name)
    is_machine = _MACHINE.fullmatch(sender.email.rpartition("@")[0]) is not None
    if not (via or is_machine or is_own(sender.email, own)):
        return sender
    for name in _BEHIND:
        for one in head.addresses(name):
            if not one.email or one.email == sender.email or is_own(one.email, own):
                continue
            # A machine's own office is no customer.
            if is_machine and not via and _are_neighbours(one.email, sender.email):
                continue
            shown = (via[1] or via[2]).strip(" '\"") if via else ""
            return Address(one.name or shown, one.email)
    return sender


def _are_neighbours(left: str, right: str) -> bool:
    """Tell whether two addresses are in one domain, or one below the other's."""
    first, second = (email.rpartition("@")[2] for email in (left, right))
    return f".{first}".endswith(f".{second}") or f".{second}".endswith(f".{first}")
