"""Tickets of Zendesk Support, with all that is said in them and how it was rated."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Push, Report, Secret
from triage_connectors import zendesk_checking, zendesk_hooks
from triage_connectors.zendesk_api import Api
from triage_connectors.zendesk_known import Known
from triage_connectors.zendesk_place import left
from triage_connectors.zendesk_pull import Pull
from triage_connectors.zendesk_tickets import Reader

if TYPE_CHECKING:
    from triage.transport import Http

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Zendesk:
    """
    Tickets of Zendesk Support: what customers wrote, what agents answered publicly.

    Internal notes are left out. Comments come out of the export of events, a thousand
    updates a call, so a sync makes few calls; Zendesk takes ten in a minute.

    Attributes:
        subdomain: What stands before .zendesk.com in the desk's address.
        token: An API token, or an access token of OAuth; an administrator's.
        email: Whose API token it is; empty for an access token of OAuth.
        fields: Our name for a field of the desk's own making: company, version, plan,
            revenue or any other = the number of a ticket's field (360001234567), or the
            key of an organization's or a user's (organization.plan, user.seats).
        since: The first pull begins with tickets changed since, and what was said in
            them since.
        webhook_secret: What the desk signs webhooks with.
    """

    summary: ClassVar[str] = "Tickets, comments and ratings of Zendesk Support"

    subdomain: str
    token: Secret
    email: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    webhook_secret: Secret | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self._name):
            raise ConfigError(
                f"{self.subdomain!r} is no name of a help desk; of"
                " https://acme.zendesk.com it is acme",
                missing="subdomain",
            )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield tickets that changed, then what was said, then how it was rated."""
        here = left(cursor, http.now())
        api = self._api(http)
        pull = Pull(api, self._known(api), here, self.since, http.now())
        async for page in pull.pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, what it may read, and how long that takes."""
        return await zendesk_checking.report(self._api(http), self.since)

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """Return which tickets a webhook tells of; it must be signed, and lately."""
        return zendesk_hooks.push(headers, body, self.webhook_secret)

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those tickets as they are now."""
        told = await self._known(self._api(http)).whole(
            [name for name in dict.fromkeys(about) if name.isdecimal()], anew=True
        )
        return Page(told.said, None, gone=told.gone, gone_threads=told.gone_threads)

    @property
    def _name(self) -> str:
        """The subdomain alone, however the desk's address was copied."""
        name = self.subdomain.strip().lower().removeprefix("https://")
        return name.partition("/")[0].removesuffix(".zendesk.com")

    def _api(self, http: Http) -> Api:
        return Api.at(http, f"{self._name}.zendesk.com", self.email, self.token)

    def _known(self, api: Api) -> Known:
        return Known(api, Reader(api.host, self.fields))
