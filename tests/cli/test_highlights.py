"""``triage highlight``: set, listed, changed, taken off; suggested and never set."""

from __future__ import annotations

import pytest

from cli.running import Run

QUOTE = "it fails on large projects"


@pytest.fixture
def heard(filled: Run) -> Run:
    """Two highlights, one of them heard through."""
    made = filled(
        "highlight", "f1", QUOTE, "--feeling", "frus:3", "--means", "need",
        "--tag", "export", "--beside", "Bolt", "--aspect", "Speed", "--they", "better",
    )  # fmt: skip
    assert made.code == 0, made.err
    assert filled("highlight", "add", "f4", "never works on my phone").code == 0
    return filled


def test_a_highlight_whole(heard: Run) -> None:
    """All that was said is kept, by its whole names, and shown by show."""
    told = heard("show", "h1", "--json").json
    assert (told["quote"], told["feeling"], told["intensity"]) == (
        QUOTE, "frustrated", 3,
    )  # fmt: skip
    assert (told["means"], told["tags"]) == ("need", ["export"])
    assert (told["beside"], told["aspect"], told["they"]) == ("Bolt", "speed", "better")
    shown = heard("show", "h1").out
    assert "frustrated:3" in shown
    assert "Bolt better speed" in shown


def test_a_feedback_shows_its_highlights(heard: Run) -> None:
    """They stand among its facts, and in its JSON."""
    shown = heard("show", "f1").out
    assert f"h1  frustrated:3, need, Bolt better speed, #export: “{QUOTE}”" in shown
    (told,) = heard("show", "f1", "--json").json["highlights"]
    assert told["id"] == "h1"


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ([], ["h1", "h2"]),
        (["--feeling", "frustrated"], ["h1"]),
        (["--means", "need", "--tag", "Export"], ["h1"]),
        (["--beside", "bolt"], ["h1"]),
        (["--without-feeling"], ["h2"]),
        (["passkey"], ["h2"]),
        (["company:Bolt"], []),
        (["feeling:frustrated"], ["h1"]),
        (["is:rated -has:highlight"], []),
    ],
)
def test_listing(heard: Run, asked: list[str], ids: list[str]) -> None:
    """By what is heard, and by any query over the feedback."""
    told = heard("highlight", "list", *asked, "--json").json["highlights"]
    assert [one["id"] for one in told] == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("feeling:frustrated", ["f1"]),
        ("feeling:angry,frustrated", ["f1"]),
        ("has:highlight -feeling:frustrated", ["f4"]),
        ("means:need", ["f1"]),
        ("beside:bolt", ["f1"]),
        ("is:highlighted", ["f4", "f1"]),
    ],
)
def test_lists_ask_for_them(heard: Run, query: str, ids: list[str]) -> None:
    """What people heard narrows any list."""
    told = heard("list", "--each", query, "--json").json["feedback"]
    assert [one["id"] for one in told] == ids


def test_changing_and_taking_back(heard: Run) -> None:
    """What is not named stays; none takes away; undo brings back."""
    heard("highlight", "edit", "h1", "--feeling", "none", "--they", "worse")
    told = heard("show", "h1", "--json").json
    assert (told["feeling"], told["intensity"], told["means"]) == ("", 0, "need")
    assert (told["beside"], told["aspect"], told["they"]) == ("Bolt", "speed", "worse")
    heard("highlight", "edit", "h1", "--beside", "none", "--no-tags")
    told = heard("show", "h1", "--json").json
    assert (told["beside"], told["tags"]) == ("", [])
    assert "Removed h1" in heard("highlight", "remove", "h1").out
    assert heard("show", "h1").code == 2
    heard("undo")
    heard("undo")
    assert heard("show", "h1", "--json").json["beside"] == "Bolt"


def test_a_suggestion_is_never_set(heard: Run) -> None:
    """It is printed with the words that say so; the highlight stays as it was."""
    before = heard("show", "h2", "--json").json
    (told,) = heard("highlight", "suggest", "f4", "--json").json["suggestions"]
    assert (told["sounds"], told["highlight"]["id"]) == ("negative", "h2")
    assert "works" in " ".join(told["words"])
    printed = heard("highlight", "suggest")
    assert "works" in printed.out
    assert "nothing is set" in printed.err
    assert heard("show", "h2", "--json").json == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["f1", "no such words"], "quote the customer's own words"),
        (["f1", QUOTE, "--feeling", "angry:9"], "how much goes from 1 to 3"),
        (["f1", QUOTE, "--feeling", "blue"], "is none of angry"),
        (["f1", QUOTE, "--aspect", "price"], "add --beside NAME"),
        (["edit", "h1"], "say what changes"),
        (["show", "h9"], "triage highlight list"),
    ],
)
def test_what_is_off_is_said(heard: Run, words: list[str], said: str) -> None:
    """Nothing is changed, and the sentence says what would do."""
    told = heard("highlight", *words)
    assert told.code == 2
    assert said in told.err
    assert len(heard("highlight", "list", "--json").json["highlights"]) == 2
