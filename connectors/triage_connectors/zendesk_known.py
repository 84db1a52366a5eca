"""What a run knows of a Zendesk desk's tickets and people, and how it learns more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Final

from triage.connector import Incoming
from triage_connectors import payload, zendesk_comments, zendesk_words
from triage_connectors.together import together
from triage_connectors.zendesk_api import Api
from triage_connectors.zendesk_people import People
from triage_connectors.zendesk_tickets import (
    Beside,
    Reader,
    Ticket,
    author_of,
    opening,
)

MOST: Final = 50_000
"""Tickets remembered in one run; one that is forgotten is asked for again."""

Changes = Mapping[str, datetime]
"""When comments were changed, by id."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a page of tickets comes to."""

    said: Sequence[Incoming] = ()
    gone: Sequence[str] = ()
    gone_threads: Sequence[str] = ()


@dataclass(slots=True)
class Known:
    """Tickets by id, and everybody who speaks in them."""

    api: Api
    reader: Reader
    people: People = field(default_factory=People)
    tickets: dict[str, Ticket] = field(default_factory=dict)

    async def page(self, told: payload.Values) -> tuple[list[Incoming], list[str]]:
        """Return the openings of a page's tickets, and those that are deleted."""
        rows, beside = payload.rows(told, "tickets"), Beside.of(told)
        tickets = [self._learn(row, beside) for row in rows]
        self.people.learn(beside.users.values())
        await self.people.meet(self.api, (author_of(row) for row in rows))
        said = [
            opening(ticket, row, self.people.who(author_of(row), ticket.requester))
            for ticket, row in zip(tickets, rows, strict=True)
            if ticket.is_told
        ]
        gone = [
            ticket.name
            for ticket, row in zip(tickets, rows, strict=True)
            if payload.text(row, "status") == "deleted"
        ]
        return said, gone

    async def find(self, names: Iterable[str]) -> Mapping[str, Ticket]:
        """Those of the tickets that are there and anything is told of."""
        wanted = set(names)
        missing = {name for name in wanted if name not in self.tickets}
        found = {name: self.tickets[name] for name in wanted - missing}
        for answer in await self.api.tickets(missing) if missing else ():
            beside = Beside.of(answer)
            self.people.learn(beside.users.values())
            for row in payload.rows(answer, "tickets"):
                ticket = self._learn(row, beside)
                # What was said before it was asked for is not counted here.
                ticket.count = None
                found[ticket.name] = ticket
        return {name: ticket for name, ticket in found.items() if ticket.is_told}

    async def whole(
        self,
        names: Sequence[str],
        changes: Mapping[str, Changes] | None = None,
        *,
        anew: bool = False,
    ) -> Told:
        """
        Return tickets as they are now, each comment asked for: a question a ticket.

        Args:
            changes: What was changed in them and when; it is told again.
            anew: Whether all is told again, and what is there no more as gone.
        """
        said: list[Incoming] = []
        gone: list[str] = []
        there: set[str] = set()
        for answer in await self.api.tickets(names) if names else ():
            openings, _ = await self.page(answer)
            rows = {
                payload.must_be_key(row): row for row in payload.rows(answer, "tickets")
            }
            there |= rows.keys()
            told = [name for name in rows if self.tickets[name].is_told]
            if anew:
                said += openings
            comments = await together(partial(self.api.comments, one) for one in told)
            for name, several in zip(told, comments, strict=True):
                await self.people.meet(self.api, map(_author, several))
                at = (changes or {}).get(name, {})
                found = self._talk(rows[name], several, at, anew)
                said += found.said
                gone += found.gone
        lost = [name for name in names if name not in there] if anew else []
        return Told(said, gone, lost)

    def _talk(
        self,
        row: Mapping[str, Any],
        comments: Sequence[Mapping[str, Any]],
        changes: Changes,
        anew: bool,
    ) -> Told:
        """What is new in a ticket's comments, the first of which it begins with."""
        ticket = self.tickets[payload.must_be_key(row)]
        said: list[Incoming] = []
        gone: list[str] = []
        for place, comment in enumerate(comments):
            name = payload.must_be_key(comment)
            edited_at = changes.get(name)
            is_news = anew or edited_at is not None or name not in ticket.heard
            ticket.heard.add(name)
            if zendesk_comments.is_internal(comment):
                gone += [zendesk_comments.name_of(name)] if edited_at else []
                continue
            if not is_news or zendesk_comments.is_by_a_merge(comment):
                continue
            who = self.people.who(_author(comment), ticket.requester)
            if not place and not who.is_ours:
                words = zendesk_words.of(comment, ticket.via, who.name)
                # The ticket has its first comment's words as well, as a rule.
                if edited_at and words != zendesk_words.opening(row, who.name):
                    told = opening(ticket, row, who, words)
                    said.append(replace(told, edited_at=edited_at))
                continue
            at = payload.must_be_moment(comment, "created_at")
            one = zendesk_comments.incoming(
                ticket, comment, who, at, edited_at=edited_at
            )
            said += [one] if one else []
        return Told(said, gone)

    def _learn(self, row: Mapping[str, Any], beside: Beside) -> Ticket:
        ticket = self.reader.ticket(row, beside)
        before = self.tickets.pop(ticket.name, None)
        if before is not None:
            ticket.heard = before.heard
        self.tickets[ticket.name] = ticket
        if len(self.tickets) > MOST:
            del self.tickets[next(iter(self.tickets))]
        return ticket


def _author(comment: Mapping[str, Any]) -> str:
    return payload.key(comment, "author_id")
