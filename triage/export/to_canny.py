"""``--to canny``: a post a line, with who asked for it, for a script of your own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar, TextIO

from triage.export.backlog import Backlog, BacklogRow
from triage.export.body import PLAIN, body
from triage.export.columns import moment
from triage.export.neutral import line
from triage.export.sheet import label
from triage.export.voters import voters
from triage.model import PainStatus

_STATUSES = {
    PainStatus.OPEN: "open",
    PainStatus.RESOLVED: "complete",
    PainStatus.DISMISSED: "closed",
}


@dataclass(frozen=True, slots=True)
class Canny:
    """
    Names as Canny's API has them for a post; votes are each a call of their own.

    Attributes:
        quotes: How many quotes the details hold; posts are public, so none.
        all: Also those that are resolved or dismissed.
    """

    name: ClassVar[str] = "canny"
    suffix: ClassVar[str] = ".ndjson"

    quotes: int = 0
    all: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write a line per post, in ASCII."""
        for row in backlog.rows if self.all else backlog.open_rows:
            told = json.dumps(self._post(row), separators=(",", ":"))
            out.write(f"{told}\n")

    def _post(self, row: BacklogRow) -> dict[str, Any]:
        point = row.view.pain_point
        return {
            "id": point.short,
            "title": line(point.title),
            "details": body(row, PLAIN, self.quotes),
            "status": _STATUSES[point.status],
            "tags": [one for tag in point.tags if (one := label(tag, spaces=True))],
            "created": moment(point.created_at),
            "votes": [
                {
                    "email": voter.email,
                    "name": line(voter.name, 100),
                    "created": moment(voter.at),
                }
                for voter in voters(row)
            ],
        }
