"""One app in one storefront, newest first, until what is known is met."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from triage.connector import SourceUnavailable
from triage_connectors.app_store_feed_entries import Entry, from_json, from_xml
from triage_connectors.app_store_feed_place import NOTHING

if TYPE_CHECKING:
    from triage.transport import Http
    from triage.transport.response import Response

PAGES: Final = 10
"""Pages there are of a storefront; one more is refused."""
SIZE: Final = 50
MOST: Final = PAGES * SIZE

LAG: Final = 3 * 86_400
"""
Seconds behind what is known that are read again: a review appears when it has been
looked at, days after it was written, and is told to be of the day it was written.
"""

_NONE: Final = frozenset({400, 404})
_ILL: Final = frozenset({500, 502, 503, 504})


class Absent(Enum):
    """Why a page is not there."""

    REFUSED = auto()
    """No such page: past the end, or no such app or storefront."""
    SILENT = auto()
    """The feed answers neither form as promised, just now."""


class End(Enum):
    """How a walk ended."""

    MET = auto()
    """What was known was met."""
    ENDED = auto()
    """Nothing was known, and all there is was read."""
    FULL = auto()
    """The last page the feed gives was read, and what was known was not on it."""
    EARLY = auto()
    """Fewer are there than were known: the feed leaves reviews out at times."""
    REFUSED = auto()
    """The feed knows no such app or storefront."""
    SILENT = auto()
    """The feed did not answer as promised."""


@dataclass(slots=True)
class Feed:
    """
    The feed as it answers in this pull.

    Attributes:
        forms: The two forms it has, the one that worked last first.
    """

    http: Http
    forms: tuple[str, ...] = ("json", "xml")

    async def page(
        self, app: str, country: str, number: int, *, filled: bool
    ) -> list[Entry] | Absent:
        """
        One page of reviews, in whichever form has them with their dates.

        Args:
            filled: Whether reviews are known to be there, so that none is an error.
        """
        found: list[Entry] | Absent = Absent.SILENT
        for form in self.forms:
            answer = await self.http.get(
                f"{country.lower()}/rss/customerreviews/page={number}/id={app}"
                f"/sortby=mostrecent/{form}",
                allow=_NONE | _ILL,
            )
            told = _read(answer, form)
            if isinstance(told, list) and (
                (told and all(entry.at for entry in told)) or not (told or filled)
            ):
                self._prefer(form)
                return told
            found = _better(found, told)
            if told is Absent.REFUSED and number > 1 and not filled:
                return told
        return found

    def _prefer(self, form: str) -> None:
        # Whole weeks had one form only, or one without dates.
        self.forms = (form, *(one for one in self.forms if one != form))


@dataclass(slots=True)
class Walk:
    """
    A walk through the pages of one app in one storefront.

    Attributes:
        known: When the newest review known before is of, in seconds since 1970.
        seen: Every review met so far, and when it is of.
        end: How it ended; None until it did.
    """

    feed: Feed
    app: str
    country: str
    known: int = NOTHING
    seen: dict[str, int | None] = field(default_factory=dict)
    end: End | None = None

    @property
    def times(self) -> list[int]:
        """When the reviews met are of, the oldest first, in seconds since 1970."""
        return sorted(at for at in self.seen.values() if at)

    async def batches(self) -> AsyncIterator[list[Entry]]:
        """Yield what may be new of each page; ``end`` says then how it ended."""
        is_full = is_met = False
        for number in range(1, PAGES + 1):
            filled = is_full or (number == 1 and self.known != NOTHING)
            found = await self.feed.page(self.app, self.country, number, filled=filled)
            if isinstance(found, Absent):
                self.end = self._without(found, number, is_met)
                return
            fresh = [entry for entry in found if self._is_new(entry)]
            ages = [self.known - entry.seconds for entry in fresh if entry.seconds]
            recent = [
                entry
                for entry in fresh
                if not entry.seconds or self.known - entry.seconds <= LAG
            ]
            if recent:
                yield recent
            is_full = len(found) >= SIZE
            is_met = is_met or any(age >= 0 for age in ages)
            if is_met and (not is_full or any(age > LAG for age in ages)):
                self.end = End.MET
                return
            if not fresh:
                # Nothing there; or a page that came before and hides those behind it.
                self.end = End.EARLY if is_full else self._over(is_met)
                return
        self.end = End.MET if is_met else End.FULL

    def _is_new(self, entry: Entry) -> bool:
        """Whether it was not met in this walk: pages move while they are read."""
        name = entry.id or repr(entry.told)
        if name in self.seen:
            return False
        self.seen[name] = entry.seconds
        return True

    def _without(self, found: Absent, number: int, is_met: bool) -> End:
        if found is Absent.SILENT:
            return End.SILENT
        return End.REFUSED if number == 1 else self._over(is_met)

    def _over(self, is_met: bool) -> End:
        if is_met:
            return End.MET
        return End.ENDED if self.known == NOTHING else End.EARLY


def _read(answer: Response, form: str) -> list[Entry] | Absent:
    if answer.status in _NONE:
        return Absent.REFUSED
    if answer.status in _ILL:
        return Absent.SILENT
    if form == "xml":
        found = from_xml(answer.content)
    else:
        try:
            found = from_json(answer.json())
        except SourceUnavailable:
            # A page for people, with status 200; the other form may be there.
            found = None
    return Absent.SILENT if found is None else found


def _better(
    one: list[Entry] | Absent, other: list[Entry] | Absent
) -> list[Entry] | Absent:
    """Whichever of two answers says more: reviews, then none, then a refusal."""
    return max(one, other, key=_worth)


def _worth(found: list[Entry] | Absent) -> int:
    if isinstance(found, list):
        return 2 + len(found)
    return int(found is Absent.REFUSED)


def shown(countries: Collection[str], most: int = 12) -> str:
    """Storefronts as one phrase, the first of them where there are many."""
    some = list(countries)[:most]
    more = len(countries) - len(some)
    return ", ".join(some) + (f" and {more} more" if more > 0 else "")
