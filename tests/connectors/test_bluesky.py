"""What is special about Bluesky: sessions, searches that end early, threads, reposts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, unsound
from servers.bluesky import (
    ANN,
    BOB,
    CANARY,
    FACET,
    SUPPORT,
    US,
    BlueskyService,
    connector,
    facet,
    stamp,
)
from servers.pulls import checked, each_once, gone, pages, sync
from triage.connector import ConfigError, Incoming, Kind, SignInFailed


def said(service: BlueskyService, **told: Any) -> dict[str, Incoming]:
    return each_once(pages(connector(**told), service))


def test_a_post_is_kept_with_who_said_it_where_and_how_far_it_had_come() -> None:
    """Links are whole, hashtags, labels and pictures stand beside the words."""
    service = BlueskyService()
    text = "Täglich: acme loses my export acme.example/he… #acme"
    name = service.say(
        text,
        facets=[
            facet(text, "acme.example/he…", "link", uri="https://acme.example/help/1"),
            facet(text, "#acme", "tag", tag="acme"),
        ],
        langs=["de-AT", "en"],
        labels={"values": [{"val": "graphic-media"}]},
        embed={
            "$type": "app.bsky.embed.recordWithMedia",
            "record": {"record": {"uri": "at://did:plc:x/app.bsky.feed.post/3k1"}},
            "media": {"$type": "app.bsky.embed.images", "images": [{"alt": "Empty"}]},
        },
    )

    told = said(service)[name]

    assert told.body == (
        "Täglich: acme loses my export https://acme.example/help/1 #acme"
    )
    assert (told.author, told.email) == ("Ann (@ann.bsky.social)", "")
    assert (told.language, told.channel) == ("de-AT", "social")
    key = name.rpartition("/")[2]
    assert told.url == f"https://bsky.app/profile/{ANN['did']}/post/{key}"
    assert told.context == {
        "handle": "@ann.bsky.social",
        "hashtags": ["acme"],
        "labels": ["graphic-media"],
        "quotes": "at://did:plc:x/app.bsky.feed.post/3k1",
        "attachments": ["Empty"],
    }
    assert told.attributes == {"likes": 4, "reposts": 1, "quotes": 0, "replies": 0}


def test_what_a_search_and_a_notification_show_comes_once_and_alike() -> None:
    """Each stream tells the same of a post, so whichever comes first does not matter."""
    service = BlueskyService()
    text = "@acme.example acme is slow"
    name = service.say(
        text, facets=[facet(text, "@acme.example", "mention", did=US["did"])]
    )

    (found,) = said(service).values()
    (mentioned,) = said(service, searches=()).values()
    (searched,) = said(service, mentions=False).values()

    assert found.external_id == name
    assert found.body == "acme is slow"
    plain = [
        replace(one, raw=b"", attributes={}) for one in (found, mentioned, searched)
    ]
    assert plain[0] == plain[1] == plain[2]


def test_counts_that_change_are_no_new_telling() -> None:
    """A like more brings nothing."""
    service = BlueskyService()
    name = service.say("acme is slow")
    left = pages(connector(), service)[-1].cursor
    service.posts[name] |= {"likeCount": 400}
    service.now += timedelta(hours=2)

    assert not each_once(pages(connector(), service, left))


def test_answers_to_us_and_quotes_of_us_come_without_the_word() -> None:
    """Whoever answers or quotes us speaks of us."""
    service = BlueskyService()
    ours = service.say("A fine day", US)
    answer = service.say("Not with this export", ANN, ours)
    quote = service.say(
        "Look who is happy",
        BOB,
        embed={"$type": "app.bsky.embed.record", "record": {"uri": ours}},
    )

    found = said(service)

    assert set(found) == {answer, quote}
    assert found[quote].context["quotes"] == ours
    assert found[answer].thread == ours
    assert found[quote].author == "(@bob.bsky.social)"


def test_our_answers_stand_in_the_thread_and_are_no_feedback() -> None:
    """Of our own feed answers to others are kept; reposts and threads of ours are not."""
    service = BlueskyService()
    asked = service.say("acme is slow")
    answers = [service.say("Which part?", by, asked) for by in (US, SUPPORT)]
    alone = service.say("A fine day", US)
    service.say("And a long one", US, alone)
    service.reposts.append((stamp(service.now), asked))
    announced = service.say("acme 5 is out", SUPPORT)

    found = said(service, own=("@help.acme.example",))

    assert set(found) == {asked, *answers, announced}
    ours = {name for name, told in found.items() if told.kind is Kind.AGENT}
    assert ours == {*answers, announced}
    assert {found[name].thread for name in (asked, *answers)} == {asked}


def test_hashtags_are_hashtags() -> None:
    """A search for a hashtag does not find the bare word."""
    service = BlueskyService()
    name = service.say("#acme!", facets=[facet("#acme!", "#acme", "tag", tag="acme")])
    service.say("acme")

    assert list(said(service, searches=("#acme",), mentions=False)) == [name]


def test_languages_and_accounts_are_left_out_as_settings_say() -> None:
    """One of the languages that are told has to be one of those; none told is kept."""
    service = BlueskyService()
    german = service.say("acme ist langsam", langs=["en", "de-AT"])
    untold = service.say("acme!", langs=[])
    service.say("acme is slow")
    service.say("acme ist langsam, sagt Bob", BOB, langs=["de"])

    found = said(service, languages=("de",), exclude=("@Bob.bsky.social",))

    assert set(found) == {german, untold}


def test_a_search_goes_on_behind_the_end_of_its_pages() -> None:
    """A service pages no further than it likes; older posts come all the same."""
    service = BlueskyService(cap=5)
    names = set()
    for _ in range(17):
        names.add(service.say("acme is slow"))
        service.now += timedelta(minutes=1)

    assert set(said(service, mentions=False)) == names


def test_a_session_that_ends_is_renewed() -> None:
    """An access token lasts less long than a pull; the refresh token gets another."""
    service = BlueskyService(lasts=4)
    for _ in range(12):
        service.add()
        service.now += timedelta(minutes=1)

    assert len(said(service)) == 12
    renewed = [one for one in service.requests if "refreshSession" in one.url.path]
    assert renewed
    begun = [one for one in service.requests if "createSession" in one.url.path]
    assert len(begun) == 1


def test_a_deletion_is_believed_when_it_is_told_twice() -> None:
    """Posts are looked at by 25; what one answer leaves out is asked for once more."""
    service = BlueskyService()
    old = [
        service.say("acme is slow", at=service.now - timedelta(days=3, minutes=one))
        for one in range(30)
    ]
    service.say("acme is here")
    left = pages(connector(), service)[-1].cursor
    service.remove(old[7])
    service.now += timedelta(hours=1)

    found = pages(connector(), service, left)

    assert gone(found) == [old[7]]
    asked = [one for one in service.requests if "getPosts" in one.url.path]
    assert len(asked) == 3


def test_a_time_to_come_is_when_the_post_was_heard_of() -> None:
    """Clients may say any time; that of the network bounds it."""
    service = BlueskyService()
    name = service.say("acme is slow", createdAt="2031-01-01T00:00:00Z")

    assert said(service)[name].received_at == service.now


def test_a_pull_that_finds_nothing_new_costs_a_call_for_each_stream() -> None:
    """One to sign in, and the newest page of each."""
    service = BlueskyService(size=100)
    for _ in range(30):
        service.add()
        service.now += timedelta(hours=3)
    left = pages(connector(), service)[-1].cursor
    service.requests.clear()

    assert not each_once(pages(connector(), service, left))
    assert len(service.requests) == 1 + 3


def test_a_refused_password_is_told_without_it() -> None:
    """Whatever the server says of it is not quoted."""
    service = BlueskyService(password="another")

    with pytest.raises(SignInFailed, match="app password") as caught:
        pages(connector(), service)

    assert CANARY not in str(caught.value)


def test_a_check_says_whose_account_it_is_and_what_searches_find() -> None:
    """Each search is counted, and what a pull asks follows."""
    service = BlueskyService()
    for _ in range(7):
        service.add()
    told = checked(connector(), service)

    assert told.account == "@acme.example at https://bsky.social"
    assert told.facts["search “acme”"] == "about 7 posts"
    assert told.facts["mentions, replies and quotes"] == "2"
    assert "3,000 in 5 minutes" in told.facts["calls of a first pull"]


def test_settings_that_look_for_nothing_are_refused() -> None:
    """An account must be named, and something to look for."""
    for told in ({"handle": " "}, {"searches": (), "mentions": False}):
        with pytest.raises(ConfigError):
            connector(**told)
    with pytest.raises(ConfigError):
        replace(connector(), recheck_days=-1)


def test_odd_facets_leave_the_words_as_they_are() -> None:
    """A link that reaches beyond the text, or none, changes nothing."""
    service = BlueskyService()
    feature = {"$type": f"{FACET}#link", "uri": "https://acme.example"}
    odd = [
        {"index": {"byteStart": 5, "byteEnd": 900}, "features": [feature]},
        {"index": {"byteStart": "1"}, "features": [feature]},
        {"features": [{"$type": f"{FACET}#link"}]},
    ]
    name = service.say("acme is slow", facets=odd)

    assert said(service)[name].body == "acme is slow"


def test_a_workspace_holds_a_thread_and_offers_the_customers_words_alone(
    tmp_path: Path,
) -> None:
    """What a customer asked stands in the inbox, our answer beside it in the thread."""
    service = BlueskyService()
    asked = service.say("acme is slow")
    ours = service.say("Which part?", US, asked)
    service.say("all of it", ANN, ours)
    with a_workspace(tmp_path) as workspace:
        for new in (3, 0):
            assert sync(workspace, connector(), service).counts.new == new
        found = workspace.db.read().execute(
            "SELECT kind, count(*), count(DISTINCT customer_id), min(thread) = max(thread)"
            " FROM feedback GROUP BY kind ORDER BY kind"
        )
        assert [tuple(row) for row in found] == [
            ("agent", 1, 1, 1),
            ("feedback", 2, 1, 1),
        ]
        assert not unsound(workspace)
