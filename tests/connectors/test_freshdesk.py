"""What Freshdesk tells of a ticket is told as what it is, and by whom."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace
from servers.freshdesk import (
    ANN,
    BEA,
    BOB,
    FreshdeskService,
    a_company,
    connector,
)
from servers.pulls import by_name, checked, last_cursor, pages, sync
from triage.connector import (
    ConfigError,
    Incoming,
    Kind,
    Page,
    Secret,
    SignInFailed,
    Unreadable,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check_service
from triage_connectors import freshdesk_words as words
from triage_connectors.desk import Talk, Who
from triage_connectors.freshdesk import Freshdesk

SHARED = Path(os.environ.get("TRIAGE_SHARED") or Path(__file__).parents[3] / "shared")
SAMPLES = SHARED / "samples/freshdesk/python-freshdesk"


def pulled(desk: FreshdeskService, **settings: Any) -> dict[str, Incoming]:
    """What a first pull of that desk tells, by id."""
    return by_name(pages(connector(**settings), desk))


def test_contract() -> None:
    """It keeps every promise of a connector before a made-up Freshdesk."""
    check_service(connector, FreshdeskService)


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "freshdesk") is Freshdesk


def test_who_says_what() -> None:
    """Customers' words are feedback, agents' public words ours, private notes nothing."""
    desk = FreshdeskService(page=100)
    desk.open("The export loses my tags.")
    said = desk.say(1, "It still does.")
    answered = desk.say(1, "We look into it.", by=BOB)
    note = desk.say(1, "He is angry.", by=BOB, private=True)
    public = desk.say(1, "Known bug.", by=BOB, source=2)
    found = pulled(desk)
    assert str(note) not in found
    kinds = {name: one.kind for name, one in found.items()}
    assert kinds == {
        "ticket 1": Kind.FEEDBACK,
        str(said): Kind.FEEDBACK,
        str(answered): Kind.AGENT,
        str(public): Kind.AGENT,
    }
    assert {one.thread for one in found.values()} == {"1"}
    assert (found["ticket 1"].author, found["ticket 1"].email) == (
        "Ann Customer",
        "ann@acme.example",
    )
    assert found[str(answered)].author == "Bob Agent"
    assert "angry" not in repr(found)


def test_somebody_in_copy_is_somebody_else() -> None:
    """Who answers in another's ticket is told by the address they wrote from."""
    desk = FreshdeskService(page=100)
    desk.open("The export loses my tags.")
    by = desk.say(1, "Mine too.", by=BEA, from_email="Bea B <bea@acme.example>")
    said = pulled(desk)[str(by)]
    assert (said.author, said.email, said.kind) == (
        "Bea B",
        "bea@acme.example",
        Kind.FEEDBACK,
    )


@pytest.mark.parametrize("told_as", [{"by": BOB}, {"source": 10}])
def test_what_our_side_opens_is_no_feedback(told_as: dict[str, Any]) -> None:
    """A ticket an agent has, or one that began with our own mail, is not a customer's."""
    desk = FreshdeskService(page=100)
    desk.open("We move to new servers on Sunday.", **told_as)
    assert pulled(desk)["ticket 1"].kind is Kind.AGENT


def test_what_is_true_of_a_ticket_stands_on_its_opening() -> None:
    """Status, channel, tags, names of attachments and the address: once, in our words."""
    desk = FreshdeskService(page=100)
    desk.open("See there.", source=9, attachments=[{"name": "a.png", "id": 1}])
    desk.say(1, "More")
    stats = {**desk.tickets[1]["stats"], "resolved_at": "2026-11-16T12:30:00Z"}
    desk.change(1, status=4, stats=stats)
    found = pulled(desk)
    assert found["ticket 1"].context == {
        "status": "solved",
        "desk_channel": "widget",
        "tags": ["slow"],
        "solved_at": "2026-11-16T12:30:00+00:00",
        "attachments": ["a.png"],
    }
    assert found["ticket 1"].title == "Slow 1"
    assert found["ticket 1"].url == "https://acme.freshdesk.com/a/tickets/1"
    assert found["1001"].context == {}


@pytest.mark.parametrize(
    ("status", "source", "words"),
    [
        (2, 1, ("open", "email")),
        (3, 2, ("pending", "web")),
        (5, 3, ("closed", "phone")),
        (6, 7, ("pending", "chat")),
        (12, 101, ("open", "source 101")),
    ],
)
def test_numbers_become_words(status: int, source: int, words: tuple[str, str]) -> None:
    """Statuses and sources are told in words; a source of their own by its number."""
    desk = FreshdeskService(page=100)
    desk.open("Slow", status=status, source=source)
    context = pulled(desk)["ticket 1"].context
    assert (context["status"], context["desk_channel"]) == words


