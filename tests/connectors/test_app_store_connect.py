"""Reviews of App Store Connect arrive complete, keep their edits, and are not doubled."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from servers.app_store_connect import (
    KEY_ID,
    NOON,
    AppStoreConnect,
    Review,
    a_history,
)
from servers.app_store_pulls import gone, last, ours, pages, rows
from servers.described import Described
from triage.connector import Channel, ConfigError, Incoming, Kind, SourceError
from triage.testing import check
from triage_connectors.app_store_connect_place import KNOWN, Ids
from triage_connectors.app_store_review import also
from triage_connectors.countries import alpha2, alpha3

OURS = Path(__file__).parents[1] / "servers" / "app_store_connect.openapi.json"
TWO = ("com.acme.app1", "com.acme.app2")


def test_contract() -> None:
    """It keeps the contract every connector keeps, and asks what is described."""
    server = a_history(450, AppStoreConnect(), apps=2)
    check(lambda: ours(apps=TWO, versions=False), server.http())
    Described.at(OURS).check(server.requests)


@pytest.mark.parametrize("versions", [False, True])
def test_each_request_is_one_that_apple_describes(versions: bool) -> None:
    """Names, values and sizes are those of Apple's own description."""
    given = os.environ.get("TRIAGE_SHARED")
    shared = Path(given) if given else Path(__file__).parents[3] / "shared"
    there = shared / "specs" / "appstoreconnect.trim.json"
    if not there.exists():
        pytest.skip("needs Apple's description, in the folder TRIAGE_SHARED names")
    server = a_history(250, AppStoreConnect())
    found = pages(server, versions=versions, countries=("US", "deu"))
    pages(server, last(found), versions=versions, countries=("US", "deu"))
    described = Described.at(there)
    asked = [
        # ``cursor`` is in the links it gives, and not in the description.
        httpx.Request(
            one.method, one.url.copy_remove_param("cursor"), headers=one.headers
        )
        for one in server.requests
        if not one.url.path.endswith("/appStoreVersions")
    ]
    described.check(asked)


def test_a_review_and_its_answer() -> None:
    """Stars, words, country, time and app are kept; the answer is our own side's."""
    server = AppStoreConnect()
    at = datetime(2026, 5, 3, 8, 30, tzinfo=UTC)
    one = server.app().add(
        7, at, rating=2, title="Lost", body="My tags\nare gone.", nickname="zoë",
        territory="DEU", answer="Sorry, zoë.", answered_at=at + timedelta(days=1),
    )  # fmt: skip
    found = rows(pages(server, versions=False))
    review, reply = found[one.id], found[f"{one.id}/reply"]
    raw = json.loads(review.raw)
    assert raw["attributes"]["createdDate"] == "2026-05-03T01:30:00-07:00"
    assert review == Incoming(
        external_id=one.id, channel=Channel.REVIEW, title="Lost",
        body="My tags\nare gone.", author="zoë", received_at=at, rating=2, scale="1-5",
        metric="stars", thread=one.id, raw=review.raw,
        also=also("1440000001", "DE", "zoë", "Lost", "My tags\nare gone."),
        context={"app": "com.acme.app1", "country": "DE"},
    )  # fmt: skip
    assert reply == Incoming(
        external_id=f"{one.id}/reply", channel=Channel.REVIEW, kind=Kind.AGENT,
        body="Sorry, zoë.", received_at=at + timedelta(days=1), thread=one.id,
        context={"state": "PUBLISHED"}, raw=reply.raw,
    )  # fmt: skip


def test_the_version_is_told_where_versions_are_read() -> None:
    """Each review says which version it is about, and comes once."""
    server = a_history(150, AppStoreConnect())
    found = rows(pages(server))
    told = {one.id: found[one.id].app_version for one in server.app().listed("")}
    wanted = {
        one.id: server.app().versions[one.version][0] for one in server.app().listed("")
    }
    assert told == wanted
    assert {found[one].context["os"] for one in told} == {"iOS"}
    assert not any(row.abridged for row in found.values())


def test_what_no_version_lists_stands_without_one() -> None:
    """A review only the app's own list has is told, and gives way to a better telling."""
    server = a_history(10, AppStoreConnect())
    lone = server.app().add(99, NOON - timedelta(days=3))
    found = rows(pages(server))
    assert found[lone.id].abridged
    assert not found[lone.id].app_version
    assert len(found) == 10 + 4 + 1


