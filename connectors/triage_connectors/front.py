"""Conversations at Front: what customers wrote, what our side answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from triage.connector import Cursor, Page, Report, Secret, SourceUnavailable
from triage_connectors.front_api import CALLS, EVENTS, SAID, FrontApi, budget
from triage_connectors.front_pull import Place, Pull
from triage_connectors.payload import found, key, moment, rows, text, within

if TYPE_CHECKING:
    from triage.transport import Http, Response


@dataclass(frozen=True, slots=True)
class Front:
    """
    Conversations at Front, from its feed of events.

    Comments, discussions and private inboxes are our side's own and are not read. Front
    tells no satisfaction with a conversation.

    Attributes:
        token: An API token (Settings, Developers, API tokens).
        inboxes: Ids of the inboxes to read ("inb_1ix6"); all shared ones where none is
            given.
        fields: Our name = the custom field of a conversation; "company" and "version"
            have places of their own, "plan", "revenue" and any other are kept beside.
        since: Where the first pull begins; all there is where it is not given.
        url: The origin of Front's API.
    """

    summary: ClassVar[str] = "Conversations at Front"

    token: Secret
    inboxes: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    url: str = "https://api2.frontapp.com"

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what was said and changed since, fifteen events a page."""
        place = Place.read(cursor, self.since, http.now())
        async for page in Pull(self._api(http), self.fields, place).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose key it is, what it may read and how often it may ask."""
        api = self._api(http)
        answer = await api.me()
        company = found(answer)
        name = text(company, "name") or key(company)
        if not name:
            raise SourceUnavailable(
                "Front did not say whose key it is; check url, or try again later"
            )
        events = rows(
            found(await api.events(SAID, None, count=1, newest=True)), "_results"
        )
        facts = {"may": "read events"}
        if events:
            conversation = within(events[0], "conversation")
            if key(conversation):
                await api.messages(key(conversation), whole=False)
                facts["may"] += ", read messages"
            last = moment(events[0], "emitted_at")
            facts["last message"] = f"{last:%F %R} UTC" if last else "unknown"
        else:
            facts["last message"] = "none"
        facts["inboxes"] = await _inboxes(api)
        facts["calls of a pull"] = f"one for {EVENTS} messages"
        facts["calls a minute"] = _limit(answer)
        facts["calls left"] = f"{http.left(budget(self.token)):,}"
        return Report(account=f"{name} at Front", facts=facts)

    def _api(self, http: Http) -> FrontApi:
        return FrontApi(http.at(self.url, budget(self.token)), self.token, self.inboxes)


async def _inboxes(api: FrontApi) -> str:
    """The inboxes there are, by id: the setting ``inboxes`` takes those."""
    answer = await api.inboxes_there()
    if answer.status == 403:
        return "the key may not list them, and need not"
    there = rows(found(answer), "_results")
    return ", ".join(f"{key(one)} ({text(one, 'name')})" for one in there) or "none"


def _limit(answer: Response) -> str:
    told = answer.headers.get("x-ratelimit-limit", "")
    return told if told.isdecimal() else f"{CALLS} at least"