def test_fields_and_company() -> None:
    """Their own fields mean what the settings say, of the ticket or of its company."""
    desk = FreshdeskService(page=100)
    desk.companies[71]["custom_fields"] = {"cf_mrr": "1200"}
    desk.open("Slow", custom_fields={"cf_app": "5.2", "cf_team": None})
    desk.say(1, "Ours", by=BOB)
    fields = {
        "version": "cf_app", "plan": "account_tier", "revenue": "cf_mrr",
        "team": "cf_team",
    }  # fmt: skip
    found = pulled(desk, fields=fields)
    said = found["ticket 1"]
    assert (said.company, said.app_version) == ("Acme", "5.2")
    assert said.attributes == {"plan": "Premium", "revenue": 1200.0}
    assert (found["1001"].company, found["1001"].attributes) == ("", {})


def test_many_companies_are_listed_at_once() -> None:
    """A few companies are asked for one by one, many in one list, each once a pull."""
    desk = FreshdeskService(page=100)
    for number in range(100, 130):
        desk.companies[number] = a_company(number, f"Company {number}")
        desk.open("Slow", company_id=number)
    desk.open("Slow", company_id=999)
    found = pulled(desk)
    assert found["ticket 30"].company == "Company 129"
    assert found["ticket 31"].company == ""
    assert len(desk.asked("companies.*")) == 1


def test_mails_lose_what_they_answer() -> None:
    """Of a reply by mail what was written now is kept; of HTML what a reader sees."""
    desk = FreshdeskService(page=100)
    desk.open("x", description="<p>It <b>hangs</b> &amp; stops.</p>")
    quoted = (
        '<div class="gmail_quote"><div class="gmail_attr">On Monday Bob wrote:<br></div>'
        '<blockquote class="gmail_quote">Hi</blockquote></div>'
    )
    desk.say(1, "x", body=f"<div>It hangs on Mondays.</div>{quoted}")
    found = pulled(desk)
    assert found["ticket 1"].body == "It hangs & stops."
    assert found["1001"].body == "It hangs on Mondays."


@pytest.mark.parametrize(
    ("value", "rating", "scale", "answer"),
    [
        (103, 7, "1-7", "extremely happy"),
        (100, 4, "1-7", "neutral"),
        (-101, 3, "1-7", "unhappy"),
        (-103, 1, "1-7", "extremely unhappy"),
        (1, 3, "1-3", "happy"),
        (3, 1, "1-3", "unhappy"),
    ],
)
def test_ratings(value: int, rating: float, scale: str, answer: str) -> None:
    """A rating stands on the scale it was given on, with Freshdesk's own word for it."""
    desk = FreshdeskService(page=100)
    desk.open("Slow")
    desk.rate(1, value, "Kind people")
    desk.rate(1, value, by=BEA)
    found = pulled(desk)
    said, bare = found["csat 1"], found["csat 2"]
    assert (said.rating, said.scale, said.metric) == (rating, scale, "csat")
    assert (said.body, said.author, said.thread) == ("Kind people", "Ann Customer", "1")
    assert said.context == {"answer": answer}
    assert (said.kind, bare.kind) == (Kind.FEEDBACK, Kind.AUTO)
    assert bare.email == "bea@acme.example"


def test_a_rating_nobody_knows_is_kept_as_unreadable() -> None:
    """A rating outside of Freshdesk's scales is kept, and said to be none."""
    desk = FreshdeskService(page=100)
    desk.open("Slow")
    desk.rate(1, 55)
    (odd,) = [
        one
        for page in pages(connector(), desk)
        for one in page.items
        if isinstance(one, Unreadable)
    ]
    assert odd.external_id == "csat 1"
    assert "55" in odd.why


def test_a_remark_is_told_once() -> None:
    """The note Freshdesk makes of a rating's remark is left to the rating."""
    desk = FreshdeskService(page=100)
    desk.open("Slow")
    desk.say(1, "Kind people", source=6)
    desk.rate(1, 103, "Kind people")
    assert [one.body for one in pulled(desk).values()].count("Kind people") == 1
    alone = pulled(desk, ratings=False)
    assert [one.external_id for one in alone.values() if one.body == "Kind people"] == [
        "1001"
    ]


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ({"description": None, "description_text": None}, "Slow 1"),
        ({"description": "", "description_text": "Plain"}, "Plain"),
        ({"tags": None, "custom_fields": None, "stats": None, "requester": None}, "x"),
        ({"status": "open", "source": None, "company_id": None}, "x"),
    ],
)
def test_odd_tickets(row: dict[str, Any], body: str) -> None:
    """Whatever a ticket lacks, its words come; one without words says its subject."""
    desk = FreshdeskService(page=100)
    desk.open("x", **row)
    assert pulled(desk)["ticket 1"].body == body


