"""Where a pull of a Zammad desk was left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import NAMES, Watermark

_NAMES: Final = (*NAMES, "page", "began", "newest")


@dataclass(frozen=True, slots=True)
class Place:
    """
    How far a desk is read.

    Attributes:
        mark: Up to where changes are stored.
        page: Of a list that is being read, the page that is next; 0 where none is.
        began: When that list was begun.
        newest: The latest change it has told.
    """

    mark: Watermark = field(default_factory=Watermark)
    page: int = 0
    began: datetime | None = None
    newest: datetime | None = None

    def cursor(self) -> Cursor:
        """The cursor of it."""
        return self.mark.cursor(
            page=self.page,
            began=saved.stamp(self.began),
            newest=saved.stamp(self.newest),
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
    began, newest = (saved.moment(values, name) for name in ("began", "newest"))
    saved.passed(began, now)
    saved.passed(newest, now)
    mark = Watermark.read(values, now)
    return Place(mark, saved.count(values, "page"), began, newest)
