"""Where a Freshdesk source was left: tickets, what is gone, and ratings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import Watermark

LAG: Final = timedelta(minutes=2)
"""After how long what changed is sure to be listed."""
LOOKBACK: Final = timedelta(days=14)
"""After how long a customer changes a rating no more."""
_CLOCKS: Final = timedelta(hours=1)
"""How far the desk's clock may be behind ours."""

GONE: Final = ("deleted", "spam")
"""Lists of what is not there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A place to resume.

    Attributes:
        tickets: Up to which change tickets are stored.
        ratings: Up to which creation ratings are, once all of a pull came.
        whole: Whatever was said before is stored; None before a first pull ended.
        asked: When tickets were listed last, by our clock.
        gone: Up to which change each list of what is gone is told.
    """

    tickets: Watermark = field(default_factory=Watermark)
    ratings: Watermark = field(default_factory=Watermark)
    whole: datetime | None = None
    asked: datetime | None = None
    gone: Mapping[str, datetime] = field(default_factory=dict)

    @classmethod
    def read(cls, cursor: Cursor | None, now: datetime) -> Place:
        """
        The place a cursor names; without one, what goes from now on is looked for.

        Raises:
            SourceError: It is not one of ours, damaged, or of a time to come.
        """
        if cursor is None:
            return cls(gone=dict.fromkeys(GONE, now - _CLOCKS))
        values = saved.parsed(cursor, ("tickets", "ratings", "whole", "asked", *GONE))
        moments = {
            name: saved.moment(values, name) for name in ("whole", "asked", *GONE)
        }
        for at in moments.values():
            saved.passed(at, now)
        return cls(
            tickets=Watermark.read(saved.table(values, "tickets"), now),
            ratings=Watermark.read(saved.table(values, "ratings"), now),
            whole=moments["whole"],
            asked=moments["asked"],
            gone={name: at for name in GONE if (at := moments[name])},
        )

    def cursor(self) -> Cursor:
        """This place as text."""
        values: dict[str, Any] = {
            "tickets": self.tickets.values(),
            "ratings": self.ratings.values(),
            "whole": saved.stamp(self.whole),
            "asked": saved.stamp(self.asked),
        }
        values |= {name: saved.stamp(self.gone.get(name)) for name in GONE}
        return saved.written(values)

    def with_gone(self, name: str, at: datetime) -> Place:
        """The same with a list of what is gone told further."""
        return replace(self, gone={**self.gone, name: max(at, self.gone.get(name, at))})

    def begun(self) -> Place:
        """
        The same as a new walk has it: what was listed too soon is read again.

        A reply may be listed some time after the ticket that it changed.
        """
        if self.asked is None:
            return self
        sure = saved.stamp(self.asked - LAG)
        seen: Mapping[str, tuple[str, str]] = {
            name: told for name, told in self.tickets.seen.items() if told[0] < sure
        }
        return replace(self, tickets=Watermark(self.tickets.until, seen))

    def may_be_new(self, at: datetime) -> bool:
        """Whether what was said then may not be stored yet."""
        return self.whole is None or at >= self.whole - LAG
