"""What is special about Mastodon: who speaks, to whom, and how it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, unsound
from servers.mastodon import ANN, BOB, SUPPORT, US, MastodonService, connector, link
from servers.pulls import checked, each_once, gone, pages, sync
from triage.connector import ConfigError, Incoming, Kind, SourceUnavailable


def said(service: MastodonService, **told: Any) -> dict[str, Incoming]:
    return each_once(pages(connector(**told), service))


def test_a_post_is_kept_with_who_said_it_where_and_how_far_it_had_come() -> None:
    """Name and handle, language, address, hashtags and counts stand with the words."""
    service = MastodonService()
    name = service.say(
        '<p>My <a href="https://x.example/tags/acme" class="mention hashtag" rel="tag">'
        "#<span>acme</span></a> export is gone<br>twice &amp; for good</p>",
        spoiler_text="rant",
        media_attachments=[{"type": "image", "description": "An empty file"}],
        poll={"options": [{"title": "Same here"}, {"title": "Not me"}]},
    )

    told = said(service)[name]

    assert told.body == "My #acme export is gone\ntwice & for good"
    assert (told.title, told.language, told.channel) == ("rant", "en", "social")
    assert told.author == "Ann (@ann@fosstodon.example)"
    assert told.email == ""
    assert told.url == f"https://fosstodon.example/@ann/{name}"
    assert told.context == {
        "handle": "@ann@fosstodon.example",
        "hashtags": ["acme"],
        "poll": ["Same here", "Not me"],
        "attachments": ["An empty file"],
    }
    assert told.attributes == {
        "followers": 12, "favourites": 5, "boosts": 2, "replies": 0,
    }  # fmt: skip


def test_what_several_searches_and_a_mention_show_comes_once() -> None:
    """Streams overlap; a post is one telling all the same."""
    service = MastodonService(size=40)
    name = service.say(
        f'<p>{link("acme")} acme export <a class="mention hashtag">#<span>acme</span></a>'
        "</p>"
    )

    found = said(service, searches=("acme", '"acme export"', "#acme"))

    assert list(found) == [name]
    assert len(service.requests) == 1 + 2 * 3 + 3  # searches end within a second


def test_counts_that_change_are_no_new_telling() -> None:
    """A favourite more brings nothing."""
    service = MastodonService()
    name = service.say("<p>acme is slow</p>")
    first = pages(connector(), service)
    service.statuses[name] |= {"favourites_count": 99, "replies_count": 3}
    service.now += timedelta(hours=2)

    assert not each_once(pages(connector(), service, first[-1].cursor))


def test_mentions_at_the_beginning_are_no_words_of_it() -> None:
    """Whom somebody speaks to is dropped; whom they speak of is not."""
    service = MastodonService()
    name = service.say(f"<p>{link('acme')} {link('bob')} ask {link('acme')} why</p>")

    assert said(service)[name].body == "ask @acme why"


def test_only_what_everybody_may_read_is_kept() -> None:
    """Posts for followers are never kept, private mentions where a setting says so."""
    service = MastodonService()
    names = {
        visibility: service.say(f"<p>{link('acme')} hm</p>", visibility=visibility)
        for visibility in ("public", "unlisted", "private", "direct")
    }

    assert set(said(service)) == {names["public"], names["unlisted"]}
    found = said(service, direct=True)
    assert set(found) == {names["public"], names["unlisted"], names["direct"]}
    assert found[names["direct"]].context["visibility"] == "direct"


def test_boosts_are_left_out_and_quotes_are_kept() -> None:
    """A boost says nothing of its own; a quoting post does, without the line of it."""
    service = MastodonService()
    first = service.say("<p>acme is slow</p>", at=service.now - timedelta(days=2))
    service.say("<p>acme is slow</p>", BOB, reblog=service.statuses[first])
    quoting = service.say(
        '<p class="quote-inline">RE: <a href="https://x.example/1">x</a></p>'
        "<p>So it is at acme</p>",
        BOB,
        quote={"state": "accepted", "quoted_status": service.statuses[first]},
    )

    found = said(service)

    assert set(found) == {first, quoting}
    assert found[quoting].body == "So it is at acme"
    assert found[quoting].context["quotes"] == service.statuses[first]["url"]


def test_our_answers_stand_in_the_thread_and_are_no_feedback() -> None:
    """Answers of each account of ours are kept, what we announce only where found."""
    service = MastodonService()
    asked = service.say("<p>acme is slow</p>")
    answers = [service.say("<p>Which part?</p>", by, asked) for by in (US, SUPPORT)]
    service.say("<p>A fine day</p>", US)
    service.say("<p>thread of ours</p>", US, answers[0])
    announced = service.say("<p>acme 5 is out</p>", SUPPORT)

    found = said(service, own=("@help@acme.example",))

    assert set(found) == {asked, *answers, announced}
    ours = {name for name, told in found.items() if told.kind is Kind.AGENT}
    assert ours == {*answers, announced}
    assert found[answers[0]].references == (answers[0], asked)


def test_languages_and_accounts_are_left_out_as_settings_say() -> None:
    """A language that is told has to be one of those; none told is kept."""
    service = MastodonService()
    german = service.say("<p>acme ist langsam</p>", language="de-AT")
    untold = service.say("<p>acme!</p>", language=None)
    service.say("<p>acme is slow</p>")
    service.say("<p>acme est lent, de Bob</p>", BOB, language="de")

    found = said(service, languages=("de",), exclude=("bob@social.example",))

    assert set(found) == {german, untold}


def test_a_deletion_is_believed_when_the_server_says_so_of_that_post() -> None:
    """An answer without a post makes it not gone; no such post does."""
    service = MastodonService()
    first, second = (service.say("<p>acme is slow</p>", at=at) for at in (
        service.now - timedelta(days=4), service.now - timedelta(days=3)
    ))  # fmt: skip
    service.say("<p>acme is fast</p>")
    left = pages(connector(), service)[-1].cursor
    service.remove(first)
    service.now += timedelta(hours=1)

    found = pages(connector(), service, left)

    assert gone(found) == [first]
    assert second not in each_once(found)
    asked = [str(one.url) for one in service.requests]
    assert sum("id%5B%5D=" in one for one in asked) == 1


def test_edits_come_for_as_many_days_as_posts_are_looked_at() -> None:
    """An old post that is edited is told again, one still older is not."""
    service = MastodonService(size=1)
    service.say("<p>acme is here</p>")
    old = service.say("<p>acme is slow</p>", at=service.now - timedelta(days=6))
    older = service.say("<p>acme is slow</p>", at=service.now - timedelta(days=9))
    left = pages(connector(), service)[-1].cursor
    service.now += timedelta(hours=1)
    words = service.edit(old)
    service.edit(older)

    found = each_once(pages(connector(), service, left))

    assert list(found) == [old]
    assert found[old].body == words
    assert found[old].edited_at == service.now


def test_a_server_that_tells_no_posts_by_their_ids_is_pulled_all_the_same() -> None:
    """Before 4.3 deletions are not seen, and nothing is taken for gone."""
    service = MastodonService(version="4.2.10")
    name = service.say("<p>acme is slow</p>", at=service.now - timedelta(days=3))
    service.say("<p>acme is here</p>")
    left = pages(connector(), service)[-1].cursor
    service.remove(name)
    service.now += timedelta(hours=1)

    assert not gone(pages(connector(), service, left))
    assert "4.3" in checked(connector(), service).facts["edits and deletions"]


def test_a_search_that_finds_nothing_any_more_does_not_move_the_mark() -> None:
    """A search in trouble answers that there is nothing: what came meanwhile comes."""
    service = MastodonService(size=2)
    source = connector(searches=("acme",), mentions=False)
    for _ in range(3):
        service.say("<p>acme is slow</p>")
        service.now += timedelta(days=2)
    left = pages(source, service)[-1].cursor
    late = [service.say(f"<p>acme {one}</p>") for one in range(2)]
    service.fails_after = 1
    service.now += timedelta(days=3)
    broken = pages(source, service, left)
    service.fails_after, service.searches = None, True
    between = service.say(
        "<p>acme between</p>", at=service.now - timedelta(days=2, hours=5)
    )

    assert set(each_once(broken)) == set(late)
    assert between in each_once(pages(source, service, broken[-1].cursor))


def test_a_later_post_of_an_early_time_comes_as_well() -> None:
    """Servers hear of posts late; a day before the mark is looked at once more."""
    service = MastodonService()
    service.say("<p>acme is here</p>")
    left = pages(connector(), service)[-1].cursor
    late = service.say("<p>acme is slow</p>", at=service.now - timedelta(hours=20))
    service.now += timedelta(hours=1)

    assert list(each_once(pages(connector(), service, left))) == [late]


def test_a_pull_that_finds_nothing_new_costs_a_call_for_each_stream() -> None:
    """Whose token it is, and the newest page of each."""
    service = MastodonService(size=40)
    for _ in range(30):
        service.add()
        service.now += timedelta(hours=3)
    left = pages(connector(), service)[-1].cursor
    service.requests.clear()

    assert not each_once(pages(connector(), service, left))
    assert len(service.requests) == 1 + 4


def test_a_first_pull_begins_where_it_is_told_to() -> None:
    """What was posted before since is left out."""
    service = MastodonService()
    service.say("<p>acme was here</p>", at=service.now - timedelta(days=5))
    late = service.say("<p>acme is here</p>")

    assert list(said(service, since=service.now - timedelta(days=1))) == [late]


def test_a_check_says_whose_token_it_is_and_what_the_server_finds() -> None:
    """A server without full-text search is told apart from one with nothing to find."""
    service = MastodonService(searches=False)
    service.add()
    told = checked(connector(), service)

    assert told.account == "@acme at https://social.example"
    assert "no full-text search" in told.facts["search “acme”"]
    assert told.facts["hashtag #acme"] == "0"
    assert "300 in 5 minutes" in told.facts["calls of a sync"]


def test_settings_that_look_for_nothing_are_refused() -> None:
    """A server must be named, and something to look for."""
    for told in ({"server": " "}, {"searches": (), "mentions": False}):
        with pytest.raises(ConfigError):
            connector(**told)
    with pytest.raises(ConfigError):
        replace(connector(), recheck_days=-1)


def test_a_status_without_its_id_or_time_ends_the_pull_with_a_sentence() -> None:
    """What cannot be placed is told, not guessed."""
    service = MastodonService()
    name = service.say("<p>acme is slow</p>", ANN)
    service.statuses[name]["created_at"] = "lately"

    with pytest.raises(SourceUnavailable, match="created_at"):
        pages(connector(), service)


def test_a_workspace_holds_a_thread_and_offers_the_customers_words_alone(
    tmp_path: Path,
) -> None:
    """What a customer asked stands in the inbox, our answer beside it in the thread."""
    service = MastodonService()
    asked = service.say("<p>acme is slow</p>")
    service.say("<p>Which part?</p>", US, asked)
    service.say(f"<p>{link('acme')} all of it</p>", ANN, asked)
    with a_workspace(tmp_path) as workspace:
        for new in (3, 0):
            assert sync(workspace, connector(), service).counts.new == new
        found = workspace.db.read().execute(
            "SELECT kind, count(*), count(DISTINCT thread), count(DISTINCT customer_id)"
            " FROM feedback GROUP BY kind ORDER BY kind"
        )
        assert [tuple(row) for row in found] == [
            ("agent", 1, 1, 1),
            ("feedback", 2, 1, 1),
        ]
        threads = workspace.db.read().execute("SELECT DISTINCT thread FROM feedback")
        assert len(threads.fetchall()) == 1
        assert not unsound(workspace)
