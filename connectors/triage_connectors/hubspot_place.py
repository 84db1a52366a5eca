"""Where a pull of HubSpot is: in which of its walks, and how far each has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Self

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import Watermark

WALKS: Final = ("tickets", "threads", "feedback_submissions", "archived")
"""One after another in each pull."""


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a pull is.

    Attributes:
        walk: The walk it is in; "" where the last pull was complete.
        at: Where in that walk, as the walk itself writes it; "" for its beginning.
        begins: Where the walk began, in its own writing.
        marks: How far each walk has come.
        looked: When what was deleted was last looked at; None where it never was.
        began: When this pull began.
    """

    walk: str = ""
    at: str = ""
    begins: str = ""
    marks: Mapping[str, Watermark] = field(default_factory=dict)
    looked: datetime | None = None
    began: datetime | None = None

    @classmethod
    def read(cls, cursor: Cursor | None, now: datetime) -> Self:
        """The place a cursor holds; SourceError where it is damaged or lies ahead."""
        if cursor is None:
            return cls(began=now)
        names = ("walk", "at", "begins", "marks", "looked", "began")
        values = saved.parsed(cursor, names)
        marks = {}
        for name in saved.table(values, "marks"):
            told = saved.table(values["marks"], name)
            marks[name] = Watermark.read(told, now)
        looked, began = saved.moment(values, "looked"), saved.moment(values, "began")
        saved.passed(looked, now)
        saved.passed(began, now)
        walk = saved.text(values, "walk")
        return cls(
            walk if walk in WALKS else "",
            saved.text(values, "at"),
            saved.text(values, "begins"),
            marks,
            looked,
            began if walk in WALKS else now,
        )

    def cursor(self) -> Cursor:
        """The cursor to resume here."""
        return saved.written(
            {
                "walk": self.walk,
                "at": self.at,
                "begins": self.begins,
                "marks": {name: mark.values() for name, mark in self.marks.items()},
                "looked": saved.stamp(self.looked),
                "began": saved.stamp(self.began),
            }
        )

    def mark(self, walk: str) -> Watermark:
        """How far a walk has come."""
        return self.marks.get(walk, Watermark())

    def marked(self, walk: str, mark: Watermark, at: str) -> Self:
        """The same, with one walk come further."""
        return replace(self, marks={**self.marks, walk: mark}, at=at)

    def entering(self, walk: str) -> Self:
        """The same at the beginning of a walk."""
        return replace(self, walk=walk, at="", begins="")
