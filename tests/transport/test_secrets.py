"""A key shows nowhere, whatever goes wrong."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable

import httpx
import pytest

from transport.desk import HOME
from triage.connector import Secret
from triage.errors import (
    ConfigError,
    SourceError,
)
from triage.transport import Http

CANARY = "c4nary/+7f&=3a91"


def _echo(status: int, **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        sent = [*request.headers.values(), request.content.decode(), str(request.url)]
        escaped = json.dumps(sent).replace("/", "\\/")
        kind = {"content-type": "application/json", **headers}
        text = " ".join(sent) if status == 500 else escaped
        return httpx.Response(status, text=text, headers=kind)

    return answer


def _fail(error: type[Exception]) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error(f"{request.url} {request.headers.raw!r} {request.content!r}")

    return answer


def _quote_token(request: httpx.Request) -> httpx.Response:
    token = request.headers.get("Authorization", "").partition(" ")[2]
    token = token.removeprefix("token=").rpartition('="')[2].strip('"')
    return httpx.Response(401, text=f"token {token} is unknown")


FAILURES = [
    _quote_token,
    *(_echo(status) for status in (400, 401, 402, 403, 404, 410, 418, 422, 429)),
    *(_echo(status) for status in (500, 501, 502, 503, 504)),
    *(_echo(302, location=f"https://evil.example/{path}") for path in ("", CANARY)),
    _echo(302, location="/x"),
    _echo(200, **{"content-encoding": "br"}),
    *(
        _fail(error)
        for error in (
            httpx.ConnectError,
            httpx.ReadError,
            httpx.ReadTimeout,
            httpx.LocalProtocolError,
            httpx.RemoteProtocolError,
            httpx.UnsupportedProtocol,
            httpx.DecodingError,
            httpx.InvalidURL,
            httpx.StreamError,
        )
    ),
]


@pytest.mark.parametrize("how", range(7))
@pytest.mark.parametrize("answer", FAILURES)
async def test_canary(
    answer: Callable[[httpx.Request], httpx.Response],
    how: int,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A key shows in no error, log line or traceback, even one that prints locals."""
    caplog.set_level(logging.INFO)
    key = Secret(CANARY)

    async def sleep(_: float) -> None:
        pass

    async with Http(
        HOME, client_transport=httpx.MockTransport(answer), sleep=sleep
    ) as http:
        with pytest.raises((SourceError, ConfigError)) as caught:
            await [
                lambda: http.get("x", auth=key),
                lambda: http.get("x", auth=("anna", key)),
                lambda: http.get("x", headers={"X-API-Key": key}),
                lambda: http.get(
                    "x", headers={"Authorization": Secret(f"Token token={CANARY}")}
                ),
                lambda: http.get(
                    "x",
                    headers={
                        "Authorization": Secret(f'OAuth key="x", token="{CANARY}"')
                    },
                ),
                lambda: http.post("x", form={"secret": key}),
                lambda: http.post("x", json={"secret": key}),
            ][how]()
    told = traceback.TracebackException.from_exception(
        caught.value, capture_locals=True
    )
    seen = [str(caught.value), repr(caught.value), caplog.text, *capfd.readouterr()]
    basic = "YW5uYTpjNG5hcnkvKzdmJj0zYTkx"
    for text in (*seen, *told.format()):
        assert CANARY not in text.replace("\\/", "/")
        assert basic not in text
        assert "c4nary%2F%2B7f" not in text
