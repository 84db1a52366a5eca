"""Claims signed with a key of one's own, where services want that for a password."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from triage.connector import ConfigError, Secret

_WANTED = {
    "ES256": "a private key of the curve P-256, as a .p8 file holds it",
    "RS256": "a private RSA key, as the private_key of a service account's file",
}


def signed(
    claims: Mapping[str, Any],
    key: Secret,
    algorithm: Literal["ES256", "RS256"],
    *,
    setting: str,
    headers: Mapping[str, str] | None = None,
) -> Secret:
    """
    The claims as a JSON Web Token (RFC 7519), signed with a private key in PEM.

    Args:
        setting: What the key's setting is called, for what its person is told.

    Raises:
        ConfigError: It is no key, or one of another kind; nothing of it is told.
    """
    import jwt  # brings cryptography: 30 ms

    text = key.reveal().strip()
    trouble = ""
    if not text.startswith("-----BEGIN"):
        trouble = "it does not begin with -----BEGIN"
    else:
        try:
            loaded = _loaded(text, algorithm)
            return Secret(
                jwt.encode(dict(claims), loaded, algorithm, dict(headers or {}))
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            # Its words may quote the key, so only its kind is told.
            trouble = f"it cannot be read as one ({type(error).__name__})"
    raise ConfigError(
        f"the setting {setting} is not {_WANTED[algorithm]}: {trouble}; take the file"
        f" as it was downloaded, {setting}=file:PATH"
    )


@lru_cache(maxsize=8)
def _loaded(text: str, algorithm: str) -> Any:
    """The key itself: a long RSA key takes 30 ms to be looked through."""
    import jwt

    return jwt.get_algorithm_by_name(algorithm).prepare_key(text)
