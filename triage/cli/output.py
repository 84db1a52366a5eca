"""What commands print: data on stdout, words about it on stderr, both clean."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from triage.text.counting import counted
from triage.text.display import one_line, safe

if TYPE_CHECKING:
    from datetime import datetime

_GAP = "  "
_MOST = 28
"""Cells of any column but the last."""

_LEAST = 10
"""Cells no column is made narrower than: a date keeps whole."""

_SHARE = 0.45
"""Of a line that the last column should have."""

_PIPED = 200
"""Cells of the last column where no terminal says how wide it is."""


def emit(text: str = "") -> None:
    """Print for a person: cleaned always, on a terminal and in a pipe alike."""
    click.echo(safe(text, multiline=True, limit=max(len(text), 1)))


def note(text: str) -> None:
    """Say something about the work on stderr, on one line."""
    click.echo(one_line(text, 2000), err=True)


def emit_json(schema: str, fields: dict[str, Any], *, err: bool = False) -> None:
    """Print one document on one line, pure ASCII, its schema named first."""
    click.echo(line_of({"schema": f"triage.{schema}/1", **fields}), err=err)


def emit_list(
    schema: str, fields: dict[str, Any], name: str, values: Iterable[Any]
) -> None:
    """As ``emit_json``, the values under ``name`` written one by one as they come."""
    head = line_of({"schema": f"triage.{schema}/1", **fields})
    click.echo(f'{head[:-1]},"{name}":[', nl=False)
    between = ""
    for value in values:
        click.echo(between + line_of(value), nl=False)
        between = ","
    click.echo("]}")


def line_of(value: Any) -> str:
    """One JSON value on one line, pure ASCII."""
    import json

    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def moment(at: datetime | None) -> str | None:
    """A time for a program: ISO 8601, UTC, ending in Z."""
    if at is None:
        return None
    from datetime import UTC

    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def clock(at: datetime | None) -> str:
    """A time for a person, where they are."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else ""


def day(at: datetime | None) -> str:
    """The date for a person, where they are."""
    return f"{at.astimezone():%Y-%m-%d}" if at else ""


def number(value: float | None) -> str:
    """A figure without a tail of zeros; nothing where nobody said one."""
    return "" if value is None else f"{value:.10g}"


def stars(rating: float | None, scale: str) -> str:
    """A rating on its scale: ``4 of 5``; nothing where none was given."""
    if rating is None:
        return ""
    top = scale.rpartition("-")[2]
    return f"{number(rating)} of {top}" if top else number(rating)


def count(many: int, one: str, several: str = "") -> str:
    """``1 source``, ``3 sources``: a count with its word."""
    return counted(many, one, several)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """
    Print columns as wide as what is in them; the last takes what is left.

    A heading that begins with ``>`` is of a column of numbers, set to the right; one
    that begins with ``=`` is never cut, as half an interval says nothing.
    """
    right = [heading.startswith(">") for heading in headings]
    whole = [heading.startswith("=") for heading in headings]
    names = [heading.lstrip(">=") for heading in headings]
    lines = [names, *([_cell(value) for value in row] for row in rows)]
    if len(lines) == 1:
        return
    last = len(names) - 1
    widths = _widths(
        [max(cells(line[c]) for line in lines) for c in range(len(names))], whole
    )
    for line in lines:
        shown = [
            _fit(text, width, to_the_right=flush, pad=column < last or flush)
            for column, (text, width, flush) in enumerate(
                zip(line, widths, right, strict=True)
            )
        ]
        click.echo(_GAP.join(shown).rstrip())


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """Print names and values in two columns; a value nobody gave is left out."""
    told = [
        (_cell(name), _cell(value)) for name, value in pairs if value not in {None, ""}
    ]
    width = min(_MOST, max((cells(name) for name, _ in told), default=0))
    for name, value in told:
        shown = _fit(name, width, to_the_right=False, pad=True)
        click.echo(f"{shown}{_GAP}{value}")


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(char) for char in text)


def _cells_of(char: str) -> int:
    import unicodedata

    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _cell(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return "" if value is None else one_line(str(value), 400)


def _fit(text: str, width: int, *, to_the_right: bool, pad: bool) -> str:
    taken = cells(text)
    if taken > width:
        text, taken = _cut(text, width - 1)
        text, taken = text + "…", taken + 1
    if not pad:
        return text
    space = " " * (width - taken)
    return space + text if to_the_right else text + space


def _cut(text: str, width: int) -> tuple[str, int]:
    taken = 0
    for index, char in enumerate(text):
        more = _cells_of(char)
        if taken + more > width:
            return text[:index], taken
        taken += more
    return text, taken


def _widths(wanted: list[int], whole: Sequence[bool]) -> list[int]:
    """Cells of each column; long ones give way, once the last has too little."""
    *before, last = wanted
    kept = zip(before, whole, strict=False)
    widths = [wide if stays else min(_MOST, wide) for wide, stays in kept]
    line = line_length()
    if line is None:
        return [*widths, min(_PIPED, last)]
    share = min(last, line * _SHARE)
    while line - _taken(widths) < share:
        longest = max(
            (place for place in range(len(widths)) if not whole[place]),
            key=widths.__getitem__, default=None,
        )  # fmt: skip
        if longest is None or widths[longest] <= _LEAST:
            break
        widths[longest] -= 1
    return [*widths, min(last, max(_LEAST, line - _taken(widths)))]


def _taken(widths: list[int]) -> int:
    return sum(widths) + len(_GAP) * len(widths)


def line_length() -> int | None:
    """Cells of a line; None in a pipe, where nothing wraps."""
    told = os.environ.get("COLUMNS", "")
    if not sys.stdout.isatty() and not told.isdigit():
        return None
    import shutil

    return shutil.get_terminal_size().columns
