"""``--to productboard``: a note per quote, in columns of a public import tool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog, BacklogRow
from triage.export.neutral import line, neutral
from triage.export.sheet import label, write_rows
from triage.export.voters import address
from triage.store.views import Quote
from triage.text.display import safe

NAMES = (
    "pb_id", "ext_id", "type", "title", "content", "display_url", "user_email",
    "company_domain", "owner_email", "creator_email", "tags", "source_origin",
    "source_record_id", "archived", "processed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Productboard:
    """
    Notes, not features: what customers said is what Productboard links and counts.

    Attributes:
        all: Also quotes of what is resolved or dismissed.
        bom: Begin with a byte order mark.
    """

    name: ClassVar[str] = "productboard"
    suffix: ClassVar[str] = ".csv"

    all: bool = False
    bom: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the header and a row per quote; ``ext_id`` tells a second import."""
        cells = (
            [told.get(name, "") for name in NAMES]
            for row in (backlog.rows if self.all else backlog.open_rows)
            for told in _notes(row)
        )
        write_rows(out, NAMES, cells, bom=self.bom)


def _notes(row: BacklogRow) -> Iterator[dict[str, str]]:
    point = row.view.pain_point
    labels = [label(tag, spaces=True) for tag in (point.short, *point.tags)]
    title, tags = line(point.title), ", ".join(one for one in labels if one)
    return (_note(quote, title, tags) for quote in row.view.quotes)


def _note(quote: Quote, title: str, tags: str) -> dict[str, str]:
    key = f"triage-e{quote.evidence.id}"
    return {
        "ext_id": key,
        "type": "simple",
        "title": title,
        "content": _html(quote.evidence.quote),
        # The company follows from the address; to give both is refused.
        "user_email": address(quote.feedback.email),
        "tags": tags,
        "source_origin": "triage",
        "source_record_id": key,
        "archived": "FALSE",
        "processed": "FALSE",
    }


def _html(text: str) -> str:
    lines = (line.strip() for line in safe(text, multiline=True).split("\n"))
    told = "<br>".join(escape(neutral(line)) for line in lines if line)
    return f"<p>{told}</p>"
