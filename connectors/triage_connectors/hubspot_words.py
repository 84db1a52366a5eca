"""Tickets, messages and survey responses of HubSpot, as feedback each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from triage.connector import Incoming
from triage.text import html, mail_kind, reply
from triage_connectors.desk import Known, Talk, Who, known
from triage_connectors.payload import (
    Values,
    key,
    moment,
    must_be_key,
    must_be_moment,
    number,
    several,
    text,
    within,
)

TICKET: Final = (
    "subject",
    "content",
    "hs_pipeline",
    "hs_pipeline_stage",
    "createdate",
    "hs_lastmodifieddate",
    "closed_date",
    "source_type",
    "hs_ticket_priority",
    "hs_ticket_category",
    "hs_conversations_originating_thread_id",
)
"""Properties of a ticket that are asked for."""
CONTACT: Final = ("firstname", "lastname", "email", "company")
COMPANY: Final = ("name", "domain")
SURVEY: Final = (
    "hs_survey_type",
    "hs_survey_name",
    "hs_survey_channel",
    "hs_value",
    "hs_content",
    "hs_sentiment",
    "hs_response_group",
    "hs_submission_timestamp",
    "hs_contact_id",
    "hs_ticket_id",
    "hs_lastmodifieddate",
)
_SCALES: Final = {"NPS": (0, 10), "CSAT": (0, 2), "CES": (1, 7)}
"""Of HubSpot's own surveys; what else one is made up of has no scale."""
_DEFAULT: Final = {"0/1": "new", "0/2": "pending", "0/3": "open"}
"""Stages every account begins with."""
_WHOLE: Final = {"", "NOT_TRUNCATED", "TRUNCATED_TO_MOST_RECENT_REPLY"}


@dataclass(frozen=True, slots=True)
class Desk:
    """
    What all that is said at an account needs of it.

    Attributes:
        portal: Its number, and the host its people see it at; "" where not known.
        stages: Of tickets, by pipeline and id.
        fields: The setting ``fields``.
        conversations: Whether threads are read as well.
    """

    portal: str = ""
    host: str = ""
    stages: Mapping[str, Values] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    conversations: bool = True

    def wanted(self, kind: str) -> list[str]:
        """Properties fields ask for: of the "contact", "company" or ticket ("")."""
        told = [one.partition(".") for one in self.fields.values()]
        return [
            (name if dot else prefix)
            for prefix, dot, name in told
            if (prefix if dot else "") == kind
        ]

    def at(self, path: str) -> str:
        """Where our side reads something; "" where that is not known."""
        return f"https://{self.host}{path}" if self.portal and self.host else ""

    def known(self, person: Person, ticket: Values) -> Known:
        """What the fields say of whoever speaks."""
        values = dict(ticket)
        values |= {f"contact.{name}": one for name, one in person.contact.items()}
        values |= {f"company.{name}": one for name, one in person.company.items()}
        return known(self.fields, values)


@dataclass(frozen=True, slots=True)
class Person:
    """A contact and the company they are of, by their properties."""

    contact: Values = field(default_factory=dict)
    company: Values = field(default_factory=dict)

    @property
    def who(self) -> Who:
        """They as an author."""
        names = text(self.contact, "firstname"), text(self.contact, "lastname")
        return Who(" ".join(filter(None, names)), text(self.contact, "email"))

    @property
    def firm(self) -> str:
        """Their company: the one a ticket is associated with, or as they wrote it."""
        return text(self.company, "name") or text(self.contact, "company")


def of_ticket(name: str) -> str:
    """What a ticket is called, and the conversation that belongs to it."""
    return f"ticket {name}"


def of_thread(thread: Values) -> str:
    """The same of a thread: its ticket's where it has one."""
    ticket = key(within(thread, "threadAssociations"), "associatedTicketId")
    return of_ticket(ticket) if ticket else f"thread {must_be_key(thread)}"


def of_survey(name: str) -> str:
    """What a survey response is called."""
    return f"feedback {name}"


def ticket(desk: Desk, row: Values, person: Person) -> Incoming:
    """
    Return a ticket as feedback.

    What began as a thread has its words there: the ticket repeats the first of them.
    """
    name, told = must_be_key(row), within(row, "properties")
    thread = key(told, "hs_conversations_originating_thread_id")
    body = "" if thread and desk.conversations else text(told, "content")
    said = _talk(desk, of_ticket(name), person, told)
    stage = f"{key(told, 'hs_pipeline')}/{key(told, 'hs_pipeline_stage')}"
    about: dict[str, Any] = {
        "status": _status(desk, stage),
        "stage": text(desk.stages.get(stage, {}), "label"),
        "tags": [one for one in text(told, "hs_ticket_category").split(";") if one],
        "priority": text(told, "hs_ticket_priority").lower(),
        "desk_channel": text(told, "source_type").lower(),
    }
    closed_at = moment(told, "closed_date")
    if about["status"] == "closed" and closed_at:
        about["solved_at"] = closed_at.isoformat()
    said = replace(
        said,
        subject=text(told, "subject"),
        url=desk.at(f"/contacts/{desk.portal}/record/0-5/{name}"),
        about={one: value for one, value in about.items() if value},
    )
    at = moment(told, "createdate") or must_be_moment(row, "createdAt")
    return said.said(of_ticket(name), person.who, _plain(body), at, raw=row, first=True)


