"""What a search of HubSpot's objects by time of change asks for, page after page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from triage.connector import SourceUnavailable
from triage_connectors import saved
from triage_connectors.payload import Values, moment, must_be_key, within

SIZE: Final = 200
CHANGED: Final = "hs_lastmodifieddate"
_ID: Final = "hs_object_id"


@dataclass(frozen=True, slots=True)
class Window:
    """
    The next page of a search, named by where the last ended and not by its number.

    A search tells 10,000 results at most, and what changes meanwhile moves to its end
    and all others one up. So each page is the first of a search of its own, from the
    last moment told on; what is told twice is known. Where a whole page is of one
    moment, those of that moment are told by id.

    Attributes:
        since: The moment, in milliseconds since 1970.
        tie: The id after which those of just that moment are wanted; "" where all from
            it on are.
    """

    since: int = 0
    tie: str = ""

    def asked(self) -> dict[str, Any]:
        """Filters, order and size of the search."""
        filters = [_filter(CHANGED, "EQ" if self.tie else "GTE", str(self.since))]
        if self.tie:
            filters.append(_filter(_ID, "GT", self.tie))
        order = {"propertyName": _ID if self.tie else CHANGED, "direction": "ASCENDING"}
        return {"filterGroups": [{"filters": filters}], "sorts": [order], "limit": SIZE}

    def after(self, told: Sequence[Values], *, more: bool) -> Window | None:
        """The window after a page; None after the last."""
        if self.tie:
            last = must_be_key(told[-1]) if told and more else ""
            return Window(self.since, last) if last else Window(self.since + 1)
        if not more or not told:
            return None
        since = changed_ms(told[-1])
        return Window(since) if since > self.since else Window(self.since, "0")

    def saved(self) -> str:
        """It as a cursor keeps it."""
        return f"{self.since}/{self.tie}"

    @classmethod
    def read(cls, value: str) -> Window:
        """The window a cursor keeps; SourceError where it is damaged."""
        since, _, tie = value.partition("/")
        if not since.isdecimal() or not (tie.isdecimal() or not tie):
            raise saved.damaged("at")
        return cls(int(since), tie)


def changed_ms(row: Values) -> int:
    """When an object was changed last, in milliseconds since 1970."""
    at = moment(within(row, "properties"), CHANGED) or moment(row, "updatedAt")
    if at is None:
        raise SourceUnavailable(
            "HubSpot told something without the time of its last change; try again"
            " later"
        )
    return round(at.timestamp() * 1000)


def _filter(name: str, operator: str, value: str) -> dict[str, str]:
    return {"propertyName": name, "operator": operator, "value": value}
