"""A question is asked again when that helps, after as long a wait as was asked for."""

from __future__ import annotations

import ssl
from datetime import datetime, timedelta

import httpx
import pytest

from transport.desk import NOW, Desk, ok
from triage.errors import RateLimited, SourceUnavailable


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520])
async def test_passing_statuses(status: int) -> None:
    """A passing failure is asked about again until it passes."""
    desk = Desk(httpx.Response(status), httpx.Response(status), ok())
    assert (await desk.http.get("x")).json() == {"ok": True}
    assert len(desk.slept) == 2
    assert all(0 <= pause <= 4 for pause in desk.slept)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("half an answer"),
        ssl.SSLError("a byte turned round on the way"),
    ],
)
async def test_passing_connections(error: Exception) -> None:
    """A connection that breaks is tried again, five times in all."""
    desk = Desk(error, ok())
    assert (await desk.http.get("x")).status == 200
    desk = Desk(error)
    with pytest.raises(SourceUnavailable, match=r"^desk"):
        await desk.http.get("x")
    assert len(desk.asked) == 5
    assert len(desk.slept) == 4


async def test_patience() -> None:
    """Six failures in a row end the pull; pauses stay below a minute."""
    desk = Desk(*[httpx.Response(500)] * 6)
    with pytest.raises(SourceUnavailable, match="in trouble"):
        await desk.http.get("x")
    assert len(desk.asked) == 5
    assert max(desk.slept) <= 60


async def test_writes_once() -> None:
    """A write is never repeated: it may have arrived."""
    for failure in (httpx.Response(503), httpx.ReadError("reset")):
        desk = Desk(failure)
        with pytest.raises(SourceUnavailable):
            await desk.http.post("replies", json={"text": "Hi"})
        assert len(desk.asked) == 1
    desk = Desk(httpx.Response(429, headers={"Retry-After": "5"}))
    with pytest.raises(RateLimited):
        await desk.http.post("replies", json={"text": "Hi"})
    assert len(desk.asked) == 1


async def test_searches_again() -> None:
    """A search by POST is repeated like any question."""
    desk = Desk(httpx.Response(503), ok())
    await desk.http.post("search", json={}, idempotent=True)
    assert [request.content for request in desk.asked] == [b"{}", b"{}"]


LIMITS: list[tuple[int, dict[str, str], object, float]] = [
    (429, {"Retry-After": "7"}, None, 7),
    (429, {"Retry-After": "Sun, 01 Mar 2026 12:00:30 GMT"}, None, 30),
    (503, {"Retry-After": "9"}, None, 9),
    (403, {"Retry-After": "60"}, None, 60),
    (429, {"X-RateLimit-Retry-After": "11"}, None, 11),
    (429, {"x-ratelimit-reset": str(int(NOW.timestamp()) + 40)}, None, 40),
    (429, {"x-ratelimit-reset": "12"}, None, 12),
    (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "13"}, None, 13),
    (429, {"rate-limit-reset": "14"}, None, 14),
    (
        400,
        {"X-RateLimit-Requests-Reset": str(int(NOW.timestamp() * 1000) + 15_000)},
        {"errors": [{"extensions": {"code": "RATELIMITED"}}]},
        15,
    ),
    (429, {}, {"extras": {"wait_seconds": 16}}, 16),
    (429, {"X-Gorgias-Account-Api-Call-Limit": "40/40"}, None, 20),
]


@pytest.mark.parametrize(("status", "headers", "body", "pause"), LIMITS)
async def test_waits_as_told(
    status: int, headers: dict[str, str], body: object, pause: float
) -> None:
    """Whatever header names the wait, we wait as long, and then get the answer."""
    desk = Desk(httpx.Response(status, headers=headers, json=body), ok())
    assert (await desk.http.get("x")).json() == {"ok": True}
    assert desk.slept == [pause]


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ({"Retry-After": "1000"}, NOW + timedelta(seconds=1000)),
        ({"Retry-After": "1000000000"}, NOW + timedelta(days=1)),
        ({"Retry-After": "9e99"}, NOW + timedelta(days=1)),
        (
            {"X-Rate-Limit": "user-hour-lim:3500;user-hour-rem:0;"},
            NOW + timedelta(hours=1),
        ),
    ],
)
async def test_long_waits(headers: dict[str, str], until: datetime) -> None:
    """More than a quarter of an hour ends the pull, and says when to come back."""
    for status in (429, 503):
        desk = Desk(httpx.Response(status, headers=headers))
        with pytest.raises(RateLimited, match=r"2026-03-0[12] ") as caught:
            await desk.http.get("x")
        assert caught.value.until == until
        assert desk.slept == []


async def test_storm() -> None:
    """A source that limits every try is left alone after five."""
    desk = Desk(httpx.Response(429, headers={"Retry-After": "3"}))
    with pytest.raises(RateLimited) as caught:
        await desk.http.get("x")
    assert caught.value.until == NOW + timedelta(seconds=3)
    assert desk.slept == [3, 3, 3, 3]
