"""How a secret signs a request: always in a header, never in an address."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import quote

from triage.connector import ConfigError, Secret

Auth: TypeAlias = Secret | tuple[str | Secret, str | Secret]
"""A ``Secret`` is sent as a bearer token; a pair is a user and a password."""


def bearer(token: Secret) -> Secret:
    """Return the ``Authorization`` header that carries a token."""
    return Secret(f"Bearer {token.reveal()}")


def basic(user: str | Secret, password: str | Secret) -> Secret:
    """Return the ``Authorization`` header that carries a user and a password."""
    pair = f"{revealed(user)}:{revealed(password)}".encode()
    return Secret(f"Basic {base64.b64encode(pair).decode()}")


def authorization(auth: Auth) -> Secret:
    """Return the ``Authorization`` header for either kind of sign-in."""
    return bearer(auth) if isinstance(auth, Secret) else basic(*auth)


def revealed(value: str | Secret) -> str:
    """Return the text to send, secret or not."""
    return value.reveal() if isinstance(value, Secret) else value


def hidden(text: str, secrets: Iterable[Secret]) -> str:
    """Return the text without secrets, be they plain, in JSON or in an address."""
    for secret in secrets:
        plain = secret.reveal()
        spellings = (plain, plain.replace("/", "\\/"), quote(plain, safe=""))
        for spelling in filter(None, spellings):
            text = text.replace(spelling, "***")
    return text


def header_value(value: str | Secret) -> str:
    """
    Return a header's text, refusing what no header may hold.

    Refused here because the client's own error would quote the secret.
    """
    if not _fits(revealed(value)):
        raise ConfigError(
            "a key or header holds a line break, a stray space or a character outside"
            " ASCII; copy it from the source again"
        )
    return revealed(value)


def _fits(text: str) -> bool:
    return text.isascii() and text.isprintable() and text == text.strip()
