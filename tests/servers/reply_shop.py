"""A made-up shop that takes replies, counts them, and fails in the ways services do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

KEY = "the-key-of-the-shop"
AT = "2026-05-04T12:00:00+00:00"


def review(name: str, text: str = "It crashes since the update", **told: Any) -> Any:
    """A review as the shop tells it."""
    return {
        "id": name,
        "text": text,
        "author": "Ann",
        "rating": 2,
        "language": "de",
        "context": {},
        "at": AT,
        "also": "",
    } | told


@dataclass
class Shop:
    """
    What is there, what was asked, and what goes wrong next.

    Attributes:
        replies: By review: what stands there now.
        told: Every reply that was taken, in order: review, text.
        faults: What becomes of the next replies, by review or "" for any: a status to
            refuse with, "lost" to take it and break off, "lies" to take it and answer
            500, "cuts" to keep only its beginning.
    """

    reviews: list[Any] = field(default_factory=list)
    replies: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, Any] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    wait: Callable[[], None] | None = None

    def answer(self, request: httpx.Request) -> httpx.Response | None:
        """What the shop says; None breaks the connection off."""
        self.requests.append((request.method, request.url.path))
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return httpx.Response(401, json={"error": "who are you?"})
        match request.url.path.strip("/").split("/"):
            case ["reviews"]:
                found = [
                    one | {"reply": self.replies.get(one["id"])} for one in self.reviews
                ]
                return httpx.Response(200, json={"reviews": found})
            case ["reviews", name, "reply"] if request.method == "POST":
                return self._take(name, json.loads(request.content))
            case ["reviews", name, "reply"]:
                return _found(self.replies.get(name))
            case ["notes", key]:
                return _found(self.notes.get(key))
        return httpx.Response(404, json={})

    def _take(self, name: str, said: dict[str, str]) -> httpx.Response | None:
        if self.wait:
            self.wait()
        fault = self.faults.get(name, self.faults.get("", ""))
        if isinstance(fault, int):
            rest = {"Retry-After": "3600"} if fault == 429 else {}
            return httpx.Response(fault, headers=rest, json={"error": "no"})
        text = said["text"][:20] if fault == "cuts" else said["text"]
        made = {"id": f"r-{name}", "text": text, "at": AT}
        self.replies[name] = made
        self.notes[said["key"]] = made
        self.told.append((name, text))
        if fault == "lost":
            return None
        return httpx.Response(500 if fault == "lies" else 201, json=made)


def _found(one: dict[str, str] | None) -> httpx.Response:
    return httpx.Response(200, json=one) if one else httpx.Response(404, json={})
