"""
What is asked of Bluesky, by way of the server an account is at.

By the lexicons of atproto as of 2025 (app.bsky.feed.searchPosts, getPosts,
getAuthorFeed, app.bsky.notification.listNotifications, com.atproto.server.createSession
and refreshSession) and docs.bsky.app, rate limits. A search goes no further than its
service likes, so behind its end another begins before the oldest post found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from triage.connector import Budget, Secret, SignInFailed, SourceUnavailable
from triage.text.display import one_line
from triage_connectors import payload
from triage_connectors.bluesky_posts import Reader
from triage_connectors.social_post import MENTIONS, Leaf, Post, handles

if TYPE_CHECKING:
    from triage.transport import Http, Response
    from triage_connectors.bluesky import Bluesky as Settings

LISTED: Final = 100
"""Posts in an answer, at most."""
AT_ONCE: Final = 25
"""Posts that are asked for by their ids at once."""
_REASONS: Final = ("mention", "reply", "quote")
_NEXT: Final = timedelta(milliseconds=1)

Params = Mapping[str, str | int | Sequence[str]]


@dataclass(slots=True)
class Session:
    """An account that is signed in, for as long as a pull takes."""

    http: Http
    access: Secret
    refresh: Secret
    did: str
    handle: str
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    async def begun(cls, http: Http, settings: Settings) -> Session:
        """
        Sign in.

        Raises:
            SignInFailed: Handle and app password are not accepted.
        """
        answer = await http.post(
            "com.atproto.server.createSession",
            json={
                "identifier": settings.handle.strip().removeprefix("@"),
                "password": settings.password,
            },
            allow={400, 401},
            idempotent=True,
        )
        if answer.status != 200:
            raise SignInFailed(
                f"{answer.where} does not accept this handle and app password"
                f" ({answer.status}); make an app password in the account's settings,"
                " under Privacy and security, and check both"
            )
        told = payload.found(answer)
        return cls(
            http,
            Secret(payload.must_be_key(told, "accessJwt")),
            Secret(payload.must_be_key(told, "refreshJwt")),
            payload.must_be_key(told, "did"),
            payload.must_be_key(told, "handle").casefold(),
        )

    async def get(self, name: str, params: Params | None = None) -> Response:
        """What a query answers, signed in anew where that is over."""
        used = self.access
        answer = await self.http.get(name, params=params, auth=used, allow={400})
        if _error(answer) == "ExpiredToken":
            await self._renew(used)
            answer = await self.http.get(
                name, params=params, auth=self.access, allow={400}
            )
        if answer.status == 400:
            raise SourceUnavailable(
                f"{answer.where} refused what was asked (400:"
                f" {one_line(_error(answer), 60)}); check the settings"
            )
        return answer

    async def _renew(self, used: Secret) -> None:
        async with self.turn:
            if self.access is not used:
                return
            answer = await self.http.post(
                "com.atproto.server.refreshSession", auth=self.refresh
            )
            told = payload.found(answer)
            self.refresh = Secret(payload.must_be_key(told, "refreshJwt"))
            self.access = Secret(payload.must_be_key(told, "accessJwt"))


@dataclass(slots=True)
class Network:
    """Bluesky, as an account sees it."""

    session: Session
    read: Reader
    streams: Sequence[str]
    most: int = AT_ONCE

    @classmethod
    async def entered(cls, http: Http, settings: Settings) -> Network:
        """Bluesky, once the account is signed in."""
        host = urlsplit(settings.at).hostname or ""
        # 3,000 calls in 5 minutes of an address.
        budget = Budget(name=f"bluesky {host}", calls=3000, seconds=300)
        session = await Session.begun(http.at(f"{settings.at}/xrpc", budget), settings)
        own = [session.handle, *sorted(handles(settings.own, ""))]
        streams = [
            *dict.fromkeys(
                f"search {' '.join(one.split())}"
                for one in settings.searches
                if one.strip()
            ),
            *([MENTIONS] if settings.mentions else []),
            *(f"own {name}" for name in dict.fromkeys(own)),
        ]
        read = Reader(
            frozenset({*own, session.did}),
            handles(settings.exclude, ""),
            settings.languages,
        )
        return cls(session, read, streams)

    async def leaf(self, stream: str, after: str) -> Leaf:
        """What a stream shows there."""
        kind, _, name = stream.partition(" ")
        match kind:
            case "search":
                return await self._found(name, after)
            case "own":
                return await self._own(name, after)
        return await self._notified(after)

    async def again(self, names: Sequence[str]) -> Mapping[str, Post]:
        """Those of the posts that are there."""
        answer = await self.session.get("app.bsky.feed.getPosts", {"uris": list(names)})
        told = payload.rows(payload.found(answer), "posts")
        found = [self.read.post(one) for one in told]
        return {post.name: post for post in found if post.name in names}

    async def gone(self, names: Sequence[str]) -> Collection[str]:
        """Ask a second time: an answer cut short does not make a deletion."""
        parts = [names[at : at + self.most] for at in range(0, len(names), self.most)]
        there = [name for part in parts for name in await self.again(part)]
        return set(names) - set(there)

    async def many(self, search: str) -> int | None:
        """How many posts a search finds, about; None where that is not told."""
        params = {**_query(search), "limit": 1}
        told = payload.found(
            await self.session.get("app.bsky.feed.searchPosts", params)
        )
        found = payload.number(told, "hitsTotal")
        return None if found is None else int(found)

    async def _found(self, words: str, after: str) -> Leaf:
        until, oldest, cursor = [*after.split("|", 2), "", "", ""][:3]
        params: dict[str, str | int | Sequence[str]] = {
            **_query(words), "sort": "latest", "limit": LISTED,
        }  # fmt: skip
        params |= {"until": until} if until else {}
        params |= {"cursor": cursor} if cursor else {}
        answer = await self.session.get("app.bsky.feed.searchPosts", params)
        told = payload.found(answer)
        posts = [self.read.post(one) for one in payload.rows(told, "posts")]
        times = [_stamp(post.at) for post in posts]
        oldest = min([*times, *filter(None, [oldest])], default="")
        following = payload.text(told, "cursor") if posts else ""
        return Leaf(posts, _after(until, oldest, following), answer.content)

    async def _own(self, name: str, after: str) -> Leaf:
        params: dict[str, str | int | Sequence[str]] = {
            "actor": name, "filter": "posts_with_replies", "limit": LISTED,
        }  # fmt: skip
        params |= {"cursor": after} if after else {}
        answer = await self.session.get("app.bsky.feed.getAuthorFeed", params)
        told = payload.found(answer)
        posts = [self.read.answer(one) for one in payload.rows(told, "feed")]
        following = payload.text(told, "cursor") if posts else ""
        return Leaf(posts, following, answer.content)

    async def _notified(self, after: str) -> Leaf:
        params: dict[str, str | int | Sequence[str]] = {
            "reasons": list(_REASONS), "limit": LISTED,
        }  # fmt: skip
        params |= {"cursor": after} if after else {}
        name = "app.bsky.notification.listNotifications"
        answer = await self.session.get(name, params)
        told = payload.found(answer)
        rows = payload.rows(told, "notifications")
        posts = [
            self.read.post(one, payload.must_be_moment(one, "indexedAt"))
            for one in rows
            if payload.text(one, "reason") in _REASONS
        ]
        # A page may hold none of these reasons, and others follow.
        return Leaf(posts, payload.text(told, "cursor"), answer.content)


def _error(answer: Response) -> str:
    if answer.status != 400:
        return ""
    told: Any = answer.json()
    return payload.text(told, "error") if isinstance(told, dict) else ""


def _query(words: str) -> dict[str, str | int | Sequence[str]]:
    """A search; a hashtag alone has to be one."""
    tag = words.removeprefix("#")
    if words.startswith("#") and tag and " " not in tag:
        return {"q": words, "tag": [tag]}
    return {"q": words}


def _after(until: str, oldest: str, cursor: str) -> str:
    """Where a search goes on: its next page, or before the oldest it has found."""
    if cursor:
        return f"{until}|{oldest}|{cursor}"
    if not oldest:
        return ""
    before = _stamp(datetime.fromisoformat(oldest) + _NEXT)
    return f"{before}|{oldest}|" if before != until else ""


def _stamp(at: datetime) -> str:
    told = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")
