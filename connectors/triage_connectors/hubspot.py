"""Tickets, conversations and survey responses at HubSpot."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from triage.connector import Cursor, Page, Report, Secret, SourceUnavailable
from triage_connectors.hubspot_api import LINKED, PAGE, HubSpotApi, budgets
from triage_connectors.hubspot_place import Place
from triage_connectors.hubspot_pull import Pull
from triage_connectors.hubspot_window import SIZE, Window
from triage_connectors.hubspot_words import Desk
from triage_connectors.payload import found, key, number, rows, text

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class HubSpot:
    """
    Tickets, conversations and survey responses at HubSpot.

    A ticket and the conversation it began as are one; comments between colleagues are
    not read. Responses to NPS, CSAT and CES surveys keep their number and scale.

    Attributes:
        token: The access token of a private app.
        conversations: Whether the threads of inbox and help desk are read as well.
        surveys: Whether responses to feedback surveys are read; not every plan has
            them.
        fields: Our name = a ticket's property, or contact.… or company.… for theirs;
            "company" and "version" have places of their own, "plan", "revenue" and any
            other are kept beside.
        since: Where the first pull begins; all there is where it is not given.
        url: The origin of HubSpot's API.
    """

    summary: ClassVar[str] = "Tickets, conversations and surveys at HubSpot"

    token: Secret
    conversations: bool = True
    surveys: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    url: str = "https://api.hubapi.com"

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield changed tickets, threads, survey responses, and what was deleted."""
        place = Place.read(cursor, http.now())
        async for page in Pull(self._api(http), self, place).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose key it is, what it may read, and how much is there."""
        api = self._api(http)
        account = await api.account()
        portal = key(account, "portalId")
        if not portal:
            raise SourceUnavailable(
                "HubSpot did not say whose key it is; check url, or try again later"
            )
        tickets = await self._count(api, "tickets")
        facts = {"may": "read tickets", "tickets": f"{tickets:,}"}
        calls = 2 + math.ceil(tickets / (SIZE - 1))
        # Of tickets, contact and company; then those.
        calls += 2 * math.ceil(tickets / LINKED) + 2 * math.ceil(tickets / PAGE)
        waiting = tickets
        await api.stages()
        if self.surveys:
            responses = await self._count(api, "feedback_submissions")
            facts["may"] += ", survey responses"
            facts["survey responses"] = f"{responses:,}"
            calls += 3 * math.ceil(responses / (SIZE - 1))
            waiting += responses
        facts["calls of a first pull"] = f"about {calls:,} for {waiting:,}"
        if self.conversations:
            first = found(await api.threads("1970-01-01T00:00:00Z", "", count=1))
            there = rows(first, "results")
            facts["may"] += ", conversations"
            facts["conversations"] = "some" if there else "none"
            facts["calls of a first pull"] += (
                f", and one for each conversation and {PAGE} of them"
            )
        facts["calls left this minute"] = f"{http.left(budgets(self.token)[0]):,}"
        host = text(account, "uiDomain")
        return Report(
            account=f"account {portal} at {host or 'HubSpot'}",
            facts=facts,
            waiting=None if self.conversations else waiting,
        )

    def desk(self) -> Desk:
        """What the settings say of the account."""
        return Desk(fields=self.fields, conversations=self.conversations)

    async def _count(self, api: HubSpotApi, kind: str) -> int:
        answer = await api.search(kind, Window(), (), limit=1)
        return int(number(found(answer), "total") or 0)

    def _api(self, http: Http) -> HubSpotApi:
        return HubSpotApi.at(http, self.url, self.token)
