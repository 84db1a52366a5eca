"""Topics as far as a run has come to know them, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from triage.connector import ConfigError, Incoming
from triage_connectors import payload
from triage_connectors.discourse_api import Api
from triage_connectors.discourse_posts import Posts, tags
from triage_connectors.together import together


@dataclass(slots=True)
class Known:
    """
    What posts are read with.

    Attributes:
        wanted_categories: Their slugs, names or numbers; all where there are none.
        wanted_tags: Topics with one of them; all where there are none.
    """

    api: Api
    posts: Posts
    wanted_categories: frozenset[str]
    wanted_tags: frozenset[str]
    _topics: dict[str, dict[str, Any]] = field(default_factory=dict)
    _in: frozenset[str] | None = None

    async def said(self, rows: Sequence[dict[str, Any]]) -> list[Incoming]:
        """What these posts say, of those that are asked for."""
        if not rows:
            return []
        await self.learn()
        inside = [row for row in rows if self._is_in(row)]
        await self._meet(
            payload.must_be_key(row, "topic_id")
            for row in inside
            if self.wanted_tags or payload.key(row, "post_number") == "1"
        )
        told = []
        for row in inside:
            topic = self._topics.get(payload.must_be_key(row, "topic_id"))
            one = self.posts.said(row, topic) if self._is_tagged(topic) else None
            told += [one] if one else []
        return told

    def is_wanted(self, topic: dict[str, Any]) -> bool:
        """Whether a topic is one of those that are asked for."""
        return self._is_in(topic) and self._is_tagged(topic)

    async def prepare(self) -> None:
        """Read what is needed to tell which topics are asked for."""
        if self.wanted_categories:
            await self.learn()

    def keep(self, topics: Iterable[dict[str, Any]]) -> None:
        """Note topics as they are now."""
        self._topics |= {payload.must_be_key(row): row for row in topics}

    async def _meet(self, names: Iterable[str]) -> None:
        missing = {name for name in names if name not in self._topics}
        if not missing:
            return
        self.keep(await self.api.topics(missing))
        # Not every topic is listed: of some categories no list tells.
        alone = sorted(missing - self._topics.keys())
        found = await together(partial(self.api.topic, name) for name in alone)
        self._topics |= {
            name: row or {} for name, row in zip(alone, found, strict=True)
        }

    async def learn(self) -> None:
        if self._in is not None:
            return
        rows = payload.rows(await self.api.asked("site.json", {}), "categories")
        self.posts.categories = {
            payload.must_be_key(row): payload.text(row, "name") for row in rows
        }
        wanted = {
            payload.must_be_key(row)
            for row in rows
            if self.wanted_categories
            & {
                payload.key(row),
                payload.text(row, "slug").lower(),
                payload.text(row, "name").lower(),
            }
        }
        if self.wanted_categories and not wanted:
            raise ConfigError(
                f"the forum has no category {', '.join(sorted(self.wanted_categories))}"
                " that may be read; check the setting categories, which takes what"
                " stands in a category's address"
            )
        # Subcategories belong to theirs, at whatever depth.
        for _ in range(3):
            wanted |= {
                payload.must_be_key(row)
                for row in rows
                if payload.key(row, "parent_category_id") in wanted
            }
        self._in = frozenset(wanted)

    def _is_in(self, row: dict[str, Any]) -> bool:
        return not self.wanted_categories or (
            payload.key(row, "category_id") in (self._in or ())
        )

    def _is_tagged(self, topic: dict[str, Any] | None) -> bool:
        if not self.wanted_tags:
            return True
        return not self.wanted_tags.isdisjoint(one.lower() for one in tags(topic or {}))
