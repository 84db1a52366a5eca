"""Issues of Jira Cloud keep what every tracker promises, and what Jira's own need."""

from __future__ import annotations

import httpx
import pytest

from connectors.tellings import KEY, checked, found, outgoing, planned, told
from servers.described import at_hand
from servers.jira import JiraTracker, connector, theirs_described
from triage.connector import ConfigError, SourceError, SourceUnavailable
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage_connectors.jira import Jira
from triage_connectors.jira_planned import search


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "jira") is Jira


def test_contract() -> None:
    """Searched, told, lied to and cut off, it keeps every promise of a tracker."""
    check_tracker(connector, JiraTracker)


def test_contract_while_searches_lag() -> None:
    """It does so where a search does not show yet what was created."""
    check_tracker(connector, lambda: JiraTracker(lags=True))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, requests are held to it."""
    at_hand(theirs_described())
    tracker = JiraTracker()
    key = tracker.add("Faster export")
    found(connector(), tracker, "faster")
    told(connector(), tracker, outgoing("comment", "It is slow.", key=key))
    for request in tracker.requests:
        assert not tracker.refused(request), tracker.refused(request)
    wrong = type(request)(
        "GET", request.url.copy_with(path="/rest/api/3/serverInformation")
    )
    assert tracker.refused(wrong)


def test_what_is_planned() -> None:
    """Versions are the target, else the day it is due; who has it is its owner."""
    tracker = JiraTracker()
    key, other = tracker.add("Faster export"), tracker.add("Dark mode")
    tracker.rows[other]["fields"] |= {
        "fixVersions": [{"name": "5.2"}, {"name": "5.3"}], "assignee": None,
    }  # fmt: skip
    there = planned(connector(), tracker, key, other)
    assert (there[key].target, there[key].owner) == ("2027-03-31", "Ann")
    assert (there[other].target, there[other].owner) == ("5.2, 5.3", "")
    assert there[key].url == f"https://acme.atlassian.net/browse/{key}"
    assert there[key].updated_at == tracker.now


def test_many_take_one_call() -> None:
    """A hundred are asked for at once, in whatever case their keys are written."""
    tracker = JiraTracker()
    keys = [tracker.add(f"Plan {number}").lower() for number in range(150)]
    assert list(planned(connector(), tracker, *keys)) == keys
    assert len(tracker.requests) == 2


def test_moved() -> None:
    """Who was moved to another project is told by the key it is asked for."""
    tracker = JiraTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(3)]
    tracker.renamed(keys[1], "OPS-7")
    tracker.remove(keys[2])
    there = planned(connector(), tracker, *keys)
    assert list(there) == keys[:2]
    assert there[keys[1]].url.endswith("/browse/OPS-7")


def test_a_project_that_is_seen_no_more() -> None:
    """Issues of a project the account may not browse are not taken for deleted."""
    tracker = JiraTracker()
    gone = tracker.add("Faster export")
    tracker.remove(gone)
    assert planned(connector(), tracker, gone) == {}
    with pytest.raises(ConfigError, match="may browse it"):
        planned(connector(project="OPS"), tracker, "OPS-1", "OPS-2")


def test_not_told_just_now() -> None:
    """An issue that Jira cannot tell for a moment is not taken for deleted."""
    tracker = JiraTracker()
    key = tracker.add("Faster export")
    answer = {"issues": [], "issueErrors": [{"id": "10001", "errorMessage": "busy"}]}
    tracker.before = lambda _: httpx.Response(200, json=answer)
    with pytest.raises(SourceUnavailable, match="could not tell all"):
        planned(connector(), tracker, key)


@pytest.mark.parametrize(
    ("text", "jql"),
    [
        ("", 'project = "EXP" ORDER BY updated DESC'),
        ("Faster exp", 'project = "EXP" AND text ~ "faster exp*" ORDER BY updated DESC'),
        ('a" OR key != "x', 'project = "EXP" AND text ~ "a or key x*" ORDER BY updated DESC'),
        ("NOT \\ [x] ~5", 'project = "EXP" AND text ~ "not x 5*" ORDER BY updated DESC'),
    ],
)  # fmt: skip
def test_words_are_no_commands(text: str, jql: str) -> None:
    """Of what is typed only letters and digits get into a search."""
    assert search("EXP", text) == jql


def test_a_key_finds_its_issue() -> None:
    """Who types a key gets that issue first, of whatever project."""
    tracker = JiraTracker()
    key = tracker.add("Faster export")
    tracker.add(f"Like {key}")
    tracker.renamed(key, "OPS-7")
    assert found(connector(), tracker, "ops-7")[0].key == "OPS-7"
    assert found(connector(), tracker, key)[0].key == "OPS-7"


def test_created() -> None:
    """Type, labels and a text of headings and quotations; its key is a property."""
    tracker = JiraTracker()
    source = connector(issue_type="Story", labels=("feedback",))
    made = told(source, tracker, outgoing("create", "## Why\n\n> *no*", "Export"))
    row = tracker.rows[made.external_id]
    assert row["fields"]["issuetype"] == {"name": "Story"}
    assert row["fields"]["labels"] == ["feedback"]
    assert row["properties"] == {"triage": {"draft": KEY}}
    kinds = [one["type"] for one in row["fields"]["description"]["content"]]
    assert kinds == ["heading", "blockquote"]
    assert tracker.seen(made.external_id) == "Why\n\n*no*"
    assert made.url == f"https://acme.atlassian.net/browse/{made.external_id}"


def test_another_persons_issue_is_not_ours() -> None:
    """What somebody else created is not looked through, however alike it is."""
    tracker = JiraTracker()
    key = tracker.add("Export")
    tracker.rows[key]["properties"] = {"triage": {"draft": KEY}}
    made = told(connector(), tracker, outgoing("create", "Slow.", "Export"))
    assert made.external_id != key


def test_a_link_is_known_by_its_address() -> None:
    """Linked again by another draft, it is the same link."""
    tracker = JiraTracker()
    key = tracker.add("Export")
    address = "https://help.acme.example/tickets/12"
    for name in ("p3", "p4"):
        told(connector(), tracker, outgoing("link", "", name, key=key, url=address))
    assert tracker.links(key) == [address]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://x", "https://a b"])
def test_links_lead_to_web_pages(url: str) -> None:
    """Nothing else is put on an issue."""
    tracker = JiraTracker()
    wanted = outgoing("link", "", "p3", key=tracker.add("Export"), url=url)
    with pytest.raises(ConfigError, match="leads to a web page"):
        told(connector(), tracker, wanted)


def test_refused() -> None:
    """What Jira says of a refusal is in the message, by the field it is about."""
    tracker = JiraTracker(kinds=("Bug",))
    with pytest.raises(SourceError, match="issuetype: Specify a valid issue type"):
        told(connector(), tracker, outgoing("create", "Slow.", "Export"))
    assert not tracker.rows


def test_check() -> None:
    """It says where is filed and as what; a wrong type or project is told before."""
    tracker = JiraTracker()
    report = checked(connector(issue_type="story"), tracker)
    assert report.account == "Triage at acme.atlassian.net"
    assert report.facts["files in"] == "EXP, as story"
    with pytest.raises(ConfigError, match="one of: Task, Story"):
        checked(connector(issue_type="Epic"), tracker)
    with pytest.raises(ConfigError, match="sees no project 'NOPE'"):
        checked(connector(project="NOPE"), tracker)
    tracker.kinds = ()
    assert "create no issues" in checked(connector(), tracker).facts["may"]


@pytest.mark.parametrize(
    ("told_", "words"),
    [
        ({"site": "acme.atlassian.net@evil.example"}, "is no site"),
        ({"project": 'EXP" OR 1'}, "is no key of a project"),
        ({"labels": ("two words",)}, "is no label"),
    ],
)
def test_settings(told_: dict[str, object], words: str) -> None:
    """What cannot be is refused before anything is asked."""
    with pytest.raises(ConfigError, match=words):
        connector(**told_)
