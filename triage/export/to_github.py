"""``--to github``: a request body a line, for ``gh api`` or GitHub's REST API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog
from triage.export.body import MARKDOWN, body
from triage.export.neutral import line
from triage.export.sheet import label


@dataclass(frozen=True, slots=True)
class GitHub:
    """
    ``title``, ``body`` and ``labels`` of an issue per open pain point; ASCII.

    Attributes:
        quotes: How many quotes a body holds.
        all: Also those that are resolved or dismissed.
    """

    name: ClassVar[str] = "github"
    suffix: ClassVar[str] = ".ndjson"

    quotes: int = 5
    all: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write a line per issue; GitHub takes no title over 256 characters."""
        for row in backlog.rows if self.all else backlog.open_rows:
            labels = [label(tag, spaces=True) for tag in row.view.pain_point.tags]
            told = {
                "title": line(row.view.pain_point.title),
                "body": body(row, MARKDOWN, self.quotes),
                "labels": [one for one in labels if one],
            }
            out.write(json.dumps(told, separators=(",", ":")) + "\n")
