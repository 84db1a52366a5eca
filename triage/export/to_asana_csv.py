"""``--to asana-csv``: what Asana's CSV importer reads, a task per open pain point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog, BacklogRow
from triage.export.body import PLAIN, body
from triage.export.neutral import line
from triage.export.sections import section
from triage.export.sheet import label, write_rows
from triage.model import Priority

NAMES = (
    "Name", "Description", "Section", "Assignee", "Collaborators", "Start Date",
    "Due Date", "Priority", "Tags", "Triage ID",
)  # fmt: skip
"""The first seven in the order its importer wants; the others become fields."""


@dataclass(frozen=True, slots=True)
class AsanaCsv:
    """
    Plain text; sections are the horizons of the roadmap.

    Attributes:
        quotes: How many quotes a description holds.
        all: Also those that are resolved or dismissed.
        bom: Begin with a byte order mark.
    """

    name: ClassVar[str] = "asana-csv"
    suffix: ClassVar[str] = ".csv"

    quotes: int = 5
    all: bool = False
    bom: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the header and a row per task."""
        rows = backlog.rows if self.all else backlog.open_rows
        write_rows(out, NAMES, map(self._cells, rows), bom=self.bom)

    def _cells(self, row: BacklogRow) -> list[str]:
        point = row.view.pain_point
        is_set = point.priority is not Priority.NONE
        labels = (label(tag, spaces=True) for tag in point.tags)
        return [
            line(point.title),
            body(row, PLAIN, self.quotes),
            section(row),
            # An assignee is known by address: an owner here is only a name.
            "", "", "", "",
            point.priority.name.capitalize() if is_set else "",
            ",".join(one for one in labels if one),
            point.short,
        ]  # fmt: skip
