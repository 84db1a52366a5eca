"""``--to quackback``: the files its import script reads; quotes stay internal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import ClassVar

from triage.export.backlog import Backlog, BacklogRow
from triage.export.body import PLAIN, body
from triage.export.columns import moment
from triage.export.neutral import line, neutral
from triage.export.sheet import label, write_rows
from triage.export.voters import voters
from triage.model import PainStatus, RoadmapStatus

POSTS = (
    "id", "title", "body", "author_email", "author_name", "board", "status",
    "moderation", "tags", "roadmap", "vote_count", "created_at", "response",
    "response_at", "response_by",
)  # fmt: skip
VOTES = ("post_id", "voter_email", "created_at")
NOTES = ("post_id", "body", "author_email", "author_name", "created_at")
"""Columns as the README of its import script has them (scripts/import)."""

_STATUSES = {PainStatus.RESOLVED: "complete", PainStatus.DISMISSED: "closed"}
_PLANNED = {
    RoadmapStatus.IN_PROGRESS: "in_progress",
    RoadmapStatus.PLANNED: "planned",
    RoadmapStatus.SHIPPED: "complete",
}


@dataclass(frozen=True, slots=True)
class Quackback:
    """
    ``posts.csv``, ``votes.csv`` and ``notes.csv``.

    Customers' words are notes, which only staff sees: nobody who wrote in private is
    quoted in public by an import.

    Attributes:
        all: Also those that are resolved or dismissed.
        bom: Begin each file with a byte order mark.
    """

    name: ClassVar[str] = "quackback"
    suffix: ClassVar[str] = ""

    all: bool = False
    bom: bool = False

    def write_set(self, backlog: Backlog) -> Mapping[str, str]:
        """Each file's text by its name."""
        rows = backlog.rows if self.all else backlog.open_rows
        return {
            "posts.csv": self._text(POSTS, map(_post, rows)),
            "votes.csv": self._text(VOTES, chain.from_iterable(map(_votes, rows))),
            "notes.csv": self._text(NOTES, chain.from_iterable(map(_notes, rows))),
        }

    def _text(self, names: Sequence[str], rows: Iterator[list[str]]) -> str:
        out = StringIO(newline="")
        write_rows(out, names, rows, bom=self.bom)
        return out.getvalue()


def _post(row: BacklogRow) -> list[str]:
    point = row.view.pain_point
    labels = (label(tag, spaces=True) for tag in point.tags)
    told = {
        "id": point.short,
        "title": line(point.title),
        "body": body(row, PLAIN, 0),
        "status": _status(row),
        "moderation": "published",
        "tags": ",".join(one for one in labels if one),
        "vote_count": str(row.score.people),
        "created_at": moment(point.created_at) or "",
    }
    return [told.get(name, "") for name in POSTS]


def _status(row: BacklogRow) -> str:
    known = _STATUSES.get(row.view.pain_point.status)
    if known:
        return known
    planned = {plan.status for plan in row.view.plans}
    found = (word for status, word in _PLANNED.items() if status in planned)
    return next(found, "open")


def _votes(row: BacklogRow) -> Iterator[list[str]]:
    for voter in voters(row):
        yield [row.view.pain_point.short, voter.email, moment(voter.at) or ""]


def _notes(row: BacklogRow) -> Iterator[list[str]]:
    for quote in row.view.quotes:
        said = quote.feedback
        signed = f"{said.channel.value}, {said.short}"
        at = moment(said.received_at) or ""
        words = f"“{neutral(quote.evidence.quote)}” — {signed}"
        yield [row.view.pain_point.short, words, "", "", at]
