"""What Productboard says of its features, and what it is told."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from connectors.tellings import ADDRESS, KEY, checked, found, outgoing, planned, told
from servers.productboard import PARENT, ProductboardTracker, connector
from triage.connector import ConfigError, Secret, SignInFailed, SourceUnavailable
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage_connectors.productboard import Productboard

OTHER = "9b8c7d6e-0000-4000-8000-00000000ffff"


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "productboard") is Productboard


def test_contract() -> None:
    """It reads and files as every tracker does."""
    check_tracker(connector, ProductboardTracker)


@pytest.mark.parametrize("how", ["exact", "circle", "deaf"])
def test_contract_of_what_is_told_differently(how: str) -> None:
    """So it does where names are filtered whole, pages lead back, sources are ignored."""
    given: dict[str, Any] = {how: True, "size": 3}
    check_tracker(connector, lambda: ProductboardTracker(**given))


def test_no_parent() -> None:
    """What cannot be an id is refused before anybody is asked."""
    with pytest.raises(ConfigError, match="is no product or component") as error:
        connector(parent="Exports")
    assert error.value.missing == "parent"


def test_planned_tells_when() -> None:
    """The end of its time, its address and last change come with the state."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    row = planned(connector(), tracker, key)[key]
    assert (row.target, row.url) == ("2027-03-31", f"https://x.example/{key}")
    assert row.updated_at is not None
    assert row.owner == ""
    tracker.rows[key]["fields"]["owner"] = {"id": "m1", "email": "ann@acme.example"}
    assert planned(connector(), tracker, key)[key].owner == "ann@acme.example"


def test_a_feature_without_a_status() -> None:
    """It says so, and nothing is guessed."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    tracker.rows[key]["fields"]["status"] = None
    row = planned(connector(), tracker, key)[key]
    assert (row.state, row.status) == ("no status", "")


def test_find_by_id() -> None:
    """The id of a feature finds it."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    assert [row.key for row in found(connector(), tracker, key)] == [key]


def test_find_nothing_in_particular() -> None:
    """No words find as many as are asked for."""
    tracker = ProductboardTracker(size=2)
    keys = [tracker.add(f"Plan {number}") for number in range(6)]
    assert [row.key for row in found(connector(), tracker, "", 3)] == keys[:3]
    assert len(tracker.requests) == 2


def test_a_circle_of_pages_ends() -> None:
    """A list whose last page leads to its first is read once."""
    tracker = ProductboardTracker(size=2, circle=True)
    keys = [tracker.add(f"Plan {number}") for number in range(4)]
    rows = found(connector(), tracker, "plan", 100)
    assert sorted(row.key for row in rows) == keys
    assert len(tracker.requests) <= 3


def test_not_all_features_are_looked_through() -> None:
    """Words that nothing says cost no more than the first two thousand."""
    tracker = ProductboardTracker()
    for number in range(2_500):
        tracker.add(f"Plan {number}")
    assert not found(connector(), tracker, "zzyzx")
    assert len(tracker.requests) == 1 + 20


def test_a_new_feature() -> None:
    """It goes under the parent that is named, and says where it is from."""
    tracker = ProductboardTracker()
    source = connector(parent=PARENT)
    key = told(
        source, tracker, outgoing("create", "## Why\n\n> slow", "New")
    ).external_id
    row = tracker.rows[key]
    assert row["metadata"] == {"source": {"system": "triage", "recordId": KEY}}
    assert row["relationships"]["data"] == [
        {"type": "parent", "target": {"id": PARENT}}
    ]
    assert row["fields"]["description"] == (
        "<h2>Why</h2><blockquote><p>slow</p></blockquote>"
    )


def test_a_comment_is_a_note() -> None:
    """It is feedback of its own, linked to the feature, in words that are words."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    told(connector(), tracker, outgoing("comment", "3 new <b>people</b>", key=key))
    [note] = tracker.notes.values()
    assert note["fields"] == {
        "name": "Feedback",
        "content": "<p>3 new &lt;b&gt;people&lt;/b&gt;</p>",
    }
    assert [link["target"]["id"] for link in note["linked"]] == [key]


def test_a_note_that_was_not_linked() -> None:
    """Where linking went wrong, the note is linked the next time, and not added again."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    tracker.before = lambda request: (
        httpx.Response(500)
        if request.method == "POST" and request.url.path.endswith("relationships")
        else None
    )
    wanted = outgoing("comment", "words", key=key)
    with pytest.raises(SourceUnavailable):
        told(connector(), tracker, wanted)
    assert len(tracker.notes) == 1
    assert not tracker.comments(key)
    tracker.before = lambda _: None
    told(connector(), tracker, wanted)
    assert len(tracker.notes) == 1
    assert len(tracker.comments(key)) == 1


def test_a_link_is_an_address_and_its_title() -> None:
    """Whatever either holds, it is one link."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    url = f"{ADDRESS}?a=1&b=2"
    told(connector(), tracker, outgoing("link", "", '"><b>p3', key=key, url=url))
    assert tracker.links(key) == [url]
    [note] = tracker.notes.values()
    assert "&gt;&lt;b&gt;p3" in note["fields"]["content"]


def test_another_feature_than_was_asked_for() -> None:
    """An answer about something else is told as one that cannot be used."""
    tracker = ProductboardTracker()
    key = tracker.add("Faster export")
    row = {**tracker.rows[key], "id": OTHER}
    tracker.before = lambda _: httpx.Response(200, json={"data": row})
    with pytest.raises(SourceUnavailable, match="another feature"):
        planned(connector(), tracker, key)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (outgoing("comment", "words"), "link it first"),
        (outgoing("comment", "words", key="../members"), "is no feature"),
        (outgoing("comment", "words", key=OTHER), "not at Productboard any more"),
        (outgoing("create", "words"), "needs a title"),
        (
            outgoing("vote", "words", key="9b8c7d6e-0000-4000-8000-000000000001"),
            "cannot",
        ),
    ],
)
def test_what_lacks_something(wanted: Any, words: str) -> None:
    """An act without what it needs says what, and changes nothing."""
    tracker = ProductboardTracker()
    tracker.add("Faster export")
    with pytest.raises(ConfigError, match=words):
        told(connector(), tracker, wanted)
    assert not any(request.method == "POST" for request in tracker.requests)


@pytest.mark.parametrize(
    ("parent", "name"),
    [
        ("", "the workspace, under no product or component"),
        (PARENT, "Exports"),
        (OTHER, "a parent that is not there any more"),
    ],
)
def test_check(parent: str, name: str) -> None:
    """It says where features go, and that a workspace has no statuses."""
    tracker = ProductboardTracker()
    assert checked(connector(parent=parent), tracker).facts["files in"] == name
    body = json.dumps({"data": {"type": "feature", "fields": {"name": {}}}})
    tracker.before = lambda _: httpx.Response(200, text=body)
    assert checked(connector(), tracker).facts["states"]


def test_a_wrong_token() -> None:
    """A token Productboard does not know is told as that, and shown nowhere."""
    with pytest.raises(SignInFailed) as error:
        checked(connector(token=Secret("canary-wrong-token")), ProductboardTracker())
    assert "canary" not in str(error.value)
