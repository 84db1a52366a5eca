"""The demo's feedback as its six sources would deliver it, up to a given today."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from triage.connector import Channel, Incoming, Kind
from triage.demo.casting import Said, everything_said
from triage.demo.dice import Dice
from triage.demo.people import ANDROIDS, APPLES
from triage.demo.roster import RENEWALS
from triage.demo.timeline import mentioned_version, moment, version_at

PRODUCT = "Papermoor"
"""The product all this is about; invented."""

SITE = "https://papermoor.example"

_FIRST_TICKET = 3904
_DEVICE = re.compile("|".join((*ANDROIDS, *APPLES, "Windows 11", "Windows 10")))
_ON_A_MAC = re.compile(r"\b(my Mac|M3)\b")
_SCALES = {Channel.REVIEW: ("stars", "1-5"), Channel.SURVEY: ("nps", "0-10")}
_WROTE = {
    "de": "Am {day} schrieb {who}:",
    "fr": "Le {day}, {who} a écrit :",
    "es": "El {day}, {who} escribió:",
    "pt": "Em {day}, {who} escreveu:",
    "sv": "Den {day} skrev {who}:",
}


def sources(today: datetime) -> dict[str, list[Incoming]]:
    """
    Feedback by source name, oldest first, none of it later than ``today``.

    Raises:
        ValueError: ``today`` has no time zone.
    """
    if today.tzinfo is None:
        raise ValueError("today has no time zone")
    said = everything_said()
    ids = external_ids(said)
    begun = _moments(said, today)
    out: dict[str, list[Incoming]] = {}
    for one in said:
        out.setdefault(one.source, []).append(_incoming(one, ids, begun, today))
    return {
        name: sorted(delivered, key=_age) for name, delivered in sorted(out.items())
    }


def truth(today: datetime) -> dict[tuple[str, str], str]:
    """(source, external id) → story key, for everything a customer said."""
    del today  # which story a feedback tells does not depend on the date
    said = everything_said()
    ids = external_ids(said)
    return {
        (one.source, ids[one.key]): one.story.key
        for one in said
        if one.kind is Kind.FEEDBACK
    }


def copies(today: datetime) -> dict[tuple[str, str], str]:
    """(source, external id) → label; the same label means the same words, edited."""
    del today  # which texts are copies does not depend on the date
    said = [one for one in everything_said() if one.is_copy]
    ids = external_ids(everything_said())
    labels = {one.key: f"{one.story.key}/{one.variant}" for one in said}
    sizes = Counter(labels.values())
    return {
        (one.source, ids[one.key]): labels[one.key]
        for one in said
        if sizes[labels[one.key]] > 1
    }


def external_ids(said: tuple[Said, ...]) -> dict[str, str]:
    """``Said.key`` → the id its source would have given; the same on every day."""
    ids: dict[str, str] = {}
    tickets: dict[str, int] = {}
    for one in said:
        if one.source == "helpdesk" and one.opened_by == one.key:
            tickets[one.key] = _FIRST_TICKET + len(tickets)
    messages: Counter[str] = Counter()
    for one in said:
        if one.source == "helpdesk":
            number = tickets[one.opened_by]
            messages[one.opened_by] += 1
            nth = messages[one.opened_by]
            ids[one.key] = f"{number}" if nth == 1 else f"{number}-{nth}"
        else:
            ids[one.key] = _own_id(one)
    return ids


def _own_id(one: Said) -> str:
    first = zlib.crc32(one.key.encode())
    second = zlib.crc32(f"{one.key}!".encode())
    wide = first * 4294967296 + second
    return {
        "app-store": f"{10_000_000_000 + first}",
        "play": f"gp:{wide:016x}",
        "nps-survey": f"resp_{first:08x}",
        "social": f"{wide % 10**18 + 10**18}",
        "interviews": f"talk-{first % 9000 + 1000}",
        "support-mail": f"<{wide:016x}@{one.person.email.partition('@')[2]}>",
    }[one.source]


def _moments(said: tuple[Said, ...], today: datetime) -> dict[str, datetime]:
    """When each was said; nobody answers before the thread was opened."""
    at = {
        one.key: moment(one.days, one.channel, today, Dice(f"hour of {one.key}"))
        for one in said
    }
    for one in said:
        if one.opened_by != one.key:
            at[one.key] = max(at[one.key], at[one.opened_by] + timedelta(minutes=47))
    return at


def _age(feedback: Incoming) -> tuple[str, str]:
    at = feedback.received_at
    return (at.isoformat() if at else "", feedback.external_id)


def _incoming(
    one: Said,
    ids: Mapping[str, str],
    begun: Mapping[str, datetime],
    today: datetime,
) -> Incoming:
    person = one.person
    known = one.channel not in (Channel.REVIEW, Channel.SOCIAL)
    metric, scale = (
        _SCALES.get(one.channel, ("", "")) if one.rating is not None else ("", "")
    )
    ours = one.kind is Kind.AGENT
    told: dict[str, Any] = {
        "external_id": ids[one.key],
        "title": one.title,
        "body": _with_quoted(one, begun),
        "author": f"{PRODUCT} Support" if ours else _author(one),
        "email": "support@papermoor.example"
        if ours
        else (person.email if known else ""),
        "company": person.company if known and not ours else "",
        "rating": one.rating,
        "metric": metric,
        "scale": scale,
        "language": one.language,
        "app_version": _version(one),
        "url": _url(one, ids[one.key]),
        "thread": _thread(one, ids),
        "context": {} if ours else _context(one),
    }
    at = min(begun[one.key], today - timedelta(minutes=2))
    return Incoming(
        **told,
        channel=one.channel,
        kind=one.kind,
        received_at=at,
        raw=_raw(one.source, at, told),
    )


def _author(one: Said) -> str:
    public = one.channel in (Channel.REVIEW, Channel.SOCIAL)
    return one.person.handle if public else one.person.name


def _with_quoted(one: Said, begun: Mapping[str, datetime]) -> str:
    if not one.quoted:
        return one.body
    day = begun[one.opened_by].strftime("%Y-%m-%d %H:%M")
    wrote = _WROTE.get(one.language, "On {day}, {who} wrote:")
    who = f"{one.person.name} <{one.person.email}>"
    lines = "\n".join(f"> {line}".rstrip() for line in one.quoted.split("\n"))
    return f"{one.body}\n\n{wrote.format(day=day, who=who)}\n{lines}"


def _version(one: Said) -> str:
    if one.kind is not Kind.FEEDBACK or one.story.area == "Noise":
        return ""
    dice = Dice(f"version of {one.key}")
    told = {Channel.REVIEW: 1.0, Channel.SURVEY: 1.0, Channel.TICKET: 0.6}
    if not dice.chance(told.get(one.channel, 0.0)):
        return ""
    return mentioned_version(one.body) or version_at(one.days, one.story, dice)


def _url(one: Said, external_id: str) -> str:
    if one.source == "helpdesk":
        return f"{SITE}/helpdesk/{external_id.partition('-')[0]}"
    return f"https://social.example/{external_id}" if one.source == "social" else ""


def _thread(one: Said, ids: Mapping[str, str]) -> str:
    if one.source not in ("helpdesk", "support-mail"):
        return ""
    return ids[one.opened_by]


def _context(one: Said) -> dict[str, Any]:
    person = one.person
    if one.channel is Channel.SOCIAL:
        return {"followers": Dice(f"fame of {person.handle}").below(900)}
    if not person.country:
        return {}
    context: dict[str, Any] = {"country": person.country}
    if one.channel is Channel.INTERVIEW:
        consent = one.story.wordings[one.variant].consent
        context |= {"consent": consent} if consent else {}
    else:
        context["device"] = _device(one)
        system = _system(one, context["device"])
        if system:
            context["os"] = system
    if one.channel is not Channel.REVIEW:
        context["plan"] = person.plan
        context["segment"] = person.segment
        context["monthly_revenue"] = person.revenue
    if one.channel is Channel.TICKET and person.company in RENEWALS:
        up, renewed = RENEWALS[person.company]
        context |= {"renewed": renewed} if one.days < up else {}
    return context


def _device(one: Said) -> str:
    named = _DEVICE.search(one.body)
    if named:
        return named.group()
    if _ON_A_MAC.search(one.body):
        return "macOS 15"
    mobile = one.channel is Channel.REVIEW or one.story.area == "Mobile"
    return one.person.device_for(one.source) if mobile else one.person.desktop


def _system(one: Said, device: str) -> str:
    """What runs on a phone or tablet; a desktop is named by its system already."""
    dice = Dice(f"system of {one.person.handle}")
    if device in ANDROIDS:
        return f"Android {dice.pick((14, 15, 15, 16))}"
    return f"iOS {dice.pick((17, 18, 18, 26))}" if device in APPLES else ""


def _raw(source: str, at: datetime, told: Mapping[str, Any]) -> bytes:
    sent = {name: value for name, value in told.items() if value not in ("", None)}
    sent = {**sent, "source": source, "received_at": at.isoformat()}
    return json.dumps(sent, ensure_ascii=False, sort_keys=True).encode()
