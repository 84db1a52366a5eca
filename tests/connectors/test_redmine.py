"""A Redmine's issues as plans: every promise of a tracker, and what is its own."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.tellings import ADDRESS, KEY, checked, found, outgoing, planned, told
from servers.described import Described, at_hand, vendors
from servers.redmine import RedmineTracker, connector
from triage.connector import ConfigError, Outgoing, Receipt, SourceUnavailable
from triage.testing import check_tracker


def created(issues: RedmineTracker, **settings: Any) -> Receipt:
    """File an issue; its receipt."""
    one = connector(**settings)
    return told(one, issues, outgoing("create", "Words", "Tags survive"))


def test_contract() -> None:
    """It keeps every promise of a tracker."""
    check_tracker(connector, RedmineTracker)


def test_vendor() -> None:
    """What is asked is allowed by what others wrote down of Redmine, too."""
    described = Described.at(at_hand(vendors("redmine.trim.json")))
    issues, one = RedmineTracker(), connector()
    key = created(issues, tracker="Feature", status="New").external_id
    for act in ("comment", "link"):
        told(one, issues, outgoing(act, "Words", key=key, url=ADDRESS))
    checked(one, issues)
    found(one, issues, "tags")
    planned(one, issues, "1", "2")
    assert len(issues.requests) > 10
    described.check(issues.requests)


def test_ignored_status() -> None:
    """A status that is silently ignored is noticed, and told with the receipt."""
    made = created(RedmineTracker(), status="In Progress")
    assert made.state == "New"
    assert made.text == (
        "Redmine took it, but the status is “New”, not “In Progress” as asked"
    )
    made = created(RedmineTracker(allowed=("New", "In Progress")), status="in progress")
    assert (made.state, made.text) == ("In Progress", "")


def test_tracker_by_name() -> None:
    """The tracker is found by its name; one that is not there is named."""
    issues = RedmineTracker()
    created(issues, tracker="feature")
    assert issues.rows["1"]["tracker"]["name"] == "Feature"
    with pytest.raises(ConfigError, match="'Wish' there; there are Bug"):
        created(RedmineTracker(), tracker="Wish")


def test_ignored_note() -> None:
    """A note that is silently ignored is no success."""
    issues = RedmineTracker(notes=False)
    wanted = outgoing("comment", "x", key=issues.add("Export"))
    with pytest.raises(SourceUnavailable, match="permission to add notes"):
        told(connector(), issues, wanted)


def test_textile() -> None:
    """Where texts are Textile, the mark is a comment, which that does not show."""
    issues = RedmineTracker()
    created(issues, markup="textile")
    assert issues.rows["1"]["description"].startswith(f"<!-- triage:{KEY}")
    with pytest.raises(ConfigError, match="markdown or textile"):
        connector(markup="html")


def test_report() -> None:
    """A check says which words close an issue and which mean nothing yet."""
    one = connector(statuses={"closed": "shipped", "NEW": "planned"})
    report = checked(one, RedmineTracker())
    assert report.account == "Triage Robot at https://redmine.acme.example"
    assert report.facts["files in"] == "Product"
    assert report.facts["closes"] == "Closed, Rejected"
    unmapped = "In Progress, Resolved, Feedback, Rejected, Waiting for legal"
    assert report.facts["means nothing yet"] == unmapped
    with pytest.raises(ConfigError, match="no project 'other'"):
        checked(connector(project="other"), RedmineTracker())


def test_words_are_words() -> None:
    """In Markdown nothing a customer wrote refers, opens a macro or a wiki's page."""
    issues = RedmineTracker()
    words = "@ann see #12, {{include(Home)}} and [[Home]]"
    told(connector(), issues, outgoing("comment", words, key=issues.add("Export")))
    (note,) = issues.rows["1"]["journals"]
    for hot in ("@ann", "#12", "{{", "[["):
        assert hot not in note["notes"].replace("\\", "")


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (outgoing("create", "x"), "needs a title"),
        (outgoing("comment", "x"), "link it first"),
        (outgoing("link", "x", key="1"), "leads to a web page"),
        (outgoing("close", "x", key="1"), "cannot 'close'"),
    ],
)
def test_what_cannot_be_told(wanted: Outgoing, says: str) -> None:
    """What lacks a title, a key or an address, or is no act, is refused in a sentence."""
    issues = RedmineTracker()
    issues.add("Export")
    with pytest.raises(ConfigError, match=says):
        told(connector(), issues, wanted)
