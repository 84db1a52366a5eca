"""What was promised in a session, as a list: ``- [ ] call back by 2026-12-01``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from triage.errors import UsageError
from triage.operations.session_lines import Line

_LISTED = re.compile(r"[-*+]\s*(?:\[([ xX✓]?)\]\s*)?(.*)", re.DOTALL)
_DONE = re.compile(r",?\s+done\s+(\d{4}-\d\d?-\d\d?)$", re.IGNORECASE)
_DUE = re.compile(r",?\s+by\s+(\d{4}-\d\d?-\d\d?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A follow-up as a text tells it; ``done_on`` where it says when."""

    text: str
    due: date | None = None
    is_done: bool = False
    done_on: date | None = None


def promised(line: Line) -> tuple[Promised, ...]:
    if line.value:
        raise UsageError(
            f"line {line.number}: follow-ups stand below, each on a line like"
            " “- [ ] send the screenshot by 2026-12-01”"
        )
    found = []
    for number, told in line.listed:
        match = _LISTED.fullmatch(told)
        text = " ".join((match[2] if match else "").split())
        is_done = bool(match and (match[1] or "").strip())
        done = _DONE.search(text) if is_done else None
        text = text[: done.start()] if done else text
        due = _DUE.search(text)
        text = text[: due.start()] if due else text
        if text:
            found.append(
                Promised(
                    text=text,
                    due=_day(due[1], number) if due else None,
                    is_done=is_done,
                    done_on=_day(done[1], number) if done else None,
                )
            )
    return tuple(found)


def _day(told: str, number: int) -> date:
    year, month, day = map(int, told.split("-"))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UsageError(f"line {number}: {told} is no day there is") from error


def promises_written(follow_ups: tuple[Promised, ...]) -> Iterator[str]:
    if follow_ups:
        yield "follow-ups:"
    for one in follow_ups:
        due = f" by {one.due.isoformat()}" if one.due else ""
        done = f", done {one.done_on.isoformat()}" if one.done_on else ""
        yield f"- [{'x' if one.is_done else ' '}] {one.text}{due}{done}"
