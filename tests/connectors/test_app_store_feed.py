"""Apple's public feed of reviews, before a server that lies as the real one does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import a_workspace, an_incoming, imported, pulled, table, unsound
from servers.app_store_feed import HOST, NOON, FeedServer, Review
from servers.described import Described
from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Kind,
    Page,
    Report,
    SourceError,
    SourceUnavailable,
    Unreadable,
)
from triage.plugins import CONNECTORS, one
from triage.store.budgets import Budgets
from triage.sync import Ended, Failed, Pull, SyncEvent
from triage.testing import check
from triage.workspace import Workspace
from triage_connectors import app_store_review
from triage_connectors.app_store_feed import AppStoreFeed
from triage_connectors.app_store_feed_xml import entries

APP, OTHER = "1000001", "1000002"
OURS = Described.at(
    Path(__file__).parents[1] / "servers" / "app_store_feed.openapi.json"
)


def feed(**told: Any) -> AppStoreFeed:
    return AppStoreFeed(**{"apps": (APP,), "countries": ("US", "GB"), **told})


def a_server(us: int = 120, gb: int = 3, **told: Any) -> FeedServer:
    server = FeedServer(**told)
    server.fill(APP, "US", us)
    server.fill(APP, "GB", gb)
    return server


def pages(server: FeedServer, cursor: Cursor | None = None, **told: Any) -> list[Page]:
    """Everything a pull yields; every question must be one the feed knows."""

    async def all_of_it() -> list[Page]:
        async with server.http() as http:
            return [page async for page in feed(**told).pull(http, cursor)]

    asked = len(server.requests)
    try:
        return asyncio.run(all_of_it())
    finally:
        OURS.check(server.requests[asked:])


def checked(server: FeedServer, **told: Any) -> Report:
    async def asked() -> Report:
        async with server.http() as http:
            return await feed(**told).check(http)

    return asyncio.run(asked())


def told(found: Sequence[Page]) -> list[Incoming]:
    rows = [one for page in found for one in page.items]
    assert all(isinstance(one, Incoming) for one in rows)
    return [one for one in rows if isinstance(one, Incoming)]


def ids(found: Sequence[Page]) -> list[str]:
    return [one.external_id for page in found for one in page.items]


def last(found: Sequence[Page]) -> Cursor:
    return next(page.cursor for page in reversed(found) if page.cursor)


def after(server: FeedServer, found: Sequence[Page], **told: Any) -> list[Page]:
    """The pull behind these pages, but for what it tells again as it was."""
    before = [one for page in found for one in page.items]
    return [
        replace(page, items=[one for one in page.items if one not in before])
        for page in pages(server, last(found), **told)
    ]


def gaps(found: Sequence[Page]) -> str:
    return "".join(page.gap for page in found)


def synced(
    workspace: Workspace, server: FeedServer, **settings: Any
) -> list[SyncEvent]:
    """What a pull of ``triage sync`` into a workspace tells."""
    run = Pull(
        source="app-store-feed", connector_name="app-store-feed",
        connector=feed(**settings), http=server.http(), label="sync", resume=True,
    )  # fmt: skip
    return pulled(workspace.db, run)


def stored(workspace: Workspace, server: FeedServer, **settings: Any) -> Ended:
    """A pull that ends well; how."""
    events = synced(workspace, server, **settings)
    end = events[-1]
    assert isinstance(end, Ended)
    assert not any(isinstance(one, Failed) for one in events)
    return end


def rows(workspace: Workspace) -> list[tuple[Any, ...]]:
    """What is stored, but for the numbers that say in which order it came."""
    return sorted(
        map(
            tuple,
            workspace.db.read().execute(
                "SELECT external_id, kind, title, body, author, rating, received_at,"
                " edited_at, context FROM feedback"
            ),
        )
    )


# What it is


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "app-store-feed") is AppStoreFeed


def test_contract() -> None:
    """It keeps what every connector promises, page by page."""
    check(feed, a_server().http())


def test_what_a_review_becomes() -> None:
    """All the feed tells of one is kept, and the name App Store Connect gives it too."""
    server = FeedServer()
    server.stores[APP, "DE"] = [
        Review(
            "77", NOON, "Ex\r\nport", "It  loses\r\nmy tags. ", "Jo", "1", "5.2.1", 4
        )
    ]
    (review,) = told(pages(server, countries=("de",)))
    assert (review.external_id, review.title, review.author) == ("77", "Ex\nport", "Jo")
    assert review.body == "It  loses\nmy tags."
    assert (review.rating, review.scale, review.metric) == (1.0, "1-5", "stars")
    assert (review.app_version, review.channel) == ("5.2.1", "review")
    assert review.received_at == review.edited_at == NOON
    assert review.url == f"{HOST}/de/review?id={APP}&type=Purple%20Software"
    assert dict(review.context) == {
        "country": "DE", "app": APP, "votes": 4, "vote_sum": 4,
        "author_url": f"{HOST}/de/reviews/id77",
    }  # fmt: skip
    assert review.also == app_store_review.also(
        APP, "DE", "Jo", "Ex port", "It loses my\n tags."
    )
    assert json.loads(review.raw)["id"] == {"label": "77"}


def test_both_forms_tell_the_same() -> None:
    """A review is one telling, whether it came as JSON or as XML."""
    whole = told(pages(a_server()))
    for lie in ({"undated": ("json",)}, {"broken": {"json": 503}}):
        again = told(pages(a_server(**lie)))
        assert [one.raw[:6] for one in again[:2]] == [b"<entry", b"<entry"]
        fields = [(one.external_id, one.body, one.context, one.url) for one in again]
        assert fields == [
            (one.external_id, one.body, one.context, one.url) for one in whole
        ]
        assert [one.edited_at for one in again] == [one.edited_at for one in whole]


# Walking


def test_every_page_and_no_more() -> None:
    """A first pull reads until nothing comes; the next one asks each place once."""
    server = a_server(us=120, gb=0)
    found = pages(server)
    assert len(set(ids(found))) == len(ids(found)) == 120
    assert len(server.requests) == 4 + 1
    del server.requests[:]
    assert ids(after(server, found)) == []
    # An empty one is no news, and asked in one form.
    assert len(server.requests) == 2


def test_what_is_new_is_read_until_what_is_known() -> None:
    """Later pulls bring what came and what was edited since, and nothing else."""
    server = a_server()
    before = pages(server)
    server.fill(APP, "US", 60, first=200)
    at = server.stores[APP, "US"][-1].at + timedelta(days=1)
    server.edit(APP, "US", 5, "It loses nothing any more.", at)
    del server.requests[:]
    found = after(server, before)
    assert len(ids(found)) == 61
    assert told(found)[0].body == "It loses nothing any more."
    assert len(server.requests) == 3
    assert ids(after(server, [*before, *found])) == []


def test_reviews_of_one_second() -> None:
    """Those of the second a pull ended in come once each, whichever pull sees them."""
    server = FeedServer()
    server.stores[APP, "US"] = [Review(str(n), NOON) for n in range(3)]
    found = pages(server, countries=("US",))
    assert len(ids(found)) == 3
    server.stores[APP, "US"] += [Review("9", NOON), Review("8", NOON)]
    assert sorted(ids(after(server, found, countries=("US",)))) == ["8", "9"]


def test_reviews_that_appear_late() -> None:
    """What was looked at for days, and is told to be of then, comes all the same."""
    server = a_server(us=60)
    found = pages(server)
    newest = server.stores[APP, "US"][-1].at
    server.stores[APP, "US"] += [
        Review("9", newest - timedelta(days=2)), Review("8", newest - timedelta(days=9)),
    ]  # fmt: skip
    assert ids(after(server, found)) == ["9"]


def test_resumed_at_every_page() -> None:
    """Pulled to any page and resumed, it is the whole; what was done is not redone."""
    server = a_server(us=170, gb=60)
    whole = pages(server, apps=(APP, OTHER, APP))
    for count in range(1, len(whole)):
        cursor = next(
            (one.cursor for one in reversed(whole[:count]) if one.cursor), None
        )
        rest = pages(server, cursor, apps=(APP, OTHER))
        assert {*ids(whole[:count]), *ids(rest)} == set(ids(whole))


def test_a_moving_feed() -> None:
    """What comes while it is read shifts the pages; nothing is told twice or missed."""
    server = a_server(us=200, gb=0)
    number = 500

    def before(request: httpx.Request) -> httpx.Response | None:
        nonlocal number
        number += 1
        if number < 504:
            server.fill(APP, "US", 7, first=number * 10)
        return None

    server.before = before
    found = pages(server)
    assert len(set(ids(found))) == len(ids(found))
    server.before = lambda _: None
    later = after(server, found)
    assert set(ids(found)) | set(ids(later)) == {
        one.id for one in server.stores[APP, "US"]
    }


def test_several_apps() -> None:
    """Each app in each storefront has a place of its own."""
    server = a_server(us=5, gb=5)
    server.fill(OTHER, "US", 70)
    server.fill(OTHER, "GB", 2)
    apps = (f"https://apps.apple.com/us/app/notes/id{APP}?mt=8", f"id{OTHER}")
    found = pages(server, apps=apps)
    assert len(ids(found)) == 82
    server.fill(OTHER, "GB", 1, first=300)
    assert len(ids(after(server, found, apps=apps))) == 1
    # One more storefront or app begins at its own beginning.
    assert len(ids(after(server, pages(server), apps=apps))) == 73


# Where it ends


def test_the_first_500_are_said_once() -> None:
    """That older ones are not to be had is told at the end of the first pull alone."""
    server = a_server(us=700, gb=600)
    found = pages(server)
    assert len(ids(found)) == 1000
    assert {request.url.path.split("/")[4] for request in server.requests} == {
        f"page={number}" for number in range(1, 11)
    }
    assert gaps(found) == (
        f"the feed ends after the newest 500 reviews of {APP} in US, GB;"
        " App Store Connect has the older ones"
    )
    assert gaps(after(server, found)) == ""


def test_a_gap_is_told_and_gone_past() -> None:
    """More came between two pulls than the feed holds: which days, then it goes on."""
    server = a_server(us=10)
    before = pages(server)
    server.fill(APP, "US", 600, first=100)
    found = after(server, before)
    assert len(ids(found)) == 500
    since, until = NOON + timedelta(days=40), NOON + timedelta(days=800)
    assert gaps(found) == (
        f"the feed cannot give reviews of {APP} in US between {since:%F} and"
        f" {until:%F}: it ends after 500"
    )
    again = after(server, [*before, *found])
    assert (ids(again), gaps(again)) == ([], "")


def test_a_gap_survives_a_kill() -> None:
    """What could not be had is told at the end, though the pull began in another run."""
    server = a_server(us=600, gb=3)
    whole = pages(server)
    done = next(page for page in whole if page.cursor)
    assert "US" in gaps(pages(server, done.cursor))


def test_no_reviews_just_now() -> None:
    """A storefront that is empty for a while is as it was, once it is not."""
    server = a_server(us=20)
    before = pages(server)
    server.emptied = ("US",)
    quiet = after(server, before)
    assert (ids(quiet), gaps(quiet)) == ([], "")
    assert not any(page.cursor for page in quiet)
    server.emptied = ()
    server.fill(APP, "US", 1, first=50)
    assert len(ids(after(server, before))) == 1


def test_an_end_too_early() -> None:
    """Where a later page is empty just now, what is behind it comes with the next pull."""
    server = a_server(us=10)
    before = pages(server)
    server.fill(APP, "US", 80, first=100)

    def late(request: httpx.Request) -> httpx.Response | None:
        is_late = "page=2" in str(request.url)
        return httpx.Response(200, json={"feed": {}}) if is_late else None

    server.before = late
    early = after(server, before)
    assert len(ids(early)) == 50
    server.before = lambda _: None
    later = after(server, [*before, *early])
    assert len(ids(later)) == 30


@pytest.mark.parametrize(
    "lie",
    [
        {"with_app": True},
        {"lone": False},
        {"undated": ("json",)},
        {"undated": ("json",), "with_app": True},
        {"broken": {"json": 503}},
        {"broken": {"json": 502}},
        {"broken": {"json": 400}},
        {"broken": {"json": 200}},
        {"broken": {"xml": 503}},
    ],
    ids=str,
)
def test_lies(lie: dict[str, Any]) -> None:
    """One entry as an object, the app as a review, one form alone: it is all read."""
    server = a_server(us=101, gb=1, **lie)
    found = pages(server)
    assert len(set(ids(found))) == len(ids(found)) == 102
    assert all(one.received_at for one in told(found))
    assert ids(after(server, found)) == []


def test_the_form_that_works_is_asked_first() -> None:
    """While JSON is without dates, each page costs one question, not two."""
    server = a_server(us=101, gb=1, undated=("json",))
    pages(server)
    assert [str(one.url).rpartition("/")[2] for one in server.requests].count(
        "json"
    ) <= 2


def test_no_dates_at_all() -> None:
    """Reviews without a time are kept; the feed is read whole again each time."""
    server = a_server(us=60, gb=0, undated=("json", "xml"))
    found = pages(server)
    assert len(ids(found)) == 60
    assert told(found)[0].received_at is None
    assert len(ids(pages(server, found[-1].cursor))) == 60


def test_a_feed_that_repeats_itself() -> None:
    """A server that has one page for all ends the walk, and brings nothing twice."""
    assert len(ids(pages(a_server(us=120, repeats=True)))) == 53


# Errors


def test_a_storefront_that_knows_nothing() -> None:
    """It is named as a gap, and the others are read."""
    server = a_server(us=3)
    found = pages(server, countries=("FR", "US"))
    assert len(ids(found)) == 3
    assert gaps(found) == f"the feed knows nothing of {APP} in FR"
    assert gaps(after(server, found, countries=("FR", "US"))) == gaps(found)


def test_an_app_nobody_knows() -> None:
    """Where no storefront knows it, one line says what to look at."""
    with pytest.raises(ConfigError, match="nothing of 55555 in US, GB: check the app"):
        pages(a_server(), apps=("55555",))


def test_a_feed_that_is_down(workspace: Workspace) -> None:
    """Who answers is read, who does not is named, and nothing is lost by it."""
    server = a_server(us=3, gb=3)

    def before(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(503) if request.url.path.startswith("/us/") else None

    server.before = before
    *_, failed, _ = synced(workspace, server)
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, SourceUnavailable)
    assert f"did not answer for {APP} in US just now" in failed.why
    assert workspace.counts()["feedback"] == 3
    server.before = lambda _: None
    stored(workspace, server)
    assert workspace.counts()["feedback"] == 6


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"apps": ()}, "no app is named"),
        ({"apps": ("com.example.notes",)}, "is no app of the store; give its number"),
        ({"countries": ("UK",)}, "'UK' is no storefront"),
        ({"countries": ()}, "no storefront is named"),
    ],
)
def test_settings(settings: dict[str, Any], says: str) -> None:
    """What is set wrongly is said in a line, before anything is asked."""
    server = a_server()
    with pytest.raises(ConfigError, match=says):
        pages(server, **settings)
    assert server.requests == []


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense", "[]", '{"v":2,"apps":{}}', '{"v":1}', '{"v":1,"apps":[]}',
        '{"v":1,"apps":{"1":[]}}', '{"v":1,"apps":{"1":{"US":"x"}}}',
        '{"v":1,"apps":{"1":{"US":true}}}', '{"v":1,"apps":{"1":{"US":-5}}}',
        '{"v":1,"apps":{},"full":[["1"]]}', '{"v":1,"apps":{},"lost":3}',
    ],
)  # fmt: skip
def test_damaged_cursors(cursor: str) -> None:
    """A place that is none of its own is an error that says what to do."""
    with pytest.raises(SourceError, match="remove the source and add it again"):
        pages(a_server(), Cursor(cursor))


def test_a_cursor_of_the_future() -> None:
    """A place in time to come would hide all that is new; the clock is named."""
    ahead = int(datetime(2061, 1, 1, tzinfo=UTC).timestamp())
    cursor = Cursor(json.dumps({"v": 1, "apps": {APP: {"US": ahead}}}))
    with pytest.raises(SourceError, match="2061-01-01 00:00 UTC, which is yet to come"):
        pages(a_server(), cursor)


def test_a_review_of_the_future() -> None:
    """A time to come does not hide what comes meanwhile."""
    server = a_server(us=3)
    server.stores[APP, "US"].append(Review("9", server.now + timedelta(days=400)))
    before = pages(server)
    server.fill(APP, "US", 1, first=20)
    assert len(ids(after(server, before))) == 1


def test_a_small_cursor() -> None:
    """Forty storefronts of three apps are told in a few kilobytes."""
    server = FeedServer()
    apps = (APP, OTHER, "1000003")
    for app in apps:
        for country in AppStoreFeed(apps=apps).countries:
            server.fill(app, country, 2)
    cursor = last(pages(server, apps=apps, countries=AppStoreFeed(apps).countries))
    assert len(cursor) < 5000


# Hostile answers


def test_hostile_text(workspace: Workspace) -> None:
    """Whatever people write is told as text, and an impossible review as unreadable."""
    server = FeedServer()
    nasty = "\x1b]52;c;aGVs\x07\u202e<b>&amp; ]]> \ud800 ' OR 1=1 --"
    server.stores[APP, "US"] = [
        Review("1", NOON, body=nasty, name="\u202eevil"),
        Review("2", NOON, rating="eleven"),
        Review("", NOON),
    ]
    (page, *_) = pages(server, countries=("US",))
    by_id = {one.external_id: one for one in page.items}
    first, second = by_id["1"], by_id["2"]
    assert isinstance(first, Incoming)
    assert first.body == nasty
    assert isinstance(second, Unreadable)
    assert "a rating of 'eleven'" in second.why
    assert sum("no id" in getattr(one, "why", "") for one in page.items) == 1
    stored(workspace, server, countries=("US",))
    assert workspace.counts()["quarantined"] == 2
    assert unsound(workspace) == {}


@pytest.mark.parametrize(
    "entry",
    [
        [None, 5, "x", [], {"im:rating": {}}, {"im:rating": "5"}],
        "text", 7, {"im:rating": {"label": 5}, "id": {"label": []}},
        {"im:rating": {"label": "5"}, "id": {"label": "1"}, "author": 3, "link": [],
         "content": [{"attributes": 3}, 4], "title": {"label": {}},
         "updated": {"label": "0000-99-99"}, "im:voteCount": {"label": "9" * 5000}},
    ],
)  # fmt: skip
def test_strange_shapes(entry: Any) -> None:
    """Whatever shape an answer has, it is read or quarantined, and never a fault."""
    server = FeedServer()

    def before(request: httpx.Request) -> httpx.Response | None:
        if str(request.url).endswith("xml"):
            return httpx.Response(503)
        return httpx.Response(200, json={"feed": {"entry": entry}})

    server.before = before
    for page in pages(server, countries=("US",)):
        assert all(one.external_id for one in page.items)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&c;</title></entry></feed>"""
