"""Topics and posts of a small forum, as those who may read them see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

HOME = "https://forum.acme.example"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
STAFF = ("olga", "system")

Row = dict[str, Any]


@dataclass(slots=True)
class Forum:
    """Topics by number, their posts, and what became of both."""

    now: datetime = NOW
    topics: dict[int, Row] = field(default_factory=dict)
    posts: dict[int, Row] = field(default_factory=dict)
    of_topic: dict[int, list[int]] = field(default_factory=dict)
    moved: int = 0
    categories: list[Row] = field(
        default_factory=lambda: [
            {"id": 1, "name": "Ideas", "slug": "ideas"},
            {"id": 2, "name": "Support", "slug": "support"},
            {"id": 3, "name": "Export", "slug": "export", "parent_category_id": 2},
        ]
    )

    def stamp(self) -> str:
        """Now, as Discourse writes it."""
        return f"{self.now:%Y-%m-%dT%H:%M:%S}.000Z"

    def begin(self, words: str, by: str = "ann", **told: Any) -> Row:
        """Somebody begins a topic; its first post."""
        number = len(self.topics) + 1
        self.topics[number] = {
            "id": number, "title": f"Export {number}", "slug": f"export-{number}",
            "posts_count": 0, "highest_post_number": 0, "created_at": self.stamp(),
            "last_posted_at": self.stamp(), "bumped": True, "bumped_at": self.stamp(),
            "archetype": "regular", "pinned": False, "visible": True, "closed": False,
            "archived": False, "tags": [], "views": 1, "like_count": 0,
            "has_accepted_answer": False, "category_id": 2, "deleted_at": None, **told,
        }  # fmt: skip
        self.of_topic[number] = []
        return self.say(number, words, by)

    def say(
        self, topic: int, words: str, by: str = "ann", kind: int = 1, **told: Any
    ) -> Row:
        """Somebody posts in a topic; other kinds than 1 are no posts of people."""
        self.moved += 1
        number, about = len(self.posts) + 1, self.topics[topic]
        about["highest_post_number"] += 1
        staff = by in STAFF
        row: Row = {
            "id": number, "name": by.capitalize(), "username": by,
            "avatar_template": "/a/{size}.png", "created_at": self.stamp(),
            "updated_at": self.stamp(), "cooked": f"<p>{words}</p>",
            "post_number": about["highest_post_number"], "post_type": kind,
            "reply_count": 0, "reads": 1, "score": 0.2, "topic_id": topic,
            "topic_slug": about["slug"], "version": 1, "admin": staff,
            "moderator": False, "staff": staff, "actions_summary": [],
            "user_id": -1 if by == "system" else sum(by.encode()), "hidden": False,
            "trust_level": 1, "deleted_at": None, "user_deleted": False, **told,
        }  # fmt: skip
        self.posts[number] = row
        self.of_topic[topic].append(number)
        if kind == 1:
            about["posts_count"] += 1
            about |= {"last_posted_at": self.stamp(), "bumped_at": self.stamp()}
        return row

    def rewrite(self, number: int, words: str) -> None:
        """A post is edited, once nobody lets it pass as a slip of the pen."""
        self.moved += 1
        row = self.posts[number]
        row |= {"cooked": f"<p>{words}</p>", "updated_at": self.stamp()}
        row["version"] += 1
        if number == self.of_topic[row["topic_id"]][-1]:
            self.topics[row["topic_id"]]["bumped_at"] = self.stamp()

    def delete(self, number: int) -> None:
        """A post is deleted."""
        self.moved += 1
        self.posts[number]["deleted_at"] = self.stamp()

    def shown(self, number: int) -> bool:
        """Whether a post is among the latest: a person's, in a topic that is listed."""
        row = self.posts[number]
        topic = self.topics[row["topic_id"]]
        is_open = topic["visible"] and not topic["deleted_at"]
        return bool(is_open and row["post_type"] == 1 and not row["deleted_at"])
