"""A part of a conversation or ticket at Intercom as somebody's words, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from triage.connector import Incoming, SourceUnavailable
from triage_connectors import payload
from triage_connectors.desk import Talk, Who
from triage_connectors.wording import written

CUSTOMERS: Final = frozenset({"user", "lead", "contact"})
SPOKEN: Final = frozenset({"comment", "open", "close", "quick_reply"})
"""Types of parts that can hold a public message: who answers may reopen or close by it.
All others are notes among ourselves and events."""


def parts_of(told: payload.Values, name: str) -> tuple[list[dict[str, Any]], int]:
    """The parts that came of a whole conversation, and how many more there are."""
    held = told.get(name)
    if not isinstance(held, dict):
        raise SourceUnavailable("Intercom told something without its parts; try again")
    came = payload.rows(held, name)
    total = payload.number(held, "total_count") or 0
    return came, max(0, int(total) - len(came))


def who(author: payload.Values) -> Who:
    """Whoever wrote a part; who is not known as a customer is of our side."""
    return Who(
        name=payload.text(author, "name"),
        email=payload.text(author, "email"),
        is_ours=payload.text(author, "type") not in CUSTOMERS,
    )


def words(part: payload.Values, *, by_mail: bool = False) -> str:
    """What a part says, without what it quotes; nothing once that was redacted."""
    if part.get("redacted") is True:
        return ""
    return written(payload.text(part, "body"), mail=by_mail)


def said_in(
    talk: Talk, parts: Sequence[payload.Values], *, by_mail: bool, first: bool = False
) -> list[Incoming]:
    """
    Return what was said in public, in the parts' order.

    Args:
        first: Whether the conversation begins with the first of them.
    """
    found: list[Incoming] = []
    for part in parts:
        if payload.text(part, "part_type") not in SPOKEN:
            continue
        is_redacted = part.get("redacted") is True
        if not is_redacted and not payload.text(part, "body") and not files_of(part):
            # Closing and opening alone, and states that are told as comments.
            continue
        at = payload.must_be_moment(part, "created_at")
        found.append(
            talk.said(
                payload.must_be_key(part),
                who(payload.within(part, "author")),
                words(
                    part, by_mail=by_mail or bool(part.get("email_message_metadata"))
                ),
                at,
                raw=part,
                first=first and not found,
                edited_at=changed(part, at),
                files=files_of(part),
                context=circumstances(part),
            )
        )
    return found


def changed(values: payload.Values, at: datetime) -> datetime | None:
    """When it was changed after it came; None where it was not."""
    later = payload.moment(values, "updated_at")
    return later if later is not None and later > at else None


def circumstances(part: payload.Values) -> dict[str, Any]:
    """Whether words were taken out."""
    return {"redacted": True} if part.get("redacted") is True else {}


def files_of(part: payload.Values) -> list[str]:
    """What is attached, by its names."""
    return [
        payload.text(one, "name") or "file"
        for one in payload.rows_if_any(part, "attachments")
    ]
