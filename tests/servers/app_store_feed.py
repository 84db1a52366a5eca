"""Apple's public feed of reviews in this process, with all its lies."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from triage.transport import Http

HOST = "https://itunes.apple.com"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
_PATH = re.compile(
    r"/(\w\w)/rss/customerreviews/page=(\d+)/id=(\d+)/sortby=mostrecent/(json|xml)"
)
_SIZE, _PAGES = 50, 10


@dataclass(frozen=True, slots=True)
class Review:
    """A review as its author wrote it."""

    id: str
    at: datetime
    title: str = "Export"
    body: str = "It loses all my tags."
    name: str = "reader"
    rating: str = "2"
    version: str = "5.2"
    votes: int = 0


@dataclass(slots=True)
class FeedServer:
    """
    Reviews by app and storefront.

    Attributes:
        undated: Forms that leave the time out, as JSON did for years.
        broken: Forms that are answered with this status: 502, 503, 400 or 200, which
            is a page for people.
        with_app: Whether the first entry is the app itself, as it was once.
        emptied: Storefronts that are answered without reviews just now.
        repeats: Whether every page is the first one.
        lone: Whether one review is told as an object, not in a list.
        before: Looks at a request first and may answer it.
    """

    undated: Sequence[str] = ()
    broken: dict[str, int] = field(default_factory=dict)
    with_app: bool = False
    emptied: Sequence[str] = ()
    repeats: bool = False
    lone: bool = True
    before: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    stores: dict[tuple[str, str], list[Review]] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    now: datetime = NOON + timedelta(days=30)
    began: datetime = NOON + timedelta(days=30)

    def http(self, **told: Any) -> Http:
        """A client that asks this server alone; its waits only move its clock."""

        async def sleep(seconds: float) -> None:
            self.now += timedelta(seconds=seconds)

        transport = httpx.MockTransport(self.answer)
        return Http(
            client_transport=transport, sleep=sleep, clock=lambda: self.now, **told
        )

    def fill(
        self, app: str, country: str, count: int, *, first: int = 1, **told: Any
    ) -> None:
        """Have this many reviews more, an hour apart, each newer than the one before."""
        place = self.stores.setdefault((app, country), [])
        for number in range(first, first + count):
            name = f"{abs(hash_of(app, country)):d}{number:05d}"
            body = f"It loses tag {number} of {app} in {country}."
            place.append(
                Review(
                    id=name, at=NOON + timedelta(hours=number),
                    **{"body": body, "name": f"reader {name}", **told},
                )
            )  # fmt: skip

    def edit(self, app: str, country: str, which: int, body: str, at: datetime) -> None:
        """Have a review say something else since."""
        place = self.stores[app, country]
        place[which] = replace(place[which], body=body, at=at)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """What the feed says to one request."""
        self.requests.append(request)
        told = self.before(request)
        if told is not None:
            return told
        match = _PATH.fullmatch(request.url.path)
        assert match, request.url.path
        country, number, app, form = match[1].upper(), int(match[2]), match[3], match[4]
        if form in self.broken:
            return _ill(self.broken[form])
        place = self.stores.get((app, country))
        if place is None or not 1 <= number <= _PAGES:
            return httpx.Response(400, text="CustomerReviews RSS page depth is limited")
        newest = sorted(place, key=lambda one: (one.at, one.id), reverse=True)
        start = 0 if self.repeats else (number - 1) * _SIZE
        page = [] if country in self.emptied else newest[start : start + _SIZE]
        write = self._json if form == "json" else self._xml
        return write(app, country, page)

    def _json(self, app: str, country: str, page: Sequence[Review]) -> httpx.Response:
        entries: list[dict[str, Any]] = []
        if self.with_app and page:
            entries.append(
                {
                    "id": _label(app),
                    "im:name": _label("Notes"),
                    "title": _label("Notes"),
                }
            )
        entries += [self._entry(one, app, country) for one in page]
        feed: dict[str, Any] = {
            "author": {"name": _label("iTunes Store")},
            "updated": _label(f"{self.now:%FT%T}-07:00"),
            # It leads to pages there are not.
            "link": [{"attributes": {"rel": "last", "href": f"{HOST}/x/page=10/xml"}}],
        }
        if len(entries) == 1 and self.lone:
            feed["entry"] = entries[0]
        elif entries:
            feed["entry"] = entries
        return httpx.Response(
            200,
            text=json.dumps({"feed": feed}),
            headers={"content-type": "text/javascript; charset=UTF-8"},
        )

    def _entry(self, one: Review, app: str, country: str) -> dict[str, Any]:
        told = {
            "author": {"uri": _label(_page_of(one, country)), "name": _label(one.name),
                       "label": ""},
            "updated": _label(_told(one.at)),
            "im:version": _label(one.version),
            "im:rating": _label(one.rating),
            "id": _label(one.id),
            "title": _label(one.title),
            "content": {"label": one.body, "attributes": {"type": "text"}},
            "link": {"attributes": {"rel": "related", "href": _link(app, country)}},
            "im:voteSum": _label(str(one.votes)),
            "im:voteCount": _label(str(one.votes)),
        }  # fmt: skip
        if "json" in self.undated:
            del told["updated"]
        return told

    def _xml(self, app: str, country: str, page: Sequence[Review]) -> httpx.Response:
        rows = []
        if self.with_app and page:
            rows.append(
                f"<entry><id>{app}</id><title>Notes</title><im:name>Notes</im:name></entry>"
            )
        for one in page:
            updated = (
                "" if "xml" in self.undated else f"<updated>{_told(one.at)}</updated>"
            )
            rows.append(
                f"<entry>{updated}<id>{one.id}</id><title>{html.escape(one.title)}</title>"
                f'<content type="text">{html.escape(one.body)}</content>'
                f'<im:contentType term="Application"/><im:voteSum>{one.votes}</im:voteSum>'
                f"<im:voteCount>{one.votes}</im:voteCount><im:rating>{one.rating}</im:rating>"
                f"<im:version>{one.version}</im:version><author><name>{html.escape(one.name)}"
                f"</name><uri>{_page_of(one, country)}</uri></author>"
                f'<link rel="related" href="{html.escape(_link(app, country))}"/>'
                f'<content type="html">{html.escape(f"<b>{html.escape(one.title)}</b>")}'
                "</content></entry>"
            )
        return httpx.Response(
            200,
            content=(
                '<?xml version="1.0" encoding="utf-8"?><feed'
                ' xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom"'
                f' xml:lang="en"><id>x</id><updated>{_told(self.now)}</updated>'
                + "".join(rows) + "</feed>"
            ).encode(),
            headers={"content-type": "text/xml; charset=UTF-8"},
        )  # fmt: skip


def hash_of(app: str, country: str) -> int:
    """A number of its own for each app and storefront."""
    return int(app) % 1000 * 10000 + ord(country[0]) * 100 + ord(country[1])


def _label(text: str) -> dict[str, str]:
    return {"label": text}


def _told(at: datetime) -> str:
    """A moment as the feed writes it, in California."""
    local = at - timedelta(hours=7)
    return f"{local:%Y-%m-%dT%H:%M:%S}-07:00"


def _page_of(one: Review, country: str) -> str:
    return f"{HOST}/{country.lower()}/reviews/id{one.id}"


def _link(app: str, country: str) -> str:
    return f"{HOST}/{country.lower()}/review?id={app}&type=Purple%20Software"


def _ill(status: int) -> httpx.Response:
    page = "<html><body>We will be back soon</body></html>"
    return httpx.Response(status, text=page, headers={"content-type": "text/html"})
