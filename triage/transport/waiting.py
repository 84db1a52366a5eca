"""How long a source asks us to wait, whichever of a dozen headers it says it in."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST = 15 * 60.0
"""Seconds waited within a sync; a longer wait ends it, to be resumed then."""

_AFTER = ("retry-after", "x-ratelimit-retry-after", "x-rate-limit-retry-after")
_RESET = (
    "x-ratelimit-reset",
    "x-rate-limit-reset",
    "x-ratelimit-requests-reset",
    "ratelimit-reset",
    "rate-limit-reset",
)
_LEFT = (
    "x-ratelimit-remaining",
    "x-rate-limit-remaining",
    "x-ratelimit-requests-remaining",
    "ratelimit-remaining",
    "rate-limit-remaining",
)
_WINDOWS = {60: "x-ratelimit-app-global-minute", 86400: "x-ratelimit-app-global-day"}
"""Limits of SurveyMonkey's that hold side by side, by their seconds."""
_HOUR_SPENT = re.compile(r"user-hour-rem:\s*0\b")  # App Store Connect: a rolling hour
_HOUR_LEFT = re.compile(r"user-hour-rem:\s*(\d{1,9})\b")
_HOUR_OF = re.compile(r"user-hour-lim:\s*(\d{1,9})\b")
_BUCKET = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})")  # Gorgias: calls used / calls held
_BUCKET_EMPTIES = 20.0


def is_limited(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """
    Whether an answer says "too often", in any of the ways it is said.

    Status 429; 403 with a wait or with no calls left; GraphQL's RATELIMITED under 200
    or 400.
    """
    if status == 403:
        return any(name in headers for name in _AFTER) or _calls_left(headers) == 0
    return status == 429 or (
        status in {200, 400} and b"RATELIMITED" in body and _graph_refuses(body)
    )


def wait(headers: Mapping[str, str], body: bytes, now: datetime) -> float | None:
    """
    Return the seconds to wait, never negative; None where the source does not say.

    The longest of all that is said counts. A window's reset counts unless the source
    says calls are left in it: a short-term limit comes with the hourly one's reset.
    """
    said = [_seconds(headers.get(name, ""), headers, now) for name in _AFTER]
    if (_calls_left(headers) or 0) <= 0:
        said += [_seconds(headers.get(name, ""), headers, now) for name in _RESET]
    said += [
        _seconds(headers.get(f"{name}-reset", ""), headers, now)
        for name in _WINDOWS.values()
        if _count(headers, f"{name}-remaining") == 0
    ]
    if _HOUR_SPENT.search(headers.get("x-rate-limit", "")):
        said.append(3600.0)
    if _is_full(headers.get("x-gorgias-account-api-call-limit", "")):
        said.append(_BUCKET_EMPTIES)
    said.append(_forum_wait(body))
    return max((seconds for seconds in said if seconds is not None), default=None)


def calls_left(
    headers: Mapping[str, str], seconds: float, *, alone: bool = True
) -> tuple[int | None, int | None]:
    """
    How many calls the source says are left, and of how many; None untold.

    Args:
        seconds: The time of the limit that is meant.
        alone: Whether it is the only one, so that what is said of none by name is said
            of it.
    """
    name = _WINDOWS.get(int(seconds), "")
    left = _count(headers, f"{name}-remaining")
    if name and left is not None:
        return left, _count(headers, f"{name}-limit")
    if not alone:
        return None, None
    hour = headers.get("x-rate-limit", "")
    spare, of = _HOUR_LEFT.search(hour), _HOUR_OF.search(hour)
    if spare:
        return int(spare[1]), int(of[1]) if of else None
    fewest = _calls_left(headers)
    return None if fewest is None else max(0, int(min(fewest, 1e9))), None


def _count(headers: Mapping[str, str], name: str) -> int | None:
    """A whole number a header holds, such as the calls that are left."""
    value = headers.get(name, "").strip()[:12]
    return int(value) if value.isascii() and value.isdecimal() else None


def _seconds(value: str, headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds, epoch seconds, epoch milliseconds, an HTTP date or an ISO date."""
    try:
        number = float(value[:60])
    except ValueError:
        at = _date(value)
        return None if at is None else max(0.0, (at - _server_now(headers, now)))
    if not math.isfinite(number):
        return None
    if number > 1e12:
        number /= 1000
    if number > 1e9:
        number -= _server_now(headers, now)
    return max(0.0, number)


def _server_now(headers: Mapping[str, str], now: datetime) -> float:
    """The server's own clock where it tells: ours may be wrong, its dates are not."""
    said = _date(headers.get("date", ""))
    return now.timestamp() if said is None else said


def _date(value: str) -> float | None:
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            at = read(value[:60])
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _calls_left(headers: Mapping[str, str]) -> float | None:
    """The fewest calls left in any window; None where nothing is said."""
    left: list[float] = []
    for name in _LEFT:
        try:
            left.append(float(headers.get(name, "")))
        except ValueError:
            continue
    return min(left, default=None)


def _is_full(bucket: str) -> bool:
    used = _BUCKET.fullmatch(bucket.strip())
    return used is not None and int(used[1]) >= int(used[2])


def _graph_refuses(body: bytes) -> bool:
    errors = _inside(_json(body), "errors")
    return isinstance(errors, list) and any(
        _inside(_inside(error, "extensions"), "code") == "RATELIMITED"
        for error in errors
    )


def _forum_wait(body: bytes) -> float | None:
    """Discourse says it in the body: ``{"extras": {"wait_seconds": 12}}``."""
    if b"wait_seconds" not in body:
        return None
    seconds = _inside(_inside(_json(body), "extras"), "wait_seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    seconds = float(min(seconds, 1e9))  # a whole number of 400 digits is no float
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _inside(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None
