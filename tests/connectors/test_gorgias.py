"""What Gorgias tells of a ticket is told as what it is; nothing is asked for twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from factories import a_workspace
from servers.gorgias import BEA, BOB, GorgiasService, connector
from servers.pulls import by_name, checked, gone, last_cursor, pages, sync
from triage.connector import (
    ConfigError,
    Cursor,
    Incoming,
    Kind,
    Page,
    Secret,
    Unreadable,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors.gorgias import Gorgias


def pulled(
    desk: GorgiasService, cursor: Cursor | None = None, **settings: Any
) -> list[Page]:
    """The pages of a pull that asks only what is allowed."""
    desk.requests.clear()
    return pages(connector(**settings), desk, cursor)


def said(desk: GorgiasService, **settings: Any) -> list[Incoming]:
    """What a first pull tells, in order."""
    return list(by_name(pulled(desk, **settings)).values())


def test_contract() -> None:
    """It keeps every promise of a connector before a made-up Gorgias."""
    check_service(connector, GorgiasService)


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "gorgias") is Gorgias


def test_who_says_what() -> None:
    """Customers' words are feedback, agents' ours; notes and failed mails nothing."""
    desk = GorgiasService(page=100)
    desk.open("The export loses my tags.")
    desk.say(1, "It still does.", by=BEA)
    desk.say(1, "We look into it.", by=BOB)
    desk.say(1, "He is angry.", by=BOB, public=False, channel="internal-note")
    desk.say(1, "Not sent.", by=BOB, failed_datetime=desk.time())
    found = said(desk)
    assert [(one.body, one.kind) for one in found] == [
        ("The export loses my tags.", Kind.FEEDBACK),
        ("It still does.", Kind.FEEDBACK),
        ("We look into it.", Kind.AGENT),
    ]
    assert [one.author for one in found] == [
        "Ann Customer",
        "Bea Customer",
        "Bob Agent",
    ]
    assert {one.thread for one in found} == {"1"}
    assert b"203.0.113.9" not in b"".join(one.raw for one in found)


def test_what_our_side_opens_is_no_feedback() -> None:
    """A ticket that began with our own mail begins with our words."""
    desk = GorgiasService(page=100)
    desk.open("We move on Sunday.", by=BOB, from_agent=True)
    desk.say(1, "All right.")
    assert [one.kind for one in said(desk)] == [Kind.AGENT, Kind.FEEDBACK]


def test_what_is_true_of_a_ticket_stands_on_its_first_message() -> None:
    """Status, channel and tags stand once; a note before does not take their place."""
    desk = GorgiasService(page=100)
    at = "2026-11-16T12:30:00+00:00"
    desk.open("See there.", channel="chat", status="closed", closed_datetime=at)
    desk.said[1][0]["attachments"] = [{"name": "a.png", "url": "https://x.example/a"}]
    desk.say(1, "More")
    first, later = said(desk)
    assert first.context == {
        "status": "closed",
        "solved_at": at,
        "desk_channel": "chat",
        "tags": ["slow"],
        "attachments": ["a.png"],
    }
    assert (first.title, first.language) == ("Slow 1", "en")
    assert first.url == "https://acme.gorgias.com/app/ticket/1"
    assert (later.context, later.title) == ({}, "")
    desk.change(1, status="open", closed_datetime=None, snooze_datetime=at)
    assert said(desk)[0].context["status"] == "pending"


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ({"stripped_text": "Short"}, "Short"),
        ({"stripped_text": None, "body_html": "<p>It <b>hangs</b></p>"}, "It hangs"),
        ({"body_html": None, "body_text": "Plain"}, "Plain"),
        ({"body_html": None, "body_text": None, "sender": None}, "Slow 1"),
    ],
)
def test_words(row: dict[str, Any], body: str) -> None:
    """What Gorgias stripped is taken; else HTML as text, text, or the subject."""
    desk = GorgiasService(page=100)
    desk.open("x")
    desk.said[1][0] |= row
    assert said(desk)[0].body == body


@pytest.mark.parametrize(
    "fields",
    [
        {"12": {"id": 12, "value": "pro"}, "13": {"id": 13, "value": "5.2"}},
        [
            {"field": {"id": 12, "label": "Plan"}, "value": "pro"},
            {"field": {"id": 13, "label": "Version"}, "value": "5.2"},
        ],
    ],
)
def test_fields(fields: Any) -> None:
    """Their own fields mean what the settings say, and are asked for only then."""
    desk = GorgiasService(page=100)
    desk.open("Slow", custom_fields=fields)
    (first,) = said(desk, fields={"plan": "12", "version": "13"})
    assert (first.attributes, first.app_version) == ({"plan": "pro"}, "5.2")
    (bare,) = said(desk)
    assert (bare.attributes, bare.app_version) == ({}, "")


def test_ratings() -> None:
    """Surveys that were answered are ratings of 1 to 5; the others are nothing."""
    desk = GorgiasService(page=2)
    for score, words in ((5, "Kind"), (1, ""), (None, ""), (9, "")):
        desk.rate(desk.open("Slow", by=BEA), score, words, by=BEA)
    told = [one for page in pulled(desk) for one in page.items]
    by = {one.external_id: one for one in told if isinstance(one, Incoming)}
    assert (by["csat 1"].rating, by["csat 1"].scale) == (5, "1-5")
    assert (by["csat 1"].kind, by["csat 2"].kind) == (Kind.FEEDBACK, Kind.AUTO)
    assert (by["csat 2"].author, by["csat 2"].thread) == ("Bea Customer", "2")
    assert "csat 3" not in by
    odd = [one for one in told if isinstance(one, Unreadable)]
    assert [one.external_id for one in odd] == ["csat 4"]
    assert not desk.asked("customers/.*|satisfaction-surveys")


def test_a_survey_answered_late_comes() -> None:
    """An answer comes weeks after the survey was made, and is asked for once."""
    desk = GorgiasService(page=100)
    desk.open("Slow")
    desk.rate(1, None)
    first = pulled(desk)
    desk.now += timedelta(days=20)
    desk.surveys[1] |= {"score": 2, "scored_datetime": desk.time()}
    again = pulled(desk, last_cursor(first))
    assert {name: one.rating for name, one in by_name(again).items()} == {"csat 1": 2}
    assert by_name(again)["csat 1"].author == "Ann Customer"
    assert len(desk.asked("customers/.*")) == 1
    assert not by_name(pulled(desk, last_cursor(again)))


def test_trash_and_spam_are_gone_until_they_come_back() -> None:
    """Both are told as gone threads without a call for each; what is back comes."""
    desk = GorgiasService(page=3)
    for _ in range(6):
        desk.open("Slow")
        desk.now += timedelta(minutes=1)
    desk.now += timedelta(hours=1)
    first = pulled(desk)
    desk.change(1, trashed_datetime=desk.time())
    desk.now += timedelta(minutes=10)
    desk.change(2, spam=True)
    desk.now += timedelta(minutes=10)
    second = pulled(desk, last_cursor(first))
    assert gone(second) == ["1", "2"]
    assert not by_name(second)
    assert not desk.asked("tickets/.*")
    desk.change(1, trashed_datetime=None)
    assert [
        one.thread for one in by_name(pulled(desk, last_cursor(second))).values()
    ] == ["1"]


def test_a_pull_without_news_asks_twice() -> None:
    """Tickets and surveys are asked for once each, from where the last pull ended."""
    desk = GorgiasService(page=10)
    for _ in range(95):
        desk.open("Slow")
        desk.now += timedelta(minutes=1)
    desk.now += timedelta(hours=1)
    first = pulled(desk)
    assert not by_name(pulled(desk, last_cursor(first)))
    assert len(desk.requests) == 2
    desk.change(3, tags=[])
    changed = by_name(pulled(desk, last_cursor(first)))
    assert [one.thread for one in changed.values()] == ["3"]
    assert len(desk.requests) == 3


def test_a_page_that_is_forgotten() -> None:
    """Where Gorgias knows a page no more, the list is read anew, the tickets are not."""
    desk = GorgiasService(page=3)
    for _ in range(9):
        desk.open("Slow")
        desk.now += timedelta(minutes=1)
    desk.now += timedelta(hours=1)
    first = last_cursor(pulled(desk))
    desk.change(4, tags=[])
    desk.requests.clear()
    asked = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        desk.forgets = {"tickets"} if asked == 1 else ()
        return desk.answer(request)

    found = by_name(pages(connector(), desk, first, answer=answer))
    assert [one.thread for one in found.values()] == ["4"]
    assert len(desk.asked("tickets/.*")) == 1


def test_a_long_ticket_is_told_whole() -> None:
    """What a ticket does not tell itself is listed, however much it is."""
    desk = GorgiasService(page=7, within=5)
    desk.open("Slow")
    for turn in range(30):
        desk.say(1, f"Still, {turn}")
    assert len(said(desk)) == 31


def test_since() -> None:
    """What changed last before the date set is passed over, without a call for each."""
    desk = GorgiasService(page=3)
    for _ in range(6):
        desk.open("Slow")
        desk.now += timedelta(days=1)
    found = by_name(pulled(desk, since=desk.now - timedelta(days=2)))
    assert [one.thread for one in found.values()] == ["5", "6"]
    assert len(desk.asked("tickets/.*")) == 2


def test_the_leaky_bucket() -> None:
    """Forty calls in twenty seconds are waited for, and nothing is lost."""
    desk = GorgiasService(page=20, limit=40)
    for _ in range(150):
        desk.open("Slow")
        desk.now += timedelta(seconds=1)
    assert len(said(desk)) == 150


def test_check() -> None:
    """Before a pull one sees whose account it is and what it will cost."""
    desk = GorgiasService(limit=40)
    for _ in range(198):
        desk.open("Slow")
    report = checked(connector(), desk)
    assert report.account == "pm@acme.example at acme"
    assert report.facts["tickets"] == "198"
    assert "about 4 for 198 tickets" in report.facts["calls of a first pull"]
    assert report.facts["calls of the last seconds"] == "2/40"
    report = checked(connector(fields={"plan": "12"}), desk)
    assert "about 200 for 198 tickets" in report.facts["calls of a first pull"]


@pytest.mark.parametrize("domain", ["", "acme desk", "http://acme.gorgias.com", "a/b"])
def test_a_domain_that_is_none(domain: str) -> None:
    """What cannot be a desk's address is refused with an example."""
    with pytest.raises(ConfigError, match="domain=acme"):
        Gorgias(domain, "pm@acme.example", Secret("canary-1"))
    assert connector(domain=" Acme.gorgias.com/ ").origin == "https://acme.gorgias.com"


def test_in_a_workspace(tmp_path: Path) -> None:
    """The inbox holds customers' words alone; a second run changes nothing of it."""
    desk = GorgiasService(page=3)
    for number in range(5):
        desk.open(f"Problem number {number}")
        desk.say(number + 1, f"Answer {number}", by=BOB)
    desk.rate(1, 5)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), desk).counts.new == 11
        inbox = workspace.db.read().execute("SELECT total(total) FROM queue")
        assert int(inbox.fetchone()[0]) == 5
        again = sync(workspace, connector(), desk).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        desk.now += timedelta(minutes=10)
        desk.change(2, trashed_datetime=desk.time())
        desk.change(4, tags=[])
        third = sync(workspace, connector(), desk).counts
        assert (third.new, third.changed, third.gone) == (0, 1, 2)
