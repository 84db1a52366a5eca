"""What was exported: files with their hashes, counts, and what the numbers are by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from triage.export.backlog import Backlog
from triage.export.columns import moment
from triage.export.letting_out import Withheld
from triage.export.stories import Refused

SCHEMA = "triage.export-manifest/1"


@dataclass(frozen=True, slots=True)
class Written:
    """One file of an export, by its name."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """
    One export, written or only looked at.

    Attributes:
        to: The format.
        options: What was set, beside what a format does by itself.
        counts: What the backlog holds, by noun.
        refused: Stories that were left out, and why.
        withheld: Quotes that were left out for want of consent, and of how many.
    """

    to: str
    files: tuple[Written, ...]
    counts: Mapping[str, int]
    formula: str
    formula_hash: str
    weights_hash: str
    as_of: str
    options: Mapping[str, str]
    is_redacted: bool
    refused: tuple[Refused, ...]
    withheld: Withheld

    def told(self) -> dict[str, Any]:
        """As JSON values, without the schema's name."""
        return {
            "format": self.to,
            "files": [
                {"name": file.name, "bytes": file.size, "sha256": file.sha256}
                for file in self.files
            ],
            "counts": dict(self.counts),
            "formula": self.formula,
            "formula_hash": self.formula_hash,
            "weights_hash": self.weights_hash,
            "as_of": self.as_of,
            "options": dict(self.options),
            "redacted": self.is_redacted,
            "refused": [
                {"pain_point": one.pain_point, "story": one.story, "why": one.why}
                for one in self.refused
            ],
            "withheld": {
                "quotes": self.withheld.quotes,
                "people": self.withheld.people,
            },
        }


def exported(
    to: str, files: Mapping[str, bytes], backlog: Backlog, options: Mapping[str, Any]
) -> Exported:
    """What these files of this backlog are."""
    views = [row.view for row in backlog.rows]
    return Exported(
        to=to,
        files=tuple(
            Written(name, len(raw), sha256(raw).hexdigest())
            for name, raw in files.items()
        ),
        counts={
            "pain_points": len(views),
            "open": len(backlog.open_rows),
            "quotes": sum(len(view.quotes) for view in views),
            "stories": sum(len(view.stories) for view in views),
            "roadmap_items": len(backlog.roadmap_items),
        },
        formula=backlog.formula.title,
        formula_hash=backlog.formula.hash,
        weights_hash=backlog.weights.hash,
        as_of=moment(backlog.as_of) or "",
        options={name: str(value) for name, value in sorted(options.items())},
        is_redacted=backlog.is_redacted,
        refused=backlog.refused,
        withheld=backlog.withheld,
    )


def manifest(done: Exported) -> bytes:
    """The manifest as a file: indented, in ASCII, the same for the same export."""
    text = json.dumps({"schema": SCHEMA, **done.told()}, indent=2)
    return f"{text}\n".encode()
