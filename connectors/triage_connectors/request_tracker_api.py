"""What a Request Tracker is asked over REST 2.0, many rows at a time."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from triage.connector import ConfigError, Secret, SourceUnavailable
from triage_connectors import payload

if TYPE_CHECKING:
    from triage.transport import Http, Response

FULL: Final = 100
"""Rows of an answer; more are silently not given."""
AT_ONCE: Final = FULL - 1
"""Things asked about at once: where each has a row, one answer shows it is all."""

SAID: Final = "(Type = 'Create' OR Type = 'Correspond')"
BECAME: Final = (
    "Type = 'Status' OR Type = 'CustomField'"
    " OR (Type = 'Set' AND (Field = 'Subject' OR Field = 'Queue'))"
    " OR (Type = 'AddLink' AND Field = 'MergedInto')"
)
_PERSON: Final = "Name,EmailAddress,RealName,Organization"
_TRANSACTION: Final[Mapping[str, str | int]] = {
    "fields": "Type,Field,OldValue,NewValue,Created,ObjectId,Creator",
    "fields[Creator]": _PERSON,
    "per_page": AT_ONCE,
    "orderby": "id",
    "order": "ASC",
}
_TICKET: Final[Mapping[str, str | int]] = {
    "fields": "Subject,Status,EffectiveId,Resolved,Requestor,CustomFields",
    "fields[Requestor]": _PERSON,
    "per_page": FULL,
    "orderby": "id",
}
_OF_TICKETS: Final = "ObjectType = 'RT::Ticket' AND TicketType = 'ticket'"
_TEXTS: Final = ("text/plain", "text/html")
_INLINE: Final = (
    *(("ContentType", "=", kind) for kind in _TEXTS),
    ("Filename", "IS", "NULL"),
)
_KINDS: Final[Mapping[str, str | int]] = {
    "fields": "ContentType,Filename",
    "per_page": FULL,
}
_OWNER: Final = re.compile(r"\d+-(\d+)-\w+")


@dataclass(frozen=True, slots=True)
class Tracker:
    """
    A Request Tracker that lets us in with a token.

    Attributes:
        clock: The client, for its time and its guard against circles.
        http: The same, at the address of REST 2.0.
    """

    clock: Http
    http: Http
    token: Secret

    async def get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        allow: Sequence[int] = (),
    ) -> Response:
        """Return what is there."""
        return await self.http.get(
            path, params=params, headers=self._signed(), allow=allow
        )

    @property
    def account(self) -> str:
        """The number of the user the token is of; "" where it does not tell."""
        found = _OWNER.fullmatch(self.token.reveal())
        return found[1] if found else ""

    async def newest(self, where: str) -> list[dict[str, Any]]:
        """Return the last transactions there are, the very last first."""
        told = {**_TRANSACTION, "query": _query(where), "order": "DESC"}
        answer = await self.get("transactions", told)
        return payload.rows(payload.found(answer), "items")

    async def after(
        self, number: int, where: str, page: int = 1
    ) -> list[dict[str, Any]]:
        """Return a page of those with a higher number, in their order."""
        query = _query(f"{where} AND id > {number}")
        # Where rows are left out for want of rights, a page may be empty.
        told = {**_TRANSACTION, "query": query, "page": page}
        return _beyond(number, payload.found(await self.get("transactions", told)))

    async def of_tickets(
        self, whole: Collection[str], first: Collection[str]
    ) -> list[dict[str, Any]]:
        """Return all that was said in some tickets, and what others began with."""
        every, opened = _either("ObjectId", whole), _either("ObjectId", first)
        wanted = [f"({every} AND {SAID})"] if every else []
        wanted += [f"({opened} AND Type = 'Create')"] if opened else []
        if not wanted:
            return []
        rows = await self._every(f"({' OR '.join(wanted)})")
        of = {payload.must_be_key(row, "ObjectId") for row in rows}
        kinds = {payload.text(row, "Type") for row in rows}
        if not of <= {*whole, *first} or not kinds <= {"Create", "Correspond"}:
            raise _circle("transactions")
        return rows

    async def tickets(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return these tickets by number; one that was deleted is not among them."""
        asked = sorted(set(names), key=int)
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(asked), AT_ONCE):
            some = _either("id", asked[start : start + AT_ONCE])

            def ask(number: int, some: str = some) -> Awaitable[Response]:
                # Without the second condition those merged into others are left out.
                query = f"{some} AND EffectiveId > 0 AND id > {number}"
                return self.get("tickets", {**_TICKET, "query": query})

            found |= {str(number_of(row)): row for row in await _all(ask)}
        if not found.keys() <= set(asked):
            raise _circle("tickets")
        await self._check_missing([name for name in asked if name not in found])
        return found

    async def _check_missing(self, names: Sequence[str]) -> None:
        """Make sure that tickets a search does not find are deleted, or not ours."""
        deleted: set[str] = set()
        for start in range(0, len(names), AT_ONCE):
            some = _either("ObjectId", names[start : start + AT_ONCE])
            ends = f"{some} AND Type = 'Status' AND NewValue = 'deleted'"
            rows = await self._every(ends)
            deleted |= {payload.must_be_key(row, "ObjectId") for row in rows}
        for name in names:
            if name in deleted:
                continue
            answer = await self.get(f"ticket/{name}", allow=(403, 404))
            if answer.status != 200:
                continue
            if payload.text(payload.found(answer), "Status") != "deleted":
                raise _circle("tickets")

    async def _every(self, where: str) -> list[dict[str, Any]]:
        """Return all transactions of a kind, in their order."""

        def ask(number: int) -> Awaitable[Response]:
            query = _query(f"{where} AND id > {number}")
            return self.get("transactions", {**_TRANSACTION, "query": query})

        return await _all(ask)

    async def parts(
        self, transactions: Sequence[str], wanted: str, *which: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        """
        Return parts of the messages of some transactions, in their order.

        Args:
            wanted: What is told of each, beside its transaction.
            which: Conditions: the name of a field, how it compares, and with what.
        """
        limits = [{"field": "TransactionId", "value": one} for one in transactions]
        limits += [
            {"field": name, "operator": how, "value": value}
            for name, how, value in which
        ]

        def ask(number: int) -> Awaitable[Response]:
            more = {"field": "id", "operator": ">", "value": str(number)}
            fields = f"TransactionId,{wanted}"
            return self.http.post(
                "attachments",
                json=[*limits, more],
                params={"fields": fields, "per_page": FULL, "orderby": "id"},
                headers=self._signed(),
                idempotent=True,
            )

        found = await _all(ask) if transactions else []
        of = {payload.must_be_key(row, "TransactionId") for row in found}
        told = set(wanted.split(","))
        if not of <= set(transactions) or any(not told <= row.keys() for row in found):
            raise _circle("attachments")
        return found

    async def texts(self, transactions: Sequence[str]) -> list[dict[str, Any]]:
        """Return the parts that are a message itself, be it as text or as HTML."""
        found = await self.parts(transactions, "Content,ContentType", *_INLINE)
        if found:
            return found
        # Nobody having said anything is rare enough to be asked in another way.
        for name in transactions:
            path = f"transaction/{name}/attachments"
            answer = await self.get(path, _KINDS)
            for part in payload.rows(payload.found(answer), "items"):
                is_file = payload.text(part, "Filename")
                if payload.text(part, "ContentType") in _TEXTS and not is_file:
                    raise _circle("attachments")
        return found

    async def files(self, transactions: Sequence[str]) -> list[dict[str, Any]]:
        """Return the names of what was attached."""
        return await self.parts(
            transactions, "Filename", ("Filename", "IS NOT", "NULL")
        )

    async def heads(self, transactions: Sequence[str]) -> list[dict[str, Any]]:
        """Return the header each message came with."""
        return await self.parts(transactions, "Headers", ("MessageId", "!=", ""))

    async def is_privileged(self, name: str) -> bool:
        """Whether a user is one of the desk's own; so is who is not there any more."""
        answer = await self.get(f"user/{quote(name, safe='')}", allow=(404,))
        if answer.status == 404:
            return True
        told = payload.found(answer)
        if "Privileged" not in told:
            raise SourceUnavailable(
                f"{answer.where} does not tell whether a user is privileged; try again"
                " later"
            )
        return payload.number(told, "Privileged") != 0

    async def queue(self, name: str) -> str:
        """Return the number of a queue."""
        path = f"queue/{quote(name, safe='')}"
        answer = await self.get(path, allow=(403, 404))
        if answer.status != 200:
            raise ConfigError(
                f"there is no queue {name!r} the account of the token has the right to"
                " see; look at the spelling in the setting queues, or grant it SeeQueue"
                " and ShowTicket there"
            )
        return payload.must_be_key(payload.found(answer))

    def _signed(self) -> dict[str, Secret]:
        return {"Authorization": Secret(f"token {self.token.reveal()}")}


async def _all(ask: Callable[[int], Awaitable[Response]]) -> list[dict[str, Any]]:
    """Return the rows of all answers; each is asked for with the last number before."""
    found: list[dict[str, Any]] = []
    while True:
        last = number_of(found[-1]) if found else 0
        answer = payload.found(await ask(last))
        rows = _beyond(last, answer)
        found += rows
        # The service may well give fewer at once than it is asked for.
        if len(rows) < (payload.number(answer, "per_page") or 1):
            return found


def _beyond(number: int, answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of an answer, if they are such as were asked for."""
    rows = payload.rows(answer, "items")
    numbers = [number, *map(number_of, rows)]
    if any(late <= early for early, late in pairwise(numbers)):
        raise _circle("rows")
    return rows


def number_of(row: payload.Values) -> int:
    """The number of a row; the service tells numbers as texts."""
    told = row.get("id")
    if type(told) is str and told.isdecimal():
        return int(told)
    told = payload.must_be_key(row)
    if not told.isdecimal():
        raise SourceUnavailable(
            f"the service told an id that is no number, {told[:20]!r}; try again later"
        )
    return int(told)


def since(moment: datetime) -> str:
    """
    Return what narrows transactions to those made since, give or take a day.

    The service reads a time in the zone of its account, which nothing tells, and of one
    that names a zone the day alone. So no exact moment can be asked for.
    """
    return f"Created >= '{moment:%Y-%m-%d %H:%M:%S}'"


def in_queues(numbers: Iterable[str]) -> str:
    """Return what narrows transactions to those of some queues; "" for all."""
    return _either("TicketQueue", numbers)


def _query(where: str) -> str:
    return f"{_OF_TICKETS} AND {where}"


def _either(name: str, values: Iterable[str]) -> str:
    told = " OR ".join(f"{name} = {value}" for value in values)
    return f"({told})" if told else ""


def _circle(what: str) -> SourceUnavailable:
    return SourceUnavailable(
        f"the service answered other {what} than it was asked for; what came before is"
        " kept, try again later"
    )