FILE = b"""<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>"""


@pytest.mark.parametrize(
    "content",
    [BOMB, FILE, b"", b"<feed>", b"no xml", b"<a>" * 100 + b"</a>" * 100,
     b"<feed>&undefined;</feed>", b"\xff\xfe<\x00", b"<!DOCTYPE html><html></html>"],
)  # fmt: skip
def test_hostile_xml(content: bytes) -> None:
    """What declares entities, or is no XML, is refused before anything is expanded."""
    with pytest.raises(ValueError, match=r"document type|no XML|elements within"):
        entries(content)


def test_hostile_xml_is_no_answer() -> None:
    """A bomb in place of a page is a feed that does not answer."""
    server = a_server(us=1, gb=0, broken={"json": 503})

    def before(request: httpx.Request) -> httpx.Response | None:
        bomb = httpx.Response(200, content=BOMB)
        return (
            bomb if "/us/" in str(request.url) and "xml" in str(request.url) else None
        )

    server.before = before
    with pytest.raises(SourceUnavailable, match="did not answer"):
        pages(server)


def test_xml_inside_of_xml() -> None:
    """The text is the content of type text, whatever stands before, behind or within."""
    ((told_so, raw),) = entries(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:im="http://itunes.apple.com/rss">'
        b'<title>x</title><entry><content type="html">&lt;b&gt;<b>no</b></content>'
        b'<content type="text">yes &amp; no</content><im:rating>4</im:rating>'
        b"<author><name>Jo</name><entry>odd</entry></author></entry></feed>"
    )
    assert told_so["content"] == {"label": "yes & no"}
    assert told_so["author"]["name"] == {"label": "Jo"}
    assert raw.startswith(b"<entry>")
    assert raw.endswith(b"</entry>")


