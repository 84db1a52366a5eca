"""The word in a link that lets one browser in, once, and what it is changed into."""

from __future__ import annotations

import secrets
from hashlib import sha256
from hmac import compare_digest

BYTES = 32
"""Of chance in each token and each cookie: 256 bits."""


class Links:
    """
    One link is good at a time; whoever opens it gets a cookie, and it is spent.

    Attributes:
        token: The word in the link that is good now.
    """

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(BYTES)
        self._cookies: list[bytes] = []

    def spend(self, told: str) -> str | None:
        """A cookie for the right token, which is good no more; None for any other."""
        if not compare_digest(_digest(told), _digest(self.token)):
            return None
        self.token = secrets.token_urlsafe(BYTES)
        cookie = secrets.token_urlsafe(BYTES)
        self._cookies.append(_digest(cookie))
        return cookie

    def knows(self, cookie: str) -> bool:
        """Whether a link was changed into this cookie."""
        told = _digest(cookie)
        return any(compare_digest(told, known) for known in self._cookies)


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()
