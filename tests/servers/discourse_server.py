"""A small Discourse in this process: its lists, topics and posts, by documented rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from servers import discourse_described
from servers.discourse_forum import HOME, Forum, Row

KEY = "canary-discourse-8be1c4"

_TOPIC = re.compile(r"/t/(\d+)(/posts)?\.json")
_POST = re.compile(r"/posts/(\d+)\.json")


@dataclass(slots=True)
class DiscourseServer(Forum):
    """
    One forum.

    Attributes:
        size: Posts of a page of the latest.
        listed: Topics of a page, at most.
        chunk: Posts that come with a topic.
        is_private: Whether nobody reads it without the key.
        inclusive: Whether ``before`` tells that post once more, as older forums do.
        secret: Posts that are left out of a page which holds their place.
        muted: Topics that no list holds.
        before: Answers first, where it answers anything.
    """

    size: int = 50
    listed: int = 100
    chunk: int = 20
    is_private: bool = True
    inclusive: bool = False
    secret: set[int] = field(default_factory=set)
    muted: set[int] = field(default_factory=set)
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    requests: list[httpx.Request] = field(default_factory=list)
    _order: tuple[int, list[int]] = (-1, [])

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the forum says to a request."""
        self.requests.append(request)
        if not str(request.url).startswith(HOME):
            return httpx.Response(404, html="<h1>No forum here</h1>")
        key = request.headers.get("api-key")
        if (self.is_private or key) and key != KEY:
            told = {"errors": ["No."], "error_type": "invalid_access"}
            return httpx.Response(403, json=told)
        early = self.before(request)
        if early is not None:
            return early
        path, params = request.url.path, request.url.params
        match path:
            case "/posts.json":
                return self._latest_posts(int(params.get("before", 0)))
            case "/latest.json":
                return self._latest_topics(params)
            case "/site.json":
                return httpx.Response(200, json={"categories": self.categories})
        if found := _POST.fullmatch(path):
            row = self.posts.get(int(found[1]))
            return _json(row) if row and self._may_see(row) else _missing()
        if found := _TOPIC.fullmatch(path):
            number = int(found[1])
            topic = self.topics.get(number)
            if topic is None or (topic["deleted_at"] and not key):
                return _missing()
            if not found[2]:
                return _json(self._topic(topic))
            wanted = {int(one) for one in params.get_list("post_ids[]")}
            rows = [self.posts[one] for one in self.of_topic[number] if one in wanted]
            return _json({"post_stream": {"posts": rows}, "id": number})
        return _missing()

    def asked(self, part: str) -> list[httpx.Request]:
        """Requests whose path holds that."""
        return [one for one in self.requests if part in one.url.path]

    def refused(self, request: httpx.Request) -> str:
        """Why a description allows no such request; "" where each does."""
        return discourse_described.refused(request)

    def _may_see(self, row: Row) -> bool:
        return self.is_private or not row["deleted_at"]

    def _latest_posts(self, before: int) -> httpx.Response:
        if self._order[0] != self.moved:
            shown = [number for number in self.posts if self.shown(number)]
            self._order = self.moved, shown
        shown = self._order[1]
        end = bisect_left(shown, before + self.inclusive) if before else len(shown)
        page = shown[max(0, end - self.size) : end][::-1]
        rows = [self._listed(number) for number in page if number not in self.secret]
        return _json({"latest_posts": rows})

    def _listed(self, number: int) -> Row:
        row = self.posts[number]
        topic = self.topics[row["topic_id"]]
        more = {"topic_title": topic["title"], "category_id": topic["category_id"]}
        return {**row, **more, "raw": row["cooked"], "excerpt": ""}

    def _latest_topics(self, params: httpx.QueryParams) -> httpx.Response:
        size = min(self.listed, int(params.get("per_page", 30)))
        if names := params.get("topic_ids", ""):
            wanted = [self.topics[int(one)] for one in names.split(",")]
            return _topics([row for row in wanted if self._is_listed(row)])
        there = [row for row in self.topics.values() if self._is_listed(row)]
        there.sort(key=lambda row: (row["pinned"], row["bumped_at"]), reverse=True)
        begin = size * int(params.get("page", 0))
        return _topics(there[begin : begin + size])

    def _is_listed(self, topic: Row) -> bool:
        is_open = topic["visible"] and not topic["deleted_at"]
        return bool(is_open and topic["id"] not in self.muted)

    def _topic(self, topic: Row) -> dict[str, Any]:
        ids = [
            one
            for one in self.of_topic[topic["id"]]
            if not self.posts[one]["deleted_at"]
        ]
        posts = [self.posts[one] for one in ids[: self.chunk]]
        told = {
            name: one for name, one in topic.items() if name != "has_accepted_answer"
        }
        if topic["has_accepted_answer"]:
            answers = [row for row in posts if row.get("accepted_answer")]
            told["accepted_answer"] = {"post_number": answers[0]["post_number"]}
        return {**told, "post_stream": {"posts": posts, "stream": ids}}


def _topics(rows: list[Row]) -> httpx.Response:
    topics = [{**row} for row in rows]
    for row in topics:
        del row["deleted_at"]
    return _json({"users": [], "topic_list": {"per_page": 30, "topics": topics}})


def _json(told: Any) -> httpx.Response:
    return httpx.Response(200, json=told)


def _missing() -> httpx.Response:
    told = {
        "errors": ["The page is private or is not there."],
        "error_type": "not_found",
    }
    return httpx.Response(404, json=told)
