"""``--to linear-csv``: what Linear's own importer reads as "Linear CSV"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog, BacklogRow
from triage.export.body import MARKDOWN, body
from triage.export.columns import moment
from triage.export.neutral import line
from triage.export.sheet import label, write_rows
from triage.model import PainStatus

NAMES = (
    "Id", "Team", "Title", "Description", "Status", "Estimate", "Priority", "Project",
    "Creator", "Assignee", "Labels", "Cycle Number", "Cycle Name", "Cycle Start",
    "Cycle End", "Created", "Updated", "Started", "Completed", "Canceled", "Archived",
)  # fmt: skip
"""As its importer has them (@linear/import 3.2, MIT)."""

_PRIORITIES = ("No priority", "Urgent", "High", "Medium", "Low")
_STATUSES = {
    PainStatus.OPEN: "Backlog",
    PainStatus.RESOLVED: "Done",
    PainStatus.DISMISSED: "Canceled",
}
# What the importer takes an apostrophe off before; what else spreadsheets may run.
_STRIPPED = re.compile(r"[+\-=@∑√∏<>＜＞≤≥＝≠±÷×]")
_QUOTED = re.compile(r"'(?=[+\-=@∑√∏<>＜＞≤≥＝≠±÷×])")


@dataclass(frozen=True, slots=True)
class LinearCsv:
    """
    Its 21 columns. A title that looks like a formula has an apostrophe before it.

    Attributes:
        team: The team's name, where it has to be told.
        quotes: How many quotes a description holds.
        all: Also those that are resolved or dismissed.
        bom: Begin with a byte order mark.
    """

    name: ClassVar[str] = "linear-csv"
    suffix: ClassVar[str] = ".csv"

    team: str = ""
    quotes: int = 5
    all: bool = False
    bom: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the header and a row per issue."""
        rows = backlog.rows if self.all else backlog.open_rows
        cells = (
            [told.get(name, "") for name in NAMES] for told in map(self._told, rows)
        )
        write_rows(out, NAMES, cells, bom=self.bom)

    def _told(self, row: BacklogRow) -> dict[str, str]:
        point = row.view.pain_point
        labels = (label(tag, spaces=True) for tag in point.tags)
        return {
            "Id": point.short,
            "Team": self.team,
            "Title": marked(line(point.title)),
            "Description": body(row, MARKDOWN, self.quotes),
            "Status": _STATUSES[point.status],
            "Estimate": _points(row),
            "Priority": _PRIORITIES[point.priority],
            "Assignee": marked(line(point.owner)),
            "Labels": ", ".join(one for one in labels if one),
            "Created": moment(point.created_at) or "",
        }


def marked(text: str) -> str:
    """The text as the importer gives it back, and no spreadsheet runs it."""
    if _STRIPPED.match(text):
        return f"'{text}"
    # It would lose the apostrophe it has; a typographic one it keeps.
    return _QUOTED.sub("’", text, count=1) if _QUOTED.match(text) else text


def _points(row: BacklogRow) -> str:
    """The job's size, where somebody estimated it; effort is in months, not points."""
    sizes = [one.value for one in row.view.estimates if one.name == "job_size"]
    return f"{sizes[0]:.0f}" if sizes else ""
