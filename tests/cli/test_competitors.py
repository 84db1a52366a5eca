"""``triage competitors``: kept in the settings, counted by person, on a map."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run

SAID = """\
id,Text,Date,Name
1,We switched from Wordbolt to this last year.,2026-06-01,Ann
2,Honestly wordbolt is faster.,2026-06-02,Bob
3,wordbot is cheaper than you,2026-06-03,Cleo
4,Wordbolt does this already. Please add it.,2026-06-04,Dan
5,nothing to say,2026-06-05,Eve
6,Wordbolt is faster,2026-06-06,Bob
"""


@pytest.fixture
def said(run: Run, tmp_path: Path) -> Run:
    """Six messages, five of which name a competitor of the settings."""
    path = tmp_path / "said.csv"
    path.write_text(SAID, encoding="utf-8")
    told = run("import", path, "--map", "body=Text", "--map", "author=Name")
    assert told.code == 0, told.err
    assert run("competitors", "add", "Wordbolt", "--as", "wordbolt pro").code == 0
    return run


def test_who_is_named(said: Run) -> None:
    """Mentions and people, typos too, and the spellings that counted."""
    (told,) = said("competitors", "--json").json["competitors"]
    assert (told["mentions"], told["people"]) == (5, 4)
    assert told["written"] == {"Wordbolt": 3, "wordbolt": 1, "wordbot": 1}
    assert told["overall"]["n"] == 0
    assert (
        said("competitors", "list", "since:2026-06-04", "--json").json["competitors"][
            0
        ]["people"]
        == 2
    )


def test_what_words_suggest(said: Run) -> None:
    """Each person once, with the sentence; nothing of it counts as set."""
    (told,) = said("competitors", "show", "wordbolt", "--json").json["competitors"]
    suggested = told["suggested"]
    assert (suggested["better"], suggested["worse"], suggested["n"]) == (3, 1, 4)
    quotes = {one["feedback"]: one for one in suggested["quotes"]}
    assert quotes["f4"]["quote"] == "Wordbolt does this already."
    assert quotes["f1"]["they"] == "worse"
    assert "nobody has confirmed" in said("competitors", "show", "Wordbolt").out


def test_what_people_set(said: Run) -> None:
    """Highlights count by person and aspect; what they settle is suggested no more."""
    for one, aspect, they in (
        ("f1", "speed", "worse"), ("f2", "speed", "worse"), ("f3", "speed", "better"),
        ("f6", "Speed", "better"), ("f1", "price", "same"), ("f3", "price", "better"),
    ):  # fmt: skip
        words = () if aspect == "price" else ("--span", "0:8")
        told = said(
            "highlight", one, *words, "--beside", "WORDBOLT", "--aspect", aspect,
            "--they", they,
        )  # fmt: skip
        assert told.code == 0, told.err
    (told,) = said("competitors", "--json").json["competitors"]
    speed, price = told["aspects"]
    # Bob said so twice, and what he said last counts.
    assert (speed["aspect"], speed["better"], speed["worse"]) == ("speed", 2, 1)
    assert speed["place"] == pytest.approx(1 / 3)
    assert speed["interval"][0] < 1 / 3 < speed["interval"][1]
    assert (price["n"], price["place"], price["interval"]) == (2, None, None)
    assert [one["feedback"] for one in told["suggested"]["quotes"]] == ["f4"]
    shown = said("competitors", "show", "Wordbolt").out
    assert "too few to say" in shown
    map_ = said("competitors", "--map", "price", "speed")
    assert "too few people to say: Wordbolt" in map_.out
    said("highlight", "f4", "--beside", "Wordbolt", "--aspect", "price",
         "--they", "worse")  # fmt: skip
    drawn = said("competitors", "--map", "price", "speed")
    assert "● Wordbolt 3" in drawn.out
    told = said("competitors", "--map", "price", "speed", "--json").json
    assert told["competitors"][0]["placed"]


def test_settings_keep_their_comments(said: Run, db: Path) -> None:
    """Adding joins other names, removing leaves the rest of the file as it was."""
    settings = db.with_suffix(".toml")
    kept = "# ours\n" + settings.read_text(encoding="utf-8") + "\n[listening]\n# hm\n"
    settings.write_text(kept, encoding="utf-8")
    assert (
        "wordbolt pro, wb" in said("competitors", "add", "wordbolt", "--as", "wb").out
    )
    text = settings.read_text(encoding="utf-8")
    assert "# ours" in text
    assert "# hm" in text
    assert text.count("Wordbolt") == 1
    assert said("competitors", "remove", "WB").out.startswith("Wordbolt is no")
    assert "Wordbolt" not in settings.read_text(encoding="utf-8")
    assert said("competitors").err.startswith("no competitor yet")


@pytest.mark.parametrize(
    ("words", "said_"),
    [
        (["add", "Other", "--as", "wordbolt pro"], "is a name of Wordbolt already"),
        (["add", " "], "is no name of a competitor"),
        (["remove", "Nobody"], "no competitor is called Nobody"),
        (["show", "Nobody"], "no competitor is called Nobody"),
        (["--map", "price", "Price"], "two different aspects"),
        (["--nonsense"], "no option is called --nonsense"),
    ],
)
def test_what_is_off_is_said(said: Run, words: list[str], said_: str) -> None:
    """Nothing is changed, and the sentence says what would do."""
    told = said("competitors", *words)
    assert told.code == 2
    assert said_ in told.err


def test_a_map_of_nothing_says_which_aspects_there_are(said: Run) -> None:
    """Whoever asks for an aspect nobody compared is told of those somebody did."""
    told = said("competitors", "--map", "price", "speed")
    assert "nobody compared price or speed" in told.out + told.err
    said("highlight", "f1", "--beside", "Wordbolt", "--aspect", "docs")
    assert "docs (1)" in said("competitors", "--map", "price", "speed").err
