"""Which mail addresses can be written to, and behind which no person reads."""

from __future__ import annotations

import re

from triage.errors import UsageError

_LONGEST = 254
"""Octets of an address, as RFC 5321 §4.5.3.1.3 leaves them without its brackets."""
_LONGEST_NAME = 64
_NAME = re.compile(r"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f-\x9f]+")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")

_NOBODY = re.compile(
    r"(?:no|do-?not|ne|nicht)[-_.]?(?:reply|antworten|repondre)\b.*|noreply.*"
    r"|mailer-daemon|postmaster|bounces?(?:[-+=].*)?|notifications?"
)
_ROLES = frozenset(
    """
    abuse accounting accounts admin administrator all billing careers contact enquiries
    everyone feedback finance hello help helpdesk hi hostmaster hr info inquiries
    invoices jobs legal mail marketing media news newsletter office orders partners
    press privacy root sales security service spam staff support team webmaster www
    """.split()  # noqa: SIM905 - a list to read, not to punctuate
)
"""What offices are called, RFC 2142's among them: several people read there."""


def checked(address: str) -> str:
    """
    Return one address as SMTP takes it, its domain in ASCII.

    Raises:
        UsageError: It is not exactly one address; the message says what is wrong.
    """
    name, at, domain = address.strip().rpartition("@")
    if not at or not name or not domain:
        raise UsageError(f"{_shown(address)} is no mail address")
    if not _NAME.fullmatch(name) or name[0] == "." or name[-1] == "." or ".." in name:
        raise UsageError(f"{_shown(address)} is not exactly one plain mail address")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise UsageError(f"{_shown(address)} has no domain mail can go to") from None
    labels = ascii_domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(one) for one in labels):
        raise UsageError(f"{_shown(address)} has no domain mail can go to")
    whole = f"{name}@{ascii_domain}"
    if len(name.encode()) > _LONGEST_NAME or len(whole.encode()) > _LONGEST:
        raise UsageError(f"{_shown(address)} is too long for a mail address")
    return whole


def unread_by_a_person(address: str) -> str:
    """
    Return why nobody in particular reads there; "" where somebody may.

    By the part before the “@” alone: a machine, or an office that several share.
    """
    name = address.strip().rpartition("@")[0].casefold()
    if _NOBODY.fullmatch(name):
        return "a machine's address, which nobody reads"
    if name.partition("+")[0] in _ROLES:
        return "an office's address, which is nobody's own"
    return ""


def _shown(address: str) -> str:
    return repr(address if len(address) <= 80 else address[:79] + "…")
