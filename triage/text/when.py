"""
Moments as people write them: ``fri 14:00``, ``in 2 weeks``, ``3 May``.

English and ISO 8601, whatever the locale; figures that people of two countries read as
two days (``3/5``) are no moment, and nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

MORNING = time(9)
"""When a day begins for somebody who names only the day."""

_CLOCKS = {
    "morning": MORNING, "noon": time(12), "midday": time(12), "lunch": time(12),
    "afternoon": time(14), "evening": time(18), "night": time(18),
}  # fmt: skip
"""Parts of a day, and when they begin."""

_CLOSING = time(17)
"""When a day of work ends: “end of week” is Friday then."""

EVIDENCE = frozenset({"evidence", "new evidence", "something new"})
"""What people write who wait for no moment but for the next one who says the same."""

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip

_UNITS = {
    "m": "minutes", "min": "minutes", "mins": "minutes", "minute": "minutes",
    "minutes": "minutes", "h": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days", "w": "weeks", "week": "weeks",
    "weeks": "weeks", "wk": "weeks", "wks": "weeks", "mo": "months",
    "month": "months", "months": "months", "y": "years", "year": "years",
    "years": "years",
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip

_TIME = re.compile(
    r"(?:^|\s)(?:at\s+)?(?:(\d{1,2}):(\d{2})\s*(am|pm)?|(\d{1,2})\s*(am|pm))$"
)
_PART = re.compile(rf"(?:^|\s)(?:(?:at|in the|this)\s+)?({'|'.join(_CLOCKS)})$")
_IN = re.compile(r"(?:in\s+)?(\d{1,4}|[a-z]+)\s*([a-z]+)(?:\s+from now)?")
_END = re.compile(r"(?:the )?end of (?:the |this )?(day|week|month|quarter|year)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?"
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Until:
    """How long something sleeps: until a moment, until new evidence, or either."""

    moment: datetime | None
    on_evidence: bool


def until(text: str, now: datetime) -> Until | None:
    """
    What ends a sleep, as the text says: “fri”, “evidence”, “fri or evidence”.

    None where any part of it is neither a moment to come nor evidence.
    """
    said = [" ".join(one.split()) for one in re.split(r"\bor\b", text.casefold())]
    moments = [one for one in said if one not in EVIDENCE]
    if len(moments) > 1 or not all(said):
        return None
    found = [when(one, now) for one in moments]
    if None in found:
        return None
    return Until(found[0] if found else None, len(said) > len(moments))


def when(text: str, now: datetime) -> datetime | None:
    """
    The moment to come that the text names, in ``now``'s time zone; None for no moment.

    A day alone means nine in the morning, a time alone its next occurrence.
    """
    said = " ".join(text.casefold().split())
    try:
        found = _read(said, now)
    except (ValueError, OverflowError):
        # 31 April, hour 25, the year 12,000: no moment.
        return None
    return found if found is not None and found > now else None


def day_named(text: str, now: datetime) -> datetime | None:
    """The day a person names, in UTC: 2027-03-01 or as ``when`` has it."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        found = when(text, now)
    return found.astimezone(UTC) if found else None


def past(text: str, now: datetime) -> datetime | None:
    """
    The moment gone by that the text names, in ``now``'s time zone; None for no moment.

    ``30d`` is so long ago to the second; a day means its first moment.
    """
    said = " ".join(text.casefold().split())
    try:
        found = _ago(said, now)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found <= now else None


def _ago(said: str, now: datetime) -> datetime | None:
    match = _IN.fullmatch(said.removesuffix(" ago"))
    if match is not None and match[2] in _UNITS and match[1].isdigit():
        number, unit = int(match[1]), _UNITS[match[2]]
        if unit in {"months", "years"}:
            return _months(now, -number * (12 if unit == "years" else 1))
        return now - timedelta(**{unit: number})
    midnight = _at(now, time())
    if said in {"today", "yesterday"}:
        return midnight - timedelta(days=said == "yesterday")
    weekday = _named(said, _DAYS)
    if weekday is not None:
        return midnight - timedelta(days=(now.weekday() - weekday) % 7)
    if re.fullmatch(r"\d{4}(-\d{1,2})?", said):
        year, _, month = said.partition("-")
        return midnight.replace(year=int(year), month=int(month or 1), day=1)
    found = _date(said, now)
    if found is None:
        return None
    found = _at(found, time())
    # A day without a year is the last one, not the next.
    named_year = re.search(r"\d{4}", said)
    return found if named_year or found <= now else found.replace(year=found.year - 1)


