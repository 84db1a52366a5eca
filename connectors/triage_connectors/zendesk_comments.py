"""A comment on a Zendesk ticket, as an event or a list of comments tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload, zendesk_words
from triage_connectors.desk import Who
from triage_connectors.zendesk_api import sideloaded
from triage_connectors.zendesk_tickets import Ticket

KINDS: Final = frozenset({"Comment", "VoiceComment", "FacebookComment", "Tweet"})
"""Events that are something said."""
CHANGES: Final = frozenset(
    {"CommentRedactionEvent", "AttachmentRedactionEvent", "CommentPrivacyChange"}
)
"""Events after which a comment is not what it was; each names the comment."""


def kind(event: Mapping[str, Any]) -> str:
    """What an event is; exports and lists say it under different names."""
    return payload.text(event, "event_type") or payload.text(event, "type")


def is_internal(comment: Mapping[str, Any]) -> bool:
    """Whether no customer can read it; one that does not say is taken for internal."""
    return comment.get("public") is not True


def is_by_a_merge(comment: Mapping[str, Any]) -> bool:
    """Whether Zendesk wrote it on merging two tickets: it repeats what was said."""
    return payload.text(payload.within(comment, "via", "source"), "rel") == "merge"


def name_of(comment: str) -> str:
    """What a comment is called."""
    return f"comment {comment}"


def incoming(
    ticket: Ticket,
    comment: Mapping[str, Any],
    who: Who,
    at: datetime,
    *,
    edited_at: datetime | None = None,
) -> Incoming | None:
    """
    Return a public comment; None where its words are missing.

    Args:
        edited_at: When it was changed, where it was.
    """
    words = zendesk_words.of(comment, ticket.via, who.name)
    if words is None:
        return None
    files = sideloaded(comment, "attachments")
    return ticket.talk.said(
        name_of(payload.must_be_key(comment)),
        who,
        words,
        at,
        raw=_kept(comment),
        edited_at=edited_at or at,
        files=[payload.text(one, "file_name") for one in files],
    )


def _kept(comment: Mapping[str, Any]) -> dict[str, Any]:
    """All but where on earth its author was, and with which address."""
    kept = {name: value for name, value in comment.items() if name != "metadata"}
    data = payload.within(comment, "data")
    if data:
        kept["data"] = {n: value for n, value in data.items() if n != "location"}
    return kept
