"""What several conversations of a desk say, on its way into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from triage.connector import Cursor, Incoming, Page, Unreadable

MOST: Final = 2000
"""What is stored at once, however much one conversation says."""


@dataclass(frozen=True, slots=True)
class Told:
    """
    What conversations hold for us, and what they hold no more.

    Attributes:
        gone: Ids of messages.
        gone_threads: Of whole conversations.
    """

    items: Sequence[Incoming | Unreadable] = ()
    gone: Sequence[str] = ()
    gone_threads: Sequence[str] = ()

    @classmethod
    def of(cls, several: Iterable[Told]) -> Told:
        """All of them as one."""
        several = list(several)
        return cls(
            list(chain.from_iterable(one.items for one in several)),
            list(chain.from_iterable(one.gone for one in several)),
            list(chain.from_iterable(one.gone_threads for one in several)),
        )

    def page(
        self, cursor: Cursor | None, *, gap: str = "", progress: float | None = None
    ) -> Page:
        """All of it as one page."""
        return Page(
            self.items,
            cursor,
            gap=gap,
            progress=progress,
            gone=self.gone,
            gone_threads=self.gone_threads,
        )

    def pages(
        self, cursor: Cursor | None, *, gap: str = "", progress: float | None = None
    ) -> list[Page]:
        """Pages of ``MOST`` messages, of which the last alone says where to resume."""
        last = max(0, len(self.items) - 1) // MOST * MOST
        parts = [
            Page(self.items[first : first + MOST], None)
            for first in range(0, last, MOST)
        ]
        rest = replace(self, items=self.items[last:])
        return [*parts, rest.page(cursor, gap=gap, progress=progress)]
