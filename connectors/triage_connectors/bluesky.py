"""What is said of a product on Bluesky."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from triage.connector import ConfigError, Cursor, Page, Report, Secret
from triage_connectors.social_place import Place
from triage_connectors.social_post import must_look, whole
from triage_connectors.social_walk import Walk

if TYPE_CHECKING:
    from triage.transport import Http


@dataclass(frozen=True, slots=True)
class Bluesky:
    """
    Posts that match a search, mention, answer or quote you, and your answers.

    Everything on Bluesky is public. Reposts are left out. Its search asks for an
    account, so an app password is needed.

    Attributes:
        handle: Your account's handle, such as acme.bsky.social.
        password: An app password (Settings, Privacy and security, App passwords); it
            needs no access to direct messages.
        searches: Words, "phrases in quotes" and #hashtags to look for.
        mentions: Whether what mentions, answers or quotes your account is read.
        own: More accounts of yours: their posts are no feedback, their answers are kept
            with what they answer. The one that signs in always is.
        exclude: Accounts whose posts are left out, such as news.example.com.
        languages: Languages that are kept, such as en, de; empty for all. Posts that
            tell none are kept.
        recheck_days: How long after it was posted a post is looked at, to see whether
            it is deleted; at most 1,000 posts are.
        url: The server your account is at, where it is another than Bluesky's.
        since: Older posts are left out.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Posts, mentions and answers on Bluesky"

    handle: str
    password: Secret
    searches: tuple[str, ...] = ()
    mentions: bool = True
    own: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    recheck_days: int = 7
    url: str = "https://bsky.social"
    since: datetime | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if not self.handle.strip():
            raise ConfigError(
                "the setting handle is empty; give your account's handle,"
                " handle=acme.bsky.social",
                missing="handle",
            )
        must_look(self.searches, self.recheck_days, mentions=self.mentions)

    @property
    def at(self) -> str:
        """The server's address, whole."""
        return whole(self.url)

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield posts from the newest back to those that are stored."""
        from triage_connectors.bluesky_api import Network

        Place.left(cursor, (), http.now())  # a bad one is refused before a call is made
        network = await Network.entered(http, self)
        place = Place.left(cursor, network.streams, http.now())
        stretch = timedelta(days=self.recheck_days)
        async for page in Walk(http, network, place, self.since, stretch).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose account it is, what each search finds, and what a pull asks."""
        from triage_connectors import bluesky_checking

        return await bluesky_checking.report(http, self)
