"""Posts of a Discourse forum keep what every service promises, and cost few calls."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servers.described import at_hand
from servers.discourse import DiscourseService, connector, pages
from servers.discourse_described import refused, theirs_described
from servers.discourse_forum import NOW
from servers.discourse_server import DiscourseServer
from servers.pulls import by_name, checked, gone, last_cursor
from triage.connector import Channel, ConfigError, Kind, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.discourse import Discourse


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "discourse") is Discourse


@pytest.mark.parametrize("inclusive", [False, True])
def test_contract(*, inclusive: bool) -> None:
    """Killed, limited, edited, deleted and lied to, it ends in the same store."""
    check_service(connector, lambda: DiscourseService(inclusive=inclusive))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, requests are held to it."""
    at_hand(theirs_described())
    server = DiscourseServer()
    server.begin("It is slow")
    pages(server)
    (request,) = server.asked("/posts.json")
    assert not refused(request)
    assert refused(type(request)("GET", request.url.copy_add_param("pages", "1")))


def test_who_speaks() -> None:
    """Members' words are feedback, the staff's our side's; whispers are nowhere."""
    server = DiscourseServer()
    server.begin("It loses my tags")
    server.say(1, "We look into it", "olga")
    server.say(1, "She pays us little", "olga", kind=4)
    server.say(1, "", "system", kind=3, action_code="closed.enabled")
    server.say(1, "Read the guide", "system")
    server.say(1, "Mine too", "bea", moderator=True)
    server.say(1, "I work there", "Tim")
    server.say(1, "Same here", "cid")
    found = pages(server, team=("tim",))
    assert [(one.kind, one.author, one.body) for one in by_name(found).values()] == [
        (Kind.FEEDBACK, "cid", "Same here"),
        (Kind.AGENT, "Tim", "I work there"),
        (Kind.AGENT, "bea", "Mine too"),
        (Kind.AGENT, "system", "Read the guide"),
        (Kind.AGENT, "olga", "We look into it"),
        (Kind.FEEDBACK, "ann", "It loses my tags"),
    ]
    assert "little" not in repr(found)
    first = by_name(found)["post 1"]
    assert (first.title, first.thread, first.channel) == (
        "Export 1", "1", Channel.SOCIAL,
    )  # fmt: skip
    assert first.url == "https://forum.acme.example/t/export-1/1/1"


def test_words() -> None:
    """Quotations of others and previews of pages are left out, files told by name."""
    server = DiscourseServer()
    post = server.begin("x")
    post["cooked"] = (
        '<aside class="quote no-group" data-username="eve"><div class="title">eve:</div>'
        "<blockquote><p>Since when?</p></blockquote></aside><p>Since May "
        '<img src="x" title=":smile:" class="emoji" alt=":smile:" width="20"></p>'
        '<aside class="onebox allowlistedgeneric"><p>A page of others</p></aside>'
        '<p><a class="attachment" href="/uploads/1">log.txt</a> (3 KB)</p>'
        '<div class="lightbox-wrapper"><a class="lightbox" href="y"><img alt="shot">'
        '<div class="meta"><span class="filename">shot.png</span></div></a></div>'
    )
    post["actions_summary"] = [{"id": 2, "count": 4}, {"id": 3, "can_act": True}]
    (told,) = by_name(pages(server)).values()
    assert told.body == "Since May :smile:\n\nlog.txt (3 KB)\n\n[shot]"
    assert told.context["likes"] == 4
    assert told.context["attachments"] == ["log.txt"]


def test_what_is_true_of_a_topic() -> None:
    """Tags, category and how it stands are on its first post, and told anew."""
    server = DiscourseServer()
    server.begin("It loses my tags", tags=["bug", {"id": 1, "name": "export"}])
    server.say(1, "It does not", "olga")
    found = pages(server)
    told = by_name(found)
    assert told["post 1"].context == {
        "status": "open", "tags": ["bug", "export"], "category": "Support",
    }  # fmt: skip
    assert told["post 2"].context == {}
    server.topics[1] |= {"has_accepted_answer": True, "title": "Export loses tags"}
    server.posts[2]["accepted_answer"] = True
    again = pages(server, last_cursor(found))
    told = by_name(again)
    assert told["post 1"].context["status"] == "solved"
    assert told["post 1"].title == "Export loses tags"
    assert told["post 2"].context == {"answer": True}
    assert told["post 1"].edited_at == told["post 1"].received_at
    assert len(server.asked("/t/1.json")) == 1
    server.topics[1] |= {"has_accepted_answer": False, "closed": True}
    last = by_name(pages(server, last_cursor(again)))
    assert last["post 1"].context["status"] == "closed"


def test_edits() -> None:
    """An edit of the last days comes, as does one of an old topic's last post."""
    server = DiscourseServer(size=3, chunk=2)
    for number in range(8):
        server.say(1, f"Slow {number}") if number else server.begin("Slow 0")
    server.now += timedelta(days=30)
    for number in range(8):
        server.begin(f"Also slow {number}")
    found = pages(server)
    server.rewrite(10, "Quick")
    changed_at = server.now
    again = pages(server, last_cursor(found))
    assert by_name(again)["post 10"].body == "Quick"
    assert by_name(again)["post 10"].edited_at == changed_at
    server.rewrite(8, "Old and quick")
    told = by_name(pages(server, last_cursor(again)))
    assert told["post 8"].body == "Old and quick"


