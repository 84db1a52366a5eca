"""A conversation at Help Scout, and which of its threads are public words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from triage.connector import Incoming, Kind
from triage_connectors import payload
from triage_connectors.desk import Talk, Who, known
from triage_connectors.wording import written

STATES: Final = {"active": "open", "open": "open", "pending": "pending",
                 "closed": "closed"}  # fmt: skip
SPAM: Final = "spam"
SPOKEN: Final = frozenset(
    {"customer", "message", "reply", "chat", "beaconchat", "phone"}
)
"""Types of threads that are public; notes, events and what is forwarded are not."""
CHATS: Final = frozenset({"chat", "beaconchat"})
"""Types that a list of conversations holds cut."""

_MOVING: Final = frozenset({"customerWaitingSince", "_links", "snooze", "nextEvent"})
"""What of a row moves by itself, or says nothing that is stored."""


def version(row: payload.Values) -> str:
    """What of a row moves with anything that is stored of it."""
    kept = {name: value for name, value in row.items() if name not in _MOVING}
    told = json.dumps(kept, sort_keys=True).encode("utf-8", "replace")
    return hashlib.blake2b(told, digest_size=9).hexdigest()


def embedded(row: payload.Values) -> list[dict[str, Any]]:
    """The threads a row holds; none where it holds none."""
    return payload.rows_if_any(payload.within(row, "_embedded"), "threads")


def is_cut(row: payload.Values) -> bool:
    """Whether a row holds fewer threads than there are, or chats, which it shortens."""
    threads = embedded(row)
    return (
        len(threads) < (payload.number(row, "threads") or 0)
        or payload.text(row, "type") == "chat"
        or any(payload.text(one, "type") in CHATS for one in threads)
    )


def changed_at(row: payload.Values, now: datetime) -> datetime:
    """
    Return a moment before which a row did not change last.

    Rows are in the order of a time they do not tell. Whatever is public, closes or is
    done by a user moves it, so the latest of these is no later than that time.
    """
    threads = [
        payload.moment(thread, "createdAt")
        for thread in embedded(row)
        if payload.text(thread, "state") == "published"
        and payload.text(thread, "type") in SPOKEN
    ]
    told = [
        payload.must_be_moment(row, "createdAt"),
        payload.moment(row, "userUpdatedAt"),
        payload.moment(row, "closedAt"),
        *threads,
    ]
    return min(now, max(at for at in told if at is not None))


def told(
    fields: Mapping[str, str],
    row: payload.Values,
    threads: Sequence[payload.Values],
) -> tuple[list[Incoming], list[str]]:
    """Return what was said in a conversation, and ids of what was hidden since."""
    talk = _talk(fields, row)
    by_mail = payload.text(row, "type") == "email"
    is_spam = payload.text(row, "status") == SPAM
    customer = _who(payload.within(row, "primaryCustomer"), is_ours=False)
    found: list[Incoming] = []
    hidden: list[str] = []
    for thread in sorted(threads, key=_place):
        if payload.text(thread, "type") not in SPOKEN:
            continue
        name = payload.must_be_key(thread)
        if payload.text(thread, "state") != "published":
            hidden.append(name)
            continue
        who = _author(thread, customer)
        body = payload.text(thread, "body")
        said = talk.said(
            name,
            who,
            written(body, mail=by_mail and not who.is_ours),
            payload.must_be_moment(thread, "createdAt"),
            raw=thread,
            first=not found,
            files=_files(thread),
        )
        if is_spam:
            said = replace(said, kind=Kind.AUTO)
        found.append(said)
    return found, hidden


def _talk(fields: Mapping[str, str], row: payload.Values) -> Talk:
    name = payload.must_be_key(row)
    custom = known(fields, _fields(row))
    status = STATES.get(payload.text(row, "status"), "")
    closed_at = payload.moment(row, "closedAt")
    tags = [payload.text(one, "tag") for one in payload.rows_if_any(row, "tags")]
    about: dict[str, Any] = {
        "status": status,
        "solved_at": closed_at.isoformat() if closed_at and status == "closed" else "",
        "tags": [tag for tag in tags if tag],
        "desk_channel": payload.text(payload.within(row, "source"), "type"),
    }
    number = payload.key(row, "number")
    return Talk(
        name=name,
        subject=payload.text(row, "subject"),
        url=f"https://secure.helpscout.net/conversation/{name}/{number}/"
        if number
        else "",
        company=custom.company,
        app_version=custom.app_version,
        about=about,
        attributes=custom.attributes,
    )


def _fields(row: payload.Values) -> dict[str, Any]:
    """What an inbox's own fields hold, by their names and ids; of a choice its name."""
    found: dict[str, Any] = {}
    for one in payload.rows_if_any(row, "customFields"):
        value = payload.text(one, "text") or one.get("value")
        found |= {payload.text(one, "name"): value, payload.key(one): value}
    return found


def _author(thread: payload.Values, customer: Who) -> Who:
    """
    Return who said it.

    What a customer wrote is theirs, whoever of us put it in; in a chat or a call it is
    whoever made the thread.
    """
    by = payload.within(thread, "createdBy")
    kind = payload.text(thread, "type")
    is_theirs = kind == "customer" or (
        kind in {*CHATS, "phone"} and payload.text(by, "type") == "customer"
    )
    if not is_theirs:
        return _who(by, is_ours=True)
    someone = _who(payload.within(thread, "customer"), is_ours=False)
    if not someone.email and payload.text(by, "type") == "customer":
        someone = _who(by, is_ours=False)
    return someone if someone.email or someone.name else customer


def _who(person: payload.Values, *, is_ours: bool) -> Who:
    names = [payload.text(person, "first"), payload.text(person, "last")]
    return Who(" ".join(filter(None, names)), payload.text(person, "email"), is_ours)


def _files(thread: payload.Values) -> list[str]:
    held = payload.within(thread, "_embedded")
    return [
        payload.text(one, "filename") or "file"
        for one in payload.rows_if_any(held, "attachments")
    ]


def _place(thread: payload.Values) -> tuple[datetime, int, str]:
    """Threads come newest first; ids tell those of one second apart."""
    name = payload.must_be_key(thread)
    return payload.must_be_moment(thread, "createdAt"), len(name), name
