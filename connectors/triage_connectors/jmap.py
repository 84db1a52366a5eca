"""A mail account over JMAP (RFC 8620, 8621): Fastmail, Cyrus, Stalwart and others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage.text.display import one_line
from triage_connectors import jmap_mailboxes, jmap_session
from triage_connectors.jmap_api import Api, Auth
from triage_connectors.jmap_mailboxes import Mailbox
from triage_connectors.jmap_mails import TEXTS_AT_ONCE, Mails
from triage_connectors.jmap_place import left
from triage_connectors.jmap_pull import Pull, anew, count, moment, state
from triage_connectors.jmap_session import Session, origin
from triage_connectors.jmap_values import named

if TYPE_CHECKING:
    from triage.transport import Http

_READ: Final = 0.004  # seconds a mail takes here, measured, whatever the line
_SHORTEST: Final = 0.1


@dataclass(frozen=True, slots=True)
class Jmap:
    """
    Mail over JMAP: what lies in the chosen mailboxes, each mail once.

    Attributes:
        url: The address of the JMAP session, or only the mail server's.
        token: An API token; or give user and password instead.
        user: The name to sign in with, where there is no token.
        password: That user's password, an app password where there are such.
        account: Name or id of the account; your own where it is not given.
        mailboxes: Mailboxes to read, by role ("inbox", "archive"), name or path
            ("Support/EU"); "*" is all but sent, drafts, junk and trash.
        own_domains: Domains our side writes from; mail from them is kept as an
            agent's, never triaged. A complaint they forward is its author's.
        since: Mail received before is left out, at the first pull and at later ones.
        downloads: Another address of the same provider that messages are downloaded
            from, and that may be sent the token. Without it texts alone are fetched
            where the session names another host.
        every: Seconds between two looks for new mail in ``triage sync --watch``.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "A mail account over JMAP (Fastmail, Cyrus, Stalwart)"
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = {
        "fastmail": {
            "url": "https://api.fastmail.com/jmap/session",
            "downloads": "https://www.fastmailusercontent.com",
        }
    }
    hints: ClassVar[Mapping[str, str]] = {
        "fastmail": (
            "Make an API token in the settings, under Privacy & Security: read-only,"
            " for mail. It is the token here; an app password is for IMAP."
        )
    }

    url: str
    token: Secret | None = None
    user: str = ""
    password: Secret | None = None
    account: str = ""
    mailboxes: tuple[str, ...] = ("inbox",)
    own_domains: tuple[str, ...] = ()
    since: datetime | None = None
    downloads: str = ""
    every: float = 15.0
    ca_file: Path | None = None

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the mails that were there, then what has changed since ``cursor``."""
        saved = left(cursor) if cursor else None
        session, api = await self._sign_in(http)
        if saved and saved.account != api.account:
            raise ConfigError(
                f"this source was read from the account {saved.account!r}, and"
                f" {api.account!r} is another: add a source of its own for it"
            )
        there = await jmap_mailboxes.mailboxes(api)
        boxes = tuple(box.id for box in self._chosen(there))
        since = moment(self.since)
        pull = Pull(
            api=api,
            mails=self._mails(http, session, api),
            limits=session.limits,
            guard=http.pages,
            boxes=boxes,
            here=replace(saved, since=since or saved.since)
            if saved
            else await anew(api, boxes, since),
            is_new=saved is None,
        )
        async for page in pull.pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose mail it is, which mailboxes there are, and how much waits."""
        session, api = await self._sign_in(http)
        began = time.monotonic()
        there = await jmap_mailboxes.mailboxes(api)
        trip = time.monotonic() - began
        read = self._chosen(there)
        mails = self._mails(http, session, api)
        waiting = await count(api, [box.id for box in read], moment(self.since))
        at_once = mails.lanes if mails.downloads else TEXTS_AT_ONCE
        return Report(
            account=f"{session.accounts[api.account]} at {session.host}",
            facts={
                "signed in as": session.username or self.user,
                "reads": _listed(read),
                "leaves": _listed([box for box in there if box not in read]),
                "can": ", ".join(session.capabilities),
                "messages": self._told_of(mails),
                "new mail": f"looked for every {self.every:g} s while watching",
            },
            waiting=waiting,
            seconds=waiting * (trip / at_once + _READ),
        )

    async def watch(self, http: Http, cursor: Cursor | None) -> AsyncIterator[None]:
        """
        Yield a turn whenever more may be there.

        The account's state is asked for every so many seconds, which is one small
        question; servers need not push, and the transport holds no answer open.
        """
        saved = left(cursor) if cursor else None
        _, api = await self._sign_in(http)
        known = saved.state if saved and not saved.backfill else ""
        while True:
            now = await state(api)
            if now != known:
                known = now
                yield
            await asyncio.sleep(max(_SHORTEST, self.every))

    async def _sign_in(self, http: Http) -> tuple[Session, Api]:
        auth = self._auth()
        session = await jmap_session.discover(http, self.url, auth)
        home = http.at(jmap_session.address(self.url))
        return session, Api(home, session.api, auth, session.account(self.account))

    def _auth(self) -> Auth:
        if self.token and self.password:
            raise ConfigError("there is a token and a password; keep one of them")
        if self.token:
            return self.token
        if self.user and self.password:
            return self.user, self.password
        raise ConfigError(
            "nothing to sign in with; give token=, or user= and password="
        )

    def _mails(self, http: Http, session: Session, api: Api) -> Mails:
        """Return what reads mails; a token goes to no host the settings do not name."""
        known = [jmap_session.address(one) for one in (self.url, self.downloads) if one]
        there = origin(session.download)
        home = next((one for one in known if origin(one) == there), None)
        return Mails(
            api=api,
            downloads=http.at(home) if home else None,
            template=session.download,
            lanes=session.limits.lanes,
            objects=session.limits.objects,
            own_domains=self.own_domains,
        )

    def _chosen(self, there: Sequence[Mailbox]) -> list[Mailbox]:
        return jmap_mailboxes.chosen(there, self.mailboxes)

    def _told_of(self, mails: Mails) -> str:
        if mails.downloads:
            return "whole, as they were sent"
        scheme, host, _ = origin(mails.template)
        return (
            f"texts without attachments; whole ones are at {scheme}://{host}, which is"
            " asked once downloads= names it"
        )


def _listed(boxes: Sequence[Mailbox]) -> str:
    """Return mailboxes with what they are for and how many mails are in each."""
    told = [
        f"{one_line(box.path, 60)} ({box.role + ', ' if box.role else ''}{box.count:,})"
        for box in boxes
    ]
    return named(told, 20)
