"""Where a pull of Zendesk was left: one place in each of its lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from triage.connector import Cursor
from triage_connectors import saved

FORGETS: Final = 1000
"""Deleted tickets remembered; each can be restored for thirty days."""


@dataclass(frozen=True, slots=True)
class Walk:
    """
    A list that is read page by page, and again from some moment on.

    Attributes:
        since: Where this walk began; None for the very start.
        after: The cursor of its next page; "" where none is under way.
        until: The latest moment of what it told so far.
        unsettled: The earliest moment of what may still change.
        anew_at: When what may still change was last read again.
    """

    since: datetime | None = None
    after: str = ""
    until: datetime | None = None
    unsettled: datetime | None = None
    anew_at: datetime | None = None

    def values(self) -> dict[str, str]:
        """What a cursor keeps of it."""
        return {
            "since": saved.stamp(self.since),
            "after": self.after,
            "until": saved.stamp(self.until),
            "unsettled": saved.stamp(self.unsettled),
            "anew_at": saved.stamp(self.anew_at),
        }

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Walk:
        """The same, from a cursor; SourceError where it is damaged or to come."""
        times = {
            name: saved.moment(values, name)
            for name in ("since", "until", "unsettled", "anew_at")
        }
        for at in times.values():
            saved.passed(at, now)
        return cls(after=saved.text(values, "after"), **times)


@dataclass(frozen=True, slots=True)
class Place:
    """
    What is stored already.

    Attributes:
        tickets: Zendesk's cursor in the export of tickets; "" before the first page.
        events: Up to where the export of events is read; None before the first page.
        gone: Tickets told as deleted, the latest last: one of them that comes back is
            read whole.
    """

    tickets: str = ""
    events: datetime | None = None
    gone: tuple[str, ...] = ()
    ratings: Walk = field(default_factory=Walk)
    surveys: Walk = field(default_factory=Walk)

    def cursor(self) -> Cursor:
        """The cursor that leads here."""
        return saved.written(
            {
                "tickets": self.tickets,
                "events": saved.stamp(self.events),
                "gone": list(self.gone[-FORGETS:]),
                "ratings": self.ratings.values(),
                "surveys": self.surveys.values(),
            }
        )


def left(cursor: Cursor | None, now: datetime) -> Place:
    """Where a pull was left; SourceError where the cursor is none of ours."""
    if cursor is None:
        return Place()
    values = saved.parsed(cursor, ("tickets", "events", "gone", "ratings", "surveys"))
    events = saved.moment(values, "events")
    saved.passed(events, now)
    return Place(
        tickets=saved.text(values, "tickets"),
        events=events,
        gone=saved.texts(values, "gone"),
        ratings=Walk.read(saved.table(values, "ratings"), now),
        surveys=Walk.read(saved.table(values, "surveys"), now),
    )
