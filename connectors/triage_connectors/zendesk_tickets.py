"""A ticket of Zendesk: what all that is said in it needs, and what it begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload, zendesk_words
from triage_connectors.desk import Talk, Who, known
from triage_connectors.zendesk_api import sideloaded

STATUSES: Final = {"hold": "pending"}
"""Zendesk's words for a status that are not ours."""
SAMPLE: Final = "sample_ticket"

_DONE: Final = frozenset({"solved", "closed"})


@dataclass(slots=True)
class Ticket:
    """
    A ticket as far as its comments need it.

    Attributes:
        created_at: When it was opened; its first comment is as old.
        count: Comments it has, internal ones too; None where that is not told.
        via: The desk's word for the channel.
        is_told: Whether anything of it is: not deleted, no sample, not all internal.
        heard: Comments told of it in this run, by id.
    """

    name: str
    talk: Talk
    requester: str
    created_at: datetime
    count: int | None
    via: str
    is_told: bool
    heard: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Beside:
    """What came along with a page of tickets, by id."""

    users: Mapping[str, Mapping[str, Any]]
    organizations: Mapping[str, Mapping[str, Any]]
    metrics: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, told: payload.Values) -> Beside:
        """Everything beside the tickets of an answer."""
        return cls(
            _by(sideloaded(told, "users"), "id"),
            _by(sideloaded(told, "organizations"), "id"),
            _by(sideloaded(told, "metric_sets"), "ticket_id"),
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """
    What reads tickets of one desk.

    Attributes:
        fields: By our name the desk's: the number of a ticket's field, or the key of an
            organization's or a user's, such as "organization.plan".
    """

    host: str
    fields: Mapping[str, str]

    def ticket(self, row: Mapping[str, Any], beside: Beside) -> Ticket:
        """Return what a row says of the conversation."""
        name = payload.must_be_key(row)
        requester = payload.key(row, "requester_id")
        organization = beside.organizations.get(payload.key(row, "organization_id"), {})
        of_customer = known(
            self.fields,
            _values(row, organization, beside.users.get(requester, {}))
            if self.fields
            else {},
        )
        status = payload.text(row, "status")
        via = zendesk_words.channel(row)
        count = row.get("comment_count")
        created_at = payload.moment(row, "created_at")
        if created_at is None and status != "deleted":
            created_at = payload.must_be_moment(row, "created_at")
        return Ticket(
            name=name,
            talk=Talk(
                name=name,
                subject=payload.text(row, "subject"),
                url=f"https://{self.host}/agent/tickets/{name}",
                company=of_customer.company or payload.text(organization, "name"),
                app_version=of_customer.app_version,
                about=_about(row, status, via, beside.metrics.get(name, {})),
                attributes=of_customer.attributes,
            ),
            requester=requester,
            created_at=created_at or datetime.min.replace(tzinfo=UTC),
            count=count if isinstance(count, int) else None,
            via=via,
            is_told=status != "deleted"
            and via != SAMPLE
            and row.get("is_public") is not False,
        )


def opening(
    ticket: Ticket, row: Mapping[str, Any], author: Who, words: str | None = None
) -> Incoming:
    """
    Return what a ticket begins with.

    Where our side opened it, that may be an internal note, which only the comment
    tells; so then there is the subject alone, and the words come as a comment.

    Args:
        words: What it begins with, where that was changed since.
    """
    told = dict(row)
    if author.is_ours:
        told.pop("description", None)
        body = ""
    else:
        body = zendesk_words.opening(row, author.name) if words is None else words
    is_redacted = zendesk_words.REDACTED in ticket.talk.subject + body
    return ticket.talk.said(
        name_of(ticket.name),
        author,
        body,
        ticket.created_at,
        raw=told,
        first=True,
        # A change of status is no edit; a ticket tells no time of a redaction.
        edited_at=(payload.moment(row, "updated_at") if is_redacted else None)
        or ticket.created_at,
    )


def name_of(ticket: str) -> str:
    """What the opening of a ticket is called."""
    return f"ticket {ticket}"


def author_of(row: Mapping[str, Any]) -> str:
    """Who opened it: its first comment is theirs, whoever the requester is."""
    return payload.key(row, "submitter_id") or payload.key(row, "requester_id")


def _about(
    row: Mapping[str, Any], status: str, via: str, metrics: Mapping[str, Any]
) -> dict[str, Any]:
    """What is true of the whole conversation."""
    solved_at = payload.moment(
        metrics or payload.within(row, "metric_set"), "solved_at"
    )
    return {
        "status": STATUSES.get(status, status),
        "solved_at": solved_at.isoformat() if solved_at and status in _DONE else "",
        "tags": payload.texts(row, "tags"),
        "desk_channel": via,
    }


def _values(
    row: Mapping[str, Any], organization: Mapping[str, Any], user: Mapping[str, Any]
) -> dict[str, Any]:
    """All that fields of the desk's own making hold, by every name they go by."""
    customers = payload.within(user, "user_fields")
    companies = payload.within(organization, "organization_fields")
    return {
        **customers,
        **companies,
        **{f"user.{name}": value for name, value in customers.items()},
        **{f"organization.{name}": value for name, value in companies.items()},
        **{
            payload.key(one): one.get("value")
            for one in sideloaded(row, "custom_fields")
        },
    }


def _by(
    rows: Sequence[Mapping[str, Any]], name: str
) -> Mapping[str, Mapping[str, Any]]:
    return {payload.key(row, name): row for row in rows}
