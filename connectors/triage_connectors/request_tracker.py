"""Tickets of a Request Tracker, with what customers and staff said in them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage_connectors import request_tracker_checking
from triage_connectors.request_tracker_api import Tracker
from triage_connectors.request_tracker_place import Place
from triage_connectors.request_tracker_walk import Walk

if TYPE_CHECKING:
    from triage.transport import Http

_REST: Final = "/REST/2.0"
_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+[^\s?#]*")


@dataclass(frozen=True, slots=True)
class RequestTracker:
    """
    Tickets of Request Tracker 5 (REST 2.0), as its account may see them.

    What its unprivileged users write is feedback, what privileged ones reply is kept as
    our own side's; comments are never read. Later pulls bring what was said since, and
    what became of a ticket: its status, its subject, a merge, its deletion.

    Attributes:
        url: Where its people open it, https://rt.acme.example.
        token: An authentication token of a privileged account (Settings, Auth Tokens).
        queues: Names of the queues that are read; all the account may see where empty.
        forms: Accounts of ours through which customers write, such as a web form's:
            what they open a ticket with is its requestor's.
        own_domains: Domains our own side writes from, beside its privileged accounts.
        fields: By our name ("company", "version", "plan", "revenue", "tags", any other)
            the custom field of a ticket that holds it.
        since: Messages written before are left out.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Tickets of Request Tracker 5, over REST 2.0"

    url: str
    token: Secret
    queues: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.url):
            raise ConfigError(
                f"{self.url!r} is no address of a Request Tracker; it looks like"
                " https://rt.acme.example",
                missing="url",
            )

    @property
    def home(self) -> str:
        """Where its people open it, however the address was copied."""
        return self.url.rstrip("/").removesuffix(_REST).rstrip("/")

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what was said and what became of tickets since, in that order."""
        place = Place.read(cursor, http.now())
        async for page in Walk(self._tracker(http), self, place).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, what it may see, and how much there is."""
        return await request_tracker_checking.report(self._tracker(http), self)

    def _tracker(self, http: Http) -> Tracker:
        return Tracker(http, http.at(self.home + _REST), self.token)
