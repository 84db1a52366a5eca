"""A conversation of a Chatwoot account, its messages and ratings as feedback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from triage.connector import Incoming
from triage_connectors import desk, payload
from triage_connectors.desk import Talk, Who
from triage_connectors.told import Told
from triage_connectors.wording import written

if TYPE_CHECKING:
    from triage_connectors.chatwoot import Chatwoot as Settings

SCALE: Final = "1-5"

_CUSTOMER: Final = 0
_OURS: Final = 1
_ACTIVITY: Final = 2
"""Kinds of messages; 3 are those Chatwoot sends by itself."""

_STATUS: Final = {
    "open": "open",
    "pending": "pending",
    "snoozed": "pending",
    "resolved": "solved",
}
_PLACES: Final = frozenset({"additional_attributes", "thumbnail", "avatar_url"})
"""Of a sender: where and with what browser they were, and pictures."""


def told(
    settings: Settings,
    row: Mapping[str, Any],
    messages: Sequence[Mapping[str, Any]],
    *,
    is_whole: bool,
) -> Told:
    """
    Return the public messages of customers, agents and robots.

    Args:
        messages: Earliest first.
        is_whole: Whether the conversation begins with the first of them.
    """
    talk = _talk(settings, row, messages)
    contact = payload.within(row, "meta", "sender")
    items: list[Incoming] = []
    gone: list[str] = []
    for message in messages:
        name = payload.must_be_key(message)
        kind = message.get("message_type")
        if payload.within(message, "content_attributes").get("deleted"):
            gone.append(name)
        elif kind in {_CUSTOMER, _OURS} and message.get("private") is not True:
            first = is_whole and not items
            items.append(_said(talk, contact, message, kind == _OURS, first=first))
    return Told(items, gone)


def rated(settings: Settings, row: Mapping[str, Any]) -> Incoming | None:
    """Return a rating of satisfaction; None where no number was given."""
    contact = payload.within(row, "contact")
    rating = payload.number(row, "rating")
    if rating is None:
        return None
    known = desk.known(settings.fields, payload.within(contact, "custom_attributes"))
    thread = payload.key(row, "conversation_id")
    talk = Talk(
        name=thread,
        url=_address(settings, thread) if thread else "",
        company=known.company or _company(contact),
        app_version=known.app_version,
        attributes=known.attributes,
    )
    return talk.rated(
        f"csat {payload.must_be_key(row)}",
        _who(contact),
        rating,
        SCALE,
        payload.moment(row, "created_at"),
        raw={**row, "contact": _kept(contact)},
        remark=payload.text(row, "feedback_message"),
    )


def _talk(
    settings: Settings, row: Mapping[str, Any], messages: Sequence[Mapping[str, Any]]
) -> Talk:
    name = payload.must_be_key(row)
    contact = payload.within(row, "meta", "sender")
    values = {
        **payload.within(contact, "custom_attributes"),
        **payload.within(row, "custom_attributes"),
    }
    known = desk.known(settings.fields, values)
    status = payload.text(row, "status")
    solved = _solved_at(messages) if status == "resolved" else ""
    about: dict[str, Any] = {
        "status": _STATUS.get(status, status),
        "solved_at": solved,
        "tags": payload.texts(row, "labels"),
        "desk_channel": _channel(row),
    }
    return Talk(
        name=name,
        subject=payload.text(
            payload.within(row, "additional_attributes"), "mail_subject"
        ),
        url=_address(settings, name),
        company=known.company or _company(contact),
        app_version=known.app_version,
        about=about,
        attributes=known.attributes,
    )


def _said(
    talk: Talk,
    contact: Mapping[str, Any],
    message: Mapping[str, Any],
    is_ours: bool,
    *,
    first: bool,
) -> Incoming:
    sender = payload.within(message, "sender")
    who = _who(sender, is_ours=True) if is_ours else _who(sender or contact)
    return talk.said(
        payload.must_be_key(message),
        who,
        _words(message, who.name),
        payload.moment(message, "created_at"),
        raw={**message, "sender": _kept(sender)},
        first=first,
        files=[_file(one) for one in payload.inside(message, "attachments")],
    )


def _who(person: Mapping[str, Any], *, is_ours: bool = False) -> Who:
    return Who(payload.text(person, "name"), payload.text(person, "email"), is_ours)


def _words(message: Mapping[str, Any], author: str) -> str:
    """What it says; of a mail what Chatwoot has found to be new, or what we find."""
    content = payload.text(message, "content")
    mail = payload.within(message, "content_attributes", "email")
    if not mail:
        return content
    reply = payload.text(payload.within(mail, "text_content"), "reply")
    return written("", reply or content, mail=True, author=author)


def _company(contact: Mapping[str, Any]) -> str:
    return payload.text(
        payload.within(contact, "additional_attributes"), "company_name"
    )


def _channel(row: Mapping[str, Any]) -> str:
    """How it came in: "webwidget", "email", "whatsapp" …"""
    told = payload.text(payload.within(row, "meta"), "channel")
    return told.removeprefix("Channel::").casefold()


def _solved_at(messages: Sequence[Mapping[str, Any]]) -> str:
    """When it was resolved: Chatwoot notes that down in the conversation itself."""
    noted = [
        at
        for message in messages
        if message.get("message_type") == _ACTIVITY
        and (at := payload.moment(message, "created_at"))
    ]
    return max(noted).isoformat() if noted else ""


def _file(attachment: Mapping[str, Any]) -> str:
    """A file's name, which stands at the end of its address alone."""
    name = unquote(urlsplit(payload.text(attachment, "data_url")[:2000]).path)
    return name.rpartition("/")[2] or payload.text(attachment, "file_type") or "file"


def _kept(person: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in person.items() if name not in _PLACES}


def _address(settings: Settings, name: str) -> str:
    url = settings.url.strip().rstrip("/")
    return f"{url}/app/accounts/{settings.account}/conversations/{name}"
