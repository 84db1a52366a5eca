"""
What is asked of a Mastodon server.

By docs.joinmastodon.org as of 4.5 (search v2, timelines/tag, notifications,
accounts/lookup, accounts/:id/statuses, statuses, statuses/:id, instance v2). A search
takes the ids it is bounded by for times, whole seconds (StatusesSearchService of
Mastodon 4.2 to 4.5), so a page of one begins with the second the last one ended in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, quote, urlsplit

from triage.connector import Budget, ConfigError, SourceUnavailable
from triage_connectors import payload
from triage_connectors.mastodon_statuses import Reader
from triage_connectors.social_post import MENTIONS, Leaf, Post, handle, handles
from triage_connectors.together import together

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.mastodon import Mastodon as Settings

LISTED: Final = 40
"""Statuses in an answer, at most."""
NOTIFIED: Final = 80
"""Notifications in one, at most."""
AT_ONCE: Final = 20
"""Statuses that are asked for by their ids at once; with more, a server refuses."""
_DAY: Final = 86_400_000  # milliseconds

Params = Mapping[str, str | int | Sequence[str]]


@dataclass(slots=True)
class Server:
    """A server, and the account whose token opens it."""

    http: Http
    settings: Settings
    me: dict[str, Any]
    read: Reader
    ids: dict[str, str]
    streams: Sequence[str]
    most: int = AT_ONCE
    last: dict[tuple[str, str], Sequence[str]] = field(default_factory=dict)

    @classmethod
    async def entered(cls, http: Http, settings: Settings) -> Server:
        """
        The server the settings name, once it has said whose token it is.

        Raises:
            ConfigError: It knows none of our own accounts by a name that is given.
        """
        host = urlsplit(settings.url).hostname or ""
        # 300 calls in 5 minutes of an account, and as many of an address.
        http = http.at(
            settings.url, Budget(name=f"mastodon {host}", calls=300, seconds=300)
        )
        others = handles(settings.exclude, host)
        read = Reader(settings, host, frozenset(), others)
        server = cls(http, settings, {}, read, {}, ())
        server.me = payload.found(
            await server.get("api/v1/accounts/verify_credentials")
        )
        mine = handle(payload.text(server.me, "acct"), host)
        own = sorted(handles(settings.own, host) - {mine})
        found = await together([partial(server.account, name) for name in own])
        server.ids = {mine: payload.must_be_key(server.me)} | {
            name: payload.must_be_key(told)
            for name, told in zip(own, found, strict=True)
        }
        server.read = Reader(settings, host, frozenset(server.ids), others)
        server.streams = [
            *dict.fromkeys(_stream(one) for one in settings.searches),
            *([MENTIONS] if settings.mentions else []),
            *(f"own {name}" for name in server.ids),
        ]
        return server

    async def leaf(self, stream: str, after: str) -> Leaf:
        """What a stream shows there."""
        kind, _, name = stream.partition(" ")
        match kind:
            case "search":
                return await self._found(name, after)
            case "tag":
                path = f"api/v1/timelines/tag/{quote(name, safe='')}"
                return await self._listed(path, {"limit": LISTED}, after)
            case "own":
                path = f"api/v1/accounts/{quote(self.ids[name], safe='')}/statuses"
                params: Params = {"limit": LISTED, "exclude_reblogs": "true"}
                return await self._listed(path, params, after, is_own=True)
        return await self._notified(after)

    async def again(self, names: Sequence[str]) -> Mapping[str, Post] | None:
        """Those of the statuses that are there; servers before 4.3 do not tell."""
        answer = await self.get("api/v1/statuses", {"id[]": list(names)}, allow={404})
        if answer.status == 404:
            return None
        found = [self.read.post(one) for one in payload.listed(answer)]
        return {post.name: post for post in found if post.name in names}

    async def gone(self, names: Sequence[str]) -> Collection[str]:
        """Ask for each alone: an answer cut short does not make a deletion."""
        answers = await together([partial(self._status, name) for name in names])
        return [
            name
            for name, told in zip(names, answers, strict=True)
            if told.status == 404
        ]

    async def account(self, name: str) -> dict[str, Any]:
        """An account by its name."""
        answer = await self.get("api/v1/accounts/lookup", {"acct": name}, allow={404})
        if answer.status == 404:
            raise ConfigError(
                f"{answer.where} knows no account {name}; check the setting own"
            )
        return payload.found(answer)

    async def get(
        self, path: str, params: Params | None = None, allow: Collection[int] = ()
    ) -> Response:
        """What is at a path."""
        auth = self.settings.token
        return await self.http.get(path, params=params, auth=auth, allow=allow)

    async def _status(self, name: str) -> Response:
        return await self.get(f"api/v1/statuses/{quote(name, safe='')}", allow={404})

    async def _found(self, words: str, after: str) -> Leaf:
        params: dict[str, str | int | Sequence[str]] = {
            "q": words,
            "type": "statuses",
            "limit": LISTED,
        }
        bound, _, skipped = after.partition("+")
        if bound:
            params["max_id"] = bound
        if skipped not in {"", "0"}:
            params["offset"] = int(skipped)
        answer = await self.get("api/v2/search", params)
        told = payload.rows(payload.found(answer), "statuses")
        posts = [self.read.post(one) for one in told]
        names = [post.name for post in posts]
        following = _after(posts, bound, int(skipped or 0))
        if following is None or (names and names == self.last.get((words, after))):
            raise SourceUnavailable(
                f"{answer.where} found the same again where more was asked for;"
                " try again later"
            )
        # What a second holds beyond one answer begins with something else.
        deeper = following.startswith(f"{bound}+") and bool(bound)
        if deeper:
            self.last[words, following] = names
        return Leaf(posts, following, answer.content)

    async def _listed(
        self, path: str, params: Params, after: str, *, is_own: bool = False
    ) -> Leaf:
        bound = {"max_id": after} if after else {}
        answer = await self.get(path, {**params, **bound}, allow={404})
        # A server that has met no status with a tag does not know the tag.
        told = [] if answer.status == 404 else payload.listed(answer)
        read = self.read.answer if is_own else self.read.post
        return Leaf([read(one) for one in told], _next(answer), answer.content)

    async def _notified(self, after: str) -> Leaf:
        params: dict[str, str | int | Sequence[str]] = {
            "types[]": ["mention", "quote"],
            "limit": NOTIFIED,
        }
        if after:
            params["max_id"] = after
        answer = await self.get("api/v1/notifications", params)
        posts = [
            self.read.post(
                payload.within(one, "status"), payload.must_be_moment(one, "created_at")
            )
            for one in payload.listed(answer)
            if payload.text(one, "type") in {"mention", "quote"}
        ]
        return Leaf(posts, _next(answer), answer.content)


def _stream(told: str) -> str:
    """A search as a stream; a hashtag alone has a timeline of its own."""
    words = " ".join(told.split())
    tag = words.removeprefix("#")
    is_tag = words.startswith("#") and tag.replace("_", "a").isalnum()
    return f"tag {tag.casefold()}" if is_tag else f"search {words}"


def _next(answer: Response) -> str:
    """The id the next page is bounded by; nothing else of its address is taken."""
    told = parse_qs(urlsplit(answer.next_url).query).get("max_id", [""])[0]
    if answer.next_url and not told:
        raise SourceUnavailable(
            f"{answer.where} told no max_id of its next page; try again later"
        )
    return told


def _after(posts: Sequence[Post], bound: str, skipped: int) -> str | None:
    """
    Where a search goes on: behind the second of the oldest, or deeper within it.

    None where it shows what is not before its bound.
    """
    if not posts:
        return ""
    oldest = min(posts, key=lambda post: post.at)
    following = _bound(oldest.name, oldest.at)
    if following != bound:
        return f"{following}+0"
    is_one_second = all(_bound(post.name, post.at) == bound for post in posts)
    return f"{bound}+{skipped + len(posts)}" if is_one_second else None


def _bound(name: str, at: datetime) -> str:
    """The id of the second after: the upper bits of ids are milliseconds since 1970."""
    told = int(at.timestamp() * 1000)
    if not name.isdecimal() or abs((int(name) >> 16) - told) > _DAY:
        return name
    return str((told // 1000 + 1) * 1000 << 16)
