"""rank estimate place: numbers with where they are from, and places people give."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run


@pytest.fixture
def ranked(filled: Run) -> Run:
    """Two pain points with quotes, and a third without."""
    filled("accept", "f1", "f2", "--into", "Slow", "--importance", 2)
    filled("accept", "f3", "--into", "Bright", "--importance", 3)
    filled("pain", "add", "Unheard")
    return filled


def order(run: Run, *words: object) -> list[str]:
    """Ids as they rank."""
    told = run("rank", *words, "--json").json["pain_points"]
    return [one["id"] for one in told]


def test_rank(ranked: Run) -> None:
    """Pain points come highest first, with score, people and title."""
    told = ranked("rank")
    assert [line.split()[:3] for line in told.out.splitlines()] == [
        ["rank", "id", "score"], ["1", "p1", "4"], ["2", "p2", "3"], ["3", "p3", "0"],
    ]  # fmt: skip
    assert told.err.startswith("3 pain points by demand-2, ")
    assert "2 more" in ranked("rank", "--limit", 1).err
    ranked("pain", "edit", "p1", "--status", "resolved")
    assert order(ranked) == ["p2", "p3"]
    assert order(ranked, "--all") == ["p1", "p2", "p3"]


def test_a_ranking_says_how_it_was_made(ranked: Run) -> None:
    """JSON holds formula, weights and moment, and each input with where it is from."""
    told = ranked("rank", "--limit", 1, "--json").json
    assert (told["formula"], told["version"], told["total"]) == ("demand", 2, 3)
    assert (told["stability"], told["moscow"]) == (None, None)
    (row,) = told["pain_points"]
    assert row["working"] == "4 × 1 × 1 ÷ 1 = 4"
    assert [one["from"] for one in row["inputs"]] == ["evidence", *["default"] * 3]
    assert row["inputs"][0]["evidence"] == ["e1", "e2"]


def test_what_lacks_an_input_comes_last(ranked: Run) -> None:
    """Nothing is guessed: a missing input is named, and the row comes last."""
    for name, value in (
        ("impact", 2),
        ("confidence", "80%"),
        ("effort", 4),
        ("reach", 1200),
    ):
        ranked("estimate", "p3", name, value)
    told = ranked("rank", "--formula", "rice")
    assert told.out.splitlines()[1].split()[:3] == ["1", "p3", "480"]
    assert "impact, confidence, effort" in told.err
    assert order(ranked, "--formula", "rice") == ["p3", "p1", "p2"]
    assert ranked("rank", "--formula", "luck").code == 2


def test_explain(ranked: Run) -> None:
    """Every input of one is told: value, origin, who, which quotes and why."""
    ranked("estimate", "p2", "effort", 2, "--from", "e3", "--why", "Ada did one before")
    told = ranked("rank", "--explain", "p2").out
    for words in (
        "2 of 3", "3 × 1 × 1 ÷ 2 = 1.5", "demand-2", "e3", "Ada did one before",
        "not set, so 1", "1 person",
    ):  # fmt: skip
        assert words in told
    ranked("pain", "edit", "p2", "--status", "dismissed")
    assert "of 3" in ranked("rank", "--explain", "p2").out
    assert order(ranked, "--explain", "p2") == ["p2"]
    assert ranked("rank", "--explain", "p9").code == 2


def test_stability(ranked: Run, db: Path) -> None:
    """The ranks each could get are told, and how alike the worst ranking is."""
    db.with_suffix(".toml").write_text(
        '[segments]\nacme = {query = "company:acme", weight = 1.8}\n'
    )
    told = ranked("rank", "--stability", "--json").json
    assert told["stability"]["weights"] == ["segment.acme", "inferred", "company_cap"]
    assert told["stability"]["tau"] < 1
    assert (
        told["pain_points"][0]["best_rank"],
        told["pain_points"][0]["worst_rank"],
    ) == (1, 2)
    shown = ranked("rank", "--stability")
    assert "1–2" in shown.out
    assert "Kendall's tau" in shown.err
    assert "1–2" in ranked("rank", "--stability", "--explain", "p1").out
    assert "no weights" in ranked("rank", "--stability", "--formula", "ice").err


def test_moscow(ranked: Run) -> None:
    """The check is on effort: musts of more than 60 % are told, and what has none."""
    ranked("pain", "edit", "p1", "--moscow", "must", "--effort", 7)
    ranked("pain", "edit", "p2", "--moscow", "could", "--effort", 3)
    ranked("pain", "edit", "p3", "--moscow", "should")
    told = ranked("rank", "--formula", "moscow")
    assert "musts take 70% of the effort planned: more than 60%" in told.err
    assert "without an effort: p3" in told.err
    check = ranked("rank", "--formula", "moscow", "--json").json["moscow"]
    assert (check["holds"], check["planned"], check["unsized"]) == (False, 10, ["p3"])
    assert order(ranked, "--formula", "moscow") == ["p1", "p3", "p2"]
    ranked("pain", "edit", "p1", "--effort", 4)
    assert "of 60% at most" in ranked("rank", "--formula", "moscow").err


def test_formulas(ranked: Run) -> None:
    """Each formula is told in words, with what it asks for on which scale."""
    told = ranked("rank", "--formulas").out
    assert "(ranks unless another is named)" in told
    assert "1, 2, 3, 5, 8, 13 or 20" in told
    names = [
        one["name"] for one in ranked("rank", "--formulas", "--json").json["formulas"]
    ]
    assert names == [
        "demand", "rice", "ice", "wsjf", "opportunity", "kano", "moscow", "urgency",
        "drivers",
    ]  # fmt: skip


def test_the_settings_choose(ranked: Run, db: Path) -> None:
    """The settings' own formula ranks where no other is named, in the list too."""
    db.with_suffix(".toml").write_text('[score]\nformula = "ice"\n')
    for name in ("ice_impact", "ice_confidence", "ease"):
        ranked("estimate", "p3", name, 5)
    assert order(ranked) == ["p3", "p1", "p2"]
    listed = ranked("pain", "list", "--json").json["pain_points"]
    assert [one["id"] for one in listed] == ["p3", "p1", "p2"]
    db.with_suffix(".toml").write_text('[score]\nformula = "luck"\n')
    assert "there are demand, rice" in ranked("rank").err


