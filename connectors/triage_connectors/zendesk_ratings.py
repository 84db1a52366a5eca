"""How satisfied customers of a Zendesk desk were, in its older and its newer way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload
from triage_connectors.desk import Who
from triage_connectors.zendesk_api import sideloaded
from triage_connectors.zendesk_tickets import Ticket

SCORES: Final = {"good": 1, "bad": 0}
THUMBS: Final = "0-1"
STARS: Final = "1-5"
"""The scale of a survey that does not list its options."""

_BASE32: Final = {
    letter: number for number, letter in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
}


def rating(ticket: Ticket, row: Mapping[str, Any], who: Who) -> Incoming | None:
    """Return a good or bad rating; None where it was only offered."""
    score = payload.text(row, "score")
    value = SCORES.get(score)
    if value is None:
        return None
    reason = payload.text(row, "reason")
    at = payload.must_be_moment(row, "created_at")
    return ticket.talk.rated(
        f"csat {payload.must_be_key(row)}",
        who,
        value,
        THUMBS,
        at,
        raw=row,
        remark=payload.text(row, "comment"),
        edited_at=payload.moment(row, "updated_at") or at,
        context={"score": score, **({"reason": reason} if reason else {})},
    )


def ticket_of(response: Mapping[str, Any]) -> str:
    """Which ticket a survey is about; "" where it is about none."""
    for subject in sideloaded(response, "subjects"):
        if payload.text(subject, "type") == "ticket":
            return payload.key(subject)
    for name in payload.texts(response, "subject_zrns"):
        head, _, number = name.rpartition(":")
        if head.endswith(":ticket"):
            return number
    return ""


def offered_at(response: Mapping[str, Any]) -> datetime | None:
    """
    When a survey was offered: its id is a ULID, whose first ten letters tell.

    Where the id is none, the first answer's time stands for it.
    """
    letters = payload.key(response)[:10].upper()
    if len(payload.key(response)) == 26 and set(letters) <= _BASE32.keys():
        milliseconds = 0
        for letter in letters:
            milliseconds = milliseconds * 32 + _BASE32[letter]
        told = payload.at(milliseconds) if milliseconds > 1e11 else None
        if told is not None:
            return told
    return min(_times(response, "created_at"), default=None)


def survey(ticket: Ticket, response: Mapping[str, Any], who: Who) -> Incoming | None:
    """Return what a survey's answers come to; None where nothing was answered."""
    answers = payload.rows(response, "answers")
    scale = next(filter(_is_rating, sorted(answers, key=_is_aside)), {})
    value = payload.number(scale, "rating")
    words = "\n\n".join(
        said
        for answer in answers
        if payload.text(answer, "type") == "open_ended"
        and (said := payload.text(answer, "value"))
    )
    given = [one for one in answers if payload.text(one, "type") != "skipped"]
    at = min(_times({"answers": given}, "created_at"), default=None)
    edited_at = max(_times({"answers": given}, "updated_at"), default=at)
    name = f"survey {payload.must_be_key(response)}"
    if value is None:
        if not words:
            return None
        return ticket.talk.said(
            name, who, words, at or edited_at, raw=response, edited_at=edited_at
        )
    category = payload.text(scale, "rating_category")
    return ticket.talk.rated(
        name,
        who,
        value,
        _scale(scale),
        at or edited_at,
        raw=response,
        remark=words,
        edited_at=edited_at,
        context={"score": category} if category else None,
    )


def is_open(response: Mapping[str, Any], now: datetime) -> bool:
    """Whether its answers may still change."""
    until = payload.moment(response, "expires_at")
    return until is not None and until > now


def _is_rating(answer: Mapping[str, Any]) -> bool:
    return payload.text(answer, "type") == "rating_scale"


def _is_aside(answer: Mapping[str, Any]) -> bool:
    """Whether it asks for something else than satisfaction."""
    question = payload.within(answer, "question")
    return payload.text(question, "sub_type") != "customer_satisfaction"


def _scale(answer: Mapping[str, Any]) -> str:
    question = payload.within(answer, "question")
    ends = [
        value
        for one in sideloaded(question, "options")
        if (value := payload.number(one, "rating")) is not None
    ]
    return f"{min(ends):g}-{max(ends):g}" if len(ends) > 1 else STARS


def _times(response: Mapping[str, Any], name: str) -> list[datetime]:
    return [
        at.astimezone(UTC)
        for answer in payload.rows(response, "answers")
        if (at := payload.moment(answer, name)) is not None
    ]
