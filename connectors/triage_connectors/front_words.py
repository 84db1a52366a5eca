"""A conversation at Front and its messages, as feedback each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Incoming
from triage.text import mail_kind
from triage_connectors.desk import Talk, Who, known
from triage_connectors.payload import (
    Values,
    inside,
    moment,
    must_be_key,
    must_be_moment,
    rows_if_any,
    text,
    within,
)
from triage_connectors.wording import written

_MOMENT: Final = timedelta(minutes=1)
_STATUS: Final = {
    "open": "open",
    "waiting": "pending",
    "resolved": "solved",
    "unassigned": "open",
    "assigned": "open",
    "archived": "closed",
}
_OVER: Final = {"solved", "closed"}


def is_customers(conversation: Values) -> bool:
    """Whether customers take part: a discussion, a task or a private one is ours."""
    kind = text(conversation, "type")
    return kind in {"", "conversation"} and conversation.get("is_private") is not True


def is_gone(conversation: Values) -> bool:
    """Whether it lies in the trash."""
    return text(conversation, "status") == "deleted"


def has_words(message: Values) -> bool:
    """Whether a message was told whole, not as a mere name."""
    return isinstance(message.get("body"), str) and "created_at" in message


def is_opening(message: Values, conversation: Values, heard_at: datetime) -> bool:
    """
    Whether a conversation was made with this message.

    Front does not say so: it answers none, and was sent or heard of as the other was
    made. A mail's own time may be a while before.
    """
    made, sent = moment(conversation, "created_at"), moment(message, "created_at")
    answers = text(within(message, "_links", "related"), "message_replied_to")
    if answers or made is None:
        return False
    return any(at and abs(at - made) <= _MOMENT for at in (sent, heard_at))


def talk(
    conversation: Values, fields: Mapping[str, str], over_at: datetime | None = None
) -> Talk:
    """
    Return what all messages of a conversation need of it.

    Args:
        over_at: When it was archived or resolved, where that was heard; else the last
            change of one that is archived stands for it.
    """
    name = must_be_key(conversation)
    told = known(fields, within(conversation, "custom_fields"))
    category = text(conversation, "status_category") or text(conversation, "status")
    about: dict[str, Any] = {
        "status": _STATUS.get(category, ""),
        "tags": [text(tag, "name") for tag in rows_if_any(conversation, "tags")],
    }
    if about["status"] in _OVER:
        ended = over_at or moment(conversation, "updated_at")
        about["solved_at"] = ended.isoformat() if ended else ""
    return Talk(
        name=name,
        subject=text(conversation, "subject"),
        url=f"https://app.frontapp.com/open/{name}",
        company=told.company,
        app_version=told.app_version,
        about=about,
        attributes=told.attributes,
    )


def said(talk: Talk, message: Values, *, first: bool) -> Incoming | None:
    """Return a message as feedback or as our side's words; None for no message."""
    kind = text(message, "type")
    if message.get("draft_mode") or kind == "internal":
        return None
    who = _who(message)
    handle = "" if who.is_ours else text(_sender(message), "handle")
    subject = text(message, "subject")
    told: dict[str, Any] = {
        "desk_channel": "" if kind == "email" else kind,
        "handle": "" if handle == who.email else handle,
    }
    why = ""
    if kind == "email" and not who.is_ours:
        why = mail_kind.machine(who.email, subject)
    if why:
        return None
    return talk.said(
        must_be_key(message),
        who,
        _body(message, kind, who.name),
        must_be_moment(message, "created_at"),
        raw=_kept(message),
        first=first,
        files=[text(one, "filename") for one in rows_if_any(message, "attachments")],
        context=told,
    )


def _who(message: Values) -> Who:
    author = within(message, "author")
    inbound = message.get("is_inbound") is True
    # A teammate of the type "visitor" is somebody a discussion is shared with.
    if not inbound or (author and text(author, "type") != "visitor"):
        name = f"{text(author, 'first_name')} {text(author, 'last_name')}".strip()
        return Who(name or text(author, "username"), text(author, "email"), True)
    sender = _sender(message)
    handle = text(sender, "handle")
    return Who(text(sender, "name"), handle if "@" in handle[1:] else "")


def _sender(message: Values) -> Values:
    people = rows_if_any(message, "recipients")
    return next((one for one in people if text(one, "role") == "from"), {})


def _body(message: Values, kind: str, author: str) -> str:
    body, whole = text(message, "body"), text(message, "text")
    if kind != "email":
        return written(body if "<" in body else "", body)
    return written(body, whole, mail=True, author=author, whole=whole)


def _kept(message: Values) -> dict[str, Any]:
    """What is kept of a message: not where it was written from, nor our side's ways."""
    dropped = {"_links", "signature", "metadata", "recipients", "author"}
    told = {name: value for name, value in message.items() if name not in dropped}
    told["recipients"] = [
        {name: one.get(name) for name in ("name", "handle", "role")}
        for one in inside(message, "recipients")
    ]
    return told
