"""Where a Gorgias source was left: tickets by time of change, and ratings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import Watermark

LAG: Final = timedelta(minutes=2)
"""After how long what changed is sure to be listed."""
LOOKBACK: Final = timedelta(days=30)
"""After how long nobody answers a survey any more."""
_NAMES: Final = ("tickets", "page", "ratings", "whole", "said", "heard")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A place to resume.

    Attributes:
        tickets: Up to which change tickets are stored.
        page: The page of them to go on at, in Gorgias' own word; "" for the first.
        ratings: Up to which creation surveys are read, once all of a pull came.
        whole: Whether a first pull ended; in it each ticket tells its survey itself.
        said: The page of all messages to go on at; "" for the first.
        heard: Up to where those are read; None before any is.
    """

    tickets: Watermark = field(default_factory=Watermark)
    page: str = ""
    ratings: Watermark = field(default_factory=Watermark)
    whole: bool = False
    said: str = ""
    heard: datetime | None = None

    @classmethod
    def read(cls, cursor: Cursor | None, now: datetime) -> Place:
        """
        The place a cursor names; the very start without one.

        Raises:
            SourceError: It is not one of ours, damaged, or of a time to come.
        """
        if cursor is None:
            return cls()
        values = saved.parsed(cursor, _NAMES)
        heard = saved.moment(values, "heard")
        saved.passed(heard, now)
        return cls(
            tickets=Watermark.read(saved.table(values, "tickets"), now),
            page=saved.text(values, "page"),
            ratings=Watermark.read(saved.table(values, "ratings"), now),
            whole=bool(saved.count(values, "whole")),
            said=saved.text(values, "said"),
            heard=heard,
        )

    def cursor(self) -> Cursor:
        """This place as text."""
        return saved.written(
            {
                "tickets": self.tickets.values(),
                "page": self.page,
                "ratings": self.ratings.values(),
                "whole": int(self.whole),
                "said": self.said,
                "heard": saved.stamp(self.heard),
            }
        )

    def has(self, name: str, at: datetime, version: str) -> bool:
        """Whether a ticket is stored as it was then."""
        begin = self.tickets.begins(LAG)
        is_passed = begin is not None and at < begin
        return is_passed or self.tickets.knows(name, version)
