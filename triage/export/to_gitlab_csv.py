"""``--to gitlab-csv``: the two columns GitLab imports issues from, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog
from triage.export.body import MARKDOWN, body
from triage.export.neutral import line
from triage.export.sheet import write_rows


@dataclass(frozen=True, slots=True)
class GitLabCsv:
    """
    ``title`` and ``description``; no line of either is a quick action.

    Attributes:
        quotes: How many quotes a description holds.
        all: Also those that are resolved or dismissed.
        bom: Begin with a byte order mark.
    """

    name: ClassVar[str] = "gitlab-csv"
    suffix: ClassVar[str] = ".csv"

    quotes: int = 5
    all: bool = False
    bom: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the header and a row per issue."""
        rows = (
            [line(row.view.pain_point.title), body(row, MARKDOWN, self.quotes)]
            for row in (backlog.rows if self.all else backlog.open_rows)
        )
        write_rows(out, ("title", "description"), rows, bom=self.bom)
