"""Issues and projects of GitHub keep what every tracker promises, and their own."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from graphql import parse, validate

from connectors.tellings import KEY, checked, found, outgoing, planned, told
from servers.described import at_hand
from servers.github_described import theirs_described, theirs_schema
from servers.github_roadmap import GitHubTracker, board_states, connector, planning
from triage.connector import ConfigError, RateLimited, SignInFailed, SourceError
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage_connectors import github_roadmap_queries
from triage_connectors.github_roadmap import GitHubRoadmap
from triage_connectors.github_roadmap_api import Board


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "github-roadmap") is GitHubRoadmap


def test_contract() -> None:
    """Searched, told, lied to and cut off, it keeps every promise of a tracker."""
    check_tracker(connector, GitHubTracker)


def test_contract_with_a_project() -> None:
    """So it does with a project, whose words are the states of open issues."""
    check_tracker(planning, lambda: GitHubTracker(states=board_states()))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, requests are held to it."""
    at_hand(theirs_described())
    at_hand(theirs_schema())
    tracker = GitHubTracker()
    key = tracker.add("Faster export")
    found(planning(), tracker, "faster")
    told(connector(), tracker, outgoing("comment", "It is slow.", key=key))
    for request in tracker.requests:
        assert not tracker.refused(request), tracker.refused(request)


@pytest.mark.parametrize("query", ["WHO", "BOARD"])
def test_vendors_schema(query: str) -> None:
    """Where the vendor's schema is at hand, what is asked of GraphQL is held to it."""
    asked = parse(getattr(github_roadmap_queries, query))
    assert validate(at_hand(theirs_schema()), asked) == []


def test_what_is_planned() -> None:
    """Milestone and assignees are its target and owner."""
    tracker = GitHubTracker()
    key = tracker.add("Faster export")
    there = planned(connector(), tracker, key)[key]
    assert (there.target, there.owner, there.state) == ("5.2", "ann", "open")
    assert there.url == "https://github.com/acme/app/issues/1"
    assert there.updated_at == tracker.now
    assert planned(connector(), tracker, "acme/nowhere#1", "acme/app#7") == {}


def test_a_repository_that_is_seen_no_more() -> None:
    """Issues of a repository the token may not read are not taken for deleted."""
    with pytest.raises(ConfigError, match="shows no acme/other"):
        planned(connector(repo="acme/other"), GitHubTracker(), "acme/other#1")


def test_many_take_one_call() -> None:
    """Fifty are asked for at once."""
    tracker = GitHubTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(120)]
    assert len(planned(planning(), tracker, *keys)) == 120
    assert len(tracker.requests) == 3


def test_on_a_project() -> None:
    """Its word there is the state; how it was closed still says what it is."""
    tracker = GitHubTracker()
    key, other = tracker.add("Faster export"), tracker.add("Dark mode")
    tracker.move(key, "In Progress")
    there = planned(planning(), tracker, key, other)
    assert (there[key].state, there[key].status) == ("In Progress", "")
    assert there[other].state == "open"
    assert planned(connector(), tracker, key)[key].state == "open"
    tracker.move(key, "completed")
    there = planned(planning(), tracker, key)
    assert (there[key].state, there[key].status) == ("In Progress", "shipped")


@pytest.mark.parametrize("source", [connector(), planning()])
def test_found_as_planned(source: GitHubRoadmap) -> None:
    """A search tells of an issue what is told of it by its key."""
    tracker = GitHubTracker()
    for state in ("open", "completed", "not planned", "duplicate"):
        tracker.move(tracker.add(f"Export {state}"), state)
    tracker.move("acme/app#1", "Todo")
    some = {one_.key: one_ for one_ in found(source, tracker, "export")}
    assert some == planned(source, tracker, *some)
    assert len(some) == 4


def test_a_number_finds_its_issue() -> None:
    """Who types a number gets that issue first."""
    tracker = GitHubTracker()
    tracker.add("Like 2")
    key = tracker.add("Faster export")
    assert found(connector(), tracker, "#2")[0].key == key


def test_without_words_the_latest() -> None:
    """Nothing typed yet, the latest changed are shown; pull requests are none."""
    tracker = GitHubTracker()
    tracker.rows[tracker.add("Mends it")]["pull_request"] = {"url": "x"}
    key = tracker.add("Faster export")
    assert [one_.key for one_ in found(connector(), tracker, "")] == [key]


