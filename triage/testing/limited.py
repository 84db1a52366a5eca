"""The forms in which services say "too often", as far as the client knows them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from triage.testing.promise import promise
from triage.transport.answered import Answer, said

WAIT = 90
"""Seconds that are asked for, where the form lets them be said."""


@dataclass(frozen=True, slots=True)
class TooOften:
    """
    An answer that says so.

    Attributes:
        seconds: How long it asks us to wait; 0 where it does not say.
    """

    name: str
    status: int = 429
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    seconds: float = WAIT


def forms(now: datetime) -> Sequence[TooOften]:
    """Every form, said at this moment."""
    until = now + timedelta(seconds=WAIT)
    epoch, date = f"{until.timestamp():.0f}", format_datetime(until, usegmt=True)
    told = {
        "Retry-After": [f"{WAIT}", date],
        "X-RateLimit-Retry-After": [f"{WAIT}"],
        "X-Rate-Limit-Retry-After": [f"{WAIT}"],
        "X-RateLimit-Reset": [epoch, f"{WAIT}", until.isoformat()],
        "X-Rate-Limit-Reset": [epoch],
        "X-RateLimit-Requests-Reset": [f"{until.timestamp() * 1000:.0f}"],
        "RateLimit-Reset": [f"{WAIT}"],
        "Rate-Limit-Reset": [f"{WAIT}"],
    }
    found = [
        TooOften(f"{name}: {value}", headers={name: value})
        for name, values in told.items()
        for value in values
    ]
    graph = json.dumps({"errors": [{"extensions": {"code": "RATELIMITED"}}]}).encode()
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": epoch}
    return [
        *found,
        TooOften("no header", seconds=0),
        TooOften(
            "X-Rate-Limit: an hour's calls are spent",
            headers={"X-Rate-Limit": "user-hour-lim:3600;user-hour-rem:0;"},
            seconds=3600,
        ),
        TooOften(
            "X-Gorgias-Account-Api-Call-Limit: 40/40",
            headers={"X-Gorgias-Account-Api-Call-Limit": "40/40"},
            seconds=20,
        ),
        TooOften(
            "wait_seconds in the body",
            content=json.dumps({"extras": {"wait_seconds": WAIT}}).encode(),
        ),
        TooOften("403 with Retry-After", 403, {"Retry-After": f"{WAIT}"}),
        TooOften("403 with no calls left", 403, spent),
        TooOften("RATELIMITED with 400", 400, {"Retry-After": f"{WAIT}"}, graph),
        TooOften("RATELIMITED with 200", 200, {"Retry-After": f"{WAIT}"}, graph),
    ]


class Limiting:
    """Says "too often" once, at the n-th request, and watches whether we wait."""

    def __init__(self, form: TooOften, number: int) -> None:
        self._form = form
        self._number = number
        self._until: datetime | None = None

    def fault(self, now: datetime, number: int, honest: Answer) -> Answer:
        """The answer to the n-th request of a run, which comes at ``now``."""
        form = self._form
        if number == self._number:
            # An HTTP date has no fractions of a second.
            self._until = now + timedelta(seconds=form.seconds - 1)
            date = {"Date": format_datetime(now.astimezone(UTC), usegmt=True)}
            return said(form.status, {**form.headers, **date}, form.content)
        promise(
            self._until is None or now >= self._until,
            f"A service that says “too often” ({form.name}) is left alone so long; it"
            " was asked again.",
        )
        return honest
