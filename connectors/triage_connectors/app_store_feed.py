"""Apple's public feed of reviews: the newest 500 of each storefront, without a key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import urlsplit

from triage.connector import (
    Budget,
    ConfigError,
    Cursor,
    Page,
    Report,
    SourceUnavailable,
)
from triage_connectors.app_store_feed_checking import reach
from triage_connectors.app_store_feed_entries import incoming
from triage_connectors.app_store_feed_place import NOTHING, Left, day
from triage_connectors.app_store_feed_storefronts import LARGE, chosen
from triage_connectors.app_store_feed_walk import MOST, PAGES, End, Feed, Walk, shown
from triage_connectors.saved import AHEAD

if TYPE_CHECKING:
    from triage.transport import Http

_APP: Final = re.compile(r"(?:.*/)?(?:id)?(\d{5,12})(?:[/?#].*)?")
_CHECKED: Final = 5
_A_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class AppStoreFeed:
    """
    Reviews of Apple's App Store from its public feed: no key, the newest 500 of each
    storefront, without the developer's replies.

    Where App Store Connect is read as well, what both tell counts once.

    Attributes:
        apps: Numbers of the apps (284882215), or their addresses in the store.
        countries: Storefronts to read, by code ("US", "DE"), or "all". Each is asked
            once in every sync at least, sixty in a minute at most, so the usual are the
            forty where most reviews are written; "all" are 175.
        url: Where the feed is.
        ca_file: Certificates to trust instead of the usual ones.
    """

    summary: ClassVar[str] = "Reviews of Apple's App Store, from its public feed"

    apps: tuple[str, ...]
    countries: tuple[str, ...] = LARGE
    url: str = "https://itunes.apple.com"
    ca_file: Path | None = None

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        """Yield what is new in each storefront of each app, newest first."""
        places = self._places()
        feed = self._feed(http)
        left = Left.at(cursor, http.now()) if cursor else Left()
        ends: dict[End, list[tuple[str, str]]] = defaultdict(list)
        met: set[str] = set()
        for done, (app, country) in enumerate(places):
            walk = Walk(feed, app, country, left.mark(app, country))
            held: Page | None = None
            pages = 0
            async for batch in walk.batches():
                if held:
                    yield held
                pages += 1
                told = [incoming(entry, app, country) for entry in batch]
                held = Page(
                    # Some storefronts answer with another's reviews.
                    [one for one in told if one.external_id not in met],
                    None,
                    progress=(done + pages / (PAGES + 1)) / len(places),
                )
                met.update(one.external_id for one in told)
            assert walk.end is not None
            ends[walk.end].append((app, country))
            has_moved = _settle(left, walk, http)
            # A page is a sign of life, too, where nothing is new for long.
            yield Page(
                held.items if held else (),
                left.cursor() if has_moved else None,
                progress=(done + 1) / len(places),
            )
        yield self._last(left, ends, cursor)
        if silent := ends[End.SILENT]:
            raise SourceUnavailable(
                f"the feed did not answer for {_named(silent)} just now, in either of"
                " its forms; what came is kept, and they are asked again next time"
            )

    async def check(self, http: Http) -> Report:
        """Return which storefronts answer and how far back they reach."""
        places = self._places()
        apps = self._numbers()
        feed = self._feed(http)
        told: dict[str, str] = {}
        for app, country in places[:_CHECKED]:
            told[f"{app} in {country}"] = await reach(feed, app, country)
        if set(told.values()) == {""}:
            raise ConfigError(_unknown(shown(told, 4)))
        least, most = len(places), len(places) * PAGES
        return Report(
            account=f"the public feed at {urlsplit(self.url).hostname or self.url}",
            facts={
                "needs": "no key",
                "apps": ", ".join(apps),
                "storefronts": shown(chosen(self.countries), 40),
                **{
                    place: said or "no such app or storefront"
                    for place, said in told.items()
                },
                "calls": f"{least:,} where nothing is new, {most:,} at most;"
                f" {_A_MINUTE} in a minute",
                "leaves out": "older reviews, replies, ratings without words",
            },
            # What is counted by the minute lets half of it through.
            seconds=2.0 * most,
        )

    def _places(self) -> list[tuple[str, str]]:
        """Each app in each storefront, storefront by storefront."""
        apps = self._numbers()
        return [(app, country) for country in chosen(self.countries) for app in apps]

    def _numbers(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for told in self.apps:
            match = _APP.fullmatch(told.strip())
            if match is None:
                raise ConfigError(
                    f"{told[:60]!r} is no app of the store; give its number, as after"
                    " “id” in its address: apps.apple.com/us/app/name/id284882215"
                )
            found[match[1]] = None
        if not found:
            raise ConfigError("no app is named; give its number", missing="apps")
        return tuple(found)

    def _feed(self, http: Http) -> Feed:
        name = f"app-store-feed {urlsplit(self.url).hostname or self.url}"
        # Apple states no limit; this is what a polite reader asks.
        return Feed(http.at(self.url, Budget(name=name, calls=_A_MINUTE, seconds=60)))

    def _last(
        self, left: Left, ends: dict[End, list[tuple[str, str]]], cursor: Cursor | None
    ) -> Page:
        """The page that says what cannot be had any more, once everything was asked."""
        refused = ends[End.REFUSED]
        if refused and all(end is End.REFUSED for end, some in ends.items() if some):
            raise ConfigError(_unknown(_named(refused)))
        gap = "; ".join([*_lost(left), *_full(left), *_refused(refused)])
        left.full, left.lost = [], []
        now = left.cursor()
        return Page((), now if now != cursor else None, gap=gap, progress=1.0)


def _unknown(places: str) -> str:
    return (
        f"the feed knows nothing of {places}: check the app's number in its address,"
        " apps.apple.com/us/app/name/id284882215, and the storefronts"
    )


def _settle(left: Left, walk: Walk, http: Http) -> bool:
    """Note what a walk has come to know, or could not reach; whether that moved."""
    if walk.end not in {End.MET, End.ENDED, End.FULL}:
        return False
    place = walk.app, walk.country
    if walk.end is End.FULL and walk.known == NOTHING:
        left.full.append(place)
    elif walk.end is End.FULL and walk.times:
        left.lost.append((*place, day(walk.known), day(walk.times[0])))
    # What is told to be of times to come would hide all that is new.
    latest = (http.now() + AHEAD).timestamp()
    newest = max((at for at in walk.times if at <= latest), default=NOTHING)
    if newest <= walk.known:
        return False
    left.marks.setdefault(walk.app, {})[walk.country] = newest
    return True


def _lost(left: Left) -> list[str]:
    return [
        f"the feed cannot give reviews of {app} in {country} between {since} and"
        f" {until}: it ends after {MOST}"
        for app, country, since, until in left.lost
    ]


def _full(left: Left) -> list[str]:
    if not left.full:
        return []
    newest = f"the newest {MOST} reviews of {_named(left.full)}"
    return [f"the feed ends after {newest}; App Store Connect has the older ones"]


def _refused(places: Sequence[tuple[str, str]]) -> list[str]:
    return [f"the feed knows nothing of {_named(places)}"] if places else []


def _named(places: Sequence[tuple[str, str]]) -> str:
    found: dict[str, list[str]] = defaultdict(list)
    for app, country in places:
        found[app].append(country)
    return " and ".join(
        f"{app} in {shown(countries)}" for app, countries in found.items()
    )
