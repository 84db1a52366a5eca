"""``--to jira-csv``: what Jira's CSV importer reads, an issue per open pain point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog, BacklogRow
from triage.export.body import WIKI, body
from triage.export.neutral import line
from triage.export.sheet import label, write_rows
from triage.model import Priority

_PRIORITIES = {
    Priority.URGENT: "Highest",
    Priority.HIGH: "High",
    Priority.MEDIUM: "Medium",
    Priority.LOW: "Low",
}


@dataclass(frozen=True, slots=True)
class JiraCsv:
    """
    Header without punctuation; a column ``Labels`` for each label there may be.

    Attributes:
        issue_type: What Jira is to make of each.
        quotes: How many quotes a description holds.
        all: Also those that are resolved or dismissed.
        bom: Begin with a byte order mark.
    """

    name: ClassVar[str] = "jira-csv"
    suffix: ClassVar[str] = ".csv"

    issue_type: str = "Story"
    quotes: int = 5
    all: bool = False
    bom: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the header and a row per issue, each with as many cells."""
        rows = backlog.rows if self.all else backlog.open_rows
        most = max((len(_labels(row)) for row in rows), default=1)
        names = ["Summary", "Issue Type", "Priority", "Description", "Triage ID"]
        write_rows(
            out,
            [*names, "Score", *["Labels"] * most],
            (self._cells(row, most) for row in rows),
            bom=self.bom,
        )

    def _cells(self, row: BacklogRow, most: int) -> list[str]:
        point = row.view.pain_point
        labels = _labels(row)
        return [
            line(point.title),
            self.issue_type,
            _PRIORITIES.get(point.priority, ""),
            body(row, WIKI, self.quotes),
            point.short,
            "" if row.scored.value is None else f"{row.scored.value:.6g}",
            *labels,
            *[""] * (most - len(labels)),
        ]


def _labels(row: BacklogRow) -> list[str]:
    tags = (label(tag) for tag in row.view.pain_point.tags)
    return ["triage", *(tag for tag in tags if tag)]
