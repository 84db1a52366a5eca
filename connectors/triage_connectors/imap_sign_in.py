"""Signing in to a mail server, by password or by token, and why it did not work."""

from __future__ import annotations

import base64
import binascii
import imaplib
import json
import re
from typing import Any, Final

from triage.connector import (
    ConfigError,
    RateLimited,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage.text.display import one_line
from triage_connectors.imap_hints import HINTS
from triage_connectors.imap_wire import Wire

_CODE: Final = re.compile(r"\[([A-Z-]+)[^\]]*\]")
_LATER: Final = frozenset({"UNAVAILABLE", "INUSE", "SERVERBUG", "THROTTLED"})
_TOO_MANY: Final = re.compile(r"too many|rate limit|bandwidth|try again later", re.I)
_DISABLED: Final = re.compile(
    r"imap (access )?is (disabled|not enabled)|not enabled for imap"
    r"|imap .{0,20}disabled|authenticated but not connected",
    re.I,
)


def sign_in(
    wire: Wire, user: str, secret: Secret, *, by_token: bool, provider: str
) -> None:
    """Sign in, or raise why not; what the server says never holds the secret."""
    wire.begin()
    if by_token:
        _by_token(wire, user, secret, provider)
    else:
        _by_password(wire, user, secret, provider)


def _by_password(wire: Wire, user: str, secret: Secret, provider: str) -> None:
    try:
        if "AUTH=PLAIN" in wire.capabilities:
            # Any letter passes; LOGIN knows but those of ASCII.
            wire.authenticate(
                "PLAIN", lambda _: f"\0{user}\0{secret.reveal()}".encode()
            )
            return
        if "LOGINDISABLED" in wire.capabilities:
            raise ConfigError(
                f"{wire.host} takes no password on this connection"
                f"{' before it is encrypted' if wire.port == 143 else ''}; a provider"
                " that wants a sign-in with a browser needs client_id"
            )
        # It quotes the password, and leaves the name to us.
        wire.login(_quoted(user), secret.reveal())
    except wire.abort:
        raise
    except UnicodeEncodeError:
        raise ConfigError(
            f"{wire.host} takes passwords of plain letters only; choose another one"
        ) from None
    except wire.error as error:
        words = said(error, secret)
        hint = HINTS.get(provider) or "check user and password"
        raise _refused(wire.host, user, words, hint) from None


def _by_token(wire: Wire, user: str, secret: Secret, provider: str) -> None:
    told: list[bytes] = []

    def answer(challenge: bytes) -> bytes:
        if challenge:
            # Why it is refused; the refusal itself comes after an empty answer.
            told.append(challenge)
            return b""
        return f"user={user}\x01auth=Bearer {secret.reveal()}\x01\x01".encode()

    try:
        wire.authenticate("XOAUTH2", answer)
    except wire.abort:
        raise
    except wire.error as error:
        words = _of_json(told, secret) or said(error, secret)
        hint = (
            "the mailbox and the account that signed in must be the same; sign in again"
        )
        if provider == "gmail":
            hint = "allow IMAP for this account and sign in again"
        raise _refused(wire.host, user, words, hint) from None


def _refused(host: str, user: str, words: str, hint: str) -> Exception:
    code = _CODE.search(words)
    if _DISABLED.search(words):
        return SignInFailed(
            f"{host} does not let programs read this mailbox by IMAP: turn IMAP on in"
            f" the account's settings, or ask who runs it ({words})"
        )
    if (code and code[1] == "LIMIT") or _TOO_MANY.search(words):
        return RateLimited(f"{host} asks to come back later ({words})")
    if code and code[1] in _LATER:
        return SourceUnavailable(f"{host} cannot sign anybody in just now ({words})")
    return SignInFailed(f"{host} refuses to sign in {user} ({words}): {hint}")


def _of_json(told: list[bytes], secret: Secret) -> str:
    """Return what the server's JSON says, as one line; "" where it is none."""
    try:
        found: Any = json.loads(told[0])
        pairs = [f"{name} {value}" for name, value in found.items()]
    except (IndexError, ValueError, AttributeError, RecursionError):
        return ""
    return said(", ".join(pairs), secret)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def said(words: object, secret: Secret) -> str:
    """Return what a server said as one short line, without a secret it repeats."""
    if isinstance(words, imaplib.IMAP4.error):
        words = words.args[0] if words.args else ""
    if isinstance(words, (list, tuple)):
        words = words[-1] if words else b""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    hidden = secret.reveal()
    for form in (hidden, base64.b64encode(hidden.encode()).decode()):
        text = text.replace(form, "***")
    if hidden and _within(hidden, text):
        return "it repeats what was sent"
    return one_line(text, 200)


def _within(hidden: str, text: str) -> bool:
    """Tell whether a word of the text is a secret in base64, whatever is around it."""
    for word in re.findall(r"[A-Za-z0-9+/]{8,}={0,2}", text[:10_000]):
        try:
            if hidden.encode() in base64.b64decode(word + "=" * (-len(word) % 4)):
                return True
        except binascii.Error:
            continue
    return False
