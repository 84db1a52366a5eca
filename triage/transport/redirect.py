"""Signing in with a browser that comes back to this machine (RFC 8252, RFC 7636)."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from triage.connector import OAuth, Secret
from triage.errors import ConfigError, SignInFailed
from triage.text.display import one_line
from triage.transport import loopback, origin
from triage.transport.device import GoThere
from triage.transport.oauth import Refusal, ask, refresh_token, refused

if TYPE_CHECKING:
    from triage.transport.http import Http

PATIENCE = 10 * 60.0
"""Seconds a person has to agree in the browser."""


async def by_redirect(
    http: Http,
    oauth: OAuth,
    tell: Callable[[GoThere], object],
    paste: Callable[[], Coroutine[None, None, str]] | None = None,
) -> Secret:
    """
    The refresh token, once a person agreed at the address ``tell`` is given.

    Args:
        paste: Waits for the address the browser was sent back to, where the browser is
            on another machine and finds nobody there.

    Raises:
        SignInFailed: They said no, took too long, or pasted something else.
    """
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
    async with loopback.listening(lambda answer: _is_ours(answer, state)) as here:
        address = _address(oauth, here.address, state, verifier)
        tell(GoThere(address, "", PATIENCE))
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await _first(here.answer, paste)
        except TimeoutError:
            answer = None
    if answer is None:
        raise SignInFailed("nobody signed in within ten minutes; try again")
    if not _is_ours(answer, state):
        raise SignInFailed(
            "what was pasted does not answer this sign-in; sign in again, and paste the"
            " whole address the browser was sent to last"
        )
    if "code" not in answer:
        said = one_line(answer.get("error", "nothing"), 60)
        raise SignInFailed(f"the sign-in was refused in the browser ({said})")
    grant = await ask(
        http,
        oauth,
        oauth.token_url,
        {
            "grant_type": "authorization_code",
            "code": Secret(answer["code"]),
            "redirect_uri": here.address,
            "code_verifier": Secret(verifier),
        },
    )
    if isinstance(grant, Refusal):
        raise refused(grant)
    return refresh_token(oauth, grant)


def _address(oauth: OAuth, back: str, state: str, verifier: str) -> str:
    origin.address(oauth.authorize_url)
    digest = hashlib.sha256(verifier.encode()).digest()
    try:
        url = httpx.URL(oauth.authorize_url)
    except httpx.InvalidURL:
        raise ConfigError(f"{oauth.authorize_url!r} is not a web address") from None
    asked = {
        "response_type": "code",
        "client_id": oauth.client_id,
        "redirect_uri": back,
        "scope": oauth.scope,
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    query = urlencode([*parse_qsl(url.query.decode()), *asked.items()])
    return str(url.copy_with(query=query.encode(), fragment=None))


def _is_ours(answer: Mapping[str, str], state: str) -> bool:
    """Whether it answers this sign-in, and says yes or no."""
    given = answer.get("state", "").encode()
    said = "code" in answer or "error" in answer
    return said and secrets.compare_digest(given, state.encode())


async def _first(
    arrived: asyncio.Future[Mapping[str, str]],
    paste: Callable[[], Coroutine[None, None, str]] | None,
) -> Mapping[str, str]:
    """What the browser brought or a person pasted, whichever is there first."""
    if paste is None:
        return await arrived
    pasting = asyncio.ensure_future(paste())
    try:
        either: set[asyncio.Future[Any]] = {arrived, pasting}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if arrived.done():
            return arrived.result()
        pasted = pasting.result().strip()
        if not pasted:
            # Whoever has nothing to paste may still agree in a browser here.
            return await arrived
        return dict(parse_qsl(urlsplit(pasted).query))
    finally:
        pasting.cancel()
