"""One pull of a Freshdesk: tickets that changed, what is gone, and ratings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Incoming, Page
from triage_connectors import freshdesk_words as words
from triage_connectors import payload
from triage_connectors.desk import Who
from triage_connectors.freshdesk_api import FIRST, Desk
from triage_connectors.freshdesk_people import People
from triage_connectors.freshdesk_place import GONE, LAG, LOOKBACK, Place
from triage_connectors.together import together
from triage_connectors.told import Told

if TYPE_CHECKING:
    from triage_connectors.freshdesk import Freshdesk

SLICE: Final = 25
"""Tickets stored at once: a pull that is killed asks for no more of them again."""

Row = dict[str, Any]


@dataclass(slots=True)
class Pull:
    """
    The walk, and where it stands.

    Attributes:
        place: What is stored so far.
    """

    settings: Freshdesk
    desk: Desk
    place: Place
    _listed: dict[str, str] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield everything that changed since the place."""
        self.place = self.place.begun()
        people = People(self.desk)
        async for page in self._tickets(people):
            yield page
        # Afterwards, so that what was deleted during the walk is gone at its end.
        for name in GONE:
            async for page in self._gone(name):
                yield page
        if self.settings.ratings:
            async for page in self._ratings(people):
                yield page
        yield Page([], self.place.cursor())

    async def _tickets(self, people: People) -> AsyncIterator[Page]:
        begin = self.place.tickets.begins(LAG) or self.settings.since or FIRST
        asked = self.desk.http.now()
        async for listed in self.desk.changed(begin):
            self._listed = {
                payload.must_be_key(row): _version(row) for row in listed.rows
            }
            rows = [row for row in listed.rows if not self._knows(row)]
            for start in range(0, len(rows), SLICE):
                part = rows[start : start + SLICE]
                told = await self._told(part, people)
                self._store(part, asked)
                for page in Told(told).pages(self.place.cursor()):
                    yield page
            if listed.gap:
                yield Page([], None, gap=listed.gap)
            asked = self.desk.http.now()
        self.place = replace(self.place, whole=self.place.tickets.until)

    def _knows(self, row: Row) -> bool:
        return self.place.tickets.knows(payload.must_be_key(row), _version(row))

    def _store(self, rows: Sequence[Row], asked: datetime) -> None:
        changes = [
            (
                payload.must_be_key(row),
                payload.must_be_moment(row, "updated_at"),
                _version(row),
            )
            for row in rows
        ]
        tickets = self.place.tickets.after(changes, LAG)
        self.place = replace(self.place, tickets=tickets, asked=asked)

    async def _told(self, rows: Sequence[Row], people: People) -> list[Incoming]:
        """All that is said in these tickets, as far as it may be new."""
        agents = await people.agents()
        companies = await people.companies(
            [payload.key(row, "company_id") for row in rows]
        )
        answered = [row for row in rows if self._may_be_answered(row)]
        found = await together(
            [
                partial(self.desk.conversations, payload.must_be_key(row))
                for row in answered
            ]
        )
        answers = {
            payload.must_be_key(row): told
            for row, told in zip(answered, found, strict=True)
        }
        told: list[Incoming] = []
        for row in rows:
            about = words.talk(
                row,
                companies.get(payload.key(row, "company_id"), {}),
                self.settings.fields,
                self.settings.origin,
            )
            who = words.requester(row, agents)
            opener = payload.key(row, "requester_id"), who
            people.met(*opener)
            told.append(words.opening(row, about, who))
            told += [
                words.answer(one, about, opener, agents)
                for one in answers.get(about.name, ())
                if words.is_public(one, self.settings.ratings)
            ]
        return told

    def _may_be_answered(self, row: Row) -> bool:
        """
        Whether something was said in it, behind its opening, that may not be stored.

        A ticket that was only tagged, assigned or closed needs no call.
        """
        stats = payload.within(row, "stats")
        times = [
            payload.moment(stats, "requester_responded_at"),
            payload.moment(stats, "agent_responded_at"),
        ]
        if not stats:
            return True
        return any(at is not None and self.place.may_be_new(at) for at in times)

    async def _gone(self, name: str) -> AsyncIterator[Page]:
        """What was deleted, or marked as spam, which is no feedback either."""
        left = self.place.gone.get(name, FIRST)
        async for listed in self.desk.changed(left - LAG, name):
            gone = [row for row in listed.rows if self._is_gone(row, name)]
            if not gone:
                continue
            last = payload.must_be_moment(gone[-1], "updated_at")
            self.place = self.place.with_gone(name, last)
            names = [payload.must_be_key(row) for row in gone]
            yield Page([], None, gap=listed.gap, gone_threads=names)

    def _is_gone(self, row: Row, name: str) -> bool:
        """
        Whether it says so itself, or at least was not just listed as it is.

        A desk that leads in circles tells for the list of what is gone the one before.
        """
        told = row.get(name)
        if isinstance(told, bool):
            return told
        return self._listed.get(payload.must_be_key(row)) != _version(row)

    async def _ratings(self, people: People) -> AsyncIterator[Page]:
        """
        Ratings made or changed; the place moves once all of them came.

        They are listed by creation, in an order that is not promised.
        """
        before = self.place.ratings
        after = before
        begin = before.begins(LOOKBACK) or self.settings.since or FIRST
        turns = self.desk.http.pages()
        page, more = 1, True
        while more:
            turns.turn(str(page))
            answer = await self.desk.ratings(begin, page)
            if answer is None:
                return
            turns.saw(answer.content)
            rows = payload.listed(answer)
            told = [
                (
                    payload.must_be_key(row),
                    payload.must_be_moment(row, "created_at"),
                    payload.text(row, "updated_at"),
                )
                for row in rows
            ]
            new = [
                row
                for row, (name, _, how) in zip(rows, told, strict=True)
                if not before.knows(name, how)
            ]
            names = sorted({payload.key(row, "user_id") for row in new} - {""})
            found = await together([partial(people.contact, name) for name in names])
            who = dict(zip(names, found, strict=True))
            if new:
                yield Page([self._rating(row, who) for row in new], None)
            after = after.after(told, LOOKBACK)
            page, more = page + 1, bool(answer.next_url)
        self.place = replace(self.place, ratings=after)

    def _rating(self, row: Row, who: dict[str, Who]) -> Any:
        by = who.get(payload.key(row, "user_id"), Who())
        return words.rating(row, by, self.settings.origin)


def _version(row: Row) -> str:
    return payload.text(row, "updated_at")
