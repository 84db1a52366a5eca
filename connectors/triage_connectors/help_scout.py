"""Conversations at Help Scout, with what customers think of the answers."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from triage.connector import ConfigError, Cursor, Page, Push, Report, Secret
from triage_connectors import (
    help_scout_checking,
    help_scout_ratings,
    payload,
    pushed,
)
from triage_connectors.help_scout_api import HOME, Access, HelpScouts, is_name
from triage_connectors.help_scout_walk import Left, Walk
from triage_connectors.together import together

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class HelpScout:
    """
    What customers say in Help Scout's conversations, and how they rate the answers.

    Notes, drafts and what was hidden are left out; what is spam there is kept and never
    triaged.

    Attributes:
        client_id: The App ID of an app of your own (Your Profile, My apps).
        client_secret: Its App Secret.
        mailboxes: Ids of the inboxes to read; all of them where none is given.
        since: Conversations that last changed before are left out of the first pull.
        ratings: Whether ratings are read, which belong to the Plus and Pro plans.
        fields: Our name ("company", "version", "plan", "revenue", any other) = the name
            or id of a custom field.
        webhook_secret: What Help Scout signs with where it pushes.
        url: Where Help Scout's API is.
    """

    summary: ClassVar[str] = "Conversations and ratings at Help Scout"

    client_id: str
    client_secret: Secret
    mailboxes: tuple[str, ...] = ()
    since: datetime | None = None
    ratings: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)
    webhook_secret: Secret | None = None
    url: str = HOME
    _access: Access = field(
        default_factory=Access, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for name in self.mailboxes:
            if not is_name(name):
                raise ConfigError(
                    f"{name!r} is no id of an inbox; it is the number in its address,"
                    " …/mailbox/85/…"
                )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what changed since the last pull, conversations before ratings."""
        async for page in self._walk(http, Left.read(cursor, http.now())).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose client it is, and what a first pull would bring and cost."""
        return await help_scout_checking.report(
            http, self._desk(http), self.since, ratings=self.ratings
        )

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """
        Return which conversation or rating an event is about.

        Raises:
            SignInFailed: It is not signed with the webhook's secret.
        """
        digest = pushed.digest(self.webhook_secret, body, "sha1")
        signature = base64.b64encode(digest).decode()
        pushed.must_match(headers.get("x-helpscout-signature", ""), signature)
        event = headers.get("x-helpscout-event", "")
        name = payload.key(pushed.values(body))
        kind = {"convo": "conversation", "satisfaction": "rating"}.get(
            event.partition(".")[0], ""
        )
        about = [f"{kind} {name}"] if kind and is_name(name) else []
        # Nothing names a telling, but what is told again is signed alike.
        return Push(f"{event} {signature}", about)

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those as they are now, whole; deleted conversations as gone."""
        walk = self._walk(http, Left())
        asked: dict[str, list[str]] = {"conversation": [], "rating": []}
        for one in dict.fromkeys(about):
            kind, _, name = one.partition(" ")
            if kind in asked and is_name(name):
                asked[kind].append(name)
        names = asked["conversation"]
        answers = await together(partial(walk.desk.conversation, one) for one in names)
        pairs = list(zip(names, answers, strict=True))
        # What was merged is answered by what it was merged with.
        rows = {payload.must_be_key(row): row for _, row in pairs if row is not None}
        items, hidden, gone = await walk.read(list(rows.values()))
        gone += [name for name, row in pairs if row is None]
        rated = await together(
            partial(walk.desk.rating, one) for one in asked["rating"]
        )
        told = [help_scout_ratings.of_one(one) for one in rated if one is not None]
        items += [one for one in told if one is not None]
        return Page(tuple(items), None, gone=hidden, gone_threads=gone)

    def _walk(self, http: Http, left: Left) -> Walk:
        return Walk(
            http,
            self._desk(http),
            self.fields,
            left,
            self.since,
            with_ratings=self.ratings,
        )

    def _desk(self, http: Http) -> HelpScouts:
        return HelpScouts(
            http.at(self.url),
            self.client_id,
            self.client_secret,
            self._access,
            self.mailboxes,
        )