# With a store


def test_killed_after_every_page(tmp_path: Path) -> None:
    """Broken off after any page and synced again, the store is the same; then still."""
    server = a_server(us=130, gb=60)
    with a_workspace(tmp_path, "whole.db") as workspace:
        stored(workspace, server)
        wanted = rows(workspace)
    count = len(pages(server))
    for kill in range(1, count):
        with a_workspace(tmp_path, f"{kill}.db") as workspace:

            async def some_of_it(kill: int = kill, to: Workspace = workspace) -> None:
                from triage import sync

                run = Pull(
                    source="app-store-feed", connector_name="app-store-feed",
                    connector=feed(), http=server.http(), label="sync", resume=True,
                )  # fmt: skip
                async for event in sync.pull(to.db, run):
                    kill -= isinstance(event, sync.Fetched)
                    if not kill:
                        break

            asyncio.run(some_of_it())
            stored(workspace, server)
            assert rows(workspace) == wanted
            again = stored(workspace, server)
            assert (again.counts.new, again.counts.changed) == (0, 0)


def test_an_edit_replaces(workspace: Workspace) -> None:
    """The same review, changed by its author, is the same feedback, edited."""
    server = a_server(us=3)
    stored(workspace, server)
    later = NOON + timedelta(days=9)
    server.edit(APP, "US", 1, "It is fixed, thank you.", later)
    end = stored(workspace, server)
    assert (end.counts.new, end.counts.changed) == (0, 1)
    (edited,) = workspace.feedback_many(workspace.ids(None, "is:edited"))
    assert (edited.body, edited.edited_at) == ("It is fixed, thank you.", later)
    assert edited.context["country"] == "US"