def test_estimates_are_listed(ranked: Run) -> None:
    """What is set is told with who, when, quotes and why; a day as a day."""
    ranked("estimate", "p1", "due", "2027-03-01", "--why", "the contract")
    ranked("estimate", "p1", "blocked", "yes")
    ranked("pain", "edit", "p1", "--severity", 4)
    told = ranked("estimate", "p1")
    assert told.out.splitlines()[0].split() == [
        "input",
        "value",
        "who",
        "quotes",
        "why",
    ]
    assert [line.split()[:2] for line in told.out.splitlines()[1:]] == [
        ["severity", "4"], ["due", "2027-03-01"], ["blocked", "1"],
    ]  # fmt: skip
    assert "the contract" in told.out
    listed = ranked("estimate", "p1", "--json").json
    assert listed["pain_point"] == "p1"
    assert [one["name"] for one in listed["estimates"]] == [
        "severity",
        "due",
        "blocked",
    ]


def test_estimate_clear(ranked: Run) -> None:
    """A number is taken back, undone and done again like any step."""
    ranked("estimate", "p1", "effort", 2, "--why", "a guess")
    assert ranked("estimate", "p1", "effort", "--clear", "--json").json["steps"]
    assert ranked("pain", "show", "p1", "--json").json["effort"] is None
    ranked("undo")
    assert ranked("pain", "show", "p1", "--json").json["effort"] == 2
    assert "a guess" in ranked("estimate", "p1").out
    ranked("pain", "edit", "p1", "--effort", 3)
    assert "a guess" not in ranked("estimate", "p1").out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("luck", 3), "no formula asks for 'luck'"),
        (("effort",), "give effort a value"),
        (("effort", "much"), "'much' is no number; effort is more than 0"),
        (("effort", "0"), "effort is 0; it is more than 0"),
        (("effort", "nan"), "effort is nan"),
        (("severity", "9"), "1, 2, 3, 4 or 5"),
        (("due", "soonish"), "no day like"),
        (("effort", "2", "--clear"), "set and cleared at once"),
        (("effort", "2", "--from", "e3"), "e3 is no quote of p1"),
        (("effort", "2", "--from", "e99"), "no evidence e99"),
        (("--why", "x"), "name the input"),
    ],
)  # fmt: skip
def test_a_wrong_estimate_is_refused(
    ranked: Run, words: tuple[object, ...], why: str
) -> None:
    """What is off is one line that names the scale, and changes nothing."""
    told = ranked("estimate", "p1", *words)
    assert (told.code, told.out) == (2, ""), told
    assert why in told.err
    assert told.err.count("\n") == 1
    assert ranked("estimate", "p1", "--json").json["estimates"] == []


def test_place(ranked: Run) -> None:
    """A person's place goes first, says why, and is taken back."""
    ranked("place", "p3", "--above", "p2", "--why", "promised to Acme")
    assert order(ranked) == ["p1", "p3", "p2"]
    assert "promised to Acme" in ranked("rank", "--explain", "p3").out
    assert "3.5" in ranked("rank").out
    ranked("place", "p1", "--below", "p2", "--why", "it can wait")
    assert order(ranked) == ["p3", "p2", "p1"]
    ranked("place", "p1", "--clear")
    ranked("undo")
    ranked("place", "p1", "--value", 99, "--why", "after all")
    assert order(ranked) == ["p1", "p3", "p2"]
    placed = ranked("rank", "--json").json["pain_points"][0]
    assert (placed["value"], placed["ranks_by"], placed["placed"]["reason"]) == (
        4,
        99,
        "after all",
    )
    assert order(ranked, "--formula", "urgency") == ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "say where"), (("--above", "p2", "--value", "3"), "say where"),
        (("--above", "p2"), "say why p1"), (("--above", "p1", "--why", "x"), "itself"),
        (("--above", "p9", "--why", "x"), "no pain point p9"),
        (("--formula", "ice", "--above", "p2", "--why", "x"), "no ice score"),
        (("--formula", "luck", "--value", "1", "--why", "x"), "no formula is called"),
        (("--value", "nan", "--why", "x"), "no number"),
    ],
)  # fmt: skip
def test_a_wrong_place_is_refused(
    ranked: Run, words: tuple[str, ...], why: str
) -> None:
    """A place without a where or a why is refused in a line."""
    told = ranked("place", "p1", *words)
    assert (told.code, told.out) == (2, ""), told
    assert why in told.err
    assert order(ranked) == ["p1", "p2", "p3"]
