"""What a store would hold after some pages, by the store's own rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from triage.connector import Cursor, Incoming, Page, Unreadable
from triage.testing.pages import Stored


@dataclass(slots=True)
class Kept:
    """
    A store in memory.

    Attributes:
        told: What stands, by external id.
        gone: Ids the source has no more.
        cursor: Where the next pull begins.
    """

    told: Stored = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    cursor: Cursor | None = None

    def copy(self) -> Kept:
        """Another one that holds the same."""
        return Kept(dict(self.told), set(self.gone), self.cursor)

    def take(self, pages: Iterable[Page]) -> Self:
        """Store these pages, one after another; itself."""
        for page in pages:
            for told in page.items:
                before = self.told.get(told.external_id)
                if before is None or _replaces(told, before):
                    self.told[told.external_id] = told
            self.gone -= {told.external_id for told in page.items}
            self.gone |= self.told.keys() & set(page.gone)
            self.gone |= self._in_threads(page.gone_threads)
            self.cursor = page.cursor or self.cursor
        return self

    def _in_threads(self, threads: Iterable[str]) -> set[str]:
        """What stands of those threads."""
        wanted = set(threads)
        return {
            name
            for name, told in self.told.items()
            if isinstance(told, Incoming) and told.thread in wanted
        }

    def differing(self, other: Kept) -> list[str]:
        """The first five ids of which the two do not hold the same."""
        names = {
            name
            for name in self.told.keys() | other.told.keys()
            if _words(self.told.get(name)) != _words(other.told.get(name))
        }
        return sorted(names | (self.gone ^ other.gone))[:5]


def _replaces(told: Incoming | Unreadable, before: Incoming | Unreadable) -> bool:
    """Whether it says something else, and is not the older of the two."""
    if _words(told) == _words(before):
        return False
    if not isinstance(told, Incoming) or not isinstance(before, Incoming):
        return True
    if told.edited_at is None or before.edited_at is None:
        return not told.abridged
    if told.abridged:
        return told.edited_at > before.edited_at
    return told.edited_at >= before.edited_at


def _words(told: Incoming | Unreadable | None) -> object:
    """What makes two tellings one: how they were written does not."""
    if not isinstance(told, Incoming):
        return told
    return replace(told, raw=b"", references=(), also="", abridged=False, attributes={})