def test_versions_that_have_rested_are_not_asked_each_time() -> None:
    """Between two weekly sweeps the old ones cost no call; the new ones one each."""
    server = AppStoreConnect()
    app = server.app()
    for number in range(20):
        at = NOON - timedelta(days=40 * number + 1)
        app.versions[f"v{number}"] = (f"{30 - number}.0", at)
        app.add(number, at + timedelta(hours=1), version=f"v{number}")
    found = pages(server)
    first = len(server.requests)
    pages(server, last(found))
    asked = [path for path in server.paths()[first:] if "Versions/" in path]
    assert asked == ["/v1/appStoreVersions/v0/customerReviews"]
    assert (first, len(server.requests) - first) == (24, 4)


def test_a_key_that_may_not_read_versions_reads_reviews() -> None:
    """They come without a version, whole, and the gap says what would help."""
    server = a_history(5, AppStoreConnect())
    server.before = lambda asked: (
        httpx.Response(403, json={"errors": []})
        if asked.url.path.endswith("/appStoreVersions")
        else None
    )
    found = pages(server)
    assert "may not read the versions" in found[0].gap
    assert not any(row.abridged for row in rows(found).values())


def test_only_some_countries_and_only_since() -> None:
    """What is not wanted is not asked for; a wider wish brings the rest, once."""
    server = a_history(100, AppStoreConnect())
    since = NOON - timedelta(days=10)
    some = pages(server, versions=False, countries=("de", "XKS"), since=since)
    told = [row for row in rows(some).values() if row.kind is Kind.FEEDBACK]
    assert {row.context["country"] for row in told} == {"DE", "XK"}
    assert len(told) == 16
    everywhere = pages(server, last(some), versions=False)
    assert len(rows(everywhere)) == 40 + 14
    later = pages(server, last(everywhere), versions=False, since=NOON)
    assert len(rows(later)) == 40 + 14
    earlier = since - timedelta(days=10)
    more = pages(server, last(later), versions=False, since=earlier)
    assert len(rows(more)) == 80 + 27
    assert not any(map(gone, ([page] for page in [*everywhere, *later, *more])))


def test_an_edit_a_deletion_and_a_lost_answer_come_with_the_next_pull() -> None:
    """Nothing in a review says so; they are seen since the last weeks are read again."""
    server = a_history(300, AppStoreConnect())
    found = pages(server, versions=False)
    one, other, third = server.app().listed("")[:3]
    one.body, one.answer = "Now it works.", ""
    other.answer = "We are on it."
    server.app().remove(third)
    again = pages(server, last(found), versions=False)
    told = rows(again)
    assert told[one.id].body == "Now it works."
    assert told[f"{other.id}/reply"].body == "We are on it."
    assert gone(again) == {third.id}
    assert f"{one.id}/reply" in {name for page in again for name in page.gone}


def test_once_a_week_everything_is_read_again() -> None:
    """An old edit and an old deletion show then, not before."""
    server = a_history(300, AppStoreConnect())
    found = pages(server, versions=False)
    old, older = server.app().listed("")[-2:]
    old.body = "Edited after months."
    server.app().remove(older)
    server.now += timedelta(days=6)
    between = pages(server, last(found), versions=False)
    assert old.id not in rows(between)
    assert gone(between) == set()
    server.now += timedelta(days=1)
    weekly = pages(server, last(between), versions=False)
    assert rows(weekly)[old.id].body == "Edited after months."
    assert gone(weekly) == {older.id}


def test_reviews_that_come_while_pages_are_read() -> None:
    """What moves onto the next page comes once; what is new comes with the next pull."""
    server = a_history(500, AppStoreConnect())
    fresh: list[Review] = []

    def arrive(_: str) -> None:
        fresh.append(server.app().add(900 + len(fresh), NOON - timedelta(minutes=5)))

    server.after = arrive
    found = pages(server, versions=False)
    told = rows(found)
    assert {one.id for one in server.app().listed("")} - set(told) == {
        one.id for one in fresh
    } - set(told)
    server.after = lambda _: None
    both = told | rows(pages(server, last(found), versions=False))
    assert set(server.app().reviews) <= set(both)


def test_reviews_that_go_while_pages_are_read() -> None:
    """What moves onto a page that was read already is found, and is not called gone."""
    server = a_history(700, AppStoreConnect())
    leaving = [server.app().listed("")[at] for at in (3, 150, 250)]

    def leave(_: str) -> None:
        for one in leaving[-1:]:
            server.app().remove(leaving.pop())
            assert one.id not in server.app().reviews

    server.after = leave
    found = pages(server, versions=False)
    assert set(server.app().reviews) <= set(rows(found))
    server.app().remove(server.app().listed("")[10])
    leaving += [server.app().listed("")[at] for at in (5, 20)]
    again = pages(server, last(found), versions=False)
    assert gone(again).isdisjoint(server.app().reviews)