def opened(desk: Desk, thread: Values, person: Person) -> Talk:
    """Return what all messages of a thread need of it; a ticket's state is its own."""
    talk = _talk(desk, of_thread(thread), person, {})
    name = must_be_key(thread)
    about: dict[str, Any] = {}
    if not talk.name.startswith("ticket "):
        about["status"] = {"OPEN": "open", "CLOSED": "closed"}.get(
            text(thread, "status"), ""
        )
        closed_at = moment(thread, "closedAt")
        if about["status"] == "closed" and closed_at:
            about["solved_at"] = closed_at.isoformat()
    return replace(
        talk,
        url=desk.at(f"/live-messages/{desk.portal}/inbox/{name}"),
        about={one: value for one, value in about.items() if value},
    )


def is_said(message: Values) -> bool:
    """Whether customers saw it: comments and changes of state are ours alone."""
    return text(message, "type") == "MESSAGE" and message.get("archived") is not True


def is_cut(message: Values) -> bool:
    """Whether its words break off, which those of the latest reply alone do not."""
    return text(message, "truncationStatus") not in _WHOLE


def message(
    talk: Talk, thread: str, said: Values, person: Person, *, first: bool
) -> Incoming | None:
    """Return one message of a thread; None where a machine wrote it."""
    who = _sender(said, person)
    subject = text(said, "subject")
    if not who.is_ours and mail_kind.machine(who.email, subject):
        return None
    files = [text(one, "name") for one in several(said, "attachments")]
    files = [one for one in files if one]
    rich = text(said, "richText")
    words = html.to_text(rich, mark=reply.QUOTED) if rich else text(said, "text")
    return replace(talk, subject=subject).said(
        f"{thread}/{must_be_key(said)}",
        who,
        reply.latest(words, whole=text(said, "text") or words, author=who.name),
        must_be_moment(said, "createdAt"),
        raw=said,
        first=first,
        context={"attachments": files} if files else {},
    )


def survey(desk: Desk, row: Values, person: Person) -> Incoming:
    """Return a survey response: its number on the survey's scale, and its words."""
    name, told = must_be_key(row), within(row, "properties")
    about = key(told, "hs_ticket_id")
    talk = _talk(desk, of_ticket(about) if about else of_survey(name), person, {})
    kind, value = text(told, "hs_survey_type").upper(), number(told, "hs_value")
    low, high = _SCALES.get(kind, (1, 0))
    context = {
        "survey": text(told, "hs_survey_name"),
        "survey_type": kind.lower(),
        "desk_channel": text(told, "hs_survey_channel").lower(),
        "sentiment": text(told, "hs_sentiment"),
        "response_group": text(told, "hs_response_group"),
    }
    fits = value is not None and low <= value <= high
    if value is not None and not fits:
        context["value"] = text(told, "hs_value") or str(value)
    rated = talk.rated(
        of_survey(name),
        person.who,
        value if fits and value is not None else 0,
        f"{low}-{high}",
        moment(told, "hs_submission_timestamp") or must_be_moment(row, "createdAt"),
        raw=row,
        remark=text(told, "hs_content"),
        metric=kind.lower(),
        context={one: value for one, value in context.items() if value},
    )
    return rated if fits else replace(rated, rating=None, scale="", metric="")


def _talk(desk: Desk, name: str, person: Person, ticket: Values) -> Talk:
    told = desk.known(person, ticket)
    return Talk(
        name=name,
        company=told.company or person.firm,
        app_version=told.app_version,
        attributes=told.attributes,
    )


def _status(desk: Desk, stage: str) -> str:
    state = text(within(desk.stages.get(stage, {}), "metadata"), "ticketState")
    if state == "CLOSED":
        return "closed"
    return _DEFAULT.get(stage, "open")


def _sender(said: Values, person: Person) -> Who:
    people = several(said, "senders")
    sender = people[0] if people else {}
    address = within(sender, "deliveryIdentifier")
    email = text(address, "value") if "@" in text(address, "value") else ""
    if text(said, "direction") != "INCOMING":
        return Who(text(sender, "name"), email, True)
    contact = person.who
    return Who(text(sender, "name") or contact.name, email or contact.email)


def _plain(body: str) -> str:
    return html.to_text(body) if "</" in body or "<br" in body else body
