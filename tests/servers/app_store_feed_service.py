"""Apple's public feed in small, as the contract of services wants one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from servers.app_store_feed import NOON, FeedServer, Review
from servers.described import Described
from triage.connector import Connector
from triage_connectors.app_store_feed import AppStoreFeed

APP = "284882215"
_OURS = Path(__file__).with_name("app_store_feed.openapi.json")


def connector(
    app: str = APP, countries: tuple[str, ...] = ("US", "DE")
) -> AppStoreFeed:
    """A source of one app in two storefronts."""
    return AppStoreFeed((app,), countries)


@dataclass(slots=True)
class AppStoreFeedService:
    """The small feed: of one app more than a page in one storefront, few in another."""

    now: datetime = NOON
    rows: int = 60
    pace: timedelta = timedelta(hours=12)
    cannot: Mapping[str, str] = field(
        default_factory=lambda: {
            "remove": "The feed leaves reviews out at times, which proves nothing.",
            "reply": "The feed tells no replies.",
        }
    )
    described: Described = field(default_factory=lambda: Described.at(_OURS))

    server: FeedServer = field(
        default_factory=lambda: FeedServer(stores={(APP, "US"): [], (APP, "DE"): []})
    )

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.server.now = self.now
        return self.server.answer(request)

    def add(self) -> str:
        number = sum(map(len, self.server.stores.values())) + 1
        one = Review(
            id=str(9_000_000 + number),
            at=self.now,
            body=f"It crashes, {number}",
            name=f"reader {number}",
        )
        self.server.stores[APP, "DE" if number % 10 == 9 else "US"].append(one)
        return one.id

    def edit(self, name: str) -> str:
        words = f"It crashes still, {name}"
        for place in self.server.stores.values():
            place[:] = [
                replace(one, body=words, at=self.now) if one.id == name else one
                for one in place
            ]
        return words

    def refused(self, request: httpx.Request) -> str:
        return self.described.refused(request)

    def wrong(self) -> Mapping[str, Connector]:
        return {"12345678": connector("12345678"), "QQ": connector(countries=("QQ",))}
