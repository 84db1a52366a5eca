"""
What is said on a network: every stream back to what is stored, then edits, deletions.

All streams are asked at once, a page of each makes one of ours. What several of them
show comes once. Posts of the last days that no stream showed again are looked at by
their ids, once an hour.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from triage.connector import Incoming, Page
from triage_connectors.social_place import Place
from triage_connectors.social_post import Leaf, Network, Post
from triage_connectors.together import WIDTH, together

if TYPE_CHECKING:
    from triage.transport import Http, Pages

NEAR: Final = timedelta(minutes=15)
"""How far before the last walk's end the next one goes: servers hear of posts late."""
FAR: Final = timedelta(days=1)
"""How far it goes once an hour."""
REST: Final = timedelta(hours=1)
"""How long posts are left alone before they are looked at again."""


class Walk:
    """One pull of a network."""

    def __init__(
        self,
        http: Http,
        network: Network,
        place: Place,
        since: datetime | None,
        stretch: timedelta,
    ) -> None:
        """``stretch`` is how long after it was said a post is looked at again."""
        self.network = network
        self.place = place
        self.since = since
        self.stretch = stretch
        self.begun = http.now()
        checked = place.checked
        self.is_due = checked is not None and self.begun - checked >= REST
        self.met: set[str] = set()
        self.guards: dict[str, Pages] = {name: http.pages() for name in place.streams}

    async def pages(self) -> AsyncIterator[Page]:
        """Yield what is new, then what has changed."""
        items: list[Incoming] = []
        open_ = list(self.place.streams)
        while open_:
            leaves = await together([partial(self._leaf, name) for name in open_])
            items = [one for leaf in leaves for one in self._new(leaf.posts)]
            pairs = zip(open_, leaves, strict=True)
            open_ = [name for name, leaf in pairs if not self._is_over(name, leaf)]
            self.place.forget(None if open_ else self.begun - self.stretch)
            if open_ or self.is_due:
                yield Page(items, self.place.cursor())
                items = []
        if self.is_due:
            async for page in self._again():
                yield page
        if self.is_due or self.place.checked is None:
            self.place.checked, self.place.look = self.begun, ""
        yield Page(items, self.place.cursor())

    async def _leaf(self, name: str) -> Leaf:
        guard, after = self.guards[name], self.place.streams[name].after
        guard.turn(f"{name} {after}")
        leaf = await self.network.leaf(name, after)
        guard.saw(leaf.content)
        return leaf

    def _is_over(self, name: str, leaf: Leaf) -> bool:
        """Note how far a stream has come; whether all that is new has come."""
        stream = self.place.streams[name]
        back = FAR if self.is_due else NEAR
        begin = stream.until - back if stream.until else self.since
        stream = stream.seen([post.at for post in leaf.posts], leaf.after)
        late = begin is not None and any(post.at < begin for post in leaf.posts)
        over = late or not leaf.after
        self.place.streams[name] = stream.ended(begin) if over else stream
        return over

    def _new(self, posts: Sequence[Post]) -> list[Incoming]:
        found = []
        for post in posts:
            told = post.told
            if told is None or (self.since and post.at < self.since):
                continue
            is_known = post.name in self.met or self.place.knows(
                post.name, post.version
            )
            self.met.add(post.name)
            if not is_known:
                self.place.keep(post.name, post.said, post.version)
                found.append(told())
        return found

    async def _again(self) -> AsyncIterator[Page]:
        """Look at posts that no stream has shown."""
        place, most = self.place, self.network.most
        rest = sorted(
            name for name in place.known if name > place.look and name not in self.met
        )
        for first in range(0, len(rest), most * WIDTH):
            names = rest[first : first + most * WIDTH]
            parts = [names[at : at + most] for at in range(0, len(names), most)]
            answers = await together(
                [partial(self.network.again, one) for one in parts]
            )
            there: dict[str, Post] = {}
            for one in answers:
                if one is None:
                    return
                there |= one
            missing = [name for name in names if name not in there]
            gone = sorted(await self.network.gone(missing)) if missing else []
            items = self._new([there[name] for name in names if name in there])
            for name in gone:
                del place.known[name]
            place.look = names[-1]
            yield Page(items, place.cursor(), gone=gone)
