"""One pull of a Request Tracker: its transactions by number, a hundred at a time."""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from triage.connector import Incoming, Page
from triage.text.mail_author import is_own
from triage_connectors import payload, request_tracker_api, request_tracker_told
from triage_connectors.request_tracker_api import AT_ONCE, Tracker, number_of
from triage_connectors.request_tracker_place import Place
from triage_connectors.request_tracker_told import Parts, Ticket, by_transaction
from triage_connectors.together import together

if TYPE_CHECKING:
    from triage_connectors.request_tracker import RequestTracker

_SPARE: Final = timedelta(days=1)
"""More than zones are apart."""

_SAID: Final = frozenset({"Create", "Correspond"})
_ROBOTS: Final = frozenset({"RT_System", "Nobody"})

Row: TypeAlias = dict[str, Any]
Parted: TypeAlias = Callable[[Sequence[str]], Awaitable[list[Row]]]


@dataclass(slots=True)
class Walk:
    """
    A pull on its way.

    Attributes:
        place: Where it has come to.
        told: Numbers of the messages that came with this pull, told as they are now.
        whole: Tickets of which all came, or comes in its turn.
        opened: Those of which at least the first message did.
        privileged: What was asked about people, by the names of their accounts.
    """

    tracker: Tracker
    settings: RequestTracker
    place: Place
    told: set[int] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    privileged: dict[str, bool] = field(default_factory=dict)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what is new, in the order of the numbers."""
        where = await self._where()
        newest = await self.tracker.newest(where)
        moved = False
        async for rows in self._fresh(newest, where):
            moved = True
            yield await self._page(rows)
        if not moved:
            yield Page((), self.place.cursor())

    async def _fresh(
        self, newest: Sequence[Row], where: str
    ) -> AsyncIterator[Sequence[Row]]:
        """Yield the transactions that are not stored, by their numbers, in pages."""
        numbers = [number_of(row) for row in newest]
        end, floor = max(numbers, default=0), self.place.floor
        if numbers and min(numbers) <= floor:
            # All that is new is in sight already.
            rows = sorted(newest, key=number_of)
            if fresh := self._unknown(rows, end):
                yield fresh
            return
        turns = self.tracker.clock.pages()
        last, page = floor, 1
        while not end or last < end:
            turns.turn(f"{last} {page}")
            rows = await self.tracker.after(last, where, page)
            if not rows and not end:
                return
            if not rows:
                # Of what the account has no right to see, pages come empty.
                page += 1
                continue
            last, page = number_of(rows[-1]), 1
            # What came meanwhile is the next pull's, told as things are then.
            if fresh := self._unknown(rows, end or last):
                yield fresh

    def _unknown(self, rows: Sequence[Row], end: int) -> list[Row]:
        known, floor = self.place.known, self.place.floor
        return [
            row
            for row in rows
            if floor < number_of(row) <= end and number_of(row) not in known
        ]

    async def _where(self) -> str:
        """What is asked for, whatever the number."""
        queues = [await self.tracker.queue(name) for name in self.settings.queues]
        said, became = request_tracker_api.SAID, request_tracker_api.BECAME
        told = [f"({said} OR {became})", request_tracker_api.in_queues(queues)]
        if self.settings.since is not None and not self.place.floor:
            told.append(request_tracker_api.since(self.settings.since - _SPARE))
        return " AND ".join(filter(None, told))

    async def _page(self, rows: Sequence[Row]) -> Page:
        said = [row for row in rows if _type(row) in _SAID]
        became = [row for row in rows if _type(row) not in _SAID]
        again = await self._again(said, became)
        every = {number_of(row): row for row in [*said, *again]}
        names = {_ticket(row) for row in [*every.values(), *became]}
        tickets = await self._tickets(names)
        wanted = [
            row
            for number, row in sorted(every.items())
            if number not in self.told
            and _ticket(row) in tickets
            and self._is_wanted(row)
        ]
        self.told |= every.keys()
        items = await self._messages(wanted, tickets)
        gone = {_ticket(row) for row in became if _deletes(row)} - tickets.keys()
        now = self.tracker.clock.now()
        self.place = self.place.after(
            (number_of(row), min(now, payload.must_be_moment(row, "Created")))
            for row in rows
        )
        return Page(items, self.place.cursor(), gone_threads=sorted(gone, key=int))

    async def _again(self, said: Sequence[Row], became: Sequence[Row]) -> list[Row]:
        """Return what has to be told anew because of what became of its ticket."""
        self.whole |= {_ticket(row) for row in said if _type(row) == "Create"}
        moved = {_ticket(row) for row in became if _moves(row)} - self.whole
        self.whole |= moved
        changed = {_ticket(row) for row in became} - self.whole - self.opened
        self.opened |= changed
        return await self.tracker.of_tickets(moved, changed)

    def _is_wanted(self, row: Row) -> bool:
        since = self.settings.since
        return since is None or payload.must_be_moment(row, "Created") >= since

    async def _tickets(self, names: Iterable[str]) -> dict[str, Ticket]:
        """Return tickets as they are now; of merged ones those they went into."""
        rows = await self.tracker.tickets(names)
        into = {payload.must_be_key(row, "EffectiveId") for row in rows.values()}
        rows |= await self.tracker.tickets(into - rows.keys())
        found = {}
        for name, row in rows.items():
            into_name = payload.must_be_key(row, "EffectiveId")
            if into_name not in rows:  # what it went into was deleted
                continue
            main = rows[into_name]
            askers = payload.inside(main, "Requestor")
            if main is not row:
                askers = [*payload.inside(row, "Requestor"), *askers]
            found[name] = Ticket(into_name, main, askers)
        return found

    async def _messages(
        self, rows: Sequence[Row], tickets: Mapping[str, Ticket]
    ) -> list[Incoming]:
        ours = {
            number_of(row): await self._is_ours(row, tickets[_ticket(row)])
            for row in rows
        }
        names = [str(number) for number in ours]
        customers = [str(number) for number, is_ours in ours.items() if not is_ours]
        asked: list[tuple[Parted, Sequence[str]]] = [
            (self.tracker.texts, names),
            (self.tracker.files, names),
            (self.tracker.heads, customers),
        ]
        found = await together([partial(_all, *one) for one in asked])
        parts = Parts(*map(by_transaction, found))
        told = [
            self._said(row, tickets[_ticket(row)], parts, is_ours=ours[number_of(row)])
            for row in rows
        ]
        return [one for one in told if one is not None]

    def _said(
        self, row: Row, ticket: Ticket, parts: Parts, *, is_ours: bool
    ) -> Incoming | None:
        person = _creator(row)
        forms = self.settings.forms
        if (
            _type(row) == "Create"
            and payload.text(person, "Name") in forms
            and ticket.requestors
        ):
            person, is_ours = ticket.requestors[0], False
        asker = next(iter(ticket.requestors), person)
        talk = ticket.talk(
            self.settings.home, self.settings.fields, asker if is_ours else person
        )
        speaker = request_tracker_told.who(person, is_ours=is_ours)
        return request_tracker_told.said(talk, row, speaker, parts)

    async def _is_ours(self, row: Row, ticket: Ticket) -> bool:
        """
        Whether our side said it.

        Who is privileged is told of one account at a time. It is not asked of
        requestors whose account is named by their address: so are those that are made
        for whoever writes a mail.
        """
        person = _creator(row)
        name = payload.text(person, "Name")
        email = payload.text(person, "EmailAddress")
        if not name or name in _ROBOTS or name.isdecimal():
            return True
        if is_own(email.casefold(), self.settings.own_domains):
            return True
        if name not in self.privileged:
            if name in ticket.askers and name.casefold() == email.casefold():
                return False
            self.privileged[name] = await self.tracker.is_privileged(name)
        return self.privileged[name]


async def _all(ask: Parted, names: Sequence[str]) -> list[Row]:
    """Return what is told of so many transactions, of several lots at once."""
    lots = [names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE)]
    answers = await together([partial(ask, lot) for lot in lots])
    return [row for answer in answers for row in answer]


def _type(row: Row) -> str:
    return payload.text(row, "Type")


def _ticket(row: Row) -> str:
    return str(number_of({"id": row.get("ObjectId")}))


def _creator(row: Row) -> payload.Values:
    return payload.within(row, "Creator")


def _deletes(row: Row) -> bool:
    return _type(row) == "Status" and payload.text(row, "NewValue") == "deleted"


def _moves(row: Row) -> bool:
    """Whether all that was said may have to be told anew, or for the first time."""
    return (
        _type(row) == "AddLink"
        or (_type(row) == "Set" and payload.text(row, "Field") == "Queue")
        or (_type(row) == "Status" and payload.text(row, "OldValue") == "deleted")
    )
