"""How satisfied Zendesk's customers were, whichever way they were asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.pulls import by_name, checked, last_cursor
from servers.zendesk import a_survey, connector, pages, ulid
from servers.zendesk_desk import BOB
from servers.zendesk_server import ZendeskServer
from triage.connector import Kind, SignInFailed
from triage_connectors.zendesk_ratings import offered_at


def test_good_and_bad() -> None:
    """Good is 1 of 0-1 and bad is 0; a remark is feedback, a bare score a number."""
    server = ZendeskServer()
    for number in range(1, 4):
        server.open(f"It is slow {number}", number)
    server.rate(1, "good")
    server.rate(2, "bad", "Too slow")["reason"] = "No answer"
    server.rate(3, "offered")
    told = by_name(pages(server))
    good, bad = told["csat 40001"], told["csat 40002"]
    assert (good.rating, good.scale, good.metric, good.kind) == (
        1, "0-1", "csat", Kind.AUTO,
    )  # fmt: skip
    assert (bad.rating, bad.body, bad.kind) == (0, "Too slow", Kind.FEEDBACK)
    assert bad.context == {"score": "bad", "reason": "No answer"}
    assert (bad.author, bad.company, bad.thread) == ("Ann 2", "Acme 2", "2")
    assert "csat 40003" not in told


def test_rated_anew() -> None:
    """A rating that is changed within a day is changed here."""
    server = ZendeskServer()
    server.open("It is slow")
    server.rate(1, "bad")
    found = pages(server)
    server.rate(1, "good", "Mended at last")
    told = by_name([*found, *pages(server, last_cursor(found))])["csat 40001"]
    assert (told.rating, told.body) == (1, "Mended at last")


def test_surveys() -> None:
    """A survey's number has the scale of its options, and its words are a remark."""
    server = ZendeskServer(satisfaction="surveys")
    server.open("It is slow", 2)
    whole = a_survey(server, 1, 4, "Quick answer")
    three = a_survey(server, 1, 2)
    options = [{"rating": number} for number in (1, 2, 3)]
    three["answers"][0]["question"]["options"] = options
    unanswered = a_survey(server, 1, 1)
    unanswered["answers"] = [{**unanswered["answers"][1], "type": "skipped"}]
    words = a_survey(server, 1, 1, "No number, but this")
    del words["answers"][0]
    told = by_name(pages(server))
    first = told[f"survey {whole['id']}"]
    assert (first.rating, first.scale, first.metric) == (4, "1-5", "csat")
    assert (first.body, first.kind, first.author) == (
        "Quick answer", Kind.FEEDBACK, "Ann 2",
    )  # fmt: skip
    assert first.context == {"score": "good"}
    assert told[f"survey {three['id']}"].scale == "1-3"
    assert f"survey {unanswered['id']}" not in told
    assert told[f"survey {words['id']}"].body == "No number, but this"


def test_surveys_are_read_again_until_they_expire() -> None:
    """An answer given days after the survey was offered comes; later none is asked."""
    server = ZendeskServer(satisfaction="surveys")
    server.open("It is slow")
    row = a_survey(server, 1, 2)
    server.now += timedelta(days=1)
    a_survey(server, 1, 5)
    found = pages(server)
    row["answers"][0] |= {"rating": 5, "updated_at": server.stamp()}
    server.now += timedelta(days=2)
    again = pages(server, last_cursor(found))
    assert by_name([*found, *again])[f"survey {row['id']}"].rating == 5
    server.now += timedelta(days=60)
    later = pages(server, last_cursor(again))
    server.now += timedelta(days=1)
    last = pages(server, last_cursor(later))
    assert f"survey {row['id']}" not in by_name(last)


def test_surveys_are_not_read_again_at_every_run() -> None:
    """Two runs within six hours read what may still change once."""
    server = ZendeskServer(satisfaction="surveys")
    server.open("It is slow")
    row = a_survey(server, 1, 2)
    server.now += timedelta(days=1)
    a_survey(server, 1, 5)
    found = pages(server)
    again = pages(server, last_cursor(found))
    assert f"survey {row['id']}" not in by_name(again)
    server.now += timedelta(hours=6)
    assert f"survey {row['id']}" in by_name(pages(server, last_cursor(again)))


@pytest.mark.parametrize(
    ("satisfaction", "fact"),
    [
        ("ratings", "good and bad ratings"),
        ("surveys", "surveys"),
        ("none", "neither ratings nor surveys: the plan has none"),
    ],
)
def test_check(satisfaction: str, fact: str) -> None:
    """A desk with neither is told as such, and pulled all the same."""
    server = ZendeskServer(satisfaction=satisfaction)
    server.open("It is slow")
    report = checked(connector(), server)
    assert report.account == "eve@acme.example at acme.zendesk.com"
    assert report.facts["satisfaction"] == fact
    assert report.facts["first pull"] == "about 9 calls for 1 conversations"
    assert set(by_name(pages(server))) == {"ticket 1"}


def test_no_administrator() -> None:
    """An agent's key is told as one, with what is needed instead."""
    server = ZendeskServer(me=BOB)
    with pytest.raises(SignInFailed, match="token of an administrator"):
        checked(connector(), server)
    server.open("It is slow")
    with pytest.raises(SignInFailed, match="for administrators"):
        pages(server)


@given(st.integers(1_420_000_000_000, 2_840_000_000_000))
def test_when_a_survey_was_offered(milliseconds: int) -> None:
    """A survey's id tells when it was offered."""
    at = datetime.fromtimestamp(milliseconds // 1000, UTC)
    assert offered_at({"id": ulid(at)}) == at