@pytest.mark.parametrize("feed_first", [True, False])
def test_joined_with_app_store_connect(workspace: Workspace, feed_first: bool) -> None:
    """What App Store Connect tells as well counts once, edits a week apart included."""
    server = a_server(us=40, gb=0)

    def connect() -> None:
        reviews = server.stores[APP, "US"]
        imported(
            workspace,
            [
                an_incoming(
                    f"00000-{number}", one.body, title=one.title, author=one.name,
                    also=app_store_review.also(
                        APP, "US", one.name, one.title, f"{one.body}\n"
                    ),
                )
                for number, one in enumerate(reviews)
            ],
            source="app-store-connect",
        )  # fmt: skip

    for turn in (feed_first, not feed_first):
        stored(workspace, server) if turn else connect()
    assert workspace.counts()["feedback"] == 40
    server.edit(APP, "US", 7, "It is fixed.", NOON + timedelta(days=9))
    for turn in (not feed_first, feed_first):
        stored(workspace, server) if turn else connect()
        assert workspace.counts()["feedback"] == 40
        assert len(table(workspace.db, "copy")) == 40
    copies = {
        row["name"]
        for row in workspace.db.read().execute(
            "SELECT s.name FROM feedback f JOIN source s ON s.id = f.source_id"
            " WHERE f.kind = ?",
            (Kind.COPY,),
        )
    }
    assert copies == {"app-store-connect" if feed_first else "app-store-feed"}
    assert unsound(workspace) == {}


