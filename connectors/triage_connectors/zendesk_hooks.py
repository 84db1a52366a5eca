"""What a Zendesk webhook tells, once its signature is found right."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from triage.connector import ConfigError, Push, Secret, SignInFailed
from triage_connectors import payload

FRESH: Final = timedelta(minutes=5)

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
    if secret is None:
        raise ConfigError(
            "the setting webhook_secret is missing; the Admin Center shows it on the"
            " webhook's page",
            missing="webhook_secret",
        )
    signed_at = headers.get(_SIGNED_AT, "")
    wanted = base64.b64encode(
        hmac.digest(secret.reveal().encode(), signed_at.encode() + body, hashlib.sha256)
    )
    told = headers.get(_SIGNATURE, "").encode("utf-8", "replace")
    if not hmac.compare_digest(wanted, told):
        raise SignInFailed(
            "a delivery is not signed with the webhook's secret; check the setting"
            " webhook_secret"
        )
    at = payload.at(signed_at)
    if at is None or abs(datetime.now(UTC) - at) > FRESH:
        raise SignInFailed(
            "a delivery was signed more than five minutes from now; set this machine's"
            " clock right, or somebody sends an old one again"
        )
    return Push(headers.get(_DELIVERY) or wanted.decode(), _about(body))


def _about(body: bytes) -> list[str]:
    """The ticket of an event, or of what a trigger was made to send."""
    try:
        values: Any = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        values = {}
    if not isinstance(values, dict):
        return []
    found = _SUBJECT.fullmatch(payload.text(values, "subject"))
    if found:
        return [found[1]]
    name = payload.key(values, "ticket_id") or payload.key(
        payload.within(values, "ticket")
    )
    return [name] if _NUMBER.fullmatch(name) else []
