"""Posts of a Discourse forum, by customers and by its staff."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from triage.connector import ConfigError, Cursor, Page, Push, Report, Secret
from triage_connectors import discourse_checking, discourse_hooks
from triage_connectors.discourse_api import Api
from triage_connectors.discourse_known import Known
from triage_connectors.discourse_place import left
from triage_connectors.discourse_posts import Posts
from triage_connectors.discourse_pull import Pull

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class Discourse:
    """
    Topics of a Discourse forum with all that is posted in them.

    Whispers, messages and what the forum notes by itself are left out. Administrators,
    moderators and robots are our side. A forum anybody may read needs no key.

    Attributes:
        url: The forum's address, such as https://forum.acme.com.
        api_key: A key that may read topics and posts.
        api_username: Whom the key acts as; system where it is anybody's.
        categories: Only these and what is below them, as in their addresses.
        tags: Only topics with one of these tags.
        team: Users of our side who are no staff of the forum.
        since: The first pull begins with what was posted since.
        webhook_secret: What the forum signs webhooks with.
    """

    summary: ClassVar[str] = "Posts of a Discourse forum"

    url: str
    api_key: Secret | None = None
    api_username: str = "system"
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    since: datetime | None = None
    webhook_secret: Secret | None = None

    def __post_init__(self) -> None:
        if not self.url.strip().lower().startswith(("https://", "http://")):
            raise ConfigError(
                f"{self.url!r} is no address of a forum; it begins with https://",
                missing="url",
            )

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what was posted and edited, then topics that stand otherwise."""
        here = left(cursor)
        api = self._api(http)
        run = Pull(api, self._known(api), here, self.since, http.now())
        async for page in run.pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return as whom we read, what is there, and how many calls that takes."""
        api = self._api(http)
        return await discourse_checking.report(api, self._known(api), self.since)

    def push(self, headers: Mapping[str, str], body: bytes) -> Push:
        """Return which post or topic a webhook tells of; it must be signed."""
        return discourse_hooks.push(headers, body, self.webhook_secret)

    async def fetch(self, http: Http, about: Sequence[str]) -> Page:
        """Return those posts and topics as they are now."""
        api = self._api(http)
        return await discourse_hooks.Anew(api, self._known(api)).page(about)

    def _api(self, http: Http) -> Api:
        return Api.at(http, self.url, self.api_key, self.api_username)

    def _known(self, api: Api) -> Known:
        posts = Posts(api.home, _plain(self.team))
        return Known(api, posts, _plain(self.categories), _plain(self.tags))


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in names)
