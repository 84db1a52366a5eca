"""``--to csv``: a row per pain point, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import ClassVar, TextIO

from triage.export.backlog import Backlog
from triage.export.columns import COLUMNS
from triage.text.display import safe

# A spreadsheet reads a cell that begins so as a formula; the full-width forms are
# folded to these by some. The mark itself is among them, so that nothing is ambiguous.
_FORMULA = frozenset("=+-@\t\r\n\x00'\uff1d\uff0b\uff0d\uff20")

_MARK = "'"


@dataclass(frozen=True, slots=True)
class Csv:
    """
    UTF-8, every cell quoted, lines end in CRLF.

    Attributes:
        bom: Begin with a byte order mark, which old spreadsheets need to see UTF-8.
        raw: Cells exactly as stored: no mark before formulas, control characters
            as they are. For scripts; do not open it in a spreadsheet or a terminal.
    """

    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"

    bom: bool = False
    raw: bool = False

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write the header and a row per pain point."""
        if self.bom:
            out.write("\ufeff")
        rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        rows.writerow(column.name for column in COLUMNS)
        shown = _whole if self.raw else _shown
        for row in backlog.rows:
            rows.writerow(shown(column.cell(row)) for column in COLUMNS)


def read_rows(lines: TextIO) -> list[dict[str, str]]:
    """The rows of such a file, the mark before a formula taken off again."""
    if lines.read(1) != "\ufeff":
        lines.seek(0)
    return [
        {name: unmarked(cell) for name, cell in row.items()}
        for row in csv.DictReader(lines)
    ]


def marked(text: str) -> str:
    """The text, with an apostrophe before it where it could be taken for a formula."""
    return _MARK + text if text and text[0] in _FORMULA else text


def unmarked(cell: str) -> str:
    """What ``marked`` was given: one apostrophe fewer."""
    return cell.removeprefix(_MARK)


def _shown(cell: str) -> str:
    return marked(safe(cell, multiline=True))


def _whole(cell: str) -> str:
    # Half a character cannot be written as UTF-8, however raw.
    return cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
