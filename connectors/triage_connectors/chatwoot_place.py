"""Where a pull of a Chatwoot account was left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import NAMES, Watermark

_NAMES: Final = (*NAMES, "page", "fresh", "rated")


@dataclass(frozen=True, slots=True)
class Place:
    """
    How far an account is read.

    Attributes:
        mark: Up to which activity all conversations are stored.
        page: Of a walk that goes on, the page that is next; 0 where none does.
        fresh: What that walk has met first: the mark once it has come to its end.
        rated: The latest rating that is stored.
    """

    mark: Watermark = field(default_factory=Watermark)
    page: int = 0
    fresh: Watermark = field(default_factory=Watermark)
    rated: datetime | None = None

    def cursor(self) -> Cursor:
        """The cursor of it."""
        return self.mark.cursor(
            page=self.page, fresh=self.fresh.values(), rated=saved.stamp(self.rated)
        )


def left(cursor: Cursor | None, now: datetime) -> Place:
    """
    Return the place a cursor names; the very start for none.

    Raises:
        SourceError: It is damaged, of another version, or of a time to come.
    """
    if cursor is None:
        return Place()
    values = saved.parsed(cursor, _NAMES)
    rated = saved.moment(values, "rated")
    saved.passed(rated, now)
    return Place(
        Watermark.read(values, now),
        saved.count(values, "page"),
        Watermark.read(saved.table(values, "fresh"), now),
        rated,
    )
