"""What Asana says of its tasks, and what it is told."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from connectors.tellings import ADDRESS, KEY, checked, found, outgoing, planned, told
from servers.asana import (
    HOST,
    PROJECT,
    AsanaTracker,
    connector,
    exempt,
    theirs,
)
from servers.described import at_hand
from triage.connector import ConfigError, Secret, SignInFailed
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage_connectors.asana import Asana


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "asana") is Asana


def test_contract() -> None:
    """It reads and files as every tracker does."""
    check_tracker(connector, AsanaTracker)


def test_contract_without_a_paid_plan() -> None:
    """So it does where Asana lets nobody search."""
    check_tracker(connector, lambda: AsanaTracker(paid=False))


def test_contract_in_small_pages() -> None:
    """So it does where few rows come at once."""
    check_tracker(connector, lambda: AsanaTracker(size=25))


def test_vendors_description() -> None:
    """Where the vendor's description is at hand, requests are held to it."""
    vendor, tracker = at_hand(theirs()), AsanaTracker()
    key = told(connector(), tracker, outgoing("create", "words", "New")).external_id
    told(connector(), tracker, outgoing("comment", "words", key=key))
    found(connector(), tracker, "new")
    held = [request for request in tracker.requests if not exempt(request)]
    assert len(held) == 5
    vendor.check(held)
    assert vendor.refused(httpx.Request("GET", f"{HOST}/api/1.0/nothing"))


@pytest.mark.parametrize(
    "project",
    [
        PROJECT,
        f"{HOST}/0/{PROJECT}/list",
        f"{HOST}/0/{PROJECT}",
        f"{HOST}/1/1100000000000001/project/{PROJECT}/board?x=1",
    ],
)
def test_project(project: str) -> None:
    """A project is named by its number or by its address, of both kinds."""
    assert connector(project=project).name == PROJECT


@pytest.mark.parametrize("project", ["", "Roadmap", f"https://a.example/0/{PROJECT}"])
def test_no_project(project: str) -> None:
    """What cannot be a project is refused before anybody is asked."""
    with pytest.raises(ConfigError, match="is no project") as error:
        connector(project=project)
    assert error.value.missing == "project"


def test_planned_tells_who_does_it_and_when() -> None:
    """Owner, due date, address and last change come with the state."""
    tracker = AsanaTracker()
    key = tracker.add("Faster export")
    row = planned(connector(), tracker, key)[key]
    assert (row.owner, row.target) == ("Ann", "2027-03-31")
    assert row.url == f"{HOST}/0/{PROJECT}/{key}"
    assert row.updated_at is not None


def test_states() -> None:
    """Done comes first, then the field that is named, then our section, then any."""
    tracker = AsanaTracker()
    key = tracker.add("Faster export")
    row = tracker.rows[key]
    source = connector(state_field="stage")

    def state(source: Asana = source) -> tuple[str, str]:
        told = planned(source, tracker, key)[key]
        return told.state, told.status

    assert state() == ("To do", "")
    row["custom_fields"] = [{"gid": "1", "name": "Stage", "display_value": "Alpha"}]
    assert state() == ("Alpha", "")
    assert state(connector()) == ("To do", "")
    row["custom_fields"][0]["display_value"] = None
    assert state() == ("To do", "")
    row["memberships"][0]["project"]["gid"] = "77"
    assert state() == ("To do", "")
    row["memberships"] = []
    assert state() == ("incomplete", "")
    row["completed"] = True
    assert state() == ("completed", "shipped")
    row["approval_status"] = "changes_requested"
    assert state() == ("changes_requested", "")


def test_who_left_the_project_is_still_followed() -> None:
    """Many are read with their project; the few that are elsewhere by now, alone."""
    tracker = AsanaTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(8)]
    gone = tracker.rows[keys[0]]
    asked = []

    def before(request: httpx.Request) -> httpx.Response | None:
        asked.append(request.url.path.rpartition("/")[2])
        rows = [row for row in tracker.rows.values() if row is not gone]
        is_list = asked[-1] == "tasks"
        told = {"data": rows, "next_page": None}
        return httpx.Response(200, json=told) if is_list else None

    tracker.before = before
    assert planned(connector(), tracker, *keys).keys() == {*keys}
    assert asked == ["tasks", keys[0]]


def test_a_large_project_is_not_read_for_a_few() -> None:
    """Six tasks among thousands take six calls more than a few pages, not all pages."""
    tracker = AsanaTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(3_000)]
    assert planned(connector(), tracker, *keys[:6]).keys() == {*keys[:6]}
    assert len(tracker.requests) <= 12


