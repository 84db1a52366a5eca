"""Tickets of a Zammad desk: what customers write, and what is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage_connectors import zammad_checking
from triage_connectors.zammad_api import Zammad as Api
from triage_connectors.zammad_place import left
from triage_connectors.zammad_walk import Walk

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class Zammad:
    """
    Tickets of a Zammad desk, with their public articles.

    What changed is found by the desk's search, which needs Elasticsearch; without it
    every ticket is listed at each sync, and only what changed is read. Internal
    articles are left out, and one that becomes internal is marked as gone; so is all of
    a ticket that is removed. Articles of a merged ticket move to the one it went into.

    Attributes:
        url: The desk's address, such as https://support.acme.com.
        token: An access token with the permission ticket.agent (profile, Token Access).
            One that also has the permission admin reads 500 articles in a call.
        fields: Our names for fields your people added to tickets, such as
            plan=customer_plan; company and version have places of their own.
        tags: Whether tags are read, which takes one more call for each changed ticket.
        since: Tickets last changed before are left out.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Tickets of a Zammad desk and their articles"

    url: str
    token: Secret
    fields: Mapping[str, str] = field(default_factory=dict)
    tags: bool = False
    since: datetime | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if not self.url.strip():
            raise ConfigError(
                "the setting url is empty; give the desk's address,"
                " url=https://support.acme.com",
                missing="url",
            )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield tickets in the order they changed, or of their numbers."""
        here = left(cursor, http.now())
        async for page in Walk(http, self, Api.of(http, self), here).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, what it may read, and how much there is."""
        return await zammad_checking.report(http, self, Api.of(http, self))
