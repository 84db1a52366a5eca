"""The little of Request Tracker's query language that is asked of a made-up one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
_TOKEN = re.compile(r"\s*(\(|\)|>=|<=|!=|=|>|<|'[^']*'|[\w.]+)")
_NAMES = frozenset(
    [
        "id", "ObjectId", "ObjectType", "Type", "Field", "NewValue", "Created", "Creator",
        "TicketQueue", "TicketType", "Queue", "Status", "LastUpdated", "EffectiveId",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """
    What a query asks for.

    Attributes:
        holds: Whether a row is asked for.
        above: No row with this number or a lower one is.
        objects: The tickets whose transactions may be; None for any.
        ids: The rows that may be; None for any.
        names: The fields it names.
    """

    holds: Callable[[Row], bool]
    above: int = 0
    objects: frozenset[int] | None = None
    ids: frozenset[int] | None = None
    names: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reading:
    tokens: list[str]
    zone: timedelta
    at: int = 0
    names: set[str] = field(default_factory=set)

    def next(self) -> str:
        if self.at >= len(self.tokens):
            raise ValueError("Incomplete query")
        self.at += 1
        return self.tokens[self.at - 1]

    def either(self) -> Query:
        found = [self.all()]
        while self._is("OR"):
            found.append(self.all())
        if len(found) == 1:
            return found[0]
        return Query(
            lambda row: any(one.holds(row) for one in found),
            objects=_united(one.objects for one in found),
            ids=_united(one.ids for one in found),
        )

    def all(self) -> Query:
        found = [self.one()]
        while self._is("AND"):
            found.append(self.one())
        objects = [one.objects for one in found if one.objects is not None]
        ids = [one.ids for one in found if one.ids is not None]
        return Query(
            lambda row: all(one.holds(row) for one in found),
            above=max(one.above for one in found),
            objects=objects[0] if objects else None,
            ids=ids[0] if ids else None,
        )

    def one(self) -> Query:
        name = self.next()
        if name == "(":
            inner = self.either()
            if self.next() != ")":
                raise ValueError("Incomplete query, expecting a close paren")
            return inner
        if name not in _NAMES:
            raise ValueError(f"Unknown field: {name}")
        self.names.add(name)
        how, value = self.next(), self.next().strip("'")
        return self._compared(name, how, value)

    def _compared(self, name: str, how: str, value: str) -> Query:
        if name in {"Created", "LastUpdated"}:
            moment = self._moment(value)
            return Query(lambda row: bool(row[name] >= moment))
        if name == "ObjectType":
            return Query(lambda _: value == "RT::Ticket")
        if how == ">":
            above = int(value)
            bound = above if name == "id" else 0
            return Query(lambda row: int(row[name]) > above, above=bound)
        only = frozenset({int(value)}) if value.isdecimal() else None
        return Query(
            lambda row: (str(row[name]) == value) == (how == "="),
            objects=only if name == "ObjectId" else None,
            ids=only if name == "id" else None,
        )

    def _moment(self, value: str) -> datetime:
        """A time in the zone of the account; what cannot be read is 1970."""
        try:
            told = datetime.strptime(f"{value}+0000", "%Y-%m-%d %H:%M:%S%z")
        except ValueError:
            return datetime(1970, 1, 1, tzinfo=UTC)
        return told - self.zone

    def _is(self, word: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == word:
            self.at += 1
            return True
        return False


@lru_cache(maxsize=64)
def parsed(text: str, zone: timedelta) -> Query:
    """Return what it asks for; ValueError where it cannot be read."""
    reading = _Reading(list(_tokens(text)), zone)
    found = reading.either()
    if reading.at != len(reading.tokens):
        raise ValueError("Wrong query, expecting an AND or OR")
    return Query(
        found.holds, found.above, found.objects, found.ids, frozenset(reading.names)
    )


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"Wrong query at {text[at : at + 20]!r}")
        yield found[1]
        at = found.end()


def _united(several: Iterator[frozenset[int] | None]) -> frozenset[int] | None:
    told = list(several)
    if any(one is None for one in told):
        return None
    return frozenset().union(*(one for one in told if one is not None))
