"""Tickets of a Freshdesk: what customers wrote, the answers, the ratings."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage_connectors import freshdesk_checking
from triage_connectors.freshdesk_api import Desk
from triage_connectors.freshdesk_place import Place
from triage_connectors.freshdesk_pull import Pull

if TYPE_CHECKING:
    from triage.transport import Http

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_HOST: Final = re.compile(r"([a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}")
_HERE: Final = re.compile(r"http://(127\.0\.0\.1|localhost)(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Freshdesk:
    """
    Tickets of a Freshdesk, with their conversations and ratings.

    Private notes are left out; what is deleted or marked as spam is gone. Tickets that
    Freshdesk has archived are listed no more and do not come. A public note of an agent
    comes once somebody answers, and a reply that is deleted alone stays.

    Attributes:
        domain: The desk's name, as in its address: acme for acme.freshdesk.com.
        key: The API key of an agent who sees all tickets.
        fields: What your own fields of tickets and companies mean, such as
            version = "cf_app_version" or plan = "account_tier".
        ratings: Whether customers' ratings are read.
        since: Tickets last changed before are left out.
    """

    summary: ClassVar[str] = "Tickets of a Freshdesk, conversations and ratings"

    domain: str
    key: Secret
    fields: Mapping[str, str] = field(default_factory=dict)
    ratings: bool = True
    since: datetime | None = None

    def __post_init__(self) -> None:
        if not self.origin:
            raise ConfigError(
                f"{self.domain!r} is no name of a Freshdesk; for acme.freshdesk.com it"
                " is domain=acme",
                missing="" if self.domain else "domain",
            )

    @property
    def origin(self) -> str:
        """The desk's address; "" where the setting is none."""
        told = self.domain.strip().casefold().rstrip("/")
        if _HERE.fullmatch(told):
            return told
        told = told.removeprefix("https://")
        if _NAME.fullmatch(told):
            return f"https://{told}.freshdesk.com"
        return f"https://{told}" if _HOST.fullmatch(told) else ""

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the tickets that changed, then what is gone, then ratings."""
        place = Place.read(cursor, http.now())
        async for page in Pull(self, self._desk(http), place).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose key it is, what it may read, and what a first pull costs."""
        return await freshdesk_checking.report(self, self._desk(http))

    def _desk(self, http: Http) -> Desk:
        return Desk.of(http, self.origin, self.key)
