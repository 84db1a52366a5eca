"""Conversations and tickets at Intercom, with what customers think of the answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from triage.connector import ConfigError, Cursor, Page, Push, Report, Secret
from triage_connectors import intercom_checking, payload, pushed
from triage_connectors.intercom_api import REGIONS, Intercoms, is_name
from triage_connectors.intercom_conversations import Reading
from triage_connectors.intercom_walk import Left, Several, Walk

if TYPE_CHECKING:
    from triage.transport import Http

_WORKSPACE: Final = re.compile(r"[\w-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Intercom:
    """
    What customers say in Intercom's conversations and tickets, and their ratings.

    Notes among your own people are left out, and so are tickets customers do not see.
    A conversation's parts are one call each, made where something new was said; of
    more than 500 Intercom gives the latest 500.

    Attributes:
        token: The access token of an app in the Developer Hub.
        region: Where the workspace is: us, eu or au.
        since: Conversations that last changed before are left out of the first pull.
        tickets: Whether tickets are read as well.
        fields: Our name ("company", "version", "plan", "revenue", any other) = theirs:
            an attribute of the conversation or ticket by its name, one of the customer
            as "contact.plan", one of their company as "company.monthly_spend".
        workspace: The id in the address of your inbox (…/a/inbox/ID/…), for links.
        webhook_secret: The client secret of the app, where Intercom pushes.
        url: Where Intercom's API is, if not where the region says.
    """

    summary: ClassVar[str] = "Conversations, tickets and ratings at Intercom"

    token: Secret
    region: str = "us"
    since: datetime | None = None
    tickets: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)
    workspace: str = ""
    webhook_secret: Secret | None = None
    url: str = ""

    def __post_init__(self) -> None:
        if self.region not in REGIONS:
            raise ConfigError(
                f"{self.region!r} is no region of Intercom; take {', '.join(REGIONS)}"
            )
        if self.workspace and not _WORKSPACE.fullmatch(self.workspace):
            raise ConfigError(
                f"{self.workspace!r} is no id of a workspace; it stands in the address"
                " of your inbox after /a/inbox/"
            )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what changed since the last pull, conversations before tickets."""
        async for page in self._walk(http, Left.read(cursor, http.now())).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, and what a first pull would bring and cost."""
        return await intercom_checking.report(
            http, self._desk(http), self.since, tickets=self.tickets
        )

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """
        Return which conversations and tickets a notification is about.

        Raises:
            SignInFailed: It is not signed with the app's client secret.
        """
        signature = f"sha1={pushed.digest(self.webhook_secret, body, 'sha1').hex()}"
        pushed.must_match(headers.get("x-hub-signature", ""), signature)
        told = pushed.values(body)
        about = _about(payload.within(told, "data", "item"))
        return Push(payload.key(told), about)

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those as they are now, whole; deleted ones as gone."""
        walk = self._walk(http, Left())
        told = Several()
        for kind, tell in (
            ("conversation", walk.conversations),
            ("ticket", walk.named_tickets),
        ):
            names = [one.partition(" ")[2] for one in about if one.startswith(kind)]
            some = await tell([name for name in dict.fromkeys(names) if is_name(name)])
            told.items += some.items
            told.gone += some.gone
            told.gaps += some.gaps
        return Page(
            tuple(told.items), None, gap="; ".join(told.gaps), gone_threads=told.gone
        )

    def _walk(self, http: Http, left: Left) -> Walk:
        reading = Reading(self.fields, self.workspace, self.region)
        return Walk(
            http, self._desk(http), reading, left, self.since, with_tickets=self.tickets
        )

    def _desk(self, http: Http) -> Intercoms:
        home = http.at(self.url or REGIONS[self.region])
        return Intercoms(home, self.token, self.region)


def _about(item: payload.Values) -> list[str]:
    """The conversation or ticket a notification is about; none for a ping."""
    kind = payload.text(item, "type") or payload.text(item, "object")
    if kind in {"conversation", "ticket"} and payload.key(item):
        return [f"{kind} {payload.key(item)}"]
    inner: Mapping[str, Any] = item
    for name in ("conversation", "ticket"):
        there = payload.key(payload.within(inner, name))
        if there or payload.key(inner, f"{name}_id"):
            return [f"{name} {there or payload.key(inner, f'{name}_id')}"]
    return []
