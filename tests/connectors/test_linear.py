"""Issues of Linear keep what every tracker promises, and what Linear's own need."""

from __future__ import annotations

import uuid
from datetime import timedelta

import httpx
import pytest
from graphql import parse, validate

from connectors.tellings import (
    ADDRESS,
    asked,
    checked,
    found,
    outgoing,
    planned,
    told,
)
from servers.described import at_hand
from servers.linear import LABELS, LinearTracker, connector, theirs_schema
from triage.connector import ConfigError, RateLimited, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage.transport import Http
from triage_connectors import linear_queries
from triage_connectors.linear import Linear


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "linear") is Linear


def test_contract() -> None:
    """Searched, told, lied to and cut off, it keeps every promise of a tracker."""
    check_tracker(connector, LinearTracker)


@pytest.mark.parametrize(
    "query",
    [name for name in vars(linear_queries) if name.isupper() and name[0] != "_"],
)
def test_vendors_schema(query: str) -> None:
    """Where the vendor's schema is at hand, what is asked is held to it."""
    asked = parse(getattr(linear_queries, query))
    assert validate(at_hand(theirs_schema()), asked) == []


def test_what_is_planned() -> None:
    """A milestone is the target, else the day it is due."""
    tracker = LinearTracker()
    key, other = tracker.add("Faster export"), tracker.add("Dark mode")
    tracker.rows[other]["projectMilestone"] = {"name": "Beta"}
    there = planned(connector(), tracker, key, other)
    assert (there[key].target, there[key].owner) == ("2027-03-31", "ann")
    assert there[other].target == "Beta"
    assert there[key].url == f"https://linear.app/acme/issue/{key}"
    assert there[key].updated_at == tracker.now


def test_many_take_one_call() -> None:
    """A hundred are asked for at once, page by page."""
    tracker = LinearTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(100)]
    assert len(planned(connector(), tracker, *keys)) == 100
    assert len(tracker.requests) == 2


def test_moved_archived_and_thrown_away() -> None:
    """A moved or archived one is there, by its old key; what lies in the trash is not."""
    tracker = LinearTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(3)]
    tracker.renamed(keys[0], "DES-7")
    tracker.rows[keys[1]]["archivedAt"] = tracker.now.isoformat()
    tracker.remove(keys[2])
    there = planned(connector(), tracker, *keys)
    assert sorted(there) == sorted(keys[:2])
    assert there[keys[0]].title == "Plan 0"


def test_a_team_that_is_seen_no_more() -> None:
    """Issues of a team the key may not see are not taken for deleted."""
    tracker = LinearTracker()
    assert planned(connector(), tracker, "ENG-1") == {}
    with pytest.raises(ConfigError, match="no team OPS"):
        planned(connector(team="OPS"), tracker, "OPS-1")


def test_a_key_finds_its_issue() -> None:
    """Who types a key gets that issue first."""
    tracker = LinearTracker()
    tracker.add("Like ENG-2")
    key = tracker.add("Faster export")
    assert key == "ENG-2"
    assert found(connector(), tracker, "eng-2")[0].key == key


def test_searches_are_counted() -> None:
    """Of thirty searches a minute the next waits; nothing else is held up by it."""
    tracker = LinearTracker()
    tracker.add("Faster export")
    start = tracker.now

    async def often(http: Http) -> None:
        for _ in range(31):
            await connector().find(http, "faster", 5)

    asked(tracker, often)
    assert tracker.now - start >= timedelta(seconds=50)
    start = tracker.now
    planned(connector(), tracker, "ENG-1")
    assert tracker.now == start


def test_created() -> None:
    """The draft's key is its id; labels are found by name; words are no markup."""
    tracker = LinearTracker()
    source = connector(team="eng", labels=("feedback", "export"))
    made = told(source, tracker, outgoing("create", "> *no* @ann", "Export"))
    row = tracker.rows[made.external_id]
    assert uuid.UUID(row["id"]).version == 4
    assert row["labelIds"] == [LABELS["feedback"][0], LABELS["export"][0]]
    assert row["description"] == "> \\*no\\* @\u200bann"
    assert made.url == row["url"]


@pytest.mark.parametrize("label", ["design", "none"])
def test_labels_there_must_be(label: str) -> None:
    """A label of another team, or none at all, is told before anything is created."""
    tracker = LinearTracker()
    with pytest.raises(ConfigError, match="no label"):
        told(connector(labels=(label,)), tracker, outgoing("create", "x", "Export"))
    assert not tracker.rows


def test_the_same_link_elsewhere() -> None:
    """An address that is attached to another issue is not attached to this one yet."""
    tracker = LinearTracker()
    key, other = tracker.add("Export"), tracker.add("Other")
    for one_ in (other, key):
        told(connector(), tracker, outgoing("link", "", "p3", key=one_, url=ADDRESS))
    assert (tracker.links(key), tracker.links(other)) == ([ADDRESS], [ADDRESS])


def test_asked_too_often() -> None:
    """Told with 400 and in milliseconds, it says until when."""
    tracker = LinearTracker()
    until = tracker.now + timedelta(hours=1)
    limited = httpx.Response(
        400,
        json={"errors": [{"message": "x", "extensions": {"code": "RATELIMITED"}}]},
        headers={
            "X-RateLimit-Requests-Remaining": "0",
            "X-RateLimit-Requests-Reset": f"{until.timestamp() * 1000:.0f}",
        },
    )
    tracker.before = lambda _: limited
    with pytest.raises(RateLimited) as caught:
        checked(connector(), tracker)
    assert caught.value.until == until


def test_key_of_nobody() -> None:
    """A key that is none is told as one, also where Linear says so with 400."""
    tracker = LinearTracker()
    error = {"message": "no", "extensions": {"code": "AUTHENTICATION_ERROR"}}
    tracker.before = lambda _: httpx.Response(400, json={"errors": [error]})
    with pytest.raises(SignInFailed, match="personal API key"):
        checked(connector(), tracker)


def test_check() -> None:
    """It says whose key it is and for which team is filed."""
    report = checked(connector(), LinearTracker())
    assert report.account == "triage at Acme"
    assert report.facts["files in"] == "Product (ENG)"
    with pytest.raises(ConfigError, match="no team OPS"):
        checked(connector(team="ops"), LinearTracker())


def test_settings() -> None:
    """What is no key of a team is refused before anything is asked."""
    with pytest.raises(ConfigError, match="is no key of a team"):
        connector(team="the team")
