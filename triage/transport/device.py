"""Signing in with a code that is typed in any browser, here or elsewhere (RFC 8628)."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from triage.connector import OAuth, Secret
from triage.errors import RateLimited, SignInFailed, SourceUnavailable
from triage.transport import origin
from triage.transport.oauth import (
    Grant,
    Refusal,
    ask,
    read_refusal,
    refresh_token,
    refused,
)

if TYPE_CHECKING:
    from triage.transport.http import Http

LONGEST = 30 * 60.0
"""Seconds waited for a person at most, whatever the server allows."""

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SLOWER = 5.0  # RFC 8628 §3.5
_SLOWEST = 60.0
_DENIED = {"access_denied", "authorization_declined"}


@dataclass(frozen=True, slots=True)
class GoThere:
    """
    What a person does in a browser.

    Attributes:
        code: To be typed there; "" where the address says all.
        seconds: How long that is waited for.
    """

    address: str
    code: str
    seconds: float


async def by_device(
    http: Http,
    oauth: OAuth,
    tell: Callable[[GoThere], object],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Secret:
    """
    The refresh token, once a person typed the code at the address ``tell`` is given.

    Raises:
        SignInFailed: They said no, or nobody typed it in time.
    """
    given = await _device_code(http, oauth)
    there = GoThere(
        _page(given), _text(given, "user_code"), _seconds(given, "expires_in", 900)
    )
    tell(there)
    code = Secret(_text(given, "device_code"))
    wait = min(max(_seconds(given, "interval", 5), 1), _SLOWEST)
    end = time.monotonic() + min(there.seconds, LONGEST)
    while time.monotonic() + wait < end:
        await sleep(wait)
        try:
            answer = await ask(
                http,
                oauth,
                oauth.token_url,
                {"grant_type": _GRANT, "device_code": code},
            )
        except (SourceUnavailable, RateLimited):
            # A connection that failed once may be there for the next poll.
            wait = min(wait * 2, _SLOWEST)
            continue
        if isinstance(answer, Grant):
            return refresh_token(oauth, answer)
        wait = _next_wait(answer, wait)
    raise SignInFailed("nobody typed the code in time; sign in again for a new one")


def _next_wait(answer: Refusal, wait: float) -> float:
    match answer.code:
        case "authorization_pending":
            return wait
        case "slow_down":
            return min(wait + _SLOWER, _SLOWEST)
        case "expired_token":
            raise SignInFailed("the code has ended; sign in again for a new one")
        case code if code in _DENIED:
            raise SignInFailed(
                "the sign-in was refused in the browser; nothing is kept"
            )
    raise refused(answer)


async def _device_code(http: Http, oauth: OAuth) -> dict[str, Any]:
    form = {"client_id": oauth.client_id, "scope": oauth.scope}
    answer = await http.at(oauth.device_url).post(
        oauth.device_url, form=form, allow=(400, 401, 403)
    )
    said = answer.json()
    if not isinstance(said, dict) or "device_code" not in said:
        raise refused(
            read_refusal(answer, said if isinstance(said, dict) else {}, form)
        )
    return said


def _page(given: dict[str, Any]) -> str:
    name = "verification_uri" if "verification_uri" in given else "verification_url"
    page = _text(given, name)
    origin.address(page)  # https, and nothing a terminal would follow elsewhere
    return page


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if not (
        isinstance(value, str) and 0 < len(value) <= 2000
        and value.isascii() and value.isprintable()
    ):  # fmt: skip
        raise SourceUnavailable(f"the sign-in server gave no {name}; try again later")
    return value


def _seconds(given: dict[str, Any], name: str, usual: float) -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return usual
    return float(value) if math.isfinite(value) and value > 0 else usual
