"""A Redmine's issues as plans: every promise of a tracker, and what is its own."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from servers.described import Described, at_hand, vendors
from servers.redmine import RedmineTracker, connector
from triage.connector import ConfigError, Outgoing, Receipt, SourceUnavailable
from triage.testing import check_tracker
from triage.transport.answered import answered


def ask(issues: RedmineTracker, asking: Any) -> Any:
    """What a connector answers about these issues."""

    async def run() -> Any:
        async with answered(issues.answer) as http:
            return await asking(http)

    return asyncio.run(run())


def created(issues: RedmineTracker, **settings: Any) -> Receipt:
    """File an issue; its receipt."""
    one = connector(**settings)
    told = Outgoing(act="create", key="5" * 32, text="Words", title="Tags survive")
    made = ask(issues, lambda http: one.send(http, told))
    assert isinstance(made, Receipt)
    return made


def test_contract() -> None:
    """It keeps every promise of a tracker."""
    check_tracker(connector, RedmineTracker)


def test_vendor() -> None:
    """What is asked is allowed by what others wrote down of Redmine, too."""
    described = Described.at(at_hand(vendors("redmine.trim.json")))
    asked: list[httpx.Request] = []
    issues = RedmineTracker()
    honest = issues.answer

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return honest(request)

    issues.answer = answer  # type: ignore[method-assign]
    made = created(issues, tracker="Feature", status="New")
    one = connector()
    for act in ("create", "comment", "link"):
        told = Outgoing(
            act=act, key="6" * 32, text="Words", title="Other",
            context={"key": made.external_id, "url": "https://help.example/1"},
        )  # fmt: skip
        ask(issues, lambda http, told=told: one.sent(http, told))
        ask(issues, lambda http, told=told: one.send(http, told))
    ask(issues, one.check)
    ask(issues, lambda http: one.find(http, "tags", 5))
    ask(issues, lambda http: one.planned(http, ["1", "2"]))
    assert len(asked) > 10
    described.check(asked)


def test_ignored_status() -> None:
    """A status that is silently ignored is noticed, and told with the receipt."""
    told = created(RedmineTracker(), status="In Progress")
    assert told.state == "New"
    assert told.text == (
        "Redmine took it, but the status is “New”, not “In Progress” as asked"
    )
    told = created(RedmineTracker(allowed=("New", "In Progress")), status="in progress")
    assert (told.state, told.text) == ("In Progress", "")


def test_tracker_by_name() -> None:
    """The tracker is found by its name; one that is not there is named."""
    issues = RedmineTracker()
    created(issues, tracker="feature")
    assert issues.issues[1]["tracker"]["name"] == "Feature"
    with pytest.raises(ConfigError, match="'Wish' there; there are Bug"):
        created(issues, tracker="Wish")


def test_ignored_note() -> None:
    """A note that is silently ignored is no success."""
    issues = RedmineTracker(notes=False)
    told = Outgoing(
        act="comment", key="5" * 32, text="x", context={"key": issues.add("Export")}
    )
    with pytest.raises(SourceUnavailable, match="permission to add notes"):
        ask(issues, lambda http: connector().send(http, told))


def test_textile() -> None:
    """Where texts are Textile, the mark is a comment, which that does not show."""
    issues = RedmineTracker()
    created(issues, markup="textile")
    assert issues.issues[1]["description"].startswith("<!-- triage:555")
    with pytest.raises(ConfigError, match="markdown or textile"):
        connector(markup="html")


def test_report() -> None:
    """A check says which words close an issue and which mean nothing yet."""
    one = connector(statuses={"closed": "shipped", "NEW": "planned"})
    report = ask(RedmineTracker(), one.check)
    assert report.account == "Triage Robot at https://redmine.acme.example"
    assert report.facts["files in"] == "Product"
    assert report.facts["closes"] == "Closed, Rejected"
    unmapped = "In Progress, Resolved, Feedback, Rejected, Waiting for legal"
    assert report.facts["means nothing yet"] == unmapped
    with pytest.raises(ConfigError, match="no project 'other'"):
        ask(RedmineTracker(), connector(project="other").check)


def test_words_are_words() -> None:
    """In Markdown nothing a customer wrote refers, opens a macro or a wiki's page."""
    issues = RedmineTracker()
    told = Outgoing(
        act="comment", key="5" * 32, context={"key": issues.add("Export")},
        text="@ann see #12, {{include(Home)}} and [[Home]]",
    )  # fmt: skip
    ask(issues, lambda http: connector().send(http, told))
    (note,) = issues.issues[1]["journals"]
    for hot in ("@ann", "#12", "{{", "[["):
        assert hot not in note["notes"].replace("\\", "")


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (Outgoing(act="create", key="5" * 32, text="x"), "needs a title"),
        (Outgoing(act="comment", key="5" * 32, text="x"), "link it first"),
        (
            Outgoing(act="link", key="5" * 32, text="x", context={"key": "1"}),
            "leads to a web page",
        ),
        (
            Outgoing(act="close", key="5" * 32, text="x", context={"key": "1"}),
            "cannot 'close'",
        ),
    ],
)
def test_what_cannot_be_told(told: Outgoing, says: str) -> None:
    """What lacks a title, a key or an address, or is no act, is refused in a sentence."""
    issues = RedmineTracker()
    issues.add("Export")
    with pytest.raises(ConfigError, match=says):
        ask(issues, lambda http: connector().send(http, told))