def test_a_page_whose_name_is_forgotten_begins_the_walk_again() -> None:
    """A name kept since yesterday may mean nothing; nothing is lost by it."""
    server = a_history(500, AppStoreConnect())
    whole = pages(server, versions=False)
    middle = whole[1].cursor
    assert middle
    name = json.loads(middle)["apps"]["1440000001"]["walk"]["at"]
    server.forgotten.add(name)

    def know(_: str) -> None:
        server.forgotten.clear()

    server.after = know
    assert set(server.app().reviews) <= set(rows(pages(server, middle, versions=False)))


def test_a_name_that_is_never_known_ends_the_pull() -> None:
    """Where the service refuses what it just named, a sentence says so."""
    server = a_history(500, AppStoreConnect())
    server.before = lambda asked: (
        httpx.Response(410, json={}) if "cursor" in asked.url.params else None
    )
    with pytest.raises(SourceError, match="refuses the next page it named itself"):
        pages(server, versions=False)


def test_rows_of_the_boundary_second_are_all_there() -> None:
    """Reviews of one second come whole, though a pull came between them."""
    server = AppStoreConnect(size=3)
    for number in range(7):
        server.app().add(number, NOON - timedelta(minutes=1))
    found = pages(server, versions=False)
    for number in range(7, 11):
        server.app().add(number, NOON - timedelta(minutes=1))
    both = rows(found) | rows(pages(server, last(found), versions=False))
    assert set(both) == set(server.app().reviews)


def test_apps_are_told_by_bundle_id_or_number() -> None:
    """A bundle id that begins alike is another app's."""
    server = a_history(3, AppStoreConnect(), apps=2)
    server.app(3, bundle="com.acme.app10").add(1, NOON)
    found = rows(pages(server, apps=("com.acme.app1", "1440000002")))
    told = {row.context.get("app") for row in found.values()} - {None}
    assert told == set(TWO)


def test_an_unknown_app_is_told_with_those_there_are() -> None:
    """A slip in a bundle id is seen at once."""
    server = a_history(3, AppStoreConnect(), apps=2)
    with pytest.raises(ConfigError, match=r"no app com\.acme\.ap; there are: com\.ac"):
        pages(server, apps=("com.acme.ap",))


def test_what_a_cursor_holds_is_bounded() -> None:
    """Two thousand ids take 70 kB; of more, the newest are held."""
    many = {
        f"{n:08x}-{n * 7919:012x}-4a9c-8000": 1_700_000_000 - n for n in range(5000)
    }
    held = Ids().newest_with(many, KNOWN)
    assert len(held.made) == KNOWN
    assert min(held.made.values()) == 1_700_000_000 - KNOWN + 1
    assert len(held.packed()) < 40 * KNOWN


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        ({"v": 2}, "update Triage"),
        ({"v": 1, "apps": 7, "turn": ""}, "damaged"),
        ({"v": 1, "apps": {"1": {"asked": 1}}, "turn": ""}, "damaged"),
    ],
)
def test_a_cursor_of_somebody_else_is_refused(spoil: object, words: str) -> None:
    """The message says what to do."""
    from triage.connector import Cursor

    with pytest.raises(SourceError, match=words):
        pages(a_history(3, AppStoreConnect()), Cursor(json.dumps(spoil)))


def test_a_cursor_of_the_future_is_refused() -> None:
    """A clock that ran ahead is told, and nothing is read as if it had not."""
    server = a_history(3, AppStoreConnect())
    found = pages(server)
    server.now -= timedelta(days=3)
    with pytest.raises(SourceError, match="yet to come: set this machine's clock"):
        pages(server, last(found))


def test_countries_in_two_letters_and_three() -> None:
    """Each code has its other; what nobody knows stays as it was said."""
    assert (alpha2("DEU"), alpha2("XKS"), alpha2("ZZZ")) == ("DE", "XK", "ZZZ")
    assert (alpha3("de"), alpha3("gbr"), alpha3("XK")) == ("DEU", "GBR", "XKS")
    with pytest.raises(ConfigError, match="is no country"):
        alpha3("Germany")
    assert ours(key_id=KEY_ID).versions
