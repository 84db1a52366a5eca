"""What Trello says of its cards, and what it is told."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.tellings import ADDRESS, KEY, checked, found, outgoing, planned, told
from servers.trello import TrelloTracker, connector
from triage.connector import (
    ConfigError,
    RateLimited,
    Secret,
    SignInFailed,
    SourceError,
    SourceUnavailable,
)
from triage.plugins import CONNECTORS, one
from triage.testing import check_tracker
from triage_connectors.trello import Trello


def test_entry_point() -> None:
    """It is found by its name."""
    assert one(CONNECTORS, "trello") is Trello


def test_contract() -> None:
    """It reads and files as every tracker does."""
    check_tracker(connector, TrelloTracker)


@pytest.mark.parametrize(
    "board",
    [
        "bOaRd001",
        "https://trello.com/b/bOaRd001",
        "https://trello.com/b/bOaRd001/x?y=1",
    ],
)
def test_board(board: str) -> None:
    """A board is named by its short name or by its address."""
    assert connector(board=board).name == "bOaRd001"
    assert checked(connector(board=board), TrelloTracker()).facts


@pytest.mark.parametrize(
    "board", ["", "roadmap", "https://trello.com/c/bOaRd001", "http://a/b/bOaRd001"]
)
def test_no_board(board: str) -> None:
    """What cannot be a board is refused before anybody is asked."""
    with pytest.raises(ConfigError, match="is no board") as error:
        connector(board=board)
    assert error.value.missing == "board"


@pytest.mark.parametrize("key", ["", "a b", 'x", y="z', "ключ"])
def test_a_key_that_was_copied_wrong(key: str) -> None:
    """What cannot be a key is refused, and not shown."""
    with pytest.raises(ConfigError, match="copy them again"):
        checked(connector(key=Secret(key)), TrelloTracker())


def test_states() -> None:
    """Archived comes before complete, and that before the list; so does its list."""
    tracker = TrelloTracker()
    key = tracker.add("Faster export")
    row = tracker.rows[key]

    def state() -> str:
        return planned(connector(), tracker, key)[key].state

    assert state() == "Ideas"
    row["dueComplete"] = True
    assert state() == "complete"
    tracker.lists[0]["closed"] = True
    assert state() == "archived"
    assert found(connector(), tracker, "faster")[0].state == "archived"


def test_planned_tells_when() -> None:
    """A card's due date, address and last change come with its state."""
    tracker = TrelloTracker()
    key = tracker.add("Faster export")
    row = planned(connector(), tracker, key)[key]
    assert (row.target, row.url) == ("2027-03-31", f"https://trello.com/c/{key}")
    assert row.updated_at is not None


def test_find_by_address() -> None:
    """The address of a card finds it, whatever board it is on."""
    tracker = TrelloTracker()
    key = tracker.add("Faster export")
    rows = found(connector(), tracker, f"https://trello.com/c/{key}/1-faster-export")
    assert [row.key for row in rows] == [key]


def test_find_nothing_in_particular() -> None:
    """No words find the open cards that were changed last."""
    tracker = TrelloTracker()
    keys = [tracker.add(f"Plan {number}") for number in range(5)]
    tracker.move(keys[4], "archived")
    rows = found(connector(), tracker, "", 3)
    assert [row.key for row in rows] == [keys[3], keys[2], keys[1]]


@pytest.mark.parametrize(
    ("into", "name"),
    [("", "Ideas"), ("doing", "Doing"), ("5f3a91c20000000000000102", "Done")],
)
def test_where_cards_go(into: str, name: str) -> None:
    """Into the first list, or the one that is named, in any case, or by its id."""
    tracker = TrelloTracker()
    key = told(
        connector(into=into), tracker, outgoing("create", "x", "New")
    ).external_id
    assert planned(connector(), tracker, key)[key].state == name


def test_a_list_that_is_not_there() -> None:
    """A list that was archived or renamed is told with those there are."""
    tracker = TrelloTracker()
    tracker.lists[2]["closed"] = True
    for ask in (checked, lambda it, at: told(it, at, outgoing("create", "x", "New"))):
        with pytest.raises(ConfigError, match="no list 'Done'; it has Ideas, Doing"):
            ask(connector(into="Done"), tracker)
    assert not tracker.rows


