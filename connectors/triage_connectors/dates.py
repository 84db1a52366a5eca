"""Dates as exports write them, read by what the whole column shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Final

_NONE: Final = frozenset(["", "-", "–", "n/a", "na", "nan", "nat", "null", "none", "0"])
_NONE_STARTS: Final = ("0000-", "0001-01-01", "1900-01-00", "1899-12-3")
_LONGEST: Final = 80
_TIME = (
    r"(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})"
    r"(?:[.,](?P<fraction>\d{1,9}))?)?[ \u00a0\u202f]?(?P<half>[AaPp]\.?[Mm]\.?)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second_number>\d{1,2})(?P=mark)"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:,? ?T?(?:at |um )?{_TIME})?"
)
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: de)?[ -])?(?P<month>[^\W\d_]{3,12})\.?"
    r"(?:[ -](?P<late_day>\d{1,2})(?:st|nd|rd|th)?(?=\D))?,?(?: de)?[ -](?P<year>\d{4})"
    rf"(?:,? ?(?:at |um )?{_TIME})?"
)
# Google Forms, where it writes the file itself: 2026/03/04 5:06:07 PM GMT+2.
_SLASHED = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2}) "
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<fraction>)(?P<zone>)"
    r"(?: (?P<half>[AaPp]\.?[Mm]\.?))?"
    r"(?: (?:GMT|UTC)(?P<ahead>[+-]\d{1,2})?(?::?(?P<past>\d{2}))?)?"
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,10}\.?,? (?=\w)")
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän januari janvier janv enero ene gennaio gen janeiro",
            "feb february februar februari février févr febrero febbraio fevereiro",
            "mar march märz mär maerz maart mars marzo março",
            "apr april avril avr abril abr aprile",
            "may mai mei mayo maggio mag maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august augustus août aout agosto ago",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october okt oktober octobre octubre ottobre ott outubro",
            "nov november novembre noviembre novembro",
            "dec december dez dezember décembre déc diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dates:
    """
    How one column writes its dates.

    Attributes:
        month_first: Whether 3/4/2026 is in March; only numbers with the year last.
        form: A strptime format; "" reads every form known here.
    """

    month_first: bool = False
    form: str = ""

    def read(self, value: Any) -> datetime | None:
        """
        Return the moment, UTC where no zone is told; None for an empty cell.

        Raises ValueError with a sentence for people where it is no date.
        """
        if isinstance(value, str):
            text = value.strip()
            if text.lower() in _NONE or text.startswith(_NONE_STARTS):
                return None
            found = self._of_text(text)
        elif value is None or isinstance(value, bool):
            return None
        elif isinstance(value, (int, float)):
            if not value:
                return None
            found = _of_number(float(value))
        else:
            found = None
        if found is None or not _FIRST <= found < _LAST:
            raise ValueError(f"“{str(value)[:60]}” is not a date")
        return found

    def _of_text(self, text: str) -> datetime | None:
        if len(text) > _LONGEST:
            return None
        if self.form:
            try:
                # What the form says of a zone is kept; where it says nothing, UTC.
                return _aware(datetime.strptime(text, self.form))  # noqa: DTZ007
            except (ValueError, OverflowError):
                return None
        return (
            _iso(text)
            or _digits(text)
            or self._numeric(text)
            or _named(text)
            or _slashed(text)
            or _mail(text)
        )

    def _numeric(self, text: str) -> datetime | None:
        found = _NUMERIC.fullmatch(text)
        if found is None:
            return None
        day, month = int(found["first"]), int(found["second_number"])
        if self.month_first and found["mark"] != ".":
            day, month = month, day
        year = int(found["year"])
        return _put_together(year + 2000 if year < 100 else year, month, day, found)


def told_by(values: Iterable[Any], form: str = "") -> Dates:
    """
    Return how a column writes its dates, told by some of its cells.

    A number over 12 settles whether day or month comes first; where none does, the day
    does, as numbers in falling order of size are what ISO 8601 asks for, backwards.
    """
    day_first = month_first = 0
    for value in values:
        found = _NUMERIC.fullmatch(value.strip()) if isinstance(value, str) else None
        if found:
            day_first += int(found["first"]) > 12
            month_first += int(found["second_number"]) > 12
    return Dates(month_first=month_first > day_first, form=form)


def _iso(text: str) -> datetime | None:
    if len(text) < 10 or not text[:4].isdigit():
        return None
    if text[4] not in "-/." and text[8] != "T":
        return None
    bare = text.removesuffix("UTC").removesuffix("GMT").rstrip()
    if text[4] in "/.":
        bare = bare[:10].replace(text[4], "-") + bare[10:]
    if len(bare) > 20 and bare[-6] == " ":
        bare = bare[:-6] + bare[-5:]
    elif len(bare) > 20 and bare[-7] == " ":
        bare = bare[:-7] + bare[-6:]
    try:
        return _aware(datetime.fromisoformat(bare))
    except ValueError:
        return None


def _digits(text: str) -> datetime | None:
    whole, _, fraction = text.partition(".")
    if (
        not whole.isascii()
        or not whole.isdigit()
        or (fraction and not fraction.isdigit())
    ):
        return None
    if len(whole) == 8 and not fraction and "19700101" <= whole < "22000101":
        try:
            return datetime.strptime(whole, "%Y%m%d").replace(tzinfo=UTC)
        except ValueError:
            return None
    return _of_number(float(text)) if len(whole) >= 9 else None


def _of_number(seconds: float) -> datetime | None:
    """Return a moment since 1970, in seconds or in thousandths down to billionths."""
    for _ in range(3):
        if abs(seconds) < 1e11:
            break
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _named(text: str) -> datetime | None:
    found = _NAMED.fullmatch(_WEEKDAY.sub("", text) if text[0].isalpha() else text)
    found = found or _NAMED.fullmatch(text)
    if found is None:
        return None
    month = _MONTHS.get(found["month"].casefold(), 0)
    day = found["day"] or found["late_day"]
    if not month or not day:
        return None
    return _put_together(int(found["year"]), month, int(day), found)


def _slashed(text: str) -> datetime | None:
    found = _SLASHED.fullmatch(text)
    if found is None:
        return None
    day = int(found["year"]), int(found["month"]), int(found["day"])
    at = _put_together(*day, found)
    hours, minutes = int(found["ahead"] or 0), int(found["past"] or 0)
    if at is None or abs(hours) > 14:
        return None
    ahead = timedelta(hours=abs(hours), minutes=minutes)
    return at + ahead if hours < 0 else at - ahead


def _mail(text: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _put_together(
    year: int, month: int, day: int, found: re.Match[str]
) -> datetime | None:
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    micro = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    try:
        return datetime(
            year,
            month,
            day,
            hour,
            int(found["minute"] or 0),
            int(found["second"] or 0),
            micro,
            tzinfo=_zone(found["zone"] or ""),
        )
    except ValueError:
        return None


def _zone(text: str) -> timezone:
    if text[:1] not in {"+", "-"}:
        return UTC
    digits = text[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if text[0] == "-" else ahead)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
