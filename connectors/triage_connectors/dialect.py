"""What separates the cells of a table, told by its first rows."""

from __future__ import annotations

import csv
import io
import itertools
from typing import Final

_DELIMITERS: Final = ",;\t|"
_HEAD: Final = 64 * 1024
_ROWS: Final = 60


def unified(text: str) -> str:
    """Return the text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def told(text: str) -> str:
    """Return the delimiter a first line ``sep=;`` tells, as spreadsheets write it."""
    line = text.partition("\n")[0].strip(" \r\"'")
    return line[4] if len(line) == 5 and line[:4].lower() == "sep=" else ""


def sniffed(text: str) -> tuple[str, float]:
    """Return the likeliest delimiter, and the share of rows that fit it."""
    best, best_score, best_share = ",", (-1.0, 0), 0.0
    for delimiter in _DELIMITERS:
        rows = _first_rows(text, delimiter)
        if not rows or len(rows[0]) < 2:
            continue
        width = len(rows[0])
        share = sum(len(row) == width for row in rows) / len(rows)
        if (round(share, 1), width) > best_score:
            best, best_score, best_share = delimiter, (round(share, 1), width), share
    return best, best_share


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    head = text[:_HEAD]
    reader = csv.reader(io.StringIO(unified(head)), delimiter=delimiter)
    filled = (row for row in reader if any(cell.strip() for cell in row))
    rows = list(itertools.islice(filled, _ROWS))
    cut = len(text) > len(head) and 2 < len(rows) < _ROWS
    return rows[:-1] if cut else rows


def has_names(text: str, delimiter: str) -> bool:
    """Tell whether the first row can be a header: no cell of it is empty."""
    rows = _first_rows(text, delimiter)
    return len(rows) > 1 and all(cell.strip() for cell in rows[0])
