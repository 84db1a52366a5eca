"""
A store with a history, as a program: CONNECTOR REVIEWS COUNTRIES MONTHS.

Prints the settings of a source that reads it, as JSON; answers until its input ends,
and says at ``/-/asked`` how often it was asked.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from bench.stores.history import COUNTRIES, Extent, clock, history
from servers.served import served


def app_store_connect(extent: Extent) -> Store:
    """All of them, by version; one made each month."""
    from servers.app_store_connect import ISSUER, KEY_ID, AppStoreConnect, pem

    now = clock()
    server = AppStoreConnect(limit=10**9)
    app = server.app()
    for month in range(extent.months + 1):
        at = now - timedelta(days=30 * month + 15)
        app.versions[f"v{month:02}"] = (f"{(extent.months - month) / 10:.1f}", at)
    for one in history(extent, now):
        app.add(
            one.number, one.at, rating=one.stars, title=one.title, body=one.text,
            nickname=one.author, territory=COUNTRIES[one.country][1],
            version=f"v{one.month:02}", answer=one.reply,
            answered_at=one.at + timedelta(hours=5),
        )  # fmt: skip
    settings = {
        "key_id": KEY_ID, "issuer_id": ISSUER, "key": pem().reveal(),
        "apps": [app.bundle],
    }  # fmt: skip
    return Store(server, lambda url: {**settings, "url": url})


def app_store_feed(extent: Extent) -> Store:
    """Those of each storefront; the feed tells the newest 500 of them."""
    from servers.app_store_feed import FeedServer, Review

    now, app = clock(), "284882215"
    countries = [two for two, _ in COUNTRIES[: extent.countries]]
    server = FeedServer(stores={(app, two): [] for two in countries})
    for one in history(extent, now):
        review = Review(
            id=f"{10**10 + one.number}", at=one.at, title=one.title, body=one.text,
            name=one.author, rating=str(one.stars), version=f"5.{one.month}",
        )  # fmt: skip
        server.stores[app, COUNTRIES[one.country][0]].append(review)
    settings = {"apps": [app], "countries": countries}
    return Store(server, lambda url: {**settings, "url": url})


def google_play(extent: Extent) -> Store:
    """All of them in monthly reports, and those of a week by the API."""
    from servers.google_play import (
        APP,
        BUCKET,
        PlayServer,
        a_report,
        a_review,
        a_row,
        key_file,
    )  # fmt: skip

    now = clock()
    server = PlayServer()
    months: dict[str, list[list[str]]] = {}
    for one in history(extent, now):
        row = a_row(
            one.number, one.at, one.text, reply=one.reply,
            **{"Star Rating": str(one.stars), "Review Title": one.title},
        )  # fmt: skip
        months.setdefault(f"{one.at:%Y%m}", []).append(row)
        if one.at > now - timedelta(days=7):
            review = a_review(
                one.number, one.at, f"{one.title}\t{one.text}", reply=one.reply,
                starRating=one.stars,
            )  # fmt: skip
            server.reviews[APP].insert(0, review)
    for month, rows in months.items():
        server.put(month, a_report(rows))

    def settings(url: str) -> dict[str, Any]:
        server.token_url = f"{url}/token"
        key = key_file(token_uri=server.token_url)
        return {
            "packages": [APP], "bucket": BUCKET, "key": key, "url": url,
            "storage_url": url,
        }  # fmt: skip

    return Store(server, settings)


STORES = {
    "app-store-connect": app_store_connect,
    "app-store-feed": app_store_feed,
    "google-play": google_play,
}


class Store:
    """A made-up store whose time is that of this machine, and who counts."""

    def __init__(self, server: Any, settings: Callable[[str], dict[str, Any]]) -> None:
        self.settings = settings
        self._server = server
        self._asked = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What it says, or how often it was asked."""
        if request.url.path == "/-/asked":
            return httpx.Response(200, json=self._asked)
        self._asked += 1
        self._server.now = clock()
        said: httpx.Response = self._server.answer(request)
        # A test looks at them; here they would only be kept.
        self._server.requests.clear()
        return said


def main() -> None:
    """Serve until nobody listens any more."""
    name, *numbers = sys.argv[1:]
    store = STORES[name](Extent(*map(int, numbers)))
    with served(store.answer) as url:
        print(json.dumps({"url": url, "settings": store.settings(url)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
