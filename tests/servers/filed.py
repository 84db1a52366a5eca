"""What every made-up tracker of these tests has: rows by key, and what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

Row = dict[str, Any]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(slots=True)
class Filed:
    """
    Rows of a tracker.

    Attributes:
        rows: By key, as the tracker tells them.
        said: What is said below each, by key.
        before: Looks at a request first and may answer it.
    """

    now: datetime = NOW
    cannot: Mapping[str, str] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    said: dict[str, list[Row]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    last: int = 0
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What it says to one request."""
        self.requests.append(request)
        return self.before(request) or self._answer(request)

    def remove(self, key: str) -> None:
        """Somebody there deletes it."""
        del self.rows[key]

    def _number(self) -> int:
        self.last += 1
        return self.last

    def _answer(self, request: httpx.Request) -> httpx.Response:
        raise NotImplementedError


def says(row: Row, words: str, *names: str) -> bool:
    """Whether every word stands in one of these."""
    text = " ".join(str(row.get(name) or "") for name in names).casefold()
    return all(word in text for word in words.casefold().split())


def page(rows: list[Row], request: httpx.Request, size: int) -> tuple[list[Row], str]:
    """A page of rows by its number, and that of the next; "" after the last."""
    number = int(request.url.params.get("page", 1))
    first = (number - 1) * size
    following = str(number + 1) if first + size < len(rows) else ""
    return rows[first : first + size], following
