"""What a Zendesk webhook tells, once its signature is found right."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Final

from triage.connector import Push, Secret
from triage_connectors import payload, pushed

_SIGNATURE: Final = "x-zendesk-webhook-signature"
_SIGNED_AT: Final = "x-zendesk-webhook-signature-timestamp"
_DELIVERY: Final = "x-zendesk-webhook-invocation-id"
_SUBJECT: Final = re.compile(r"zen:ticket:(\d{1,20})")
_NUMBER: Final = re.compile(r"\d{1,20}")


def push(headers: Mapping[str, str], body: bytes, secret: Secret | None) -> Push:
    """
    Return which tickets a delivery is about.

    It is signed over the timestamp's text and the body, with HMAC-SHA256, in base64.

    Raises:
        SignInFailed: It is not signed with the webhook's secret, or was some time ago.
    """
    signed_at = headers.get(_SIGNED_AT, "")
    digest = pushed.digest(secret, signed_at.encode("utf-8", "replace") + body)
    signature = base64.b64encode(digest).decode()
    pushed.must_match(headers.get(_SIGNATURE, ""), signature)
    pushed.must_be_fresh(payload.at(signed_at))
    return Push(headers.get(_DELIVERY) or signature, _about(body))


def _about(body: bytes) -> list[str]:
    """The ticket of an event, or of what a trigger was made to send."""
    values = pushed.values(body)
    found = _SUBJECT.fullmatch(payload.text(values, "subject"))
    if found:
        return [found[1]]
    name = payload.key(values, "ticket_id") or payload.key(
        payload.within(values, "ticket")
    )
    return [name] if _NUMBER.fullmatch(name) else []
