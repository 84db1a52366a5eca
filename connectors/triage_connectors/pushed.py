"""What a desk pushes is believed once it is signed with the secret we share."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from triage.connector import ConfigError, Secret, SignInFailed

FRESH: Final = timedelta(minutes=5)
"""How long what carries the time of its signature is taken."""


def digest(secret: Secret | None, signed: bytes, algorithm: str = "sha256") -> bytes:
    """The HMAC of what is signed (RFC 2104); ConfigError without a secret."""
    key = secret.reveal().strip().encode() if secret is not None else b""
    if not key:
        raise ConfigError(
            "the setting webhook_secret is missing: nothing pushed can be believed"
            " without it; set webhook_secret to the secret the service shows",
            missing="webhook_secret",
        )
    return hmac.digest(key, signed, algorithm)


def must_match(told: str, expected: str) -> None:
    """Raise ``SignInFailed`` unless what was told is the signature it has to be."""
    if not hmac.compare_digest(told.encode("utf-8", "replace"), expected.encode()):
        raise SignInFailed(
            "what was pushed is not signed with the setting webhook_secret; compare it"
            " with the secret the service shows"
        )


def must_be_fresh(signed_at: datetime | None) -> None:
    """Raise ``SignInFailed`` unless it was signed lately: none is used again."""
    if signed_at is None or abs(datetime.now(UTC) - signed_at) > FRESH:
        raise SignInFailed(
            "what was pushed was signed more than five minutes from now; set this"
            " machine's clock right, or somebody sends an old one again"
        )


def values(body: bytes) -> dict[str, Any]:
    """The object a signed body holds; an empty one where it is none."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
