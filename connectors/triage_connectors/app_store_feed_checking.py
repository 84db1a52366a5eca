"""How far back the feed reaches in a storefront, told from a few of its pages."""

from __future__ import annotations

from triage_connectors.app_store_feed_entries import Entry
from triage_connectors.app_store_feed_walk import PAGES, Absent, Feed


async def reach(feed: Feed, app: str, country: str) -> str:
    """The newest and the oldest review that can be had; "" where none is known."""
    first = await feed.page(app, country, 1, filled=False)
    if first is Absent.REFUSED:
        return ""
    if isinstance(first, Absent):
        return "does not answer just now"
    last, number = first, 1
    # The oldest page lies between one that has reviews and one that has none.
    above = PAGES + 1
    asked = PAGES
    while first and number < asked:
        found = await feed.page(app, country, asked, filled=False)
        if isinstance(found, list) and found:
            last, number = found, asked
        else:
            above = asked
        asked = (number + above) // 2
    times = sorted(entry.at for entry in (*first, *last) if entry.at)
    if not times:
        return _without_times(first)
    much = "all it gives" if number == PAGES else f"{number} of {PAGES} pages"
    return f"newest {times[-1]:%F}, oldest reachable {times[0]:%F} ({much})"


def _without_times(entries: list[Entry]) -> str:
    return f"{len(entries)} reviews without dates" if entries else "no reviews now"
