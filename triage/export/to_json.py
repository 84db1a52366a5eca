"""``--to json``: the whole backlog, restorable; the format for scripts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog
from triage.export.document import document


@dataclass(frozen=True, slots=True)
class Json:
    """One JSON document in ASCII, by ``docs/schemas/backlog-1.schema.json``."""

    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the document, indented, so that two of them can be compared by line."""
        json.dump(document(backlog), out, indent=2, allow_nan=False)
        out.write("\n")