def test_words_are_no_qualifiers() -> None:
    """Of what is typed only letters and digits get into a search."""
    tracker = GitHubTracker()
    assert found(connector(), tracker, "x repo:evil/y NOT is:pr") == []
    asked = tracker.requests[-1].url.params["q"]
    assert asked == "x repo evil y not is pr repo:acme/app is:issue"


def test_created() -> None:
    """The mark is seen by nobody, mentions and references are broken."""
    tracker = GitHubTracker()
    source = connector(labels=("feedback",))
    made = told(source, tracker, outgoing("create", "> @ann fixes #7", "Export"))
    row = tracker.rows[made.external_id]
    assert row["body"] == (f"<!-- triage:{KEY} -->\n\n> @\u200bann fixes #\u200b7")
    assert [one_["name"] for one_ in row["labels"]] == ["feedback"]
    assert (made.state, made.url) == ("open", row["html_url"])


def test_labels_that_were_dropped() -> None:
    """GitHub drops labels silently; we do not."""
    tracker = GitHubTracker(may_label=False)
    made = told(
        connector(labels=("feedback",)), tracker, outgoing("create", "x", "Export")
    )
    assert made.state == "open, without feedback: the token may set no labels"


def test_created_long_ago() -> None:
    """What was created is found among hundreds that came after, page by page."""
    tracker = GitHubTracker(page=100)
    first = told(connector(), tracker, outgoing("create", "Slow.", "Export"))
    for number in range(250):
        tracker.rows[tracker.add(f"Other {number}")]["by"] = "triage"
    again = told(connector(), tracker, outgoing("create", "Slow.", "Export"))
    assert again.external_id == first.external_id


def test_too_long_once_it_is_quiet() -> None:
    """What grows over GitHub's limit as it is kept from being markup is not sent."""
    tracker = GitHubTracker()
    with pytest.raises(SourceError, match="shorten the draft"):
        told(connector(), tracker, outgoing("create", "*" * 59_000, "Export"))
    assert not tracker.rows


def test_check() -> None:
    """It says where is filed, what the token may, and the words of the project."""
    report = checked(planning(), GitHubTracker())
    assert report.account == "triage at GitHub"
    assert report.facts["files in"] == "acme/app"
    assert report.facts["may"].startswith("write")
    assert report.facts["project"] == "Roadmap: Todo, In Progress, Done"
    for wrong, words in (
        (connector(repo="acme/nowhere"), "shows no acme/nowhere"),
        (connector(project="acme/4"), "shows no project acme/4"),
        (planning(status_field="Stage"), "no field 'Stage'"),
    ):
        with pytest.raises(ConfigError, match=words):
            checked(wrong, GitHubTracker())


def test_a_token_that_may_not_read_projects() -> None:
    """It is told what the token lacks, and how to do without."""
    tracker = GitHubTracker()
    key = tracker.add("Export")
    errors = {"errors": [{"type": "INSUFFICIENT_SCOPES", "message": "read:project"}]}
    tracker.before = lambda _: httpx.Response(200, json=errors)
    with pytest.raises(SignInFailed, match=r"read the project.*take project out"):
        planned(planning(), tracker, key)


def test_a_second_limit_holds_writes_up() -> None:
    """Told to slow down, nothing was written, and it says until when."""
    tracker = GitHubTracker()
    told_ = {"message": "You have exceeded a secondary rate limit"}
    tracker.before = lambda request: (
        httpx.Response(403, json=told_) if request.method == "POST" else None
    )
    with pytest.raises(RateLimited) as caught:
        told(connector(), tracker, outgoing("create", "Slow.", "Export"))
    assert caught.value.until == tracker.now + timedelta(minutes=1)


@pytest.mark.parametrize(
    "project",
    ["acme/3", "https://github.com/orgs/acme/projects/3/views/1",
     "https://github.com/users/acme/projects/3"],
)  # fmt: skip
def test_projects(project: str) -> None:
    """A project is named, or its address copied from a browser."""
    assert connector(project=project).board == Board("acme", 3, "Status")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"repo": "acme"}, "no name of a repository"),
        ({"repo": "../user"}, "no name of a repository"),
        ({"project": "Roadmap"}, "is no project"),
    ],
)
def test_settings(wrong: dict[str, str], words: str) -> None:
    """What cannot be is refused before anything is asked."""
    with pytest.raises(ConfigError, match=words):
        connector(**wrong)