def test_deleted() -> None:
    """What was deleted, taken back, hidden or deleted with its topic is gone."""
    server = DiscourseServer()
    for number in range(1, 7):
        server.begin(f"It is slow {number}")
    server.say(6, "Still", "bea")
    found = pages(server)
    server.delete(1)
    server.posts[2] |= {
        "user_deleted": True,
        "cooked": "<p>(post deleted by author)</p>",
    }
    server.posts[3]["hidden"] = True
    server.topics[6]["deleted_at"] = server.stamp()
    server.moved += 1
    again = pages(server, last_cursor(found))
    assert sorted(gone(again)) == ["post 1", "post 2", "post 3", "post 6", "post 7"]
    assert not by_name(again)
    server.posts[3]["hidden"] = False
    server.posts[1]["deleted_at"] = None
    server.moved += 1
    back = pages(server, last_cursor(again))
    assert set(by_name(back)) == {"post 1", "post 3"}


def test_absence_alone_proves_nothing() -> None:
    """A post the list leaves out is gone only once it is not there either."""
    server = DiscourseServer()
    for number in range(1, 4):
        server.begin(f"It is slow {number}")
    found = pages(server)
    server.secret.add(2)
    again = pages(server, last_cursor(found))
    assert not gone(again)
    assert len(server.asked("/posts/2.json")) == 1


def test_older_forums() -> None:
    """Where pages hold the post they begin before, and leave some out, all comes."""
    server = DiscourseServer(inclusive=True)
    for number in range(1, 201):
        server.begin(f"It is slow {number}")
    server.secret |= set(range(20, 130))
    assert len(by_name(pages(server))) == 200 - 110


def test_visitors() -> None:
    """A forum anybody may read needs no key."""
    server = DiscourseServer(is_private=False)
    server.begin("It is slow")
    assert len(by_name(pages(server, api_key=None))) == 1
    assert "api-username" not in server.requests[0].headers
    closed = DiscourseServer()
    with pytest.raises(SignInFailed, match="key"):
        pages(closed, api_key=None)


def test_second_run() -> None:
    """A run with nothing new makes two calls, and tells nothing."""
    server = DiscourseServer()
    for number in range(1, 30):
        server.begin(f"It is slow {number}")
    found = pages(server)
    server.requests.clear()
    assert pages(server, last_cursor(found)) == []
    assert len(server.requests) == 2


def test_no_call_for_a_topic() -> None:
    """Of fifty posts with ten new topics, two calls tell all."""
    server = DiscourseServer()
    for number in range(1, 101):
        server.begin(f"It is slow {number}")
        for _ in range(4):
            server.say(number, "Still")
    assert len(by_name(pages(server))) == 500
    assert len(server.requests) == 10 + 10 + 2
    assert not server.asked("/t/")


def test_many_active_topics() -> None:
    """Topics that stand otherwise are found behind a page of active ones."""
    server = DiscourseServer()
    for number in range(1, 121):
        server.begin(f"It is slow {number}")
        server.now += timedelta(minutes=1)
    found = pages(server)
    found += pages(server, last_cursor(found))
    server.rewrite(50, "Quick")
    server.topics[119]["closed"] = True
    told = by_name(pages(server, last_cursor(found)))
    assert told["post 50"].body == "Quick"
    assert told["post 119"].context["status"] == "closed"


def test_categories_and_tags() -> None:
    """Only topics of a category, those below it, and with a tag, where so set."""
    server = DiscourseServer()
    server.begin("An idea", category_id=1)
    server.begin("A question", category_id=2, tags=["bug"])
    server.begin("About the export", category_id=3)
    server.say(3, "And more", "bea")
    assert set(by_name(pages(server, categories=("Support",)))) == {
        "post 2", "post 3", "post 4",
    }  # fmt: skip
    assert set(by_name(pages(server, categories=("1", "export")))) == {
        "post 1", "post 3", "post 4",
    }  # fmt: skip
    assert set(by_name(pages(server, tags=("BUG",)))) == {"post 2"}
    with pytest.raises(ConfigError, match="categories"):
        pages(server, categories=("nothing",))


def test_since() -> None:
    """A first pull begins where it is told to."""
    server = DiscourseServer(size=2)
    for number in range(6):
        server.begin(f"It is slow {number}")
        server.now += timedelta(days=10)
    told = by_name(pages(server, since=NOW + timedelta(days=35)))
    assert set(told) == {"post 5", "post 6"}
    assert len(server.asked("/posts.json")) == 2


def test_unlisted_topics() -> None:
    """A topic that no list tells of is asked for by itself."""
    server = DiscourseServer(muted={1})
    server.begin("It is slow", tags=["bug"])
    (told,) = by_name(pages(server)).values()
    assert told.context["tags"] == ["bug"]


def test_check() -> None:
    """It says as whom it reads, what is there, and how many calls that takes."""
    server = DiscourseServer()
    for number in range(60):
        server.begin(f"It is slow {number}")
    report = checked(connector(), server)
    assert report.account == "system at forum.acme.example"
    assert report.facts == {
        "read as": "system, by a key",
        "categories": "3 that may be read: Export, Ideas, Support",
        "first pull": "at most 6 calls for 60 posts",
        "limit": "60 calls a minute, unless the forum sets another",
    }


@pytest.mark.parametrize("address", ["", "forum.acme.com", "ftp://forum.acme.com"])
def test_no_address(address: str) -> None:
    """What is no address is refused before anything is asked."""
    with pytest.raises(ConfigError, match="https"):
        connector(url=address)
