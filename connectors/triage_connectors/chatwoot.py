"""Conversations of a Chatwoot account: what customers write, and what is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from triage.connector import ConfigError, Cursor, Page, Push, Report, Secret
from triage_connectors import chatwoot_checking, chatwoot_pushed
from triage_connectors.chatwoot_api import Chatwoot as Api
from triage_connectors.chatwoot_walk import Walk

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class Chatwoot:
    """
    Conversations of a Chatwoot account, with their public messages and ratings.

    They are read newest first, until one is met that has not changed since the last
    sync. Of a long conversation the messages that are new are read, and all of them
    once it is resolved. A message that was deleted is marked as gone when its
    conversation is read next: Chatwoot's list does not move it for that alone.

    Attributes:
        url: Where Chatwoot is, such as https://app.chatwoot.com.
        account: The account's number, as in the address of its pages: /app/accounts/1.
        token: An access token (Profile settings, Access Token).
        fields: Our names for custom attributes of contacts and conversations, such as
            plan=subscription; company and version have places of their own.
        ratings: Whether ratings of satisfaction are read; the token must then be an
            administrator's.
        since: Conversations without activity after it are left out.
        webhook_secret: The secret shown with the webhook, for ``triage listen``;
            Chatwoot signs webhooks from version 4.11.2 on.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Conversations of a Chatwoot account and its ratings"

    url: str
    account: str
    token: Secret
    fields: Mapping[str, str] = field(default_factory=dict)
    ratings: bool = True
    since: datetime | None = None
    webhook_secret: Secret | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if not self.url.strip():
            raise ConfigError(
                "the setting url is empty; give the address of your Chatwoot,"
                " url=https://app.chatwoot.com",
                missing="url",
            )
        if not (self.account.isascii() and self.account.isdigit()):
            raise ConfigError(
                f"{self.account!r} is no account; its number stands in the address of"
                " its pages: …/app/accounts/1/…",
                missing="account",
            )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield conversations newest first, then ratings oldest first."""
        async for page in Walk(http, self, Api.of(http, self), cursor).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return which account it is, what may be read, and how much there is."""
        return await chatwoot_checking.report(self, Api.of(http, self))

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """Return which conversation a signed webhook is about."""
        return chatwoot_pushed.push(self.webhook_secret, headers, body)

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those conversations whole, as they are now."""
        return await chatwoot_pushed.fetch(self, Api.of(http, self), about)
