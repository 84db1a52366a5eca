"""What GitLab says of its issues, and what it is told."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.tellings import ADDRESS, KEY, checked, found, outgoing, planned, told
from servers.gitlab import HOST, PROJECT, GitLabTracker, connector
from triage.connector import ConfigError, SignInFailed, SourceError
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage_connectors.gitlab import GitLab
from triage_connectors.gitlab_told import written


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "gitlab") is GitLab


def test_contract() -> None:
    """It reads and files as every tracker does."""
    check_tracker(connector, GitLabTracker)


def test_contract_in_small_pages() -> None:
    """So it does where a server gives few rows at once."""
    check_tracker(connector, lambda: GitLabTracker(size=25))


@pytest.mark.parametrize(
    "project",
    [PROJECT, f"/{PROJECT}/", f"{HOST}/{PROJECT}", f"{HOST}/{PROJECT}/-/issues"],
)
def test_project(project: str) -> None:
    """A project is named by its path or by any of its addresses."""
    assert connector(project=project).path == PROJECT


@pytest.mark.parametrize("project", ["", "acme app", "acme//app", "../x/..%2f", "#1"])
def test_no_project(project: str) -> None:
    """What cannot be a project is refused before anybody is asked."""
    with pytest.raises(ConfigError, match="is no project") as error:
        connector(project=project)
    assert error.value.missing == "project"


def test_planned_tells_who_does_it_and_when() -> None:
    """Title, address, owner, milestone and the last change come with the state."""
    tracker = GitLabTracker()
    key = tracker.add("Faster export")
    row = planned(connector(), tracker, key)[key]
    assert (row.title, row.state, row.owner) == ("Faster export", "opened", "Ann")
    assert (row.url, row.target) == (f"{HOST}/{PROJECT}/-/issues/1", "2027 Q1")
    assert row.updated_at is not None


def test_labels_that_mean_something() -> None:
    """A label that is named is the state, in any case; of a closed issue if it ends it."""
    tracker = GitLabTracker()
    key = tracker.add("Faster export")
    row = tracker.rows[key]
    source = connector(
        scope="", statuses={"In Dev": "in_progress", "wontfix": "dropped"}
    )

    def state() -> str:
        return planned(source, tracker, key)[key].state

    row["labels"] = ["bug", "in dev"]
    assert state() == "in dev"
    row["state"] = "closed"
    assert state() == "closed"
    row["labels"] = ["bug", "in dev", "wontfix"]
    assert state() == "wontfix"


def test_find_by_number() -> None:
    """A number finds its issue first, with a hash or without."""
    tracker = GitLabTracker()
    for number in range(15):
        tracker.add(f"Plan {number} of 12")
    for text in ("12", "#12"):
        assert found(connector(), tracker, text)[0].key == f"{PROJECT}#12"


def test_find_nothing_in_particular() -> None:
    """No words find what was changed last."""
    tracker = GitLabTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(5)]
    assert [row.key for row in found(connector(), tracker, " ", 3)] == keys[:1:-1]


def test_find_the_best_first() -> None:
    """What is called so stands before what only mentions it."""
    tracker = GitLabTracker()
    exact = tracker.add("Export")
    start = tracker.add("Export of reports")
    within = tracker.add("Faster export")
    below = tracker.add("Reports", "They lose tags on export.")
    keys = [row.key for row in found(connector(), tracker, "export")]
    assert keys == [exact, start, within, below]


def test_another_project() -> None:
    """Issues that were linked before the setting changed are still followed."""
    tracker = GitLabTracker()
    key = tracker.add("Faster export")
    assert planned(connector(project="acme/other"), tracker, key).keys() == {key}
    assert not planned(connector(), tracker, "gone/away#1")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("/close", r"\/close"),
        ("words\n/label ~x", "words\\\n\\/label \\~x"),
        ("> /assign @ann", "> /assign @\u200bann"),
        ('%12 and %"v 2"', '\\%12 and \\%"v 2"'),
        ("100 % sure", "100 % sure"),
        ("see #12, !3 and a/b#4", "see #\u200b12, \\!3 and a/b#\u200b4"),
        (r"\/close \#12", "\\/close #\u200b12"),
    ],
)
def test_orders_and_references_are_words(text: str, there: str) -> None:
    """No line of a customer closes an issue, calls anybody or refers to anything."""
    assert written(text) == there


def test_comment_goes_where_it_belongs() -> None:
    """Its receipt names the note; an issue's description stays."""
    tracker = GitLabTracker()
    key = tracker.add("Faster export", "As it was.")
    receipt = told(
        connector(), tracker, outgoing("comment", "14 people say so", key=key)
    )
    assert receipt.external_id == str(tracker.said[key][0]["id"])
    assert tracker.said[key][0]["body"].startswith(f"<!-- triage:{KEY} -->")
    assert tracker.seen(key) == "As it was."


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "https://a b", "https://a)>"]
)
def test_a_link_leads_to_a_page(url: str) -> None:
    """What is no address of a page is refused, and nothing is said."""
    tracker = GitLabTracker()
    key = tracker.add("Faster export")
    with pytest.raises(ConfigError, match="leads to a web page"):
        told(connector(), tracker, outgoing("link", title="x", key=key, url=url))
    assert not tracker.said[key]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (outgoing("comment", "words"), "link it first"),
        (outgoing("comment", "words", key="PLAN-1"), "is no issue of GitLab's"),
        (outgoing("create", "words"), "needs a title"),
        (outgoing("link", "", "x", key="", url=ADDRESS), "link it first"),
        (outgoing("close", "words", key=f"{PROJECT}#1"), "cannot 'close'"),
    ],
)
def test_what_lacks_something(wanted: Any, words: str) -> None:
    """An act without what it needs says what, and asks nobody to do it."""
    tracker = GitLabTracker()
    tracker.add("Faster export")
    with pytest.raises(ConfigError, match=words):
        told(connector(), tracker, wanted)
    assert not any(request.method == "POST" for request in tracker.requests)


def test_too_long() -> None:
    """A text longer than GitLab takes is refused before it is sent."""
    tracker = GitLabTracker()
    with pytest.raises(SourceError, match="at most 1,000,000 characters"):
        told(connector(), tracker, outgoing("create", "*" * 600_000, "Long"))
    assert not tracker.rows


@pytest.mark.parametrize(
    ("given", "may"),
    [
        ({}, "read, file issues and comment"),
        ({"scopes": None}, "read, file issues and comment"),
        ({"scopes": ("read_api",)}, "read alone: the token's scope is read_api"),
        ({"level": 0}, "read; whether it may write, GitLab does not tell beforehand"),
    ],
)
def test_check(given: dict[str, Any], may: str) -> None:
    """It says whose token it is, where it files, what it may, and who reads it."""
    report = checked(connector(), GitLabTracker(**given))
    assert report.account == f"ann at {HOST}, project {PROJECT}"
    assert report.facts["files in"] == PROJECT
    assert report.facts["may"] == may
    assert report.facts["read by"] == "everybody: the project is public"


def test_a_wrong_token() -> None:
    """A token GitLab does not know is told as that, and shown nowhere."""
    source = connector(token=type(connector().token)("canary-wrong-token"))
    with pytest.raises(SignInFailed) as error:
        checked(source, GitLabTracker())
    assert "canary" not in str(error.value)
