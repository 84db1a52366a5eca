"""What a desk pushes is believed once it is signed with the secret we share."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from triage.connector import ConfigError, Secret, SignInFailed


def digest(secret: Secret, body: bytes, algorithm: str = "sha1") -> bytes:
    """The HMAC of a body (RFC 2104), by the name of a hash."""
    key = secret.reveal().encode()
    return hmac.new(key, body, getattr(hashlib, algorithm)).digest()


def known(secret: Secret | None) -> Secret:
    """The secret that pushes are signed with; ConfigError where none is set."""
    if secret is None or not secret.reveal():
        raise ConfigError(
            "the setting webhook_secret is missing: nothing pushed can be believed"
            " without it",
            missing="webhook_secret",
        )
    return secret


def must_match(told: str, expected: str) -> None:
    """Raise ``SignInFailed`` unless what was told is the signature it has to be."""
    if not hmac.compare_digest(told.encode("utf-8", "replace"), expected.encode()):
        raise SignInFailed(
            "what was pushed is not signed with the setting webhook_secret; compare it"
            " with the secret the service shows"
        )


def values(body: bytes) -> dict[str, Any]:
    """The object a signed body holds; an empty one where it is none."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
