"""Lines ``name: value`` above a text, with what goes on below each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from triage.errors import UsageError

_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,30}?)\s*:(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    name: str
    value: str
    listed: tuple[tuple[int, str], ...] = ()


def lines_in(lines: list[str], first_line: int) -> Iterator[Line]:
    """Each line with what goes on below it."""
    held: Line | None = None
    for number, raw in enumerate(lines, first_line):
        told = raw.strip()
        if not told or told.startswith("#"):
            continue
        if held and told[:1] in "-*+":
            held = Line(
                held.number, held.name, held.value, (*held.listed, (number, told))
            )
            continue
        if held and raw[:1].isspace():
            held = _joined(held, told)
            continue
        if held:
            yield _plain(held)
        match = _LINE.fullmatch(told)
        if match is None:
            raise UsageError(
                f"line {number}: “{told[:40]}” is no line like “participant: Ana”;"
                " the text begins below a line ---"
            )
        held = Line(number, match[1], match[2].strip())
    if held:
        yield _plain(held)


def _joined(line: Line, more: str) -> Line:
    """A line with what goes on below it: on its last follow-up, if it has any."""
    if not line.listed:
        return Line(line.number, line.name, f"{line.value} {more}".strip())
    *before, (number, told) = line.listed
    return Line(
        line.number, line.name, line.value, (*before, (number, f"{told} {more}"))
    )


def _plain(line: Line) -> Line:
    """Without the quotation marks of YAML, and on one line."""
    value = " ".join(line.value.split())
    while len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        inner = value[1:-1].strip()
        if value[0] in inner:
            break
        value = inner
    return Line(line.number, line.name, value, line.listed)
