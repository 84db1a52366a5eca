"""``triage story``: told, listed, checked, changed, taken from free text, removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run

_TEXT = """\
As a project lead
I want the export to keep my tags
so that finance can book by them
Context: every month
Given a project with tags
When I export it
Then each tag has a column
Quotes: e1
"""


@pytest.fixture
def told(filled: Run) -> Run:
    """A pain point with a quote of each of two people."""
    assert filled("accept", "g1", "--into", "Export is slow").code == 0
    return filled


def test_a_story_from_options(told: Run) -> None:
    """Every part can be said by an option; what is missing is said, not made up."""
    made = told(
        "story", "add", "p1", "--as", "project lead", "--want", "a fast export",
        "--so-that", "I get home", "--given", "a large project", "--when",
        "I export", "--then", "it takes a minute", "--from", "e1", "--json",
    ).json  # fmt: skip
    assert made["sentence"] == (
        "As a project lead, I want a fast export so that I get home."
    )
    assert (made["id"], made["evidence"], made["lacks"]) == ("s1", ["e1"], "")
    shown = told("pain", "show", "p1", "--json").json
    assert shown["stories"] == [{k: v for k, v in made.items() if k != "schema"}]
    assert "s1  As a project lead" in told("pain", "show", "p1").out
    assert "Given a large project, when I export" in told("story", "show", "s1").out
    assert told("show", "s1").out == told("story", "show", "s1").out


def test_a_story_from_a_file(told: Run, tmp_path: Path) -> None:
    """A file holds the same as one text; standard input does, too."""
    path = tmp_path / "story.txt"
    path.write_text(_TEXT, encoding="utf-8")
    one = told("story", "add", "p1", "--file", path, "--json").json
    two = told("story", "add", "p1", "--file", "-", "--json", stdin=_TEXT).json
    assert one["criteria"] == two["criteria"] != []
    listed = told("story", "list", "p1", "--json").json["stories"]
    assert [one["id"] for one in listed] == ["s1", "s2"]
    refused = told("story", "add", "p1", "--file", "-", stdin="As a x\nwhatever")
    assert refused.code == 2
    assert "line 2: “whatever” begins with none of" in refused.err


def test_a_story_without_a_quote_is_told_of(told: Run) -> None:
    """``story check`` names what may not be exported, by sentence and exit code."""
    assert told("story", "check").code == 0
    told("story", "add", "p1", "--as", "user", "--want", "speed")
    found = told("story", "check")
    assert found.code == 1
    assert "s1 cites no quote of p1 and is not marked as an assumption" in found.out
    assert told("story", "check", "--json").json["stories"][0]["lacks"]
    assert "no quote" in told("story", "list").out
    told("story", "edit", "s1", "--assumption")
    assert told("story", "check").code == 0
    told("story", "edit", "s1", "--no-assumption", "--from", "e2")
    assert told("story", "check").code == 0
    told("detach", "e2")
    assert "s1 cites only quotes that p1 has no more" in told("story", "check").out


def test_a_story_is_changed_and_removed(told: Run) -> None:
    """Only what is said changes; undo brings a removed one back."""
    told("story", "add", "p1", "--file", "-", stdin=_TEXT)
    told("story", "edit", "s1", "--want", "tags", "--from", "e2", "--not-from", "e1")
    now = told("story", "show", "s1", "--json").json
    assert (now["want"], now["role"], now["evidence"]) == (
        "tags", "project lead", ["e2"],
    )  # fmt: skip
    assert len(now["criteria"]) == 1
    assert told("story", "edit", "s1").code == 2
    assert "Removed s1" in told("story", "remove", "s1").out
    assert told("story", "show", "s1").code == 2
    told("undo")
    assert told("story", "show", "s1").code == 0


def test_a_story_in_the_editor(told: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor opens on the story as a text; what it leaves is the story."""
    monkeypatch.setenv("VISUAL", "sed -i s/tags/labels/")
    told("story", "add", "p1", "--file", "-", stdin=_TEXT)
    assert told("story", "edit", "s1", "--edit").code == 0
    assert told("story", "show", "s1", "--json").json["want"] == (
        "the export to keep my labels"
    )
    monkeypatch.setenv("VISUAL", "true")
    assert "nothing was changed" in told("story", "edit", "s1", "--edit").err
    assert "nothing was written" in told("story", "add", "p1", "--edit").err


def test_free_text_becomes_a_story(told: Run) -> None:
    """What a pain point says as its story and acceptance is taken over whole."""
    refused = told("story", "take", "p1")
    assert "p1 has no text of a story to take" in refused.err
    told(
        "pain", "edit", "p1", "--story", "As a lead I want speed so that I get home",
        "--acceptance", "Given a large project, when I export, then it is quick",
    )  # fmt: skip
    made = told("story", "take", "p1", "--from", "e1", "--json").json
    assert (made["role"], made["benefit"], made["evidence"]) == (
        "lead", "I get home", ["e1"],
    )  # fmt: skip
    assert made["criteria"][0]["then"] == "it is quick"
    point = told("pain", "show", "p1", "--json").json
    assert (point["story"], point["acceptance"]) == ("", "")
    told("undo")
    point = told("pain", "show", "p1", "--json").json
    assert point["story"]
    assert not point["stories"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--as", "x", "--want", "y", "--when", "z"), "a --when and a --then"),
        (("--as", "x", "--want", "y", "--from", "p3"), "no quote"),
        (("--as", "x", "--want", "y", "--from", "e9"), "e9 is no quote of p1"),
        (("--as", "x"), "needs what they want"),
    ],
)
def test_what_is_refused(told: Run, words: tuple[str, ...], why: str) -> None:
    """Words that make no story are refused, and nothing is stored."""
    refused = told("story", "add", "p1", *words)
    assert refused.code == 2
    assert why in refused.err
    assert told("story", "list", "--json").json["stories"] == []
