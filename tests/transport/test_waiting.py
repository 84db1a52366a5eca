"""Every way to say "wait" is understood, and nothing said can break the reader."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.transport.waiting import is_limited, wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())

SAID: list[tuple[dict[str, str], bytes, float | None]] = [
    ({}, b"", None),
    ({"Retry-After": "30"}, b"", 30),
    ({"Retry-After": "0"}, b"", 0),
    ({"Retry-After": "-5"}, b"", 0),
    ({"Retry-After": "1.5"}, b"", 1.5),
    ({"Retry-After": "soon"}, b"", None),
    ({"Retry-After": "nan"}, b"", None),
    ({"Retry-After": "1e999"}, b"", None),
    ({"Retry-After": "Sun, 01 Mar 2026 12:01:00 GMT"}, b"", 60),
    ({"Retry-After": "Sun, 01 Mar 2026 11:00:00 GMT"}, b"", 0),
    ({"Retry-After": "2026-03-01T12:02:00Z"}, b"", 120),
    (
        # The server's clock is an hour ahead of ours; its dates are meant by its own.
        {
            "Retry-After": "Sun, 01 Mar 2026 13:00:10 GMT",
            "Date": "Sun, 01 Mar 2026 13:00:00 GMT",
        },
        b"",
        10,
    ),
    ({"X-RateLimit-Retry-After": "8"}, b"", 8),
    ({"x-ratelimit-reset": str(EPOCH + 90)}, b"", 90),
    ({"x-ratelimit-reset": str(EPOCH * 1000 + 90_000)}, b"", 90),
    ({"x-ratelimit-reset": str(EPOCH - 90)}, b"", 0),
    ({"x-ratelimit-reset": "25"}, b"", 25),
    ({"rate-limit-reset": "26"}, b"", 26),
    ({"ratelimit-reset": "27"}, b"", 27),
    ({"X-Rate-Limit-Reset": "28"}, b"", 28),
    ({"X-RateLimit-Requests-Reset": str(EPOCH * 1000 + 2_000)}, b"", 2),
    ({"X-Rate-Limit": "user-hour-lim:3500;user-hour-rem:0;"}, b"", 3600),
    ({"X-Rate-Limit": "user-hour-lim:3500;user-hour-rem:7;"}, b"", None),
    ({"X-Gorgias-Account-Api-Call-Limit": "40/40"}, b"", 20),
    ({"X-Gorgias-Account-Api-Call-Limit": "12/40"}, b"", None),
    (
        {
            "X-Ratelimit-App-Global-Minute-Remaining": "119",
            "X-Ratelimit-App-Global-Minute-Reset": "31",
            "X-Ratelimit-App-Global-Day-Remaining": "0",
            "X-Ratelimit-App-Global-Day-Reset": "4000",
        },
        b"",
        4000,
    ),
    ({"X-Ratelimit-App-Global-Minute-Reset": "31"}, b"", None),
    # The longest counts …
    ({"Retry-After": "3", "x-ratelimit-reset": "40"}, b"", 40),
    # … but a window with calls left is not what we ran into.
    (
        {
            "Retry-After": "3",
            "x-ratelimit-reset": str(EPOCH + 3000),
            "x-ratelimit-remaining": "4000",
        },
        b"",
        3,
    ),
    ({}, b'{"extras": {"wait_seconds": 12}}', 12),
    ({}, b'{"extras": {"wait_seconds": "12"}}', None),
    ({}, b'{"extras": {"wait_seconds": 1' + b"0" * 400 + b"}}", 1e9),
    ({}, b'{"extras": {"wait_seconds": NaN}}', None),
    ({}, b'["wait_seconds"]', None),
    ({}, b"[" * 100_000 + b'"wait_seconds"', None),
]


@pytest.mark.parametrize(("headers", "body", "seconds"), SAID)
def test_wait(headers: dict[str, str], body: bytes, seconds: float | None) -> None:
    """A wait is read in seconds from whatever form it has."""
    got = wait(httpx.Headers(headers), body, NOW)
    assert got == (None if seconds is None else pytest.approx(seconds))


LIMITED = b'{"errors": [{"message": "", "extensions": {"code": "RATELIMITED"}}]}'


@pytest.mark.parametrize(
    ("status", "headers", "body", "limited"),
    [
        (429, {}, b"", True),
        (403, {}, b"", False),
        (403, {"Retry-After": "1"}, b"", True),
        (403, {"X-RateLimit-Remaining": "0"}, b"", True),
        (403, {"X-RateLimit-Remaining": "9"}, b"", False),
        (200, {}, LIMITED, True),
        (400, {}, LIMITED, True),
        (200, {}, b'{"text": "RATELIMITED"}', False),
        (200, {}, b'["RATELIMITED"]', False),
        (200, {}, b'{"errors": ["RATELIMITED"]}', False),
        (200, {}, b"RATELIMITED", False),
        (500, {}, LIMITED, False),
    ],
)
def test_limited(
    status: int, headers: dict[str, str], body: bytes, limited: bool
) -> None:
    """A limit is told from a refusal, and from customers who write about limits."""
    assert is_limited(status, httpx.Headers(headers), body) is limited


_NAMES = st.sampled_from(
    [
        "retry-after",
        "date",
        "x-ratelimit-reset",
        "x-ratelimit-remaining",
        "x-rate-limit",
        "x-gorgias-account-api-call-limit",
    ]
)
_VALUES = st.text() | st.floats().map(str) | st.integers().map(str)
_VALUES |= st.datetimes().map(str) | st.datetimes().map(lambda at: f"{at:%a, %d %b %Y}")


@given(st.dictionaries(_NAMES, _VALUES), st.binary())
def test_any_header(headers: dict[str, str], body: bytes) -> None:
    """No header, however strange, makes a wait negative or an error."""
    seconds = wait(headers, body, NOW)
    assert seconds is None or 0 <= seconds < float("inf")
