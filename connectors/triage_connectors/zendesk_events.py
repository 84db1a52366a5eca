"""What was said at a Zendesk desk, out of its export of events, a thousand a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from triage.connector import Incoming
from triage_connectors import payload, zendesk_comments
from triage_connectors.zendesk_known import Known, Told
from triage_connectors.zendesk_tickets import Ticket


@dataclass(frozen=True, slots=True)
class _Event:
    """One thing that happened to a ticket, within an update of it."""

    ticket: str
    values: Mapping[str, Any]
    at: datetime
    is_first: bool


@dataclass(slots=True)
class Events:
    """
    The events of one run.

    Attributes:
        begins: From when on every event is read: of a ticket as old as that, all that
            was said has to be among them.
    """

    known: Known
    begins: datetime
    _changed: set[tuple[str, datetime]] = field(default_factory=set)

    async def page(self, rows: Sequence[Mapping[str, Any]]) -> Told:
        """Return what is said in a page of updates, and what was changed."""
        events = [event for row in rows for event in _events(row)]
        tickets = await self.known.find({event.ticket for event in events})
        events = [event for event in events if event.ticket in tickets]
        await self.known.people.meet(
            self.known.api,
            {payload.key(event.values, "author_id") for event in events},
        )
        said: list[Incoming] = []
        changes: dict[str, dict[str, datetime]] = {}
        wordless: dict[str, None] = {}
        for event in events:
            ticket = tickets[event.ticket]
            kind = zendesk_comments.kind(event.values)
            if kind in zendesk_comments.CHANGES:
                name = payload.key(event.values, "comment_id")
                if (name, event.at) not in self._changed:
                    self._changed.add((name, event.at))
                    changes.setdefault(ticket.name, {})[name] = event.at
            elif "author_id" not in event.values:
                # A comment is there, and the export leaves it out.
                wordless[ticket.name] = None
            else:
                told = self._said(ticket, event)
                if told is None:
                    wordless[ticket.name] = None
                else:
                    said += told
        mended = await self.known.whole([*({**wordless, **changes})], changes)
        return Told([*said, *mended.said], mended.gone)

    def missing(self) -> list[str]:
        """Tickets with more comments than the events told of."""
        return [
            ticket.name
            for ticket in self.known.tickets.values()
            if ticket.is_told
            and ticket.count is not None
            and ticket.created_at >= self.begins
            and ticket.count > len(ticket.heard)
        ]

    def _said(self, ticket: Ticket, event: _Event) -> list[Incoming] | None:
        """A comment unless it was told before; None where its words are missing."""
        comment = event.values
        name = payload.must_be_key(comment)
        if name in ticket.heard:
            return []
        who = self.known.people.who(payload.key(comment, "author_id"), ticket.requester)
        at = payload.moment(comment, "created_at") or event.at
        is_oldest = not ticket.heard and at == ticket.created_at
        told: Incoming | None = None
        if not (
            zendesk_comments.is_internal(comment)
            or zendesk_comments.is_by_a_merge(comment)
            or ((event.is_first or is_oldest) and not who.is_ours)
        ):
            told = zendesk_comments.incoming(ticket, comment, who, at)
            if told is None:
                return None
        ticket.heard.add(name)
        return [told] if told else []


def _events(row: Mapping[str, Any]) -> list[_Event]:
    """What of an update is something said, or a change of it."""
    inner = payload.rows(row, "child_events")
    kinds = [zendesk_comments.kind(one) for one in inner]
    wanted = [
        one
        for one, kind in zip(inner, kinds, strict=True)
        if kind in zendesk_comments.KINDS or kind in zendesk_comments.CHANGES
    ]
    if not wanted:
        return []
    at = payload.moment(row, "created_at") or payload.must_be_moment(row, "timestamp")
    ticket = payload.must_be_key(row, "ticket_id")
    is_first = "Create" in kinds
    return [_Event(ticket, one, at, is_first) for one in wanted]
