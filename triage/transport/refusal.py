"""What a refusal means, said so that a person knows what to do next."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import httpx

from triage.errors import ConfigError, SignInFailed, SourceError, SourceUnavailable
from triage.text.display import one_line
from triage.transport.response import Response

CLOCK_MINUTES = 3
"""Minutes by which a clock may be off before it is blamed."""


class Reason(NamedTuple):
    """Why no answer came, as the rest of a sentence; passing if a retry may help."""

    words: str
    passing: bool = True


def connection(error: httpx.TransportError | ssl.SSLError) -> Reason:
    """Return why a connection failed, without quoting what was sent over it."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Reason(
            "shows a certificate this machine does not trust; nothing was sent. Check"
            " the address, or name the certificate's authority in the settings",
            passing=False,
        )
    match error:
        case httpx.LocalProtocolError() | httpx.UnsupportedProtocol():
            return Reason("cannot be asked like this; check the settings", False)
        case httpx.TimeoutException():
            return Reason("did not answer in time; try again later")
        case httpx.ConnectError():
            return Reason(
                "cannot be reached; check the network and the address in the settings"
            )
    return Reason("broke off in the middle of its answer; try again later")


def refused(
    answer: Response, hide: Callable[[str], str], now: datetime
) -> SourceError | ConfigError:
    """
    Return the error that a refusing status stands for.

    What the server says about it is quoted, shortened, and rid of any key it echoes. A
    clock that is off is named: what is signed with it is refused as if the key were
    wrong.
    """
    where, status = answer.where, answer.status
    said = _said(answer, hide)
    match status:
        case 401 if off := clock_off(answer, now):
            return SignInFailed(
                f"{where} refused the key (401){said}, and this machine's clock is"
                f" {off}; set the clock right and try again"
            )
        case 401:
            return SignInFailed(
                f"{where} does not know this key or account (401){said}; check that the"
                " key is right and has not expired"
            )
        case 402 | 403:
            return SignInFailed(
                f"{where} does not let this key read it ({status}){said}; give the key"
                " or its account the right to"
            )
        case 404:
            return ConfigError(
                f"{where} is not there (404){said}; check the address and the names in"
                " this source's settings"
            )
        case 410:
            return SourceUnavailable(
                f"{where} has been retired (410){said}; look for a newer Triage"
            )
        case _ if status >= 500:
            return SourceUnavailable(
                f"{where} is in trouble ({status}){said}; try again later"
            )
    return SourceUnavailable(
        f"{where} refused what was asked ({status}){said}; check the settings"
    )


def clock_off(answer: Response, now: datetime) -> str:
    """How far our clock is from the server's, in words; "" where it is near it."""
    if answer.date is None:
        return ""
    minutes = (now - answer.date).total_seconds() / 60
    if abs(minutes) < CLOCK_MINUTES:
        return ""
    side = "ahead of" if minutes > 0 else "behind"
    return f"{abs(minutes):,.0f} minutes {side} the server's"


def _said(answer: Response, hide: Callable[[str], str]) -> str:
    kind = answer.headers.get("content-type", "")
    if not ("json" in kind or "text/plain" in kind) or not answer.content:
        return ""
    # Hidden before it is cut: half a key is still a key.
    text = answer.content[:65_536].decode("utf-8", "replace")
    return f": “{one_line(hide(text), 160)}”"
