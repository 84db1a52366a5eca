"""A mail server that sends: nothing comes from it, and nothing goes there unasked."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from triage.connector import (
    Act,
    ConfigError,
    NotTaken,
    OAuth,
    Outgoing,
    Receipt,
    Report,
    Secret,
    SourceUnavailable,
)
from triage_connectors import imap_hints, imap_tls, mail_account, mail_oauth

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.smtp_wire import Account, Wire


T = TypeVar("T")


class There(NamedTuple):
    """A server that is signed in to, as whom, and the line it is reached by."""

    wire: Wire
    account: Account
    line: socket.socket


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """
    A mail server that sends what waits in the outbox: Gmail, Fastmail, your own.

    Nothing is read from it. A mail goes to one person, as plain text, with a Message-ID
    that follows from its draft. A server cannot be asked what it has sent, so a sending
    that broke off at the very end is never repeated unless a person says so.

    Attributes:
        address: Whom mails are from: "mara@studio.example".
        name: The name beside that address: "Mara from Studio".
        reply_to: Where answers go, where that is another address.
        user: The account's name there; the address itself where none is told.
        password: The account's password; at Gmail, Yahoo, Fastmail and iCloud an app
            password made for this.
        provider: gmail, outlook, yahoo, fastmail or icloud; fills in host and security.
        host: The mail server; not needed with a provider.
        port: Where it listens; 465 for tls, 587 otherwise.
        security: "tls", "starttls", or "none" for a server on this machine.
        ca_file: Certificates to trust instead of the usual ones, in PEM form.
        auth: "password", "oauth" or "none"; "oauth" where there is a token or at
            Outlook, "none" only on this machine.
        token: What signing in with a browser gave: an OAuth refresh token.
        client_id: Of your own OAuth client, at Google or Microsoft.
        client_secret: Of the same, where it has one.
        tenant: Your organisation at Microsoft; "common" for any.
        patience: Seconds of silence after which the server is given up.
    """

    summary: ClassVar[str] = "A mail server that sends what waits in the outbox"
    presets: ClassVar[Mapping[str, Mapping[str, str]]] = MappingProxyType(
        {
            "gmail": {"provider": "gmail", "host": "smtp.gmail.com"},
            "outlook": {
                "provider": "outlook",
                "host": "smtp.office365.com",
                "security": "starttls",
                "auth": "oauth",
            },
            "yahoo": {"provider": "yahoo", "host": "smtp.mail.yahoo.com"},
            "fastmail": {"provider": "fastmail", "host": "smtp.fastmail.com"},
            "icloud": {
                "provider": "icloud",
                "host": "smtp.mail.me.com",
                "security": "starttls",
            },
        }
    )
    hints: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            name: said.replace("(IMAP)", "(SMTP)")
            for name, said in imap_hints.HINTS.items()
        }
    )
    acts: ClassVar[Mapping[str, Act]] = MappingProxyType(
        {"email": Act("Write a mail to somebody who asked", longest=20_000)}
    )

    address: str
    name: str = ""
    reply_to: str = ""
    user: str = ""
    password: Secret | None = None
    provider: str = ""
    host: str = ""
    port: int = 0
    security: str = ""
    ca_file: Path | None = None
    auth: str = ""
    token: Secret | None = None
    client_id: str = ""
    client_secret: Secret | None = None
    tenant: str = "common"
    patience: float = 60.0

    def __post_init__(self) -> None:
        from triage_connectors.smtp_message import sender

        sender(self.address, self.name, self.reply_to)
        mail_account.check(self)
        mail_account.check_word(self, "security", "", "tls", "starttls", "none")
        mail_account.check_word(self, "auth", "", "password", "oauth", "none")
        is_near = imap_tls.is_this_machine(self._host)
        if self._security == "none" and not is_near:
            raise ConfigError(
                'security = "none" would send mails in the clear; it is for a server'
                " on this machine only"
            )
        if self.auth == "none" and not is_near:
            raise ConfigError('auth = "none" is for a server on this machine only')
        if any(ord(letter) <= 0x20 for letter in self._host + self.user):
            raise ConfigError("host and user hold no spaces and no line ends")
        if not 0 <= self.port <= 65_535 or self.patience <= 0:
            raise ConfigError("port is that of a server, and patience is above 0")

    def oauth(self) -> OAuth | None:
        """Return where to sign in with a browser; None where nobody does."""
        return mail_oauth.oauth(
            self._provider, self.client_id, self.client_secret, tenant=self.tenant,
            microsoft="SMTP.Send",
        )  # fmt: skip

    async def check(self, http: Http) -> Report:
        """Return what the server says of itself, signed in; nothing is sent."""
        async with self._opened(http) as (wire, account, _):
            tls = wire.sock if isinstance(wire.sock, ssl.SSLSocket) else None
            most = wire.esmtp_features.get("size", "")
            facts = {
                "encryption": str(tls.version()) if tls else "none; it is this machine",
                "sign-in": "not asked for" if account.secret is None else "accepted",
                "largest mail": f"{int(most):,} bytes" if most.isdigit() else "",
            }
            return Report(
                account=f"{self.address}, sent by {account.host}:{account.port}",
                facts={name: told for name, told in facts.items() if told},
            )

    async def send(self, http: Http, outgoing: Outgoing) -> Receipt:
        """
        Give the server one mail, once; it answers when it has taken it.

        Raises:
            NotTaken: It surely has not; the message says at which point and why.
            SourceUnavailable: It broke off when it had all of it: nobody knows.
        """
        from triage_connectors.smtp_message import letter, sender
        from triage_connectors.smtp_wire import hand_over

        whom = sender(self.address, self.name, self.reply_to)
        now = datetime.now(UTC)
        made = letter(outgoing, whom, now)
        async with self._opened(http) as (wire, account, line):
            told = await _in_thread(line, hand_over, wire, account, made)
        return Receipt(external_id=made.id, at=now, state=told)

    @contextlib.asynccontextmanager
    async def _opened(self, http: Http) -> AsyncIterator[There]:
        """Connect, encrypt and sign in; let go of it at the end."""
        from triage_connectors.smtp_wire import opened

        account = await self._account(http)
        try:
            sock = await imap_tls.connected(account.host, account.port)
        except SourceUnavailable as error:
            raise NotTaken(str(error)) from None
        # TLS takes the socket over; this one stays ours, to cut the line by.
        with sock.dup() as line:
            wire = await _in_thread(line, opened, sock, account)
            try:
                yield There(wire, account, line)
            finally:
                # What it says to a goodbye changes nothing of what was sent.
                with contextlib.suppress(OSError, smtplib.SMTPException):
                    wire.putcmd("QUIT")
                wire.close()

    @property
    def _host(self) -> str:
        return mail_account.host_of(self)

    @property
    def _provider(self) -> str:
        return mail_account.provider_of(self)

    @property
    def _security(self) -> str:
        usual = self.presets.get(self._provider, {}).get("security", "")
        return self.security or usual or ("starttls" if self.port == 587 else "tls")

    async def _account(self, http: Http) -> Account:
        from triage_connectors.smtp_wire import Account

        return Account(
            host=self._host,
            port=self.port or (465 if self._security == "tls" else 587),
            security=self._security,
            ca_file=self.ca_file,
            user=self.user or self.address,
            secret=await self._secret(http),
            by_token=mail_account.is_by_token(self),
            hint=self.hints.get(self._provider, ""),
            patience=self.patience,
        )

    async def _secret(self, http: Http) -> Secret | None:
        """Return what signs in; None where nobody does."""
        if self.auth == "none":
            return None
        try:
            return await mail_account.secret_of(self, self.user or self.address, http)
        except SourceUnavailable as error:
            raise NotTaken(str(error)) from error


async def _in_thread(line: socket.socket, work: Callable[..., T], *given: Any) -> T:
    """
    Run what waits for the server beside the loop.

    Whoever stops waiting cuts the line, so that the thread ends at once and nothing is
    said on it afterwards.
    """
    running = asyncio.ensure_future(asyncio.to_thread(work, *given))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(Exception):
            await running
        raise
