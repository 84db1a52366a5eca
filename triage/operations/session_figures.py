"""Figures of a session as people write them: prices, success, time on a task."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from triage.errors import UsageError
from triage.operations.session_lines import Line

PRICES = ("too_cheap", "cheap", "expensive", "too_expensive")
"""What the four questions about prices ask for, from the lowest."""

FIGURES = (*PRICES, "success", "time_on_task")
"""What is kept as figures: prices, success from 0 to 1, seconds on a task."""

_SECONDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(s|sec|secs|seconds?|min|mins|minutes?)?")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)")
_PRICE = re.compile(r"[^\d\s.,-]{0,3}\s*(\d[\d.,  ]*)\s*[^\d.,-]{0,10}")
_SHARES = {"yes": 1.0, "partly": 0.5, "no": 0.0}


def number(told: str, line: Line, hint: str) -> float:
    try:
        value = float(told.replace(",", "."))
    except ValueError as error:
        raise UsageError(f"line {line.number}: {hint}, not {told!r}") from error
    if not math.isfinite(value):
        raise UsageError(f"line {line.number}: {hint}, not {told!r}")
    return value


def figure(key: str, line: Line) -> float:
    told = line.value.casefold()
    if key == "success":
        if told in _SHARES:
            return _SHARES[told]
        hint = "success is yes, partly, no or a share from 0 to 1"
        value = number(told, line, hint)
        if not 0 <= value <= 1:
            raise UsageError(f"line {line.number}: {hint}, not {line.value!r}")
        return value
    if key == "time_on_task":
        return _seconds(told, line)
    match = _PRICE.fullmatch(told)
    hint = f"{line.name} is a price, like 12 or 12.50"
    if match is None:
        raise UsageError(f"line {line.number}: {hint}, not {line.value!r}")
    return number(_plain_price(match[1]), line, hint)


def _plain_price(told: str) -> str:
    """Digits with one point: 1,200.50 and 1.200,50 are one price, 1,200 is 1200."""
    bare = re.sub(r"[\s ]", "", told)
    last = max(bare.rfind("."), bare.rfind(","))
    if last < 0:
        return bare
    whole, cents = bare[:last], bare[last + 1 :]
    both = "." in bare and "," in bare
    is_thousands = len(cents) == 3 and not both and bare[last] == ","
    whole = whole.replace(".", "").replace(",", "")
    return whole + cents if is_thousands else f"{whole}.{cents or 0}"


def _seconds(told: str, line: Line) -> float:
    clock = _CLOCK.fullmatch(told)
    if clock:
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    match = _SECONDS.fullmatch(told)
    if match is None:
        raise UsageError(
            f"line {line.number}: time on task looks like 95 s, 2 min or 1:35, not"
            f" {line.value!r}"
        )
    each = 60 if (match[2] or "s").startswith("m") else 1
    return float(match[1].replace(",", ".")) * each


def number_written(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{Decimal(repr(value)):f}"


def figure_written(key: str, value: float) -> str:
    if key == "success":
        words = {share: word for word, share in _SHARES.items()}
        return words.get(value) or number_written(value)
    seconds = " s" if key == "time_on_task" else ""
    return number_written(value) + seconds
