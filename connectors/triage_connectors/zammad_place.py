"""Where a pull of a Zammad desk was left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import NAMES, Watermark

_NAMES: Final = (*NAMES, "page", "began", "newest", "said", "heard")

NOT_SHOWN: Final = "no"


@dataclass(frozen=True, slots=True)
class Place:
    """
    How far a desk is read.

    Attributes:
        mark: Up to where changes are stored.
        page: Of a list that is being read, the page that is next; 0 where none is.
        began: When that list was begun.
        newest: The latest change it has told.
        said: Of the list of all articles, the page that is next; "" for the first, and
            "no" where the desk does not show it.
        heard: Up to where those are read; None before any is.
    """

    mark: Watermark = field(default_factory=Watermark)
    page: int = 0
    began: datetime | None = None
    newest: datetime | None = None
    said: str = ""
    heard: datetime | None = None

    def cursor(self) -> Cursor:
        """The cursor of it."""
        return self.mark.cursor(
            page=self.page,
            began=saved.stamp(self.began),
            newest=saved.stamp(self.newest),
            said=self.said,
            heard=saved.stamp(self.heard),
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
    times = [saved.moment(values, name) for name in ("began", "newest", "heard")]
    for at in times:
        saved.passed(at, now)
    began, newest, heard = times
    said = saved.text(values, "said")
    if said not in {"", NOT_SHOWN} and not said.isdecimal():
        raise saved.damaged("said")
    mark = Watermark.read(values, now)
    return Place(mark, saved.count(values, "page"), began, newest, said, heard)
