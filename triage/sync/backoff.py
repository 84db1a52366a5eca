"""When a source that failed is tried again unasked: later each time, within limits."""

from __future__ import annotations

from datetime import datetime, timedelta

from triage.errors import ConfigError, RateLimited, SignInFailed

FIRST, MOST = timedelta(minutes=5), timedelta(hours=6)
"""The wait after one failure, doubled with each that follows, and the longest."""

REFUSED_FIRST, REFUSED_MOST = timedelta(minutes=30), timedelta(hours=24)
"""The same where the account was refused, times four: accounts are locked by asking."""


def retry_at(error: Exception, failures: int, now: datetime) -> datetime | None:
    """
    The moment before which nobody asks again unasked; None where asking harms nobody.

    Args:
        failures: How many there were in a row, this one included.
    """
    if isinstance(error, ConfigError):
        # Settings are looked at here, and may be right the next minute.
        return None
    if isinstance(error, RateLimited) and error.until is not None:
        return error.until
    if isinstance(error, SignInFailed):
        return now + _grown(REFUSED_FIRST, 4, failures, REFUSED_MOST)
    return now + _grown(FIRST, 2, failures, MOST)


def _grown(first: timedelta, factor: int, failures: int, most: timedelta) -> timedelta:
    # Beyond ten, every power is over the limit already.
    grown: timedelta = first * int(factor ** min(failures - 1, 10))
    return min(most, grown)
