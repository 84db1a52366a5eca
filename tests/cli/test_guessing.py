"""guess: which pain point, why, and what such guesses were worth."""

from __future__ import annotations

from pathlib import Path

from cli.running import Run

MORE = """\
id,Text
1,Export of a large project fails after an hour
2,My eyes hurt because the editor has no dark mode
3,zebra
"""


def told(filled: Run, tmp_path: Path) -> Run:
    """Two pain points with a quote each, and three feedback more: f5, f6, f7."""
    filled("accept", "f1", "--into", "Exports fail")
    filled("accept", "f3", "--into", "No dark mode")
    file = tmp_path / "more.csv"
    file.write_text(MORE)
    assert filled("import", file).code == 0
    return filled


def test_a_guess_and_its_reason(filled: Run, tmp_path: Path) -> None:
    """The best comes first, with its quote and the words both say."""
    run = told(filled, tmp_path)
    best, *_ = run("guess", "f5", "--json").json["guesses"]
    assert (best["id"], best["title"]) == ("p1", "Exports fail")
    assert best["confidence"] is None
    assert 0.2 < best["likeness"] < 1
    assert best["quote"].startswith("The export takes an hour")
    assert {"export", "hour"} <= set(best["words"])
    shown = run("guess", "f6")
    assert shown.out.splitlines()[1].startswith("p2")
    assert "dark" in shown.out
    assert "how alike they are" in shown.err
    assert len(run("guess", "f5", "--limit", 1, "--json").json["guesses"]) == 1


def test_nothing_alike_is_said(filled: Run, tmp_path: Path) -> None:
    """Without anything in common the list is empty, and a person is told so."""
    run = told(filled, tmp_path)
    assert run("guess", "f7", "--json").json["guesses"] == []
    said = run("guess", "f7")
    assert (said.out, said.err) == ("", "f7 is like no pain point\n")


def test_the_history_of_guesses(filled: Run, tmp_path: Path, db: Path) -> None:
    """Every margin with what it covers; whether any holds, and whether auto is on."""
    run = told(filled, tmp_path)
    run("archive", "f7")
    document = run("guess", "--history", "--json").json
    assert document["trials"] == 3
    assert document["bar"] is None
    assert document["attach"] == "ask"
    assert document["bars"][-1]["coverage"] == 1
    said = run("guess", "--history").out
    assert "no lead does, for sure; fewer than 40 decisions say nothing" in said
    assert 'attach = "auto"' in said
    db.with_suffix(".toml").write_text('[grouping]\nattach = "auto"\n')
    assert run("guess", "--history", "--json").json["attach"] == "auto"
    assert "until a lead holds" in run("guess", "--history").out


def test_one_thing_is_asked(filled: Run) -> None:
    """A feedback or the history: neither and both are refused."""
    assert filled("guess").code == 2
    assert filled("guess", "f1", "--history").code == 2
    assert filled("guess", "p1").code == 2
    empty = filled("guess", "--history", "--json").json
    assert (empty["trials"], empty["bars"]) == (0, [])
