"""Where a pull of GitHub was left: three places in each repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from triage.connector import Cursor
from triage_connectors import saved
from triage_connectors.watermark import Watermark


@dataclass(frozen=True, slots=True)
class Walk:
    """
    A walk from the latest change back to what is known.

    Attributes:
        known: What was complete when it began.
        found: What it has met so far; becomes known when it is through.
        after: The place of its next page; "" where none is under way.
    """

    known: Watermark = field(default_factory=Watermark)
    found: Watermark = field(default_factory=Watermark)
    after: str = ""

    def done(self) -> Walk:
        """The same, through."""
        return Walk(known=self.found if self.found.until else self.known)

    def values(self) -> dict[str, Any]:
        """What a cursor keeps of it."""
        return {
            "known": self.known.values(),
            "found": self.found.values(),
            "after": self.after,
        }

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Walk:
        """The same, from a cursor; SourceError where it is damaged or to come."""
        return cls(
            Watermark.read(saved.table(values, "known"), now),
            Watermark.read(saved.table(values, "found"), now),
            saved.text(values, "after"),
        )


@dataclass(frozen=True, slots=True)
class Repo:
    """What is stored already of one repository."""

    issues: Watermark = field(default_factory=Watermark)
    comments: Watermark = field(default_factory=Watermark)
    discussions: Walk = field(default_factory=Walk)

    @classmethod
    def read(cls, values: Mapping[str, Any], now: datetime) -> Repo:
        """The same, from a cursor."""
        return cls(
            Watermark.read(saved.table(values, "issues"), now),
            Watermark.read(saved.table(values, "comments"), now),
            Walk.read(saved.table(values, "discussions"), now),
        )

    def values(self) -> dict[str, Any]:
        """What a cursor keeps of it."""
        return {
            "issues": self.issues.values(),
            "comments": self.comments.values(),
            "discussions": self.discussions.values(),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """What is stored already, by repository."""

    repos: Mapping[str, Repo] = field(default_factory=dict)

    def of(self, repo: str) -> Repo:
        """What is stored of that one."""
        return self.repos.get(repo.lower(), Repo())

    def moved(self, repo: str, **lists: Any) -> Place:
        """The same with one list of a repository further on."""
        moved = replace(self.of(repo), **lists)
        return Place({**self.repos, repo.lower(): moved})

    def cursor(self) -> Cursor:
        """The cursor that leads here."""
        repos = {
            name: one.values() for name, one in self.repos.items() if one != Repo()
        }
        return saved.written({"repos": repos})


def left(cursor: Cursor | None, now: datetime) -> Place:
    """Where a pull was left; SourceError where the cursor is none of ours."""
    if cursor is None:
        return Place()
    told = saved.table(saved.parsed(cursor, ("repos",)), "repos")
    return Place(
        {name: Repo.read(saved.table(told, name), now) for name in told},
    )
