"""A mailbox on a mail server: read as it stands, never changed."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from triage.connector import (
    ConfigError,
    Cursor,
    OAuth,
    Page,
    Report,
    Secret,
)
from triage.text import mail
from triage_connectors import imap_hints, imap_tls, mail_account, mail_oauth

if TYPE_CHECKING:
    from triage.transport import Http
    from triage_connectors.imap_cursor import Places
    from triage_connectors.imap_fetching import Rules
    from triage_connectors.imap_folders import Folder
    from triage_connectors.imap_session import Account, Session


class There(NamedTuple):
    """An account that is signed in to: the folders to read, and all there are."""

    session: Session
    names: Sequence[str]
    known: Sequence[Folder]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imap:
    """
    A mailbox on any mail server, by IMAP: Gmail, Outlook, Fastmail, your own.

    Folders are opened to be read only: nothing is marked as seen, moved or deleted. A
    message is known by its Message-ID and content, so the same one in two folders is
    one feedback; what is deleted or filed elsewhere there stays here.

    Attributes:
        user: The account's name there, mostly its address.
        password: The account's password; at Gmail, Yahoo, Fastmail and iCloud an app
            password made for this.
        provider: gmail, outlook, yahoo, fastmail or icloud; fills in host and auth.
        host: The mail server; not needed with a provider.
        port: Where it listens.
        tls: "tls", "starttls" (on port 143), or "none" for a server on this machine.
        ca_file: Certificates to trust instead of the usual ones, in PEM form.
        auth: "password" or "oauth"; "oauth" where there is a token or at Outlook.
        token: What signing in with a browser gave: an OAuth refresh token.
        client_id: Of your own OAuth client, at Google or Microsoft.
        client_secret: Of the same, where it has one.
        tenant: Your organisation at Microsoft; "common" for any.
        folders: Names of folders, or words for what they are for: inbox, all, archive,
            junk, sent, drafts, trash. Without any it is the inbox, at Gmail all mail.
        own_domains: Domains our side writes from; mail from them is kept as an
            agent's, never triaged. A complaint they forward is its author's.
        since: Where the first pull begins: mail that arrived before is left alone. An
            earlier moment, set later, brings what lies between.
        max_bytes: Of a larger message only the first megabyte is read.
        patience: Seconds of silence after which the server is given up.
    """

    summary: ClassVar[str] = "A mailbox on a mail server, by IMAP"
    presets: ClassVar[Mapping[str, Mapping[str, str]]] = MappingProxyType(
        {
            "gmail": {"provider": "gmail", "host": "imap.gmail.com"},
            "outlook": {
                "provider": "outlook",
                "host": "outlook.office365.com",
                "auth": "oauth",
            },
            "yahoo": {"provider": "yahoo", "host": "imap.mail.yahoo.com"},
            "fastmail": {"provider": "fastmail", "host": "imap.fastmail.com"},
            "icloud": {"provider": "icloud", "host": "imap.mail.me.com"},
        }
    )

    hints: ClassVar[Mapping[str, str]] = imap_hints.HINTS

    user: str
    password: Secret | None = None
    provider: str = ""
    host: str = ""
    port: int = 993
    tls: str = "tls"
    ca_file: Path | None = None
    auth: str = ""
    token: Secret | None = None
    client_id: str = ""
    client_secret: Secret | None = None
    tenant: str = "common"
    folders: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    since: datetime | None = None
    max_bytes: int = mail.LIMIT
    patience: float = 60.0

    def __post_init__(self) -> None:
        mail_account.check(self)
        mail_account.check_word(self, "tls", "tls", "starttls", "none")
        mail_account.check_word(self, "auth", "", "password", "oauth")
        if self.tls == "none" and not imap_tls.is_this_machine(self._host):
            raise ConfigError(
                'tls = "none" would send the password in the clear; it is for a server'
                " on this machine only"
            )
        if self.tls == "starttls" and self.port == 993:
            raise ConfigError('tls = "starttls" is spoken on another port: port = 143')
        if any(letter in self._host + self.user for letter in "\r\n\0 \t"):
            raise ConfigError("host and user hold no spaces and no line ends")
        if self.max_bytes < 1 or self.patience <= 0:
            raise ConfigError("max_bytes and patience are above 0")

    def oauth(self) -> OAuth | None:
        """Return where to sign in with a browser; None where nobody does."""
        return mail_oauth.oauth(
            self._provider, self.client_id, self.client_secret, tenant=self.tenant,
            microsoft="IMAP.AccessAsUser.All",
        )  # fmt: skip

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the mail that came since ``cursor``; ``http`` is asked for tokens."""
        from triage_connectors.imap_pulling import Pulling

        left = self._left(cursor)
        async with self._opened(http) as there:
            pulling = Pulling(there.session, left, self._rules)
            async for page in pulling.pages(there.names):
                yield page

    async def watch(self, http: Http, cursor: Cursor | None) -> AsyncIterator[None]:
        """
        Yield whenever mail may have come since ``cursor`` or since the last turn.

        Raises ``SourceUnavailable`` when the connection ends, which any does some day.
        """
        from triage_connectors.imap_watching import Watching

        left = self._left(cursor)
        async with self._opened(http) as there:
            watching = Watching(there.session, there.names, left.folders)
            async for turn in watching.turns():
                yield turn

    async def check(self, http: Http) -> Report:
        """Return what is there and about how long a first pull takes; keeps nothing."""
        from triage_connectors.imap_checking import report

        async with self._opened(http) as there:
            return await there.session.run(
                report, there.session, there.names, there.known, self._rules
            )

    @contextlib.asynccontextmanager
    async def _opened(self, http: Http) -> AsyncIterator[There]:
        """Sign in and find the folders; let go of it all at the end."""
        from triage_connectors import imap_folders, imap_session

        async with imap_session.opened(await self._account(http)) as session:
            known = imap_folders.known(await session.run(session.folders))
            is_gmail = "X-GM-EXT-1" in session.can
            names = imap_folders.chosen(self.folders, known, is_gmail=is_gmail)
            yield There(session, names, known)

    @property
    def _rules(self) -> Rules:
        from triage_connectors.imap_fetching import Rules

        return Rules(
            own_domains=self.own_domains, most=self.max_bytes, since=self.since
        )

    def _left(self, cursor: Cursor | None) -> Places:
        from triage_connectors.imap_cursor import places

        return places(cursor, f"{self.user}@{self._host}")

    @property
    def _host(self) -> str:
        return mail_account.host_of(self)

    @property
    def _provider(self) -> str:
        return mail_account.provider_of(self)

    async def _account(self, http: Http) -> Account:
        from triage_connectors.imap_session import Account

        return Account(
            host=self._host,
            port=self.port,
            tls=self.tls,
            ca_file=self.ca_file,
            user=self.user,
            secret=await mail_account.secret_of(self, self.user, http),
            by_token=mail_account.is_by_token(self),
            provider=self._provider,
            patience=self.patience,
        )
