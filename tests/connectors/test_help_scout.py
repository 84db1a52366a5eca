"""Help Scout's conversations and ratings, as customers said them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from servers.help_scout import (
    BOB,
    NOON,
    HelpScoutServer,
    HelpScoutService,
    connector,
    stamp,
)
from servers.pulls import by_name, checked, last_cursor, pages
from triage.connector import Channel, ConfigError, Incoming, Kind, Page, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.help_scout import HelpScout


def told(server: HelpScoutServer, **settings: Any) -> dict[str, Incoming]:
    """All that a first pull brings, an hour later."""
    return by_name(pulled(server, **settings))


def pulled(server: HelpScoutServer, **settings: Any) -> list[Page]:
    """The pages of it."""
    server.now += timedelta(hours=1)
    return pages(connector(**settings), server)


def paths(server: HelpScoutServer) -> list[str]:
    """What was asked, without where the API is."""
    return [one.url.path.removeprefix("/v2/") for one in server.requests]


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "help-scout") is HelpScout


def test_contract() -> None:
    """It keeps what every connector of a service promises."""
    check_service(connector, HelpScoutService)


def test_only_what_customers_say_is_feedback() -> None:
    """Replies of ours are kept as ours; notes, events and forwards are not kept."""
    server = HelpScoutServer()
    name = server.talk("<p>The export fails</p>")
    first = str(server.threads[name][0]["id"])
    ours = server.say(name, "<p>On it</p>", type="message", createdBy=BOB)
    for kind in ("note", "lineitem", "forwardparent", "forwardchild"):
        server.say(name, "<p>Between us</p>", type=kind, createdBy=BOB)
    server.touch(name, status="closed", closedAt=stamp(server.now))
    found = told(server)
    assert {key: value.kind for key, value in found.items()} == {
        first: Kind.FEEDBACK,
        ours: Kind.AGENT,
    }
    said = found[first]
    assert (said.title, said.body) == ("Need Help", "The export fails")
    assert (said.author, said.email) == ("Ann Ash", "ann@acme.example")
    assert (said.channel, said.thread) == (Channel.TICKET, name)
    assert said.received_at == NOON
    assert said.context["status"] == "closed"
    assert said.context["solved_at"] == NOON.isoformat()
    assert said.url == f"https://secure.helpscout.net/conversation/{name}/15473/"
    assert (found[ours].author, found[ours].title) == ("Bob Bear", "")


def test_who_speaks_in_chats_and_calls() -> None:
    """Of a chat and a call it is whoever made the thread; a letter is its writer's."""
    server = HelpScoutServer()
    name = server.talk(thread={"createdBy": BOB})
    put_in_by_us = str(server.threads[name][0]["id"])
    call = server.talk(type="phone")
    noted = server.say(call, "<p>He rang</p>", type="phone", createdBy=BOB)
    chat = server.talk(type="chat", thread={"type": "chat"})
    theirs = str(server.threads[chat][0]["id"])
    ours = server.say(chat, "<p>Hello</p>", type="chat", createdBy=BOB)
    found = told(server)
    assert found[put_in_by_us].kind is Kind.FEEDBACK
    assert found[noted].kind is Kind.AGENT
    assert (found[theirs].kind, found[ours].kind) == (Kind.FEEDBACK, Kind.AGENT)


def test_chats_are_read_whole() -> None:
    """A list shortens chats, so their threads are asked for; letters cost no call."""
    server = HelpScoutServer()
    letter = server.talk()
    chat = server.talk("<p>It cr…</p>", type="chat", thread={"type": "chat"})
    number = server.threads[chat][0]["id"]
    server.whole[number] = "<p>It crashes on export</p>"
    found = told(server)
    assert found[str(number)].body == "It crashes on export"
    assert f"conversations/{chat}/threads" in paths(server)
    assert f"conversations/{letter}/threads" not in paths(server)


def test_threads_that_a_row_leaves_out() -> None:
    """Where a row holds fewer threads than it says there are, all are asked for."""
    server = HelpScoutServer(size=2)
    name = server.talk()
    said = [server.say(name, f"<p>Words {turn}</p>") for turn in range(4)]

    class Short(HelpScoutServer):
        def _row(self, name: str, *, threads: bool) -> dict[str, Any]:
            row = HelpScoutServer._row(self, name, threads=threads)
            if threads:
                row["_embedded"] = {"threads": row["_embedded"]["threads"][:2]}
            return row

    short = Short(
        size=2, conversations=server.conversations, threads=server.threads,
        modified=server.modified,
    )  # fmt: skip
    assert set(said) <= set(told(short))
    assert paths(short).count(f"conversations/{name}/threads") == 3


@pytest.mark.parametrize("state", ["draft", "hidden", "underreview"])
def test_what_is_not_public(state: str) -> None:
    """Drafts, what waits for review and what was hidden are not kept."""
    server = HelpScoutServer()
    name = server.talk()
    thread = server.say(name, "<p>Not yet</p>", state=state, type="message")
    assert thread not in told(server)


def test_hidden_later() -> None:
    """What was told and is hidden since is gone; what stands beside it is not."""
    server = HelpScoutServer()
    name = server.talk()
    thread = server.say(name)
    found = pulled(server)
    server.threads[name][1]["state"] = "hidden"
    server.touch(name)
    server.now += timedelta(hours=1)
    again = pages(connector(), server, last_cursor(found))
    assert [one for page in again for one in page.gone] == [thread]


def test_deleted() -> None:
    """A deleted conversation is gone with all that was said in it."""
    server = HelpScoutServer()
    name = server.talk()
    found = pulled(server)
    server.touch(name, state="deleted")
    server.now += timedelta(hours=1)
    again = pages(connector(), server, last_cursor(found))
    assert [one for page in again for one in page.gone_threads] == [name]
    assert not by_name(again)


