"""pain attach detach prioritise roadmap link unlink: what hurts and what is planned."""

from __future__ import annotations

import pytest

from cli.running import Run


def test_a_pain_point_by_itself(run: Run) -> None:
    """A pain point can be written down before anybody said so."""
    told = run(
        "pain",
        "add",
        "Export is slow",
        "--severity",
        4,
        "--tag",
        "a",
        "--tag",
        "b",
        "--json",
    ).json
    assert (told["id"], told["severity"], told["tags"]) == ("p1", 4, ["a", "b"])
    assert run("pain", "add", "Another").out == "Added p2 “Another”\n"
    assert run("pain", "add", " ").code == 2


def test_the_backlog_is_in_order(filled: Run) -> None:
    """The list is in the order of the backlog: a person's priority, then the score."""
    filled("accept", "f1", "--into", "Slow")
    filled("accept", "f3", "--into", "Bright")
    filled("prioritise", "p2", "urgent")
    told = filled("pain", "list", "--json").json["pain_points"]
    assert [point["id"] for point in told] == ["p2", "p1"]
    assert told[0]["priority"] == "urgent"
    lines = filled("pain", "list").out.splitlines()
    assert lines[0].split()[:3] == ["id", "priority", "score"]
    assert lines[1].startswith("p2  urgent")


def test_edit_sets_only_what_is_given(filled: Run) -> None:
    """A column that is not given stays; --clear empties one."""
    filled("pain", "add", "Slow", "--effort", 2, "--owner", "Ann")
    filled("pain", "edit", "p1", "--confidence", 0.5, "--status", "resolved")
    told = filled("pain", "show", "p1", "--json").json
    assert (told["effort"], told["confidence"], told["owner"]) == (2, 0.5, "Ann")
    assert told["status"] == "resolved"
    assert (
        filled("pain", "list", "--status", "open", "--json").json["pain_points"] == []
    )
    filled("pain", "edit", "p1", "--clear", "effort", "--clear", "owner")
    told = filled("pain", "show", "p1", "--json").json
    assert (told["effort"], told["owner"]) == (None, "")


@pytest.mark.parametrize(
    "words",
    [
        ("--confidence", "2"), ("--effort", "0"), ("--effort", "soon"), ("--severity", "9"),
        ("--status", "gone"), ("--title", " "), ("--effort", "1", "--clear", "effort"),
        ("--effort", "nan"), ("--reach", "inf"),
    ],
)  # fmt: skip
def test_a_wrong_edit_is_refused(run: Run, words: tuple[str, ...]) -> None:
    """A figure out of its range is one line and changes nothing."""
    run("pain", "add", "Slow")
    before = run("pain", "show", "p1", "--json").json
    told = run("pain", "edit", "p1", *words)
    assert (told.code, told.out) == (2, ""), told
    assert told.err.count("\n") == 1
    assert run("pain", "show", "p1", "--json").json == before


def test_attach_weigh_detach(filled: Run) -> None:
    """A quote is attached without moving its feedback, weighed, and taken out."""
    filled("pain", "add", "Slow")
    filled("attach", "f1", "--into", "p1", "--quote", "an hour")
    assert filled("show", "f1", "--json").json["state"] == "inbox"
    filled("pain", "weigh", "e1", "--importance", 3, "--inferred")
    evidence = filled("pain", "show", "p1", "--json").json["evidence"]
    assert [(one["importance"], one["observed"]) for one in evidence] == [(3, False)]
    filled("detach", "e1")
    assert filled("pain", "show", "p1", "--json").json["evidence"] == []
    filled("undo")
    assert len(filled("pain", "show", "p1", "--json").json["evidence"]) == 1


def test_a_person_is_told_the_quotes(filled: Run) -> None:
    """A pain point is shown with its score and the words of customers."""
    filled("accept", "f1", "--into", "Slow", "--quote", "an hour")
    shown = filled("pain", "show", "p1").out
    assert "“an hour”" in shown
    assert "1 person in 1 company" in shown


def test_the_roadmap(filled: Run) -> None:
    """What is planned is listed by horizon with what it settles; links come and go."""
    filled("accept", "f1", "f2", "--into", "Slow")
    made = filled("roadmap", "add", "Faster export", "--horizon", "next", "--json").json
    assert made["id"] == "r1"
    filled(
        "roadmap",
        "add",
        "Sooner",
        "--horizon",
        "now",
        "--tracker",
        "jira",
        "--key",
        "X-1",
    )
    assert filled("link", "p1", "r1", "--partial").code == 0
    told = filled("roadmap", "list", "--json").json["roadmap"]
    assert [item["id"] for item in told] == ["r2", "r1"]
    assert told[1]["people"] == 2
    assert told[1]["pain_points"] == [{"id": "p1", "title": "Slow"}]
    plans = filled("pain", "show", "p1", "--json").json["plans"]
    assert [(plan["id"], plan["extent"]) for plan in plans] == [("r1", "partial")]
    filled("roadmap", "edit", "r1", "--status", "shipped", "--horizon", "now")
    assert filled("show", "r1", "--json").json["status"] == "shipped"
    assert "jira X-1" in filled("roadmap", "list").out
    assert (
        len(filled("roadmap", "list", "--horizon", "later", "--json").json["roadmap"])
        == 0
    )
    filled("unlink", "p1", "r1")
    assert filled("unlink", "p1", "r1").code == 2
    filled("undo")
    assert len(filled("pain", "show", "p1", "--json").json["plans"]) == 1
