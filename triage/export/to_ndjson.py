"""``--to ndjson``: a pain point a line, for tools that read a line at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog
from triage.export.document import LINE_SCHEMA, pain_point


@dataclass(frozen=True, slots=True)
class Ndjson:
    """One JSON object in ASCII per line, in the order of the backlog."""

    name: ClassVar[str] = "ndjson"
    suffix: ClassVar[str] = ".ndjson"

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write a line per pain point, the same object as in the JSON document."""
        for row, scores in zip(backlog.rows, backlog.every_score(), strict=True):
            line = {"schema": LINE_SCHEMA, **pain_point(row, scores)}
            out.write(json.dumps(line, separators=(",", ":"), allow_nan=False) + "\n")
