"""``--to xlsx``: a workbook, each text a text and each number a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from triage.export.backlog import Backlog
from triage.export.columns import COLUMNS, Column, moment
from triage.text.display import safe

if TYPE_CHECKING:
    from triage.export.backlog import BacklogRow

_LONGEST = 32_767
"""Characters a cell takes; Excel refuses a workbook with more."""

_QUOTES = ("Pain point", "Title", "Quote", "Said by", "Company", "Channel", "Day", "Id")
_WIDE = {"title": 48, "statement": 48, "story": 48, "acceptance": 48, "quotes_top3": 60}


@dataclass(frozen=True, slots=True)
class Xlsx:
    """Sheets: the columns of the CSV, every quote, and what the scores are by."""

    name: ClassVar[str] = "xlsx"
    suffix: ClassVar[str] = ".xlsx"

    def write_bytes(self, backlog: Backlog, out: BinaryIO) -> None:
        """Write the workbook; it holds no formula and no link, whatever texts say."""
        from xlsxwriter import Workbook

        written = BytesIO()
        book = Workbook(written, {"in_memory": True})
        book.set_properties(
            {"title": "Backlog", "created": backlog.as_of.astimezone(UTC)}
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        top = book.add_format({"valign": "top"})
        _backlog(book.add_worksheet("Backlog"), backlog, bold, top)
        _quotes(book.add_worksheet("Quotes"), backlog, bold)
        _about(book.add_worksheet("About"), backlog)
        book.close()
        out.write(written.getvalue())


def _backlog(sheet: Any, backlog: Backlog, bold: Any, top: Any) -> None:
    sheet.freeze_panes(1, 3)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDE.get(column.name, 12))
        sheet.write_string(0, place, column.name, bold)
    for line, row in enumerate(backlog.rows, 1):
        for place, column in enumerate(COLUMNS):
            _cell(sheet, line, place, column, row, top)
    sheet.autofilter(0, 0, max(1, len(backlog.rows)), len(COLUMNS) - 1)


def _cell(
    sheet: Any, line: int, place: int, column: Column, row: BacklogRow, top: Any
) -> None:
    value = column.of(row)
    if isinstance(value, int | float):
        sheet.write_number(line, place, value, top)
        return
    told = column.text(value)
    if told:
        sheet.write_string(line, place, _text(told), top)


def _quotes(sheet: Any, backlog: Backlog, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    for place, (name, width) in enumerate(
        zip(_QUOTES, (10, 40, 80, 22, 22, 10, 12, 8), strict=True)
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, bold)
    line = 0
    for row in backlog.rows:
        point = row.view.pain_point
        title = _text(point.title)
        for quote in row.view.quotes:
            line += 1
            said = quote.feedback
            told = (
                point.short, title, _text(quote.evidence.quote), _text(said.author),
                _text(said.company), said.channel.value,
                f"{said.received_at:%Y-%m-%d}", said.short,
            )  # fmt: skip
            for place, text in enumerate(told):
                if text:
                    sheet.write_string(line, place, text)


def _about(sheet: Any, backlog: Backlog) -> None:
    sheet.set_column(0, 1, 24)
    told = (
        ("As of", moment(backlog.as_of) or ""),
        ("Formula", backlog.formula.title),
        ("Formula's hash", backlog.formula.hash),
        ("In words", backlog.formula.says),
        ("Weights' hash", backlog.weights.hash),
        ("Redacted", "yes" if backlog.is_redacted else "no"),
    )
    for line, (name, text) in enumerate(told):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, _text(text))


def _text(text: str) -> str:
    # Line ends aside, what no workbook may hold is shown as everywhere else.
    return safe(text, multiline=True)[:_LONGEST]
