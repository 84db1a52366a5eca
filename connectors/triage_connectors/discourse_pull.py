"""One run at a forum: posts from the newest back, then topics that stand otherwise."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from triage.connector import Incoming, Page, SourceUnavailable
from triage_connectors import payload
from triage_connectors.discourse_api import POSTS, TOPICS, Api
from triage_connectors.discourse_known import Known
from triage_connectors.discourse_place import RECENT, Place, Walk
from triage_connectors.discourse_posts import digest, is_there, version
from triage_connectors.together import together

AGAIN: Final = timedelta(days=2)
"""How old posts are that each run reads again: new users may edit for one day."""
MOST: Final = 500
"""Known posts that a run reads again, at most."""


@dataclass(slots=True)
class Pull:
    """One run, and how far it is."""

    api: Api
    known: Known
    here: Place
    since: datetime | None
    now: datetime
    _told: set[str] = field(default_factory=set)

    async def pages(self) -> AsyncIterator[Page]:
        """Yield pages that each leave another place to resume from."""
        begun = last = self.here.cursor()
        held: Page | None = None
        for walk in (self._posts, self._topics):
            async for page in walk():
                told = _joined(held, page) if held else page
                # With nothing new, posts end where they began; topics follow still.
                held = told if told.cursor == begun else None
                if not held and (told.items or told.gone or told.cursor != last):
                    yield told
                last = told.cursor or last
        if held and (held.items or held.gone):
            yield held

    async def _posts(self) -> AsyncIterator[Page]:
        turns = self.api.http.pages()
        walk = self.here.walk
        if not walk.top:
            walk = Walk(missing=self.here.recent)
        done = False
        while not done:
            before = walk.before
            turns.turn(str(before))
            params = {"before": before} if before else {}
            answer = await self.api.answered("posts.json", params)
            rows = payload.rows(payload.found(answer), "latest_posts")
            turns.saw(answer.content)
            by_number = {_number(row): row for row in rows}
            if before and max(by_number, default=0) > before:
                raise SourceUnavailable(
                    "the forum leads in circles: it told newer posts where older ones"
                    " follow. What came before is kept; try again later"
                )
            if not walk.top:
                walk = replace(walk, top=max(by_number, default=self.here.known))
            remembered = walk.missing
            versions = {str(name): version(row) for name, row in by_number.items()}
            walk = _onward(walk.met(versions), by_number, before)
            done = not walk.before or self._is_enough(by_number, walk)
            news = [
                row
                for name, row in by_number.items()
                if remembered.get(str(name)) != versions[str(name)]
                and (name > self.here.known or self._is_remembered(name))
            ]
            said = await self._said(self._lately(news))
            gone = [
                f"post {payload.must_be_key(row)}" for row in news if not is_there(row)
            ]
            self.here = replace(self.here, walk=walk)
            if done:
                low = min(by_number, default=0) if walk.before else 0
                gone += await self._deleted(walk, low)
                self.here = self.here.through(low)
            yield Page(said, self.here.cursor(), gone=gone)

    def _is_remembered(self, name: int) -> bool:
        """Whether a post would be remembered, had it been there: then it is new."""
        recent = self.here.recent
        return len(recent) < RECENT or name >= min(map(int, recent))

    def _is_enough(self, by_number: dict[int, dict[str, Any]], walk: Walk) -> bool:
        """Whether what follows is known, or older than what is asked for."""
        times = [
            payload.must_be_moment(row, "created_at") for row in by_number.values()
        ]
        if not times:
            return False
        if not self.here.known:
            return self.since is not None and max(times) < self.since
        if max(by_number) > self.here.known:
            return False
        again = sum(int(name) <= self.here.known for name in walk.found)
        return max(times) < self.now - AGAIN or again >= MOST

    async def _said(self, rows: Sequence[dict[str, Any]]) -> list[Incoming]:
        """What these say, as far as this run did not tell it."""
        said = [
            one
            for one in await self.known.said(rows)
            if one.external_id not in self._told
        ]
        self._told |= {one.external_id for one in said}
        return said

    def _lately(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that were posted since the moment that is set."""
        since = self.since
        return [
            row
            for row in rows
            if since is None or payload.must_be_moment(row, "created_at") >= since
        ]

    async def _deleted(self, walk: Walk, low: int) -> list[str]:
        """Of the posts that should have come the ones that are no more."""
        names = [name for name in walk.missing if int(name) >= low]
        found = await together(partial(self.api.post, name) for name in names)
        rows = dict(zip(names, found, strict=True))
        # Posts of a deleted topic are not deleted themselves: the staff sees them.
        left = {
            payload.must_be_key(row, "topic_id")
            for row in found
            if row and is_there(row)
        }
        topics = dict(
            zip(
                sorted(left),
                await together(partial(self.api.topic, name) for name in sorted(left)),
                strict=True,
            )
        )
        lost = {
            name
            for name, topic in topics.items()
            if topic is None or topic.get("deleted_at")
        }
        return [
            f"post {name}"
            for name, row in rows.items()
            if row is None
            or not is_there(row)
            or payload.must_be_key(row, "topic_id") in lost
        ]

    async def _topics(self) -> AsyncIterator[Page]:
        """Topics that were renamed, tagged, closed or solved; and last posts edited."""
        await self.known.prepare()
        turns = self.api.http.pages()
        is_first = not self.here.topics
        number, more = 0, True
        while more:
            turns.turn(str(number))
            rows = await self.api.latest(number)
            turns.saw(payload.raw(rows))
            self.known.keep(rows)
            stands = {payload.must_be_key(row): _stands(row) for row in rows}
            before = self.here.topics
            changed = [
                name
                for row, name in zip(rows, stands, strict=True)
                if not is_first
                and self.known.is_wanted(row)
                and _is_otherwise(before.get(name, ""), stands[name])
            ]
            # A topic that nothing moved has only such behind it.
            is_known = any(
                before.get(name, "").split(" ")[1:2] == [payload.text(row, "bumped_at")]
                for row, name in zip(rows, stands, strict=True)
                if row.get("pinned") is not True
            )
            more = len(rows) == TOPICS and not (is_first or is_known)
            said: list[Incoming] = []
            for posts in await together(partial(self._again, name) for name in changed):
                said += await self._said(posts)
            self.here = self.here.stood(stands)
            number += 1
            yield Page(said, self.here.cursor())

    async def _again(self, name: str) -> list[dict[str, Any]]:
        """The posts a topic begins and ends with, as they are now."""
        topic = await self.api.topic(name)
        if topic is None:
            return []
        stream = payload.within(topic, "post_stream")
        posts = payload.rows(stream, "posts")
        ids = [str(one) for one in stream.get("stream") or () if isinstance(one, int)]
        there = {payload.must_be_key(row) for row in posts}
        rest = [one for one in ids[-1:] if one not in there]
        last = await self.api.of_topic(name, rest) if rest else []
        slug, title = payload.text(topic, "slug"), payload.text(topic, "title")
        category = topic.get("category_id")
        return [
            {"topic_slug": slug, "topic_title": title, "category_id": category, **row}
            for row in (*posts, *last)
        ]


