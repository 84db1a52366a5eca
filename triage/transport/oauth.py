"""Access tokens of OAuth 2.0: had for a refresh token, kept while they last."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from triage.connector import OAuth, Secret
from triage.errors import SignInFailed, SourceError, SourceUnavailable
from triage.text.display import one_line
from triage.transport.auth import hidden
from triage.transport.response import Response

if TYPE_CHECKING:
    from triage.transport.http import Http

LIFETIME = 300.0
"""Seconds an access token is held to last where its server does not say."""

_MARGIN = 120.0  # asked for anew so long before its end: clocks and answers are slow
_LONGEST = 86_400.0
_REFUSED = (400, 401, 403)
_CODE = re.compile(r"[a-z_]{1,60}")
_TOKEN = re.compile(r"[\x21-\x7e]{1,20000}")

_Key: TypeAlias = tuple[str, str, str, Secret]


@dataclass(frozen=True, slots=True)
class Grant:
    """
    What a token endpoint gave (RFC 6749 §5.1).

    Attributes:
        refresh: To be used from now on; None where the one we had stays.
        seconds: How long the access token lasts.
    """

    access: Secret
    refresh: Secret | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a token endpoint gave none: its code (RFC 6749 §5.2), and in its words."""

    where: str
    code: str
    said: str


@dataclass(frozen=True, slots=True)
class _Kept:
    grant: Grant
    refresh: Secret
    at: datetime
    ticks: float

    def lasts(self, now: datetime, ticks: float) -> bool:
        # The wall clock may be set back, the other stands still while a lid is closed.
        age = max((now - self.at).total_seconds(), ticks - self.ticks)
        seconds = self.grant.seconds
        return age < seconds - min(_MARGIN, seconds / 2)


class Tokens:
    """The access tokens of one client: each is asked for once while it lasts."""

    __slots__ = ("_clock", "_cure", "_kept", "_turns")

    def __init__(self, clock: Callable[[], datetime], source: str) -> None:
        self._clock = clock
        self._cure = f"`triage sources sign-in {source}` signs in again"
        self._kept: dict[_Key, _Kept] = {}
        self._turns: dict[_Key, asyncio.Lock] = {}

    async def access(self, http: Http, oauth: OAuth, refresh: Secret) -> Secret:
        """As ``Http.access_token`` says."""
        if not refresh.reveal():
            raise SignInFailed(f"nobody is signed in here; {self._cure}")
        key = (oauth.token_url, oauth.client_id, oauth.scope, refresh)
        async with self._turns.setdefault(key, asyncio.Lock()):
            kept = self._kept.get(key)
            if kept and kept.lasts(self._clock(), time.monotonic()):
                return kept.grant.access
            at, ticks = self._clock(), time.monotonic()
            latest = kept.refresh if kept else refresh
            grant = await _refreshed(http, oauth, latest, self._cure)
            if grant.refresh is not None:
                # Keeping it may ask a keyring, which may ask a person.
                latest = await asyncio.to_thread(latest.renewed, grant.refresh.reveal())
            self._kept[key] = _Kept(grant, latest, at, ticks)
            return grant.access


async def _refreshed(http: Http, oauth: OAuth, refresh: Secret, cure: str) -> Grant:
    granted = await ask(
        http,
        oauth,
        oauth.token_url,
        {
            "grant_type": "refresh_token",
            "refresh_token": refresh,
            "scope": oauth.scope,
        },
    )
    if isinstance(granted, Refusal):
        raise refused(granted, cure)
    return granted


async def ask(
    http: Http, oauth: OAuth, url: str, form: Mapping[str, str | Secret]
) -> Grant | Refusal:
    """
    Ask a token endpoint once; the client signs for itself in the form.

    Raises:
        SourceUnavailable: It is down, or answers neither a token nor a refusal.
    """
    signed = signed_form(oauth, form)
    answer = await http.at(url).post(url, form=signed, allow=_REFUSED)
    said = _values(answer)
    if "access_token" in said:
        return _grant(answer, said)
    return read_refusal(answer, said, signed)


def signed_form(
    oauth: OAuth, form: Mapping[str, str | Secret]
) -> dict[str, str | Secret]:
    """The form with the client's own id, and its secret where it has one."""
    signed = {**form, "client_id": oauth.client_id}
    if oauth.client_secret is not None and oauth.client_secret.reveal():
        signed["client_secret"] = oauth.client_secret
    return signed


def read_refusal(
    answer: Response, said: Mapping[str, Any], form: Mapping[str, str | Secret]
) -> Refusal:
    """What a refusing answer says, without any secret that was sent."""
    code = said.get("error")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise SourceUnavailable(
            f"{answer.where} gave no token and no reason ({answer.status}); check the"
            " addresses of this source's sign-in, or try again later"
        )
    told = said.get("error_description")
    secrets = [value for value in form.values() if isinstance(value, Secret)]
    words = one_line(hidden(told, secrets), 300) if isinstance(told, str) else ""
    return Refusal(answer.where, code, words)


def refresh_token(oauth: OAuth, grant: Grant) -> Secret:
    """The refresh token of a sign-in; without one it would be over in an hour."""
    if grant.refresh is None:
        raise SignInFailed(
            f"the sign-in for {oauth.scope!r} gave no lasting token; the client may not"
            " ask for one, or the scope leaves it out"
        )
    return grant.refresh


def refused(why: Refusal, cure: str = "sign in again") -> SourceError:
    """The error a refusal stands for; it says what to do."""
    said = f"{why.code}: “{why.said}”" if why.said else why.code
    match why.code:
        case "invalid_grant":
            return SignInFailed(
                f"{why.where} accepts this sign-in no longer ({said}); {cure}"
            )
        case "invalid_client" | "unauthorized_client":
            return SignInFailed(
                f"{why.where} does not accept this OAuth client ({said}); check"
                " client_id and client_secret, and what the client may be used for"
            )
        case "temporarily_unavailable" | "server_error":
            return SourceUnavailable(f"{why.where} is in trouble ({said}); try later")
    return SignInFailed(f"{why.where} gave no token ({said}); {cure}")


def _values(answer: Response) -> Mapping[str, Any]:
    value = answer.json()
    return value if isinstance(value, Mapping) else {}


def _grant(answer: Response, said: Mapping[str, Any]) -> Grant:
    access, refresh = said["access_token"], said.get("refresh_token")
    kind = said.get("token_type", "bearer")
    if (
        not _is_token(access)
        or not (refresh is None or refresh == "" or _is_token(refresh))
        or str(kind).casefold() != "bearer"
    ):
        raise SourceUnavailable(
            f"{answer.where} gave a token of a kind Triage does not know; check the"
            " addresses of this source's sign-in"
        )
    return Grant(
        Secret(access),
        Secret(refresh) if refresh else None,
        _lifetime(said.get("expires_in")),
    )


def _is_token(value: object) -> bool:
    return isinstance(value, str) and _TOKEN.fullmatch(value) is not None


def _lifetime(said: object) -> float:
    """Seconds, as a number or, at some servers, as text."""
    try:
        seconds = float(said) if isinstance(said, (int, float, str)) else LIFETIME
    except (ValueError, OverflowError):
        return LIFETIME
    if not math.isfinite(seconds) or seconds <= 0:
        return LIFETIME
    return min(seconds, _LONGEST)
