"""One pull of Intercom: conversations by the time of their change, then tickets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Cursor, Incoming, Page
from triage_connectors import (
    intercom_conversations,
    intercom_tickets,
    payload,
    saved,
)
from triage_connectors.intercom_conversations import Reading, contact_of, is_told_by_row
from triage_connectors.together import together
from triage_connectors.told import Told
from triage_connectors.watermark import NAMES, Watermark

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.intercom_api import Intercoms

LAG: Final = timedelta(minutes=2)
"""How long the search may take to find what changed."""
OVERLAP: Final = timedelta(minutes=1)
"""How far before the end of one walk the next begins."""
AT_ONCE: Final = 30
"""Conversations whose parts are asked for before they are stored."""


@dataclass(frozen=True, slots=True)
class Left:
    """
    Where an Intercom source was left.

    Attributes:
        heard: Up to where every conversation was told by whole walks; None before one.
    """

    conversations: Watermark = field(default_factory=Watermark)
    tickets: Watermark = field(default_factory=Watermark)
    heard: datetime | None = None

    @classmethod
    def read(cls, cursor: Cursor | None, now: datetime) -> Left:
        """The place a cursor holds; SourceError where it is damaged or to come."""
        if cursor is None:
            return cls()
        values = saved.parsed(cursor, (*NAMES, "heard", "tickets"))
        tickets = saved.table(values, "tickets")
        heard = saved.moment(values, "heard")
        saved.passed(heard, now)
        return cls(Watermark.read(values, now), Watermark.read(tickets, now), heard)

    def cursor(self) -> Cursor:
        """This place as text."""
        return self.conversations.cursor(
            heard=saved.stamp(self.heard), tickets=self.tickets.values()
        )


@dataclass(slots=True)
class Walk:
    """
    A pull on its way.

    Attributes:
        left: Where it has come to.
        since: Where a first pull begins; None for the very start.
    """

    http: Http
    desk: Intercoms
    reading: Reading
    left: Left
    since: datetime | None
    with_tickets: bool

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what changed since the last walk."""
        began = self.left.cursor()
        until = self.http.now() - LAG
        async for page in self._conversations(until):
            yield page
        self.left = replace(self.left, heard=max(until, self.left.heard or until))
        if self.with_tickets:
            async for page in self._tickets(until):
                yield page
        # A page of nothing says where the next walk begins.
        if self.left.cursor() != began:
            yield Page((), self.left.cursor(), progress=1.0)
        else:
            yield Page((), None)

    async def _conversations(self, until: datetime) -> AsyncIterator[Page]:
        mark = self.left.conversations
        version = intercom_conversations.version
        async for rows, done in self._rows("conversations", mark, until, version):
            told = await self._told(rows)
            mark = mark.after(_changes(rows, until, version), OVERLAP)
            self.left = replace(self.left, conversations=mark)
            for page in told.pages(self.left.cursor(), done):
                yield page

    async def _tickets(self, until: datetime) -> AsyncIterator[Page]:
        mark = self.left.tickets
        version = intercom_tickets.version
        async for rows, _ in self._rows("tickets", mark, until, version):
            told = await self.tickets(rows)
            mark = mark.after(_changes(rows, until, version), OVERLAP)
            self.left = replace(self.left, tickets=mark)
            for page in told.pages(self.left.cursor()):
                yield page

    async def _rows(
        self,
        kind: str,
        mark: Watermark,
        until: datetime,
        version: Callable[[payload.Values], str],
    ) -> AsyncIterator[tuple[list[dict[str, Any]], float | None]]:
        """Yield what is not stored as it is now, a few at a time, oldest first."""
        turns, after, count = self.http.pages(), "", 0
        begins = mark.begins(OVERLAP) or self.since
        while True:
            answer = await self.desk.search(kind, begins, until, turns.turn(after))
            turns.saw(answer.content)
            told = payload.found(answer)
            rows = payload.rows(told, kind)
            count += len(rows)
            total = payload.number(told, "total_count")
            done = min(1.0, count / total) if total else None
            fresh = [
                row
                for row in rows
                if not mark.knows(payload.must_be_key(row), version(row))
            ]
            for first in range(0, len(fresh), AT_ONCE):
                yield fresh[first : first + AT_ONCE], done
            after = payload.text(
                payload.within(told, "pages", "next"), "starting_after"
            )
            if not after:
                return

    async def _told(self, rows: Sequence[payload.Values]) -> Several:
        """What conversations say, by their rows where those say all that is new."""
        people = await self._contacts(rows) if self.reading.asks_contacts else {}
        whole = [row for row in rows if not is_told_by_row(row, self.left.heard)]
        names = [payload.must_be_key(row) for row in whole]
        answers = await together(
            partial(self.desk.one, "conversations", name) for name in names
        )
        found = dict(zip(names, answers, strict=True))
        told = Several()
        for row in rows:
            name = payload.must_be_key(row)
            values = found.get(name, row)
            if values is None:
                told.gone.append(name)
                continue
            contact = people.get(contact_of(values), {})
            told.add(
                *intercom_conversations.told(
                    self.reading, values, contact, parts=name in found
                )
            )
        return told

    async def conversations(self, names: Sequence[str]) -> Several:
        """What these conversations say as they are now, and which are no more."""
        values, gone = await self._whole("conversations", names)
        people = await self._contacts(values) if self.reading.asks_contacts else {}
        told = Several(gone=gone)
        for one in values:
            contact = people.get(contact_of(one), {})
            told.add(*intercom_conversations.told(self.reading, one, contact))
        return told

    async def named_tickets(self, names: Sequence[str]) -> Several:
        """What these tickets say as they are now, and which are no more."""
        values, gone = await self._whole("tickets", names)
        told = await self.tickets(values)
        told.gone += gone
        return told

    async def tickets(self, rows: Sequence[payload.Values]) -> Several:
        """What tickets say that customers can see."""
        seen = [row for row in rows if intercom_tickets.is_customers(row)]
        people = await self._contacts(seen)
        told = Several()
        for row in seen:
            contact = people.get(contact_of(row), {})
            told.add(*intercom_tickets.told(self.reading, row, contact))
        return told

    async def _whole(
        self, kind: str, names: Sequence[str]
    ) -> tuple[list[dict[str, Any]], list[str]]:
        answers = await together(partial(self.desk.one, kind, name) for name in names)
        pairs = list(zip(names, answers, strict=True))
        there = [one for _, one in pairs if one is not None]
        return there, [name for name, one in pairs if one is None]

    async def _contacts(
        self, rows: Sequence[payload.Values]
    ) -> dict[str, dict[str, Any]]:
        return await self.desk.contacts(map(contact_of, rows))


@dataclass(slots=True)
class Several:
    """What several conversations say, on its way into pages."""

    items: list[Incoming] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def add(self, items: Sequence[Incoming], gap: str) -> None:
        """Take what one of them says, and what of it did not come."""
        self.items += items
        if gap:
            self.gaps.append(gap)

    def pages(self, cursor: Cursor | None, done: float | None = None) -> list[Page]:
        """The pages of it, of which the last alone says where to resume."""
        gap = "; ".join(self.gaps[:3])
        if len(self.gaps) > 3:
            gap += f"; and so it is with {len(self.gaps) - 3:,} more"
        told = Told(self.items, gone_threads=self.gone)
        return told.pages(cursor, gap=gap, progress=done)


def _changes(
    rows: Sequence[payload.Values],
    until: datetime,
    version: Callable[[payload.Values], str],
) -> list[tuple[str, datetime, str]]:
    """Name, time of change and version of each, none of a time to come."""
    return [
        (
            payload.must_be_key(row),
            min(payload.must_be_moment(row, "updated_at"), until),
            version(row),
        )
        for row in rows
    ]