def test_find_by_address() -> None:
    """The address of a task finds it."""
    tracker = AsanaTracker()
    key = tracker.add("Faster export")
    for url in (
        f"{HOST}/0/{PROJECT}/{key}/f",
        f"{HOST}/1/11/project/{PROJECT}/task/{key}",
    ):
        assert [row.key for row in found(connector(), tracker, url)] == [key]


def test_find_nothing_in_particular() -> None:
    """No words find what stands first in the project."""
    tracker = AsanaTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(5)]
    assert [row.key for row in found(connector(), tracker, "", 2)] == keys[:2:-1]


def test_guessed_tasks_of_other_projects_are_left_out() -> None:
    """Where only the workspace can be searched, what is in the project is found."""
    tracker = AsanaTracker(paid=False)
    ours, other = tracker.add("Faster export"), tracker.add("Export of taxes")
    tracker.rows[other]["memberships"][0]["project"]["gid"] = "77"
    assert [row.key for row in found(connector(), tracker, "export")] == [ours]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## What hurts\n\nWords", "<h2>What hurts</h2>\nWords"),
        ("> one\n> two", "<blockquote>one\ntwo</blockquote>"),
        ("- a\n- b <i>", "<ul><li>a</li><li>b &lt;i&gt;</li></ul>"),
        (
            '<a data-asana-gid="1"/> &amp;',
            "&lt;a data-asana-gid=&quot;1&quot;/&gt; &amp;amp;",
        ),
        ("see https://a.example", "see https:\u200b//a.example"),
        ("\x07\ud800", "␇\ufffd"),
    ],
)
def test_notes(text: str, html: str) -> None:
    """What is told is rich text of Asana's, in which a customer's words are words."""
    tracker = AsanaTracker()
    key = told(connector(), tracker, outgoing("create", text, "New")).external_id
    mark = f'<a href="https://triage.invalid/{KEY}">Triage</a>'
    assert tracker.rows[key]["html_notes"] == f"<body>{html}\n\n{mark}</body>"


def test_a_comment_has_no_headings() -> None:
    """Asana refuses them there, so they are bold."""
    tracker = AsanaTracker()
    key = tracker.add("Faster export")
    told(connector(), tracker, outgoing("comment", "# 3 new\n\n@ann", key=key))
    assert tracker.comments(key) == ["3 new\n@ann\n\nTriage"]
    assert "<strong>3 new</strong>" in tracker.said[key][0]["html_text"]


def test_a_link_is_an_address_and_its_title() -> None:
    """Whatever either holds, it is one link."""
    tracker = AsanaTracker()
    key = tracker.add("Faster export")
    url = f"{ADDRESS}?a=1&b=(2)"
    told(connector(), tracker, outgoing("link", "", '"><b>p3', key=key, url=url))
    assert tracker.links(key) == [url]
    assert "&gt;&lt;b&gt;p3" in tracker.said[key][0]["html_text"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (outgoing("comment", "words"), "link it first"),
        (outgoing("comment", "words", key="../users/me"), "is no task of Asana's"),
        (outgoing("link", "words", "x", key="1", url="data:,x"), "a web page"),
        (outgoing("create", "words", " "), "needs a title"),
        (outgoing("delete", "words", key="1300000000000001"), "cannot 'delete'"),
    ],
)
def test_what_lacks_something(wanted: Any, words: str) -> None:
    """An act without what it needs says what, and changes nothing."""
    tracker = AsanaTracker()
    tracker.add("Faster export")
    tracker.rows["1"], tracker.said["1"] = tracker.rows["1300000000000001"], []
    with pytest.raises(ConfigError, match=words):
        told(connector(), tracker, wanted)
    assert not any(request.method == "POST" for request in tracker.requests)


def test_check() -> None:
    """It says whose token it is, the states there are, and where tasks go."""
    report = checked(connector(state_field="Stage"), AsanaTracker())
    assert report.account == "Ann at Asana, Acme"
    assert report.facts["files in"] == "Roadmap"
    assert report.facts["states"] == "the field Stage, To do, Doing, completed"


def test_a_wrong_token() -> None:
    """A token Asana does not know is told as that, and shown nowhere."""
    with pytest.raises(SignInFailed) as error:
        checked(connector(token=Secret("canary-wrong-token")), AsanaTracker())
    assert "canary" not in str(error.value)


def test_all_of_a_project_takes_its_pages_alone() -> None:
    """Who is told with the last page is not asked for alone."""
    tracker = AsanaTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(250)]
    assert planned(connector(), tracker, *keys).keys() == {*keys}
    assert len(tracker.requests) == 3
