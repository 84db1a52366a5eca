"""A mail that was read becomes feedback."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from triage.connector import Channel, Incoming, Unreadable
from triage.text import headers, mail
from triage.text.listed import words
from triage.text.mail import Mail

BEGINNING: Final = 1024 * 1024
"""Bytes kept of a message over the limit: its header and the first of its parts."""

_REWRITTEN: Final = words(
    """
    status x-status x-uid x-uidl x-keywords x-imap x-imapbase x-gmail-labels
    content-length lines x-evolution x-spam-status x-spam-level
    """
)


def incoming(
    raw: bytes,
    own_domains: Sequence[str],
    *,
    external_id: str = "",
    cut: bool = False,
    seen: bytes | None = None,
    thread: str = "",
) -> Incoming | Unreadable:
    """
    Return one message as feedback, or why it cannot be read.

    Args:
        external_id: Its name; made of its Message-ID and content where empty.
        cut: Whether ``raw`` is only the beginning of a message over the limit.
        seen: The message as it is to be read, where its file changed it; else ``raw``.
        thread: Which conversation it is in, where the server says so; a mailbox that
            Gmail wrote says so itself.
    """
    message = raw if seen is None else seen
    head = headers.read(message)
    found = mail.read(message, own_domains, head)
    name = external_id or named(found, message, head)
    gmail = head.token("x-gm-thrid")[:40]
    known = thread or (f"gm:{gmail}" if gmail.isalnum() else "")
    if found.unreadable:
        return Unreadable(
            external_id=name,
            raw=raw or b"\n",
            why=found.unreadable,
            channel=Channel.EMAIL,
        )
    return Incoming(
        external_id=name,
        channel=Channel.EMAIL,
        kind=found.kind,
        title=found.subject,
        body=found.text,
        author=found.from_name,
        email=found.from_email,
        received_at=found.received_at,
        thread=known or found.thread,
        references=() if known else found.references,
        context=_context(found, cut=cut),
        raw=raw,
    )


def named(found: Mail, raw: bytes, head: headers.Headers | None = None) -> str:
    """
    Return a message's name: its Message-ID, which senders choose, and its content.

    What mail programs rewrite (status fields, the empty lines at the end) is no part
    of it, so that the same message has the same name for ever.
    """
    head = headers.read(raw) if head is None else head
    told = [
        b"%b:%b\n" % (field.name.encode(), field.value)
        for field in head.fields
        if field.name not in _REWRITTEN and not field.name.startswith("x-mozilla")
    ]
    content = hashlib.sha256(b"".join(told))
    content.update(raw[head.end :].strip().replace(b"\r\n", b"\n"))
    short = content.hexdigest()[:12]
    return f"{found.message_id}#{short}" if found.message_id else f"sha256:{short}"


def _context(found: Mail, *, cut: bool) -> dict[str, Any]:
    """Return what else a mail tells, by name; what it does not tell is left out."""
    attachments = [
        {"name": one.name, "type": one.type, "size": one.size}
        for one in found.attachments
    ]
    flags = sorted(found.flags | ({"truncated"} if cut else set()))
    told: dict[str, Any] = {
        "message_id": found.message_id,
        "to": list(found.to),
        "list": found.list_id,
        "forwarded_by": found.forwarded_by,
        "why": found.why,
        "attachments": attachments,
        "flags": flags,
        "sent_at": found.sent_at.isoformat() if found.sent_at else "",
        "whole_differs": found.text != found.whole
        and found.text.split() != found.whole.split(),
    }
    return {name: value for name, value in told.items() if value}