def _read(said: str, now: datetime) -> datetime | None:
    if said in {"later", "later today"}:
        return _later_today(now)
    if said == "tonight":
        return _at(now, _CLOCKS["evening"])
    if match := _END.fullmatch(said) or _END.fullmatch(_SHORT_ENDS.get(said, "")):
        return _end_of(match[1], now)
    passed = _span(said, now)
    if passed is not None:
        return passed
    day, clock = _split(said)
    if not day:
        return None if clock is None else _next(now, clock)
    found = _day(day, now)
    if found is None:
        return None
    if day == "today" and clock is None:
        return _later_today(now)
    return _at(found, clock or MORNING)


def _split(said: str) -> tuple[str, time | None]:
    """The day part and the time part."""
    said = re.sub(r"(\d)t(\d)", r"\1 \2", said)
    part = _PART.search(said)
    if part is not None:
        return said[: part.start()].strip(), _CLOCKS[part[1]]
    match = _TIME.search(said)
    if match is None:
        return said, None
    hours = int(match[1] or match[4])
    half = match[3] or match[5]
    if half:
        if not 1 <= hours <= 12:
            raise ValueError(hours)
        hours = hours % 12 + (12 if half == "pm" else 0)
    return said[: match.start()].strip(), time(hours, int(match[2] or 0))


def _day(day: str, now: datetime) -> datetime | None:
    if day == "today":
        return now
    if day in {"tomorrow", "tmr", "tom"}:
        return now + timedelta(days=1)
    if day in {"day after tomorrow", "the day after tomorrow"}:
        return now + timedelta(days=2)
    if day == "next week":
        return now + timedelta(days=7 - now.weekday())
    if day == "next month":
        return _months(now.replace(day=1), 1)
    if day == "next quarter":
        return _months(now.replace(month=now.month - (now.month - 1) % 3, day=1), 3)
    if day == "next year":
        return now.replace(year=now.year + 1, month=1, day=1)
    if day in {"weekend", "this weekend"}:
        return now + timedelta(days=(5 - now.weekday()) % 7 or 7)
    bare = day.removeprefix("next ").removeprefix("this ").removeprefix("on ")
    weekday = _named(bare, _DAYS)
    if weekday is not None:
        return now + timedelta(days=(weekday - now.weekday()) % 7 or 7)
    return _span(day, now) or _date(day.removeprefix("on "), now)


_SHORT_ENDS = {
    "eod": "end of day", "eow": "end of week", "eom": "end of month",
    "eoq": "end of quarter", "eoy": "end of year",
}  # fmt: skip


def _end_of(what: str, now: datetime) -> datetime:
    """The last working hour of the day, of Friday, or of the last day of the rest."""
    if what == "day":
        return _at(now, _CLOSING)
    if what == "week":
        friday = _at(now + timedelta(days=4 - now.weekday()), _CLOSING)
        return friday if friday > now else friday + timedelta(days=7)
    months = {"month": 1, "quarter": 3 - (now.month - 1) % 3, "year": 13 - now.month}
    return _at(_months(now.replace(day=1), months[what]) - timedelta(days=1), _CLOSING)


def _span(said: str, now: datetime) -> datetime | None:
    """``in 2 weeks``, ``3d``, ``an hour``: hours count on, days end in the morning."""
    match = _IN.fullmatch(said)
    if match is None or match[2] not in _UNITS:
        return None
    number = int(match[1]) if match[1].isdigit() else _NUMBERS.get(match[1])
    if number is None:
        return None
    unit = _UNITS[match[2]]
    if unit == "minutes":
        return now + timedelta(minutes=number)
    if unit == "hours":
        return now + timedelta(hours=number)
    if unit in {"months", "years"}:
        return _at(_months(now, number * (12 if unit == "years" else 1)), MORNING)
    return _at(now + timedelta(days=number * (7 if unit == "weeks" else 1)), MORNING)


def _date(day: str, now: datetime) -> datetime | None:
    if match := _ISO.fullmatch(day):
        return now.replace(year=int(match[1]), month=int(match[2]), day=int(match[3]))
    if match := _DAY_MONTH.fullmatch(day):
        number, name, year = int(match[1]), match[2], match[3]
    elif match := _MONTH_DAY.fullmatch(day):
        number, name, year = int(match[2]), match[1], match[3]
    else:
        return None
    month = _named(name, _MONTHS)
    if month is None:
        return None
    found = now.replace(
        year=int(year) if year else now.year, month=month + 1, day=number
    )
    if not year and found.date() < now.date():
        return found.replace(year=now.year + 1)
    return found


def _later_today(now: datetime) -> datetime:
    """Three hours on, at a full hour."""
    return (now + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0)


def _next(now: datetime, clock: time) -> datetime:
    found = _at(now, clock)
    return found if found > now else found + timedelta(days=1)


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


def _months(day: datetime, number: int) -> datetime:
    """The same day so many months on, or the last one there is."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=min(day.day, last))
        except ValueError:
            if last == 28:
                raise
    return day


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Which of these the word names; three letters are enough."""
    for place, name in enumerate(names):
        if len(word) >= 3 and name.startswith(word):
            return place
    return None