def test_polite(workspace: Workspace) -> None:
    """No more than sixty are asked in a minute; it waits, and a next pull knows."""
    server = FeedServer()
    for country in ("US", "GB", "DE"):
        server.fill(APP, country, 500)
    asked: list[datetime] = []

    def before(_: httpx.Request) -> None:
        asked.append(server.now)

    server.before = before

    async def twice() -> None:
        for _ in range(5):
            async with server.http(ledger=Budgets(workspace.db)) as http:
                connector = feed(countries=("US", "GB", "DE"))
                assert [page async for page in connector.pull(http, None)]

    asyncio.run(twice())
    assert len(asked) == 150
    for at in asked:
        later = at + timedelta(minutes=1)
        assert sum(at <= other < later for other in asked) <= 60


# Before adding it


def test_check_says_how_far_it_reaches() -> None:
    """Newest and oldest of a few storefronts, what a sync costs; no key is needed."""
    server = a_server(us=700, gb=120)
    report = checked(server, countries=("US", "GB", "FR"))
    facts = report.facts

    def day(number: int) -> str:
        return f"{NOON + timedelta(days=4 * number):%F}"

    assert facts[f"{APP} in US"] == (
        f"newest {day(700)}, oldest reachable {day(201)} (all it gives)"
    )
    assert facts[f"{APP} in GB"] == (
        f"newest {day(120)}, oldest reachable {day(1)} (3 of 10 pages)"
    )
    assert facts[f"{APP} in FR"] == "no such app or storefront"
    assert facts["needs"] == "no key"
    assert facts["calls"] == "3 where nothing is new, 30 at most; 60 in a minute"
    assert report.seconds == 60
    OURS.check(server.requests)


def test_check_of_a_wrong_number() -> None:
    """A wrong number is said so, with where the right one stands."""
    with pytest.raises(ConfigError, match="check the app's number in its address"):
        checked(a_server(), apps=("55555",))
