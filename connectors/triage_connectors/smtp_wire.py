"""What is said to a mail server: encrypted first, then who we are, then one mail."""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from triage.connector import (
    ConfigError,
    NotTaken,
    RateLimited,
    Secret,
    SignInFailed,
    SourceUnavailable,
)
from triage_connectors import imap_tls
from triage_connectors.imap_sign_in import said
from triage_connectors.smtp_message import Letter

_PORTS: Final = '465 (or port 587 with security = "starttls")'
_SLOWLY: Final = re.compile(
    r"too many|rate.?limit|sending (?:quota|limit)|daily .{0,30}(?:quota|limit)"
    r"|slow down|throttl",
    re.I,
)
"""What is about all we send, not about one mail; a full mailbox is not."""
_LINES: Final = 200
"""Lines a server may answer with; mail servers use a dozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """
    Where mail is handed over, and as whom.

    Attributes:
        secret: Password or access token; None where the server asks for neither.
    """

    host: str
    port: int
    security: str
    ca_file: Path | None
    user: str
    secret: Secret | None
    by_token: bool
    hint: str
    patience: float


class Wire(smtplib.SMTP):
    """A connection made elsewhere, spoken SMTP on; it names nothing of this machine."""

    def __init__(self, sock: socket.socket, account: Account) -> None:
        self._made = sock
        super().__init__(
            account.host, account.port, "[127.0.0.1]", timeout=account.patience
        )

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        del host, port, timeout
        return self._made

    def getreply(self) -> tuple[int, bytes]:
        """Read an answer; one that does not end is no answer."""
        try:
            return self._read()
        except (smtplib.SMTPServerDisconnected, OSError):
            self.close()
            raise

    def _read(self) -> tuple[int, bytes]:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("it hung up")
        if self.file is None:
            self.file = self.sock.makefile("rb")
        lines: list[bytes] = []
        for _ in range(_LINES):
            line = self.file.readline(8193)
            if not line:
                raise smtplib.SMTPServerDisconnected("it hung up")
            if len(line) > 8192 or not line[:3].isdigit():
                break
            lines.append(line[4:].strip(b" \t\r\n"))
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(lines)
        raise smtplib.SMTPServerDisconnected("it answered what is no SMTP")


def opened(sock: socket.socket, account: Account) -> Wire:
    """
    Return a connection that is encrypted and signed in; nothing was sent by then.

    Raises:
        NotTaken: It cannot be reached, trusted or spoken with.
        SignInFailed: It refused the account.
        RateLimited: It wants to be left alone for a while.
        ConfigError: A setting does not fit what the server offers.
    """
    sock.settimeout(account.patience)
    with contextlib.ExitStack() as stack:
        stack.callback(sock.close)
        try:
            if account.security == "tls":
                sock = imap_tls.context(account.ca_file).wrap_socket(
                    sock, server_hostname=account.host
                )
                stack.callback(sock.close)
            wire = Wire(sock, account)
            stack.callback(wire.close)
            _greet(wire, account)
            if account.security == "starttls":
                _encrypt(wire, account)
            _sign_in(wire, account)
        except ssl.SSLError as error:
            told = imap_tls.explained(error, account.host, account.port, _PORTS)
            raise NotTaken(str(told)) from None
        except smtplib.SMTPResponseException as error:
            _refuse(account, "the connection", error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            raise NotTaken(
                f"{account.host} broke off before anything was sent ({_why(error)})"
            ) from None
        stack.pop_all()
    return wire


def hand_over(wire: Wire, account: Account, letter: Letter) -> str:
    """
    Give it one mail; what it answered.

    Raises:
        NotTaken: It refused, or broke off before the mail was given.
        RateLimited: It takes no more mails for a while.
        SourceUnavailable: It broke off once the mail was given: it may have it.
    """
    options = _options(wire, account, letter)
    try:
        code, told = wire.mail(letter.sender, options)
        if code != 250:
            _refuse(account, f"mail from {letter.sender}", code, told)
        code, told = wire.rcpt(letter.recipient)
        if code not in {250, 251}:
            _refuse(account, f"mail to {letter.recipient}", code, told)
        code, told = wire.docmd("DATA")
        if code != 354:
            _refuse(account, "this mail", code, told)
    except (smtplib.SMTPException, OSError) as error:
        raise NotTaken(
            f"{account.host} broke off before it had the mail ({_why(error)})"
        ) from None
    content = re.sub(rb"(?m)^\.", b"..", letter.content)
    end = b".\r\n" if content.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        wire.send(content + end)
        code, told = wire.getreply()
    except (smtplib.SMTPException, OSError) as error:
        raise SourceUnavailable(
            f"{account.host} broke off when it had the mail and had not said whether"
            f" it takes it ({_why(error)}); look into the sent mail or ask"
            f" {letter.recipient} before sending it again"
        ) from None
    if code != 250:
        _refuse(account, "this mail", code, told)
    return said(told, account.secret or Secret(""))


def _encrypt(wire: Wire, account: Account) -> None:
    """Go on in TLS; whatever was said before it counts for nothing."""
    if not wire.has_extn("starttls"):
        raise NotTaken(
            f"{account.host} offers no encryption on port {account.port}; the password"
            " was not sent"
        )
    wire.starttls(context=imap_tls.context(account.ca_file))
    _greet(wire, account)


def _greet(wire: Wire, account: Account) -> None:
    code, told = wire.ehlo()
    if code != 250:
        _refuse(account, "a greeting", code, told)


def _options(wire: Wire, account: Account, letter: Letter) -> list[str]:
    found = []
    if wire.has_extn("size"):
        most = wire.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(letter.content):
            raise NotTaken(
                f"{account.host} takes mails of {int(most):,} bytes at most, and this"
                f" one has {len(letter.content):,}"
            )
        found.append(f"SIZE={len(letter.content)}")
    if letter.is_international:
        if not wire.has_extn("smtputf8"):
            raise NotTaken(
                f"{account.host} cannot carry an address like {letter.recipient}, whose"
                " name is not in plain letters"
            )
        found += ["SMTPUTF8", "BODY=8BITMIME"]
    return found


def _sign_in(wire: Wire, account: Account) -> None:
    if account.secret is None:
        return
    offered = wire.esmtp_features.get("auth", "").upper().split()
    secret = account.secret.reveal()
    if account.by_token:
        token = f"user={account.user}\x01auth=Bearer {secret}\x01\x01"
        code, told = wire.docmd("AUTH", f"XOAUTH2 {_coded(token)}")
        if code == 334:
            # Why it is refused; the refusal itself comes after an empty answer.
            code, told = wire.docmd("")
    elif "PLAIN" in offered or not offered:
        plain = f"\0{account.user}\0{secret}"
        code, told = wire.docmd("AUTH", f"PLAIN {_coded(plain)}")
    elif "LOGIN" in offered:
        code, told = wire.docmd("AUTH", f"LOGIN {_coded(account.user)}")
        if code == 334:
            code, told = wire.docmd(_coded(secret))
    else:
        raise ConfigError(
            f"{account.host} takes no password (it offers {', '.join(offered)}); one"
            " that wants a sign-in with a browser needs client_id"
        )
    if code == 235:
        return
    words = said(told, account.secret)
    if 400 <= code < 500 or (code not in {534, 535} and _SLOWLY.search(words)):
        _refuse(account, "a sign-in", code, told)
    raise SignInFailed(
        f"{account.host} refuses to sign in {account.user} ({code} {words}):"
        f" {account.hint or 'check user and password'}"
    )


def _refuse(account: Account, what: str, code: int, told: Any) -> NoReturn:
    """Say that it takes nothing, and whether that may change."""
    words = f"{code} {said(told, account.secret or Secret(''))}"
    if code == 421 or _SLOWLY.search(words):
        raise RateLimited(f"{account.host} asks to come back later ({words})")
    if code < 500:
        raise NotTaken(
            f"{account.host} does not take {what} just now ({words}); try again later"
        )
    raise NotTaken(f"{account.host} refuses {what} ({words}); nothing was sent")


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return "no answer"
    if isinstance(error, OSError) and error.strerror and error.errno:
        return error.strerror.lower()
    return str(error) or type(error).__name__
