"""accept decline archive spam snooze reopen same: one step each, taken back by undo."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cli.running import Run


def _states(run: Run) -> dict[str, str]:
    rows = run("list", "--state", "all", "--json").json["feedback"]
    return {row["id"]: row["state"] for row in rows}


def _steps(run: Run) -> list[Any]:
    steps: list[Any] = run("log", "--json").json["steps"]
    return steps


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("accept", "f3", "--into", "Too bright"), "accepted"),
        (("decline", "f3", "--reason", "not planned"), "declined"),
        (("archive", "f3"), "archived"),
        (("spam", "f3"), "spam"),
        (("snooze", "f3", "--until", "tomorrow 9:00"), "snoozed"),
    ],
)
def test_a_decision_is_one_step_and_undoable(
    filled: Run, words: tuple[str, ...], state: str
) -> None:
    """A decision moves what was named, is told in its own words, and can be undone."""
    told = filled(*words)
    assert told.code == 0
    assert "f3" in told.out
    assert _states(filled)["f3"] == state
    assert len(_steps(filled)) == 1
    assert filled("undo").code == 0
    assert _states(filled)["f3"] == "inbox"


def test_a_bulk_is_one_step(filled: Run) -> None:
    """Several ids make one step, which one undo takes back."""
    told = filled("archive", "f1", "f3", "f4", "--json").json
    assert [step["rows"] for step in told["steps"]] == [3]
    filled("undo")
    assert set(_states(filled).values()) == {"inbox"}


def test_a_group_means_its_members_in_the_inbox(filled: Run) -> None:
    """What is done to a group is done to those of its members that wait."""
    filled("archive", "f1")
    filled("decline", "g1", "--reason", "not planned")
    assert _states(filled)["f1"] == "archived"
    assert _states(filled)["f2"] == "declined"
    told = filled("archive", "g1")
    assert (told.code, told.out) == (2, "")
    assert "nobody in the inbox" in told.err


def test_reopen_brings_back(filled: Run) -> None:
    """reopen takes one, or every decided member of a group."""
    filled("archive", "f1", "f2", "f3")
    filled("reopen", "f3")
    filled("reopen", "g1")
    assert set(_states(filled).values()) == {"inbox"}


def test_nothing_to_change_is_no_step(filled: Run) -> None:
    """Deciding the same again changes nothing, and is said so."""
    filled("archive", "f3")
    again = filled("archive", "f3")
    assert (again.code, again.out) == (0, "")
    assert "nothing had to change" in again.err
    assert filled("archive", "f3", "--json").json["steps"] == []
    assert len(_steps(filled)) == 1


def test_an_unknown_id_among_several_changes_nothing(filled: Run) -> None:
    """All ids are looked up before anything is decided."""
    told = filled("archive", "f1", "f99", "f3")
    assert (told.code, told.out) == (2, "")
    assert "f99" in told.err
    assert set(_states(filled).values()) == {"inbox"}


@pytest.mark.parametrize(
    "stdin",
    [
        "f3\nf4\n",
        "  f3  words after it\n\nf4",
        '{"id": "f3"}\n{"short": "f4"}\n',
        '["f3", "f4"]',
    ],
)
@pytest.mark.parametrize("words", [("archive",), ("archive", "-")])
def test_ids_come_from_standard_input(
    filled: Run, words: tuple[str, ...], stdin: str
) -> None:
    """Ids may be piped: one a line, lines of JSON, or a list."""
    assert filled(*words, stdin=stdin).code == 0
    states = _states(filled)
    assert (states["f3"], states["f4"], states["f1"]) == (
        "archived",
        "archived",
        "inbox",
    )


@pytest.mark.parametrize("form", ["--json", "--ndjson"])
def test_a_listing_pipes_into_a_decision(filled: Run, form: str) -> None:
    """What a listing prints names what the next command acts on."""
    listed = filled("search", "export", form).out
    filled("archive", stdin=listed)
    states = _states(filled)
    assert [name for name in states if states[name] == "archived"] == ["f2", "f1"]


def test_a_listing_cut_by_jq_pipes_too(filled: Run) -> None:
    """A document printed over many lines is understood as well."""
    listed = filled("search", "dark", "--json").json
    filled("archive", stdin=json.dumps(listed, indent=2))
    assert _states(filled)["f3"] == "archived"


@pytest.mark.parametrize(
    "stdin", ["", "\n", '{"nothing": 1}', "{" * 5000, b"\xff\xfe\x00"]
)
def test_a_pipe_without_ids_is_refused(filled: Run, stdin: str | bytes) -> None:
    """A pipe that names nothing is a mistake, told in one line."""
    told = filled("archive", stdin=stdin)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert not _steps(filled)


def test_accept_quotes_the_words(filled: Run) -> None:
    """A quote is found however it is broken into lines or capitalised."""
    filled(
        "accept",
        "f1",
        "--into",
        "Slow",
        "--quote",
        "TAKES\n an  hour",
        "--importance",
        "3",
    )
    evidence = filled("pain", "show", "p1", "--json").json["evidence"]
    assert evidence[0]["quote"] == "takes an hour"
    assert evidence[0]["importance"] == 3


def test_accept_quotes_by_character(filled: Run) -> None:
    """A span names the words by their place."""
    filled("accept", "f1", "--into", "Slow", "--span", "4:10", "--inferred")
    evidence = filled("pain", "show", "p1", "--json").json["evidence"]
    assert (evidence[0]["quote"], evidence[0]["observed"]) == ("export", False)


def test_accept_into_an_old_pain_point(filled: Run) -> None:
    """p1 is the one there is; a title makes a new one."""
    filled("accept", "f1", "--into", "Slow")
    filled("accept", "f3", "--into", "P1")
    filled("accept", "f4", "--into", "No passkeys")
    points = filled("pain", "list", "--json").json["pain_points"]
    assert {point["id"]: point["quotes"] for point in points} == {"p1": 2, "p2": 1}


@pytest.mark.parametrize(
    "words",
    [
        ("--into", "p9"),
        ("--into", "9"),
        ("--into", " "),
        ("--into", "Slow", "--quote", "words nobody said"),
        ("--into", "Slow", "--quote", " "),
        ("--into", "Slow", "--span", "10:4"),
        ("--into", "Slow", "--span", "0:100000"),
        ("--into", "Slow", "--span", "a:b"),
        ("--into", "Slow", "--span", "1:2", "--quote", "export"),
        ("--into", "Slow", "--importance", "4"),
        (),
    ],
)
def test_a_wrong_acceptance_changes_nothing(
    filled: Run, words: tuple[str, ...]
) -> None:
    """Whatever is wrong with an acceptance, it is one line and nothing is changed."""
    told = filled("accept", "f1", *words)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert filled("pain", "list", "--json").json["pain_points"] == []
    assert _states(filled)["f1"] == "inbox"


def test_decline_needs_a_reason(filled: Run) -> None:
    """A decline without a reason, or with an empty one, is refused."""
    assert filled("decline", "f1").code == 2
    assert filled("decline", "f1", "--reason", " ").code == 2


@pytest.mark.parametrize(
    "until", ["gestern", "", "2026-13-45", "2001-01-01", "yesterday"]
)
def test_a_bad_moment_is_refused(filled: Run, until: str) -> None:
    """A moment nobody understands, or that has passed, is one line and exit 2."""
    told = filled("snooze", "f1", "--until", until)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert not _steps(filled)


def test_snooze_takes_what_programs_write(filled: Run) -> None:
    """A moment in ISO 8601 with its zone is taken exactly."""
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=400)
    filled("snooze", "f1", "--until", at.isoformat())
    until = filled("show", "f1", "--json").json["until"]
    assert datetime.fromisoformat(until) == at


def test_same_repeats_the_decision_of_the_group(filled: Run) -> None:
    """Newcomers of a decided group are decided as the others were."""
    filled("accept", "f1", "--into", "Slow")
    told = filled("same", "g1")
    assert told.code == 0
    assert _states(filled)["f2"] == "accepted"
    assert filled("pain", "show", "p1", "--json").json["quotes"] == 2
