"""A source of a real Request Tracker, and what it pulls from there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from servers.rt import Rt
from triage.connector import Cursor, Incoming, Page, Secret
from triage.transport import Http
from triage_connectors.request_tracker import RequestTracker


@dataclass(slots=True)
class Desk:
    """A server, and a source of it that has pulled everything up to now."""

    server: Rt
    cursor: Cursor | None = None

    def source(self, **told: Any) -> RequestTracker:
        token = Secret(self.server.tokens[told.pop("by", "triage")])
        known = {"url": self.server.url, "token": token, "forms": ("webform",)}
        return RequestTracker(**{**known, **told})

    def pages(self, **told: Any) -> list[Page]:
        """What came since the last time."""

        async def pulled() -> list[Page]:
            async with Http() as http:
                source = self.source(**told)
                return [page async for page in source.pull(http, self.cursor)]

        found = asyncio.run(pulled())
        self.cursor = found[-1].cursor
        return found

    def items(self, **told: Any) -> list[Incoming]:
        return items(self.pages(**told))

    def mail(self, text: str, subject: str = "Export", head: str = "") -> None:
        """A customer writes."""
        self.server.mail(
            f"From: Ann Lee <ann@customer.example>\nTo: feedback@product.example\n"
            f"Subject: {subject}\nMessage-ID: <{time.time_ns()}@customer.example>\n"
            f"{head}\n{text}\n".encode()
        )


def items(pages: Sequence[Page]) -> list[Incoming]:
    return [one for page in pages for one in page.items if isinstance(one, Incoming)]