def _number(row: payload.Values) -> int:
    number = payload.must_be_key(row)
    if not number.isdecimal():
        raise SourceUnavailable(
            "the forum told a post whose id is no number; try again later"
        )
    return int(number)


def _joined(first: Page, second: Page) -> Page:
    """Two pages as one, which leaves the place of the second."""
    return Page(
        [*first.items, *second.items],
        second.cursor,
        gone=[*first.gone, *second.gone],
    )


def _stands(topic: payload.Values) -> str:
    """How a topic stands, when it was moved to the front, and whether by an edit."""
    bumped, last = (payload.text(topic, one) for one in ("bumped_at", "last_posted_at"))
    return f"{digest(topic)} {bumped} {'edited' if bumped > last else ''}"


def _is_otherwise(before: str, now: str) -> bool:
    """Whether a topic is read again; what is new in it came as a post."""
    (stood, at, _), (stands, moved_at, edited) = (
        one.split(" ") if one else ("", "", "") for one in (before, now)
    )
    return bool(stood and stood != stands) or bool(edited and at != moved_at)


def _onward(walk: Walk, by_number: dict[int, dict[str, Any]], before: int) -> Walk:
    """The walk with the place of its next page; 0 at its end."""
    inclusive = walk.inclusive or before in by_number
    lower = min(by_number, default=before)
    following = lower
    if before and lower >= before:
        # Where ``before`` is inclusive, rows may have been left out of a full page.
        following = before - POSTS if inclusive else 0
    elif not by_number:
        following = 0
    # Below the first post there is none.
    following = following if following > 1 else 0
    return replace(walk, before=following, inclusive=inclusive)
