"""Tickets of a Gorgias: what customers wrote, the answers, the ratings."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.gorgias_api import AT_ONCE, CALLS, Desk, total
from triage_connectors.gorgias_place import Place
from triage_connectors.gorgias_pull import Pull

if TYPE_CHECKING:
    from triage.transport import Http

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_HERE: Final = re.compile(r"http://(127\.0\.0\.1|localhost)(:\d{1,5})?")
_OTHERS: Final = 2
"""Calls of a pull that finds nothing: tickets and surveys."""


@dataclass(frozen=True, slots=True)
class Gorgias:
    """
    Tickets of a Gorgias, with their messages and ratings.

    Internal notes are left out; what lies in the trash or was marked as spam is gone.
    What is deleted for good is not told by Gorgias, and stays.

    Attributes:
        domain: The desk's name, as in its address: acme for acme.gorgias.com.
        email: The address of the user whose key it is.
        key: Their API key.
        fields: What your own ticket fields mean, by their number, such as
            version = "1234".
        ratings: Whether customers' ratings are read.
        since: Tickets last changed before are left out.
    """

    summary: ClassVar[str] = "Tickets of a Gorgias, messages and ratings"

    domain: str
    email: str
    key: Secret
    fields: Mapping[str, str] = field(default_factory=dict)
    ratings: bool = True
    since: datetime | None = None

    def __post_init__(self) -> None:
        if not self.origin:
            raise ConfigError(
                f"{self.domain!r} is no name of a Gorgias; for acme.gorgias.com it is"
                " domain=acme",
                missing="" if self.domain else "domain",
            )

    @property
    def origin(self) -> str:
        """The desk's address; "" where the setting is none."""
        told = self.domain.strip().casefold().rstrip("/")
        if _HERE.fullmatch(told):
            return told
        name = told.removeprefix("https://").removesuffix(".gorgias.com")
        return f"https://{name}.gorgias.com" if _NAME.fullmatch(name) else ""

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield the tickets that changed, oldest change first, then ratings."""
        place = Place.read(cursor, http.now())
        async for page in Pull(self, self._desk(http), place).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose account it is, what is there, and what a first pull costs."""
        desk = self._desk(http)
        account = payload.found(await desk.ask("account"))
        name = one_line(payload.text(account, "domain"), 80)
        answer = await desk.ask("tickets", {"limit": 1})
        many = total(answer)
        facts = {"tickets": "not counted" if many is None else f"{many:,.0f}"}
        calls = None
        if many is not None:
            said = (
                None if self.since or self.fields else total(await desk.said(count=1))
            )
            each = many if said is None else math.ceil(said / AT_ONCE)
            calls = math.ceil(many / AT_ONCE) + int(each)
            facts["calls of a first pull"] = (
                f"about {calls:,} for {many:,.0f} tickets, {CALLS} in a minute at most"
            )
        facts["calls of a pull without news"] = str(_OTHERS)
        bucket = answer.headers.get("x-gorgias-account-api-call-limit", "")
        if bucket:
            facts["calls of the last seconds"] = one_line(bucket, 40)
        return Report(
            account=f"{one_line(self.email, 80)} at {name or self.origin}",
            facts=facts,
            seconds=None if calls is None else calls / CALLS * 60,
        )

    def _desk(self, http: Http) -> Desk:
        return Desk.of(http, self.origin, self.email, self.key)
