"""What Chatwoot tells of its own accord, and what is fetched for it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from triage.connector import Page, Push, Secret, SignInFailed
from triage_connectors import payload
from triage_connectors.chatwoot_api import Chatwoot
from triage_connectors.chatwoot_rows import Told
from triage_connectors.chatwoot_walk import talked
from triage_connectors.together import together

if TYPE_CHECKING:
    from triage_connectors.chatwoot import Chatwoot as Settings

FRESH: Final = timedelta(minutes=5)
"""How long a signature is taken: Chatwoot's own advice."""

_SCHEME: Final = "sha256="


def push(secret: Secret | None, headers: Mapping[str, str], body: bytes) -> Push:
    """
    Return which conversation a webhook is about; none where it is about none.

    Chatwoot signs the seconds since 1970, a full stop and the body.

    Raises:
        SignInFailed: It is not signed with the secret, or was long ago.
    """
    if secret is None:
        raise SignInFailed(
            "webhooks of Chatwoot are taken only if signed; set webhook_secret to the"
            " secret shown with the webhook"
        )
    stamp = headers.get("x-chatwoot-timestamp", "")
    signed = f"{stamp}.".encode("utf-8", "replace") + body
    key = secret.reveal().strip().encode()
    wanted = _SCHEME + hmac.new(key, signed, hashlib.sha256).hexdigest()
    given = headers.get("x-chatwoot-signature", "")
    if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
        raise SignInFailed(
            "a webhook came that is not signed with webhook_secret; copy the secret"
            " shown with the webhook in Chatwoot (version 4.11.2 or later)"
        )
    at = payload.at(int(stamp)) if stamp.isascii() and stamp.isdigit() else None
    if at is None or abs(datetime.now(UTC) - at) > FRESH:
        raise SignInFailed(
            "a webhook came that was signed more than five minutes ago or ahead; check"
            " that the clocks of Chatwoot and of this machine are right"
        )
    about = _about(body)
    return Push(headers.get("x-chatwoot-delivery", "") or given, about)


async def fetch(settings: Settings, desk: Chatwoot, about: Sequence[str]) -> Page:
    """Return those conversations whole; what is not there any more is gone."""
    said = Told.of(
        await together(
            partial(_whole, settings, desk, name) for name in dict.fromkeys(about)
        )
    )
    return Page(said.items, None, gone=said.gone, gone_threads=said.gone_threads)


async def _whole(settings: Settings, desk: Chatwoot, name: str) -> Told:
    if not (name.isascii() and name.isdigit()):
        return Told()
    row = await desk.conversation(name)
    if row is None:
        return Told(gone_threads=(name,))
    return await talked(settings, desk, row, None)


def _about(body: bytes) -> Sequence[str]:
    """The conversation an event is about; "" of what concerns contacts alone."""
    told: Any = None
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        return ()
    event = payload.text(told, "event")
    if event.startswith("message_"):
        name = payload.key(payload.within(told, "conversation"))
    elif event.startswith("conversation_"):
        name = payload.key(told) or payload.key(payload.within(told, "conversation"))
    else:
        name = ""
    return (name,) if name.isascii() and name.isdigit() else ()