def test_spam() -> None:
    """What is spam there is kept and never triaged; taken out of it, it is feedback."""
    server = HelpScoutServer()
    name = server.talk(status="spam")
    thread = str(server.threads[name][0]["id"])
    found = pulled(server)
    assert by_name(found)[thread].kind is Kind.AUTO
    server.touch(name, status="active")
    server.now += timedelta(hours=1)
    again = by_name(pages(connector(), server, last_cursor(found)))
    assert again[thread].kind is Kind.FEEDBACK


def test_merged() -> None:
    """Merged threads keep their ids and are part of the other conversation."""
    server = HelpScoutServer()
    one_of_them, other = server.talk(), server.talk()
    thread = server.threads[one_of_them][0]
    found = pulled(server)
    server.threads[other].insert(0, thread)
    server.touch(other, threads=2)
    del server.conversations[one_of_them], server.modified[one_of_them]
    server.moves(other)
    server.now += timedelta(hours=1)
    again = by_name(pages(connector(), server, last_cursor(found)))
    assert again[str(thread["id"])].thread == other


@pytest.mark.parametrize(
    ("number", "rating", "word"),
    [(1, 3, "great"), (2, 2, "okay"), (3, 1, "not good")],
)
def test_ratings(number: int, rating: int, word: str) -> None:
    """Great, okay and not good are three to one, and stand beside it in words."""
    server = HelpScoutServer()
    name = server.talk()
    thread = server.say(name, "<p>On it</p>", type="message", createdBy=BOB)
    server.rate(name, number, ratingComments="Well")
    said = told(server)[f"rating {thread}/238604"]
    assert (said.rating, said.scale, said.metric) == (float(rating), "1-3", "csat")
    assert said.context == {"word": word}
    assert (said.channel, said.kind, said.body) == (
        Channel.SURVEY, Kind.FEEDBACK, "Well",
    )  # fmt: skip
    assert (said.author, said.email) == ("Ann Ash", "c238604@acme.example")
    assert said.thread == name


def test_rating_alone() -> None:
    """A rating without a word is a number, and one off the scale is none."""
    server = HelpScoutServer()
    name = server.talk()
    server.rate(name, 1)
    server.rate(server.talk(), 4)
    found = [key for key in told(server) if key.startswith("rating")]
    assert found == [f"rating {server.threads[name][0]['id']}/238604"]
    assert told(server)[found[0]].kind is Kind.AUTO


def test_without_reports() -> None:
    """A plan without reports is told, and conversations come without them."""
    server = HelpScoutServer(plus=False)
    server.talk()
    with pytest.raises(SignInFailed, match="ratings=no"):
        told(server)
    assert len(told(server, ratings=False)) == 1


def test_fields_and_tags() -> None:
    """Fields are known by name or id, of a choice by its words."""
    server = HelpScoutServer()
    name = server.talk(
        tags=[{"id": 9150, "color": "#929499", "tag": "vip"}],
        customFields=[
            {"id": 8, "name": "Plan", "value": "33077", "text": "Pro"},
            {"id": 9, "name": "Company", "value": "Acme", "text": ""},
            {"id": 10, "name": "Seats", "value": "12"},
        ],
    )
    fields = {"plan": "Plan", "company": "9", "seats": "Seats", "revenue": "none"}
    said = told(server, fields=fields)[str(server.threads[name][0]["id"])]
    assert said.company == "Acme"
    assert said.attributes == {"plan": "Pro", "seats": "12"}
    assert said.context["tags"] == ["vip"]


def test_mail_without_its_quotes() -> None:
    """Of a letter, only what was written now is kept; files are names."""
    server = HelpScoutServer()
    quote = '<div class="gmail_quote"><p>We mended it</p></div>'
    file = {"id": 1, "filename": "log.txt", "mimeType": "text/plain", "size": 3}
    name = server.talk(
        f"<p>It still fails for me</p>{quote}",
        thread={"_embedded": {"attachments": [file]}},
    )
    said = told(server)[str(server.threads[name][0]["id"])]
    assert said.body == "It still fails for me"
    assert said.context["attachments"] == ["log.txt"]


def test_inboxes() -> None:
    """Only inboxes of the settings are read; what is no id is named."""
    server = HelpScoutServer()
    server.talk(mailboxId=1)
    name = server.talk(mailboxId=2)
    found = told(server, mailboxes=("2", "3"))
    assert {one.thread for one in found.values()} == {name}
    with pytest.raises(ConfigError, match="inbox"):
        connector(mailboxes=("Support",))


def test_tokens_are_fetched_anew() -> None:
    """One token does until it is refused; then there is another, and nothing is lost."""
    server = HelpScoutServer(size=2)
    names = [server.talk() for _ in range(3)]
    source = connector()
    server.now += timedelta(hours=1)
    pages(source, server)
    pages(source, server)
    assert paths(server).count("oauth2/token") == 1
    server.ends_token()
    found = by_name(pages(source, server))
    assert {one.thread for one in found.values()} == set(names)
    assert paths(server).count("oauth2/token") == 2


def test_check() -> None:
    """It says whose client it is, and what a first pull costs."""
    server = HelpScoutServer()
    for _ in range(30):
        server.talk()
    server.rate(next(iter(server.conversations)))
    server.now += timedelta(hours=1)
    report = checked(connector(), server)
    assert report.account == "Help Scout as Bob Bear"
    assert report.facts["conversations"] == "30"
    assert report.facts["ratings"] == "1"
    assert report.facts["calls of a first pull"] == "about 5 for 30 conversations"
    assert report.facts["calls left"] == "399 of 400 this minute"
