"""A stretch of time that is compared with another: ``2026-01..2026-03``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from triage.errors import UsageError

_SAID = re.compile(
    r"(?P<year>\d{4})"
    r"(-Q(?P<quarter>[1-4])|-W(?P<week>\d\d)|-(?P<month>\d\d)(-(?P<day>\d\d))?)?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wave:
    """
    From a moment to another, in UTC.

    Attributes:
        name: As it was asked for.
        end: The first moment no more in it.
    """

    name: str
    begin: datetime
    end: datetime


def wave(text: str) -> Wave:
    """
    A year, quarter, month, week or day, or from one to another, both included.

    >>> wave("2026-01..2026-03").end == wave("2026-Q1").end
    True

    Raises:
        UsageError: It is none, or ends before it begins.
    """
    first, between, last = text.partition("..")
    begin, end = _span(first)
    if between:
        end = _span(last)[1]
    if begin >= end:
        raise UsageError(f"{text} ends before it begins")
    return Wave(text, begin, end)


def waves(first: str, second: str) -> tuple[Wave, Wave]:
    """
    Two that have no day in common, in the order they were said.

    Raises:
        UsageError: They overlap; what is in both cannot differ.
    """
    one, other = wave(first), wave(second)
    if one.begin < other.end and other.begin < one.end:
        raise UsageError(f"{first} and {second} overlap; compare two apart")
    return one, other


def _span(text: str) -> tuple[datetime, datetime]:
    told = _SAID.fullmatch(text.strip())
    if told is None:
        raise _wrong(text)
    year = int(told["year"])
    try:
        if told["week"]:
            monday = datetime.fromisocalendar(year, int(told["week"]), 1)
            begin = monday.replace(tzinfo=UTC)
            return begin, begin + timedelta(weeks=1)
        if told["day"]:
            begin = datetime(year, int(told["month"]), int(told["day"]), tzinfo=UTC)
            return begin, begin + timedelta(days=1)
        if told["month"]:
            return _months(year, int(told["month"]), 1)
        if told["quarter"]:
            return _months(year, 3 * int(told["quarter"]) - 2, 3)
        return _months(year, 1, 12)
    except (ValueError, OverflowError):
        raise _wrong(text) from None


def _months(year: int, month: int, many: int) -> tuple[datetime, datetime]:
    begin = datetime(year, month, 1, tzinfo=UTC)
    after = year * 12 + month - 1 + many
    return begin, datetime(after // 12, after % 12 + 1, 1, tzinfo=UTC)


def _wrong(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is no wave; write 2026, 2026-Q1, 2026-01, 2026-W05, 2026-01-15 or"
        " two of them with .. between"
    )
