"""What Chatwoot tells of its own accord, and what is fetched for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from triage.connector import Page, Push, Secret
from triage_connectors import payload, pushed
from triage_connectors.chatwoot_api import Chatwoot
from triage_connectors.chatwoot_walk import talked
from triage_connectors.together import together
from triage_connectors.told import Told

if TYPE_CHECKING:
    from triage_connectors.chatwoot import Chatwoot as Settings


def push(secret: Secret | None, headers: Mapping[str, str], body: bytes) -> Push:
    """
    Return which conversation a webhook is about; none where it is about none.

    Chatwoot signs the seconds since 1970, a full stop and the body.

    Raises:
        SignInFailed: It is not signed with the secret, or was long ago.
    """
    stamp = headers.get("x-chatwoot-timestamp", "")
    signed = f"{stamp}.".encode("utf-8", "replace") + body
    signature = f"sha256={pushed.digest(secret, signed).hex()}"
    pushed.must_match(headers.get("x-chatwoot-signature", ""), signature)
    is_number = stamp.isascii() and stamp.isdigit()
    pushed.must_be_fresh(payload.at(int(stamp)) if is_number else None)
    return Push(headers.get("x-chatwoot-delivery") or signature, _about(body))


async def fetch(settings: Settings, desk: Chatwoot, about: Sequence[str]) -> Page:
    """Return those conversations whole; what is not there any more is gone."""
    names = dict.fromkeys(about)
    said = await together(partial(_whole, settings, desk, name) for name in names)
    return Told.of(said).page(None)


async def _whole(settings: Settings, desk: Chatwoot, name: str) -> Told:
    if not (name.isascii() and name.isdigit()):
        return Told()
    row = await desk.conversation(name)
    if row is None:
        return Told(gone_threads=(name,))
    return await talked(settings, desk, row, None)


def _about(body: bytes) -> Sequence[str]:
    """The conversation an event is about; "" of what concerns contacts alone."""
    told = pushed.values(body)
    event = payload.text(told, "event")
    if event.startswith("message_"):
        name = payload.key(payload.within(told, "conversation"))
    elif event.startswith("conversation_"):
        name = payload.key(told) or payload.key(payload.within(told, "conversation"))
    else:
        name = ""
    return (name,) if name.isascii() and name.isdigit() else ()
