"""One pull of a Gorgias: tickets in order of change, then ratings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Incoming, Page, Unreadable
from triage_connectors import gorgias_words as words
from triage_connectors import payload
from triage_connectors.desk import Who
from triage_connectors.gathered import Gathered
from triage_connectors.gorgias_api import Desk, following
from triage_connectors.gorgias_place import LAG, LOOKBACK, Place
from triage_connectors.together import together
from triage_connectors.told import Told

if TYPE_CHECKING:
    from triage.transport.pages import Pages
    from triage_connectors.gorgias import Gorgias

SLICE: Final = 25
"""Tickets stored at once: a pull that is killed asks for no more of them again."""
_PEOPLE: Final = 50_000

Row = dict[str, Any]


@dataclass(slots=True)
class Pull:
    """
    The walk, and where it stands.

    Attributes:
        place: What is stored so far.
    """

    settings: Gorgias
    desk: Desk
    place: Place
    _people: dict[str, Who] = field(default_factory=dict)
    _gathered: Gathered | None = None
    _turns: Pages | None = None

    async def pages(self) -> AsyncIterator[Page]:
        """Yield everything that changed since the place."""
        async for page in self._tickets():
            yield page
        if self.settings.ratings and self.place.whole:
            async for page in self._ratings():
                yield page
        self.place = replace(self.place, whole=True)
        yield Page([], self.place.cursor())

    async def _tickets(self) -> AsyncIterator[Page]:
        turns = self.desk.http.pages()
        at = turns.turn(self.place.page)
        while True:
            answer = await self.desk.tickets(at)
            if answer is None:
                # Forgotten there; what is stored is passed over from the start.
                self.place = replace(self.place, page="")
                at = turns.turn("")
                continue
            turns.saw(answer.content)
            rows = payload.rows(payload.found(answer), "data")
            new = [row for row in rows if not self._has(row)]
            for start in range(0, len(new), SLICE):
                async for page in self._stored(new[start : start + SLICE]):
                    yield page
            after = following(answer)
            if not after:
                return
            # The place goes on only past what can change no more unseen.
            if rows and _changed(rows[-1]) <= self.desk.http.now() - LAG:
                self.place = replace(self.place, page=after)
            at = turns.turn(after)

    def _has(self, row: Row) -> bool:
        at = _changed(row)
        since = self.settings.since
        if since is not None and at < since:
            return True
        return self.place.has(payload.must_be_key(row), at, _version(row))

    async def _stored(self, rows: Sequence[Row]) -> AsyncIterator[Page]:
        gone = [row for row in rows if words.is_gone(row)]
        there = [row for row in rows if not words.is_gone(row)]
        await self._gather(there)
        found = await together([partial(self._conversation, row) for row in there])
        told = [one for conversation in found for one in conversation]
        for row in gone:
            # What it was rated is not news later, either.
            self._rated(payload.within(row, "satisfaction_survey"), Who())
        changes = [
            (payload.must_be_key(row), _changed(row), _version(row)) for row in rows
        ]
        tickets = self.place.tickets.after(changes, LAG)
        self.place = replace(self.place, tickets=tickets)
        names = [payload.must_be_key(row) for row in gone]
        for page in Told(told, gone_threads=names).pages(self.place.cursor()):
            yield page

    async def _gather(self, rows: Sequence[Row]) -> None:
        """
        Have at hand what is listed of these tickets' messages, where that spares calls.

        They are listed from the desk's beginning on, which is far where a later one is
        set. And only a ticket by itself tells its own fields, and its survey if the
        list does not.
        """
        if self.settings.since is not None or self.settings.fields:
            return
        if self._gathered is None:
            self._gathered = Gathered(
                self._said,
                "ticket_id",
                "created_datetime",
                self.desk.http.now,
                self.place.said,
                self.place.heard,
            )
        young = [
            row
            for row in rows
            if self._gathered.may_have(payload.moment(row, "created_datetime"))
            and self._tells_survey(row)
        ]
        if young:
            await self._gathered.reach(_changed(young[-1]), len(young))
        at, heard = self._gathered.page, self._gathered.until
        self.place = replace(self.place, said=at, heard=heard)

    async def _said(self, page: str) -> tuple[list[Row], str]:
        if self._turns is None:
            self._turns = self.desk.http.pages()
        answer = await self.desk.said(self._turns.turn(page))
        if answer.status >= 300:
            return [], ""
        self._turns.saw(answer.content)
        return payload.rows(payload.found(answer), "data"), following(answer)

    def _tells_survey(self, row: Row) -> bool:
        is_listed = self.place.whole or not self.settings.ratings
        return is_listed or "satisfaction_survey" in row

    def _at_hand(self, row: Row) -> list[Row]:
        """A listed ticket's messages, all of them; none where it must be asked for."""
        if self._gathered is None or not self._tells_survey(row):
            return []
        count = payload.number(row, "messages_count")
        changed = _changed(row) + LAG
        return self._gathered.take(payload.must_be_key(row), count, changed)

    async def _conversation(self, row: Row) -> list[Incoming | Unreadable]:
        if messages := self._at_hand(row):
            return self._told(row, messages)
        name = payload.must_be_key(row)
        ticket = await self.desk.ticket(name, fields=bool(self.settings.fields))
        if ticket is None or words.is_gone(ticket):
            return []
        messages = payload.rows(ticket, "messages")
        if (payload.number(row, "messages_count") or 0) > len(messages):
            messages = await self.desk.messages(name)
        return self._told(ticket, messages)

    def _told(self, ticket: Row, messages: list[Row]) -> list[Incoming | Unreadable]:
        by = payload.within(ticket, "customer")
        who = words.customer(by)
        if len(self._people) < _PEOPLE and (key := payload.key(by)):
            self._people[key] = who
        origin = self.settings.origin
        told = words.conversation(ticket, messages, self.settings.fields, origin)
        return [*told, *self._rated(payload.within(ticket, "satisfaction_survey"), who)]

    def _rated(self, survey: Row, who: Who) -> list[Incoming | Unreadable]:
        """A ticket's own survey, in a first pull; later they are listed for all."""
        if not survey or self.place.whole or not self.settings.ratings:
            return []
        ratings = self.place.ratings.after([_made(survey)], LOOKBACK)
        self.place = replace(self.place, ratings=ratings)
        if survey.get("score") is None:
            return []
        return [words.rating(survey, who, self.settings.origin)]

    async def _ratings(self) -> AsyncIterator[Page]:
        """
        Surveys that were answered; the place moves once all of them came.

        They are listed by creation, the newest first, and answered later.
        """
        before = self.place.ratings
        after = before
        begin = before.begins(LOOKBACK) or self.settings.since
        turns = self.desk.http.pages()
        at, more = "", True
        while more:
            answer = await self.desk.surveys(turns.turn(at))
            turns.saw(answer.content)
            rows = payload.rows(payload.found(answer), "data")
            told = [_made(row) for row in rows]
            new = [
                row
                for row, (name, when, how) in zip(rows, told, strict=True)
                if row.get("score") is not None
                and not before.knows(name, how)
                and (begin is None or when >= begin)
            ]
            names = sorted({payload.key(row, "customer_id") for row in new} - {""})
            found = await together([partial(self._customer, name) for name in names])
            who = dict(zip(names, found, strict=True))
            if new:
                ratings = [
                    words.rating(
                        row,
                        who.get(payload.key(row, "customer_id"), Who()),
                        self.settings.origin,
                    )
                    for row in new
                ]
                yield Page(ratings, None)
            after = after.after(told, LOOKBACK)
            at = following(answer)
            more = bool(at) and (begin is None or not told or told[-1][1] >= begin)
        self.place = replace(self.place, ratings=after)

    async def _customer(self, name: str) -> Who:
        if name not in self._people:
            answer = await self.desk.ask(f"customers/{name}", allow={404})
            told = payload.found(answer) if answer.status < 300 else {}
            if answer.status < 300:
                payload.must_be_key(told)
            self._people[name] = words.customer(told)
        return self._people[name]


def _changed(row: Row) -> datetime:
    return payload.must_be_moment(row, "updated_datetime")


def _version(row: Row) -> str:
    return payload.text(row, "updated_datetime")


def _made(row: Row) -> tuple[str, datetime, str]:
    """A survey's id, when it was made, and what changes once it is answered."""
    return (
        payload.must_be_key(row),
        payload.must_be_moment(row, "created_datetime"),
        f"{payload.text(row, 'scored_datetime')} {payload.number(row, 'score')}",
    )
