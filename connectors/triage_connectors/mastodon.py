"""What is said of a product on Mastodon, as one server sees it."""

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
class Mastodon:
    """
    Public posts that match a search, have a hashtag, or mention you, and your answers.

    A server finds what it has heard of, and full text only of people who let their
    posts be searched; hashtags find more. Boosts are left out. Posts for followers
    alone are never kept.

    Attributes:
        server: The server your account is on, such as https://mastodon.social.
        token: An access token with the scope read (Preferences, Development).
        searches: Words, "phrases in quotes" and #hashtags to look for.
        mentions: Whether what mentions or quotes your account is read.
        direct: Whether private mentions of your account are kept as well.
        own: More accounts of yours: their posts are no feedback, their answers are kept
            with what they answer. The token's own is always one.
        exclude: Accounts whose posts are left out, such as news@bots.example.
        languages: Languages that are kept, such as en, de; empty for all. Posts that
            tell none are kept.
        recheck_days: How long after it was posted a post is looked at for edits and
            deletions; at most 1,000 posts are.
        since: Older posts are left out.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = (
        "Posts, hashtags and mentions as a Mastodon server sees them"
    )

    server: str
    token: Secret
    searches: tuple[str, ...] = ()
    mentions: bool = True
    direct: bool = False
    own: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    recheck_days: int = 7
    since: datetime | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if not self.server.strip():
            raise ConfigError(
                "the setting server is empty; give the server your account is on,"
                " server=https://mastodon.social",
                missing="server",
            )
        must_look(self.searches, self.recheck_days, mentions=self.mentions)

    @property
    def url(self) -> str:
        """The server's address, whole."""
        return whole(self.server)

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield posts from the newest back to those that are stored."""
        from triage_connectors.mastodon_api import Server

        Place.left(cursor, (), http.now())  # a bad one is refused before a call is made
        server = await Server.entered(http, self)
        place = Place.left(cursor, server.streams, http.now())
        stretch = timedelta(days=self.recheck_days)
        async for page in Walk(http, server, place, self.since, stretch).pages():
            yield page

    async def check(self, http: Http) -> Report:
        """Return whose token it is, what the server finds, and what a sync asks."""
        from triage_connectors import mastodon_checking

        return await mastodon_checking.report(http, self)