def test_a_mark_is_found_among_many_cards() -> None:
    """Of a board with more cards than an answer holds, all are looked at."""
    tracker = TrelloTracker()
    first = told(connector(), tracker, outgoing("create", "words", "First"))
    for number in range(1_001):
        tracker.add(f"Plan {number}")
    again = told(connector(), tracker, outgoing("create", "words", "First"))
    assert again == first
    assert len(tracker.rows) == 1_002


def test_a_comment_calls_nobody() -> None:
    """Nobody is mentioned, nothing is a link, and the mark is not shown."""
    tracker = TrelloTracker()
    key = tracker.add("Faster export")
    told(
        connector(),
        tracker,
        outgoing("comment", "@board see [x](https://a.example)", key=key),
    )
    assert tracker.said[key][0]["data"]["text"] == (
        f"[//]: # (triage:{KEY})\n\n@\u200bboard see \\[x\\](https:\u200b//a\\.example)"
    )


def test_a_link_that_is_there_already() -> None:
    """Whoever attached it, it is not attached again."""
    tracker = TrelloTracker()
    key = tracker.add("Faster export")
    tracker.attached[key].append({"id": "67410000", "url": f"{ADDRESS}/", "name": "x"})
    receipt = told(
        connector(), tracker, outgoing("link", title="x", key=key, url=ADDRESS)
    )
    assert receipt.external_id == "67410000"
    assert len(tracker.attached[key]) == 1


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (outgoing("comment", "words"), "link it first"),
        (outgoing("comment", "words", key="../boards"), "is no card of Trello's"),
        (outgoing("link", "words", "x", key="cArD0001", url="ftp://x"), "a web page"),
        (outgoing("create", "words"), "needs a title"),
        (outgoing("archive", "words", key="cArD0001"), "cannot 'archive'"),
    ],
)
def test_what_lacks_something(wanted: Any, words: str) -> None:
    """An act without what it needs says what, and changes nothing."""
    tracker = TrelloTracker()
    tracker.add("Faster export")
    with pytest.raises(ConfigError, match=words):
        told(connector(), tracker, wanted)
    assert not any(request.method == "POST" for request in tracker.requests)


def test_too_long() -> None:
    """A text longer than Trello takes as it is written is refused, not cut."""
    tracker = TrelloTracker()
    with pytest.raises(SourceError, match="at most 16,384 characters"):
        told(connector(), tracker, outgoing("create", "*" * 9_000, "Long"))
    assert not tracker.rows


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (
            {"name": "Unauthorized", "message": "unauthorized card", "statusCode": 401},
            None,
        ),
        ({"404": "not found"}, None),
        ({"message": "slow down", "statusCode": 429}, RateLimited),
        ({"message": "oops", "statusCode": 500}, SourceUnavailable),
        ({}, SourceUnavailable),
        ({"200": {"shortLink": "oThEr001", "list": {"name": "x"}}}, SourceUnavailable),
    ],
)
def test_one_of_several_questions(answer: Any, kind: type[Exception] | None) -> None:
    """A card one may not see is missing; what else goes wrong with one is told."""
    tracker = TrelloTracker()
    here, there = tracker.add("Faster export"), tracker.add("Elsewhere")
    tracker_one = TrelloTracker._one

    class Strange(TrelloTracker):
        def _one(self, url: str) -> Any:
            return answer if there in url else tracker_one(tracker, url)

    strange = Strange()
    if kind is None:
        assert planned(connector(), strange, here, there).keys() == {here}
        return
    with pytest.raises(kind):
        planned(connector(), strange, here, there)


def test_check() -> None:
    """It says whose token it is, the states there are, where cards go, who reads them."""
    report = checked(connector(into="Doing"), TrelloTracker())
    assert report.account == "ann at Trello, board Roadmap"
    assert report.facts["files in"] == "Roadmap, Doing"
    assert report.facts["states"] == "Ideas, Doing, Done, complete, archived"
    assert report.facts["read by"] == "everybody: the board is public"


def test_a_wrong_token() -> None:
    """A token Trello does not know is told as that, and shown nowhere."""
    with pytest.raises(SignInFailed) as error:
        checked(connector(token=Secret("canarywrongtoken")), TrelloTracker())
    assert "canary" not in str(error.value)
