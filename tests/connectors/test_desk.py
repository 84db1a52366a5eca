"""What is said at a desk is feedback of customers only."""

from __future__ import annotations

from datetime import UTC, datetime

from triage.connector import Channel, Kind
from triage_connectors.desk import Talk, Who, known

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANN = Who("Ann", "ann@acme.example")
BOB = Who("Bob", "bob@us.example", is_ours=True)
TALK = Talk(
    name="7",
    subject="Export",
    company="Acme",
    about={"status": "open"},
    attributes={"plan": "pro"},
)


def test_what_our_side_says_is_no_feedback_and_bears_no_customer() -> None:
    """An agent's words are kept as ours, without the customer's company or plan."""
    told = TALK.said("7/2", BOB, "We look into it", NOON, raw={})
    assert (told.kind, told.company, told.attributes) == (Kind.AGENT, "", {})


def test_the_first_message_bears_what_is_true_of_the_conversation() -> None:
    """Subject and status stand once, so a change of status changes one row."""
    first = TALK.said("7/1", ANN, "It is slow", NOON, raw={}, first=True)
    later = TALK.said("7/3", ANN, "Still slow", NOON, raw={})
    assert (first.title, first.context) == ("Export", {"status": "open"})
    assert (later.title, later.context) == ("", {})
    assert later.thread == first.thread == "7"


def test_what_is_empty_is_not_told() -> None:
    """Names of files and circumstances are kept where there are any; 0 and no are."""
    told = TALK.said(
        "7/4", ANN, "Look", NOON, raw={}, files=["", "a.png"],
        context={"handle": "", "tags": [], "redacted": False, "count": 0},
    )  # fmt: skip
    assert told.context == {"attachments": ["a.png"], "redacted": False, "count": 0}
    assert TALK.said("7/5", ANN, "Bare", NOON, raw={}, files=[""]).context == {}


def test_a_rating_without_words_is_nothing_to_triage() -> None:
    """A number alone is counted, and never comes to the inbox."""
    bare = TALK.rated("7/csat", ANN, 2, "1-5", NOON, raw={})
    said = TALK.rated("7/csat", ANN, 2, "1-5", NOON, raw={}, remark="Too slow")
    assert (bare.kind, said.kind) == (Kind.AUTO, Kind.FEEDBACK)
    assert (said.channel, said.metric, said.scale) == (Channel.SURVEY, "csat", "1-5")


def test_fields_of_a_desk_become_what_they_mean() -> None:
    """Company and version have places of their own, revenue is a number."""
    told = known(
        {"company": "c1", "version": "c2", "revenue": "c3", "plan": "c4", "team": "c5"},
        {"c1": " Acme ", "c2": 5.2, "c3": "1200", "c4": {"value": "pro"}, "c5": None},
    )
    assert (told.company, told.app_version) == ("Acme", "5.2")
    assert told.attributes == {"revenue": 1200.0, "plan": "pro"}
