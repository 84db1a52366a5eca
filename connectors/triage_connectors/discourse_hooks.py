"""What a forum's webhook tells, and how what it tells of is read anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from triage.connector import Incoming, Page, Push, Secret
from triage_connectors import payload, pushed
from triage_connectors.discourse_api import Api
from triage_connectors.discourse_known import Known
from triage_connectors.discourse_posts import is_there

_SIGNATURE: Final = "x-discourse-event-signature"
_DELIVERY: Final = "x-discourse-event-id"
_ABOUT: Final = re.compile(r"(post|topic) (\d{1,12})")


def push(headers: Mapping[str, str], body: bytes, secret: Secret | None) -> Push:
    """
    Return which post or topic a delivery is about: "post 12".

    It is signed over the body, with HMAC-SHA256, in hexadecimal digits.

    Raises:
        SignInFailed: It is not signed with the webhook's secret.
    """
    digest = pushed.digest(secret, body).hex()
    pushed.must_match(headers.get(_SIGNATURE, ""), f"sha256={digest}")
    # The forum counts its deliveries, and gives each telling a number of its own.
    return Push(headers.get(_DELIVERY) or digest, _about(body))


def _about(body: bytes) -> list[str]:
    values = pushed.values(body)
    # An accepted answer is told as the post it is.
    post = payload.within(values, "post") or payload.within(values, "solved")
    topic = payload.key(post, "topic_id") if "solved" in values else ""
    topic = topic or payload.key(payload.within(values, "topic"))
    name = f"topic {topic}" if topic else f"post {payload.key(post)}"
    return [name] if _ABOUT.fullmatch(name) else []


@dataclass(slots=True)
class Anew:
    """Posts and topics read again, and what of them is no more."""

    api: Api
    known: Known

    async def page(self, about: Sequence[str]) -> Page:
        """Return them as they are now; a topic comes whole."""
        rows: list[dict[str, Any]] = []
        gone: list[str] = []
        threads: list[str] = []
        for name in dict.fromkeys(about):
            told = _ABOUT.fullmatch(name)
            if told is None:
                continue
            if told[1] == "post":
                row = await self.api.post(told[2])
                found = [row] if row else []
                gone += [] if row and is_there(row) else [name]
            else:
                found = await self._topic(told[2]) or []
                threads += [] if found else [told[2]]
            rows += found
        return Page(
            await self._said(rows),
            None,
            gone=[*gone, *_lost(rows, gone)],
            gone_threads=threads,
        )

    async def _said(self, rows: list[dict[str, Any]]) -> list[Incoming]:
        if threadless := [row for row in rows if "category_id" not in row]:
            # A post by itself tells not where it stands.
            names = {payload.must_be_key(row, "topic_id") for row in threadless}
            topics = {
                payload.must_be_key(row): row for row in await self.api.topics(names)
            }
            self.known.keep(topics.values())
            rows = [
                {
                    "category_id": topics.get(
                        payload.must_be_key(row, "topic_id"), {}
                    ).get("category_id"),
                    **row,
                }
                for row in rows
            ]
        return await self.known.said(rows)

    async def _topic(self, name: str) -> list[dict[str, Any]] | None:
        """All posts of a topic; None where it is no more."""
        topic = await self.api.topic(name)
        if topic is None or topic.get("deleted_at"):
            return None
        self.known.keep([topic])
        stream = payload.within(topic, "post_stream")
        posts = payload.rows(stream, "posts")
        there = {payload.must_be_key(row) for row in posts}
        ids = [str(one) for one in stream.get("stream") or () if isinstance(one, int)]
        rest = [one for one in ids if one not in there]
        posts += await self.api.of_topic(name, rest) if rest else []
        of_topic = {
            "category_id": topic.get("category_id"),
            "topic_slug": payload.text(topic, "slug"),
            "topic_title": payload.text(topic, "title"),
        }
        return [{**of_topic, **row} for row in posts]


def _lost(rows: Sequence[dict[str, Any]], gone: Sequence[str]) -> list[str]:
    """Posts of a topic that were taken back, as far as they are shown at all."""
    names = [f"post {payload.must_be_key(row)}" for row in rows if not is_there(row)]
    return [name for name in names if name not in gone]