@pytest.mark.parametrize(
    ("domain", "origin"),
    [
        ("acme", "https://acme.freshdesk.com"),
        (" Acme.freshdesk.com/ ", "https://acme.freshdesk.com"),
        ("https://help.acme.com", "https://help.acme.com"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
    ],
)
def test_domain(domain: str, origin: str) -> None:
    """The desk is named by its name or its whole address."""
    assert Freshdesk(domain, Secret("canary-1")).origin == origin


@pytest.mark.parametrize(
    "domain", ["", "acme desk", "http://acme.freshdesk.com", "a/b"]
)
def test_a_domain_that_is_none(domain: str) -> None:
    """What cannot be a desk's address is refused with an example."""
    with pytest.raises(ConfigError, match="domain=acme"):
        Freshdesk(domain, Secret("canary-1"))


def test_check() -> None:
    """Before a pull one sees whose key it is, what it reads and what it will cost."""
    desk = FreshdeskService(page=100, limit=400)
    for _ in range(198):
        desk.open("Slow")
    report = checked(connector(), desk)
    assert report.account == "Bob Agent <bob@us.example> at acme.freshdesk.com"
    assert report.facts["tickets"] == "198 changed since 2010-01-01"
    assert "about 204 at most" in report.facts["calls of a first pull"]
    assert "counts as 7" in report.facts["calls of a first pull"]
    assert report.facts["ratings"] == "read"
    assert report.facts["calls left"] == "392 of 400 this minute"


def test_check_of_a_key_that_may_little() -> None:
    """What a key or a plan lacks is told before a pull, and what follows from it."""
    desk = FreshdeskService(
        refuses={
            "agents": "access_denied",
            "surveys/satisfaction_ratings": "require_feature",
        }
    )
    desk.open("Slow")
    desk.say(1, "Ours", by=BOB)
    report = checked(connector(), desk)
    assert "may not list them" in report.facts["agents"]
    assert report.facts["ratings"] == "this plan has none"
    found = pulled(desk)
    assert (found["1001"].kind, found["1001"].author) == (Kind.AGENT, "")


def test_a_key_that_may_not_see_ratings() -> None:
    """It is told what to do about it: another role, or no ratings."""
    desk = FreshdeskService(refuses={"surveys/satisfaction_ratings": "access_denied"})
    desk.open("Slow")
    with pytest.raises(SignInFailed, match="ratings=no"):
        pulled(desk)
    assert set(pulled(desk, ratings=False)) == {"ticket 1"}


def test_recordings() -> None:
    """Rows others recorded at a real Freshdesk are read as what they say."""
    if not SAMPLES.is_dir():
        pytest.skip("no recordings: set TRIAGE_SHARED to the folder that has them")
    ticket = json.loads((SAMPLES / "ticket_1.json").read_text())
    rows = json.loads((SAMPLES / "conversations.json").read_text())
    about = words.talk(ticket, {}, {}, "https://acme.freshdesk.com")
    opening = words.opening(ticket, about, words.requester(ticket, {}))
    assert opening.body.startswith("This is a sample ticket")
    assert opening.email == "dummyname@example.com"
    assert opening.context["tags"] == ["foo", "bar"]
    assert opening.context["attachments"] == ["attachment.txt"]
    assert [words.is_public(row, ratings=True) for row in rows] == [False, True]
    said = words.answer(rows[1], Talk(name="1"), ("9", Who()), {})
    assert (said.kind, said.author) == (Kind.AGENT, "Rachel")


def test_in_a_workspace(tmp_path: Path) -> None:
    """The inbox holds customers' words alone; a second run changes nothing of it."""
    desk = FreshdeskService(page=3)
    for number in range(5):
        desk.open(f"Problem number {number}", by=(ANN, BEA)[number % 2])
        desk.say(number + 1, f"Answer {number}", by=BOB)
    desk.rate(1, 103)
    with a_workspace(tmp_path) as workspace:
        assert sync(workspace, connector(), desk).counts.new == 11

        def inbox() -> int:
            told = workspace.db.read().execute("SELECT total(total) FROM queue")
            return int(told.fetchone()[0])

        assert inbox() == 5
        again = sync(workspace, connector(), desk).counts
        assert (again.new, again.changed, again.gone) == (0, 0, 0)
        desk.change(2, deleted=True)
        desk.change(3, spam=True)
        desk.change(4, tags=["export"])
        third = sync(workspace, connector(), desk).counts
        assert (third.new, third.changed, third.gone) == (0, 1, 4)
        fourth = sync(workspace, connector(), desk).counts
        assert (fourth.new, fourth.changed, fourth.gone) == (0, 0, 0)


def test_pages_are_left_somewhere() -> None:
    """An empty desk is a pull as well, and leaves a place to go on from."""
    found = pages(connector(), FreshdeskService())
    assert [type(page) for page in found] == [Page]
    assert last_cursor(found)
