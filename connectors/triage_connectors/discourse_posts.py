"""Posts of a forum as feedback each."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from triage.connector import Channel, Incoming
from triage.text.html import to_text
from triage_connectors import payload
from triage_connectors.desk import Talk, Who

REGULAR: Final = 1
"""Other types are whispers of the staff, and notes of what was done to a topic."""

_LIKE: Final = 2
_EMOJI: Final = re.compile(r"<img\b[^<>]{0,1000}class=\"emoji[^<>]{0,1000}>")
_NAME: Final = re.compile(r"alt=\"([^\"<>]{1,60})\"")
_META: Final = re.compile(r"<div class=\"meta\">[^\0]{0,3000}?</div>")
_FILE: Final = re.compile(r"class=\"attachment\"[^<>]{0,2000}>([^<>]{1,300})</a>")


@dataclass(slots=True)
class Posts:
    """
    How the posts of one forum are read.

    Attributes:
        home: The forum's address.
        team: Users of our side who are no staff of the forum; in lower case.
        categories: Names by id.
    """

    home: str
    team: Collection[str] = ()
    categories: Mapping[str, str] = field(default_factory=dict)

    def said(
        self, row: payload.Values, topic: payload.Values | None
    ) -> Incoming | None:
        """
        What a post says; None where it is no post any more, or not of a person.

        Args:
            topic: What is known of its topic; needed for the first post alone.
        """
        if not is_there(row):
            return None
        number = payload.must_be_key(row, "post_number")
        first = number == "1"
        name = payload.must_be_key(row, "topic_id")
        told = topic or {}
        slug = payload.text(row, "topic_slug") or "topic"
        title = payload.text(told, "title") or payload.text(row, "topic_title")
        cooked = payload.text(row, "cooked")
        talk = Talk(
            name=name,
            subject=title,
            url=f"{self.home}/t/{slug}/{name}/{number}",
            about=self._about(told, row) if first else {},
            channel=Channel.SOCIAL,
        )
        at = payload.must_be_moment(row, "created_at")
        is_edited = (payload.number(row, "version") or 1) > 1
        return talk.said(
            f"post {payload.must_be_key(row)}",
            self._who(row),
            words(cooked),
            at,
            raw=row,
            first=first,
            # The time moves with likes and links as well: it counts with a version.
            edited_at=payload.moment(row, "updated_at") if is_edited else at,
            context=_beside(row, cooked),
        )

    def _who(self, row: payload.Values) -> Who:
        name = payload.text(row, "username")
        is_staff = any(
            row.get(flag) is True for flag in ("staff", "admin", "moderator")
        )
        number = payload.number(row, "user_id")
        is_robot = number is not None and number < 0
        return Who(name=name, is_ours=is_staff or is_robot or name.lower() in self.team)

    def _about(self, topic: payload.Values, row: payload.Values) -> dict[str, Any]:
        category = payload.key(topic, "category_id") or payload.key(row, "category_id")
        return {
            "status": status(topic) if topic else "",
            "tags": tags(topic),
            "category": self.categories.get(category, ""),
        }


def is_there(row: payload.Values) -> bool:
    """Whether a post can be read: written by a person, and not taken back."""
    return (
        payload.number(row, "post_type") == REGULAR
        and not row.get("deleted_at")
        and row.get("user_deleted") is not True
        and row.get("hidden") is not True
    )


def version(row: payload.Values) -> str:
    """What a post is known by; likes and reads are none of it."""
    told = [payload.text(row, "cooked"), payload.text(row, "topic_title"),
            payload.key(row, "category_id"), is_there(row)]  # fmt: skip
    return f"{payload.key(row, 'version')}.{zlib.crc32(payload.raw(told)):08x}"


def digest(topic: payload.Values) -> str:
    """What a topic is known by; counts of posts, views and likes are none of it."""
    told = [payload.text(topic, "title"), tags(topic), status(topic),
            payload.key(topic, "category_id")]  # fmt: skip
    return f"t.{zlib.crc32(payload.raw(told)):08x}"


def status(topic: payload.Values) -> str:
    """How a topic stands: an accepted answer solves it."""
    solved = topic.get("has_accepted_answer") is True
    if solved or payload.within(topic, "accepted_answer"):
        return "solved"
    closed = topic.get("closed") is True or topic.get("archived") is True
    return "closed" if closed else "open"


def tags(topic: payload.Values) -> list[str]:
    """Its tags, which newer forums tell as objects."""
    named = (payload.text(one, "name") for one in payload.inside(topic, "tags"))
    return [*payload.texts(topic, "tags"), *filter(None, named)]


def words(cooked: str) -> str:
    """What a post says, without what it quotes and previews."""
    html = _META.sub("", _EMOJI.sub(_named, cooked))
    return to_text(html, cut_quotes=True)


def _named(emoji: re.Match[str]) -> str:
    name = _NAME.search(emoji[0])
    return name[1] if name else ""


def _beside(row: payload.Values, cooked: str) -> dict[str, Any]:
    """What is true of one post: likes, files, whether it solved the topic."""
    likes = [
        int(payload.number(one, "count") or 0)
        for one in payload.inside(row, "actions_summary")
        if payload.number(one, "id") == _LIKE
    ]
    return {
        "likes": sum(likes) or None,
        "attachments": [name.strip() for name in _FILE.findall(cooked)],
        "answer": row.get("accepted_answer") is True or None,
    }
