"""What Freshdesk tells of a ticket, its conversation and a rating, as feedback."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any, Final

from triage.connector import Incoming, Unreadable
from triage_connectors import payload
from triage_connectors.desk import Talk, Who, known
from triage_connectors.wording import written

_STATUS: Final = {
    2: "open", 3: "pending", 4: "solved", 5: "closed", 6: "pending", 7: "pending",
}  # fmt: skip
_BY_MAIL: Final = 1
_WRITTEN_BY_US: Final = 10
_CHANNEL: Final = {
    _BY_MAIL: "email", 2: "web", 3: "phone", 4: "forum", 5: "twitter", 6: "facebook",
    7: "chat", 8: "app", 9: "widget", _WRITTEN_BY_US: "email", 11: "shop", 12: "bot",
    13: "whatsapp",
}  # fmt: skip
_REPLY: Final = 0
_SURVEY: Final = 6
"""What a customer added to a rating, told once more as a note."""

_ANSWERS: Final = {
    103: (7, "extremely happy"),
    102: (6, "very happy"),
    101: (5, "happy"),
    100: (4, "neutral"),
    -101: (3, "unhappy"),
    -102: (2, "very unhappy"),
    -103: (1, "extremely unhappy"),
}
_CLASSIC: Final = {1: (3, "happy"), 2: (2, "neutral"), 3: (1, "unhappy")}
"""The three answers of surveys made before those of seven."""

Row = Mapping[str, Any]
Agents = Mapping[str, Who]


def talk(ticket: Row, company: Row, fields: Mapping[str, str], origin: str) -> Talk:
    """The ticket as all that is said in it needs it; ``company`` is its customer's."""
    name = payload.must_be_key(ticket)
    told = known(
        fields,
        {
            **company,
            **payload.within(company, "custom_fields"),
            **ticket,
            **payload.within(ticket, "custom_fields"),
        },
    )
    return Talk(
        name=name,
        subject=payload.text(ticket, "subject"),
        url=f"{origin}/a/tickets/{name}",
        company=told.company or payload.text(company, "name"),
        app_version=told.app_version,
        about=_about(ticket),
        attributes=told.attributes,
    )


def requester(ticket: Row, agents: Agents) -> Who:
    """Whose ticket it is."""
    name = payload.key(ticket, "requester_id")
    if name in agents:
        return agents[name]
    told = payload.within(ticket, "requester")
    return Who(payload.text(told, "name"), payload.text(told, "email"))


def agent(row: Row) -> Who:
    """Somebody of our side, as the list of agents tells them."""
    told = payload.within(row, "contact")
    name = payload.text(told, "name")
    return Who(name, payload.text(told, "email"), is_ours=True)


def opening(ticket: Row, about: Talk, who: Who) -> Incoming:
    """What a ticket began with; an edit of the ticket is one of it."""
    source = ticket.get("source")
    body = written(
        payload.text(ticket, "description"),
        payload.text(ticket, "description_text"),
        mail=source == _BY_MAIL,
    )
    if source == _WRITTEN_BY_US:
        # Who was written to stands as the requester.
        who = Who(is_ours=True)
    return about.said(
        f"ticket {about.name}",
        who,
        body or about.subject,
        payload.moment(ticket, "created_at"),
        raw=ticket,
        first=True,
        edited_at=payload.moment(ticket, "updated_at"),
        files=_files(ticket),
    )


def answer(row: Row, about: Talk, opener: tuple[str, Who], agents: Agents) -> Incoming:
    """
    One message of a ticket's conversation.

    Args:
        opener: Id and person of whose ticket it is.
    """
    return about.said(
        payload.must_be_key(row),
        _sender(row, opener, agents),
        written(
            payload.text(row, "body"),
            payload.text(row, "body_text"),
            mail=row.get("source") == _REPLY,
        ),
        payload.moment(row, "created_at"),
        raw=row,
        edited_at=payload.moment(row, "updated_at"),
        files=_files(row),
    )


def is_public(row: Row, ratings: bool) -> bool:
    """Whether it was said between customer and desk, and is told nowhere else."""
    told_twice = ratings and row.get("source") == _SURVEY
    return row.get("private") is False and not told_twice


def rating(row: Row, who: Who, origin: str) -> Incoming | Unreadable:
    """How satisfied a customer was with a ticket."""
    name = f"csat {payload.must_be_key(row)}"
    ticket = payload.key(row, "ticket_id")
    told = payload.number(payload.within(row, "ratings"), "default_question")
    scale, answers = ("1-7", _ANSWERS) if told in _ANSWERS else ("1-3", _CLASSIC)
    if told is None or told not in answers:
        return Unreadable(
            external_id=name,
            raw=payload.raw(row),
            why=f"its rating is {told!r}, which is none that Freshdesk knows",
        )
    value, words = answers[int(told)]
    about = Talk(name=ticket, url=f"{origin}/a/tickets/{ticket}" if ticket else "")
    return about.rated(
        name,
        who,
        value,
        scale,
        payload.moment(row, "created_at"),
        raw=row,
        remark=payload.text(row, "feedback"),
        edited_at=payload.moment(row, "updated_at"),
        context={"answer": words},
    )


def _sender(row: Row, opener: tuple[str, Who], agents: Agents) -> Who:
    name = payload.key(row, "user_id")
    if name in agents:
        return agents[name]
    is_ours = row.get("incoming") is not True
    if name == opener[0] and not is_ours:
        return opener[1]
    said, address = parseaddr(payload.text(row, "from_email"))
    return Who(said, address, is_ours=is_ours)


def _about(ticket: Row) -> dict[str, Any]:
    stats = payload.within(ticket, "stats")
    source, status = ticket.get("source"), ticket.get("status")
    channel = _CHANNEL.get(source) if isinstance(source, int) else None
    about: dict[str, Any] = {
        "status": _STATUS.get(status, "open") if isinstance(status, int) else "",
        "desk_channel": channel or (f"source {source}" if source else ""),
        "tags": payload.texts(ticket, "tags"),
    }
    if about["status"] in {"solved", "closed"}:
        solved = payload.moment(stats, "resolved_at")
        solved = solved or payload.moment(stats, "closed_at")
        about["solved_at"] = solved.isoformat() if solved else ""
    return about


def _files(row: Row) -> list[str]:
    return [payload.text(one, "name") for one in payload.inside(row, "attachments")]
