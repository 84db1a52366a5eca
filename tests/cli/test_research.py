"""``triage research``: sessions written, read from files, listed, changed, removed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.running import Run

TEXT = """\
---
kind: interview
participant: Ana
segment: agencies
date: 2026-03-01 10:00
place: a train
too cheap: 5
understood: yes
follow-ups:
- [ ] call back by 2026-04-01
- [x] thank them, done 2026-03-02
---
==It took me an hour== {frustrated 2 #export need vs Acme: better, speed} to export.
"""


@pytest.fixture
def heard(run: Run) -> Run:
    """One interview."""
    assert run("research", "new", "-", stdin=TEXT).code == 0
    return run


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, *left: str) -> Path:
    """An editor that leaves one text after the other; where what it was shown is kept."""
    shown = folder / "shown"
    shown.mkdir(exist_ok=True)
    for number, text in enumerate(left):
        (folder / f"left{number}").write_text(text, encoding="utf-8")
    script = folder / "editor.py"
    script.write_text(
        "import pathlib, shutil, sys\n"
        f"shown = pathlib.Path({str(shown)!r})\n"
        "number = len(list(shown.iterdir()))\n"
        "shutil.copy(sys.argv[1], shown / str(number))\n"
        f"left = pathlib.Path({str(folder)!r}) / f'left{{number}}'\n"
        "if left.exists():\n"
        "    shutil.copy(left, sys.argv[1])\n",
        encoding="utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    return shown


def test_a_session_from_standard_input(run: Run) -> None:
    """It is written, says what it is heard as, and that nobody asked for consent yet."""
    told = run("research", "new", "--kind", "visit", "-", stdin="they print everything")
    assert told.out == "Wrote i1, visit; heard as f1\n"
    assert "consent: nobody was asked yet" in told.err
    assert run("show", "f1", "--json").json["channel"] == "visit"
    assert run("research", "new", "notes.md").err.startswith(
        "triage: `triage research import notes.md` reads a file"
    )


def test_a_session_as_json_and_for_a_person(heard: Run) -> None:
    """All that is known of it, in both; a list is narrowed by kind, consent, promises."""
    shown = heard("research", "show", "i1", "--json").json
    assert (shown["kind"], shown["consent"], shown["told"]) == (
        "interview", "unasked", {"too_cheap": 5},
    )  # fmt: skip
    assert shown["highlights"][0]["beside"] == "Acme"
    told = heard("research", "show", "i1").out
    for part in ("i1, interview with Ana", "understood   yes", "place        a train",
                 "It took me an hour to export.", "h1  frustrated 2  need",
                 "1. [ ] call back by 2026-04-01",
                 "2. [x] thank them, done 2026-03-02"):  # fmt: skip
        assert part in told
    assert heard("show", "i1").out == told
    for words, many in (
        ((), 1), (("--kind", "visit"), 0), (("--kind", "user interview"), 1),
        (("--consent", "not asked"), 1), (("--consent", "no"), 0),
        (("--open-follow-ups",), 1), (("hour",), 1), (("nothing",), 0),
    ):  # fmt: skip
        found = heard("research", "list", *words, "--json").json["sessions"]
        assert len(found) == many, words
    assert "i1  2026-03-01  interview  agencies" in heard("research", "list").out


def test_a_promise_is_kept(heard: Run) -> None:
    """It is done, open again, and each is a step to be taken back."""
    done = heard("research", "follow-up", "i1", "1", "--done")
    assert "Did what was promised in i1, interview with Ana: “call back”" in done.out
    assert heard("research", "list", "--open-follow-ups").out.count("i1") == 0
    assert "nothing had to change" in heard("research", "follow-up", "i1", "1").err
    assert heard("research", "follow-up", "i1", "1", "--open", "--json").json["steps"]
    assert heard("research", "follow-up", "i1", "3").code == 2


def test_a_session_is_changed_and_removed(heard: Run) -> None:
    """Its text once more changes it; removed, undo brings it back as it was."""
    changed = heard("research", "edit", "i1", "-", stdin=TEXT.replace("hour", "day"))
    assert "Changed i1, interview with Ana: text, a highlight" in changed.out
    before = heard("research", "show", "i1", "--json").json
    assert heard("research", "remove", "i1", "--json").json["steps"]
    assert heard("show", "f1").code == 2
    assert heard("undo").code == 0
    assert heard("research", "show", "i1", "--json").json == before
    assert heard("research", "edit", "i1", "x").code == 2


def test_files_are_read(run: Run, tmp_path: Path) -> None:
    """A folder is read, and read again; what is new, changed and the same is said."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "ana.md").write_text(TEXT, encoding="utf-8")
    (folder / "ben.md").write_text(TEXT.replace("Ana", "Ben"), encoding="utf-8")
    told = run("research", "import", folder)
    assert told.out.splitlines() == [
        f"i1 new: {folder / 'ana.md'}", f"i2 new: {folder / 'ben.md'}",
    ]  # fmt: skip
    (folder / "ben.md").write_text(
        TEXT.replace("Ana", "Ben").replace("hour", "day"), encoding="utf-8"
    )
    again = run("research", "import", folder, "--json").json["sessions"]
    assert [one["became"] for one in again] == ["same", "changed"]
    assert run("research", "import", folder).err == "2 same\n"


def test_two_files_of_one_session_are_refused(run: Run, tmp_path: Path) -> None:
    """They would overwrite each other; nothing is read, nor where one is wrong."""
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    told = run("research", "import", tmp_path)
    assert (told.code, "give one of them a line “id: …”" in told.err) == (2, True)
    (tmp_path / "b.md").write_text("---\nkind: chat\n---\n", encoding="utf-8")
    assert run("research", "import", tmp_path).code == 2
    assert not (tmp_path / "work.db").exists()


def test_in_an_editor(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not understood comes up again with the reason on top, and is lost never."""
    wrong = TEXT.replace("kind: interview", "kind: chat")
    right = f"# line 2: whatever it was\n{TEXT}"
    shown = editor(tmp_path, monkeypatch, wrong, right)
    told = run("research", "new", "--kind", "interview")
    assert told.out == "Wrote i1, interview with Ana; heard as f1\n"
    assert (shown / "0").read_text(encoding="utf-8").startswith("---\nkind: interview")
    first, rest = (shown / "1").read_text(encoding="utf-8").split("\n", 1)
    assert first.startswith("# line 2: no session is of kind 'chat'; there are")
    assert rest == wrong


def test_given_up_in_the_editor(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left as it was a second time, it is kept in a file that is named."""
    wrong = TEXT.replace("kind: interview", "kind: chat")
    editor(tmp_path, monkeypatch, wrong)
    told = run("research", "new")
    assert told.code == 2
    kept = next(line for line in told.err.splitlines() if "is kept in" in line)
    path = Path(kept.split("is kept in ")[1])
    assert path.read_text(encoding="utf-8").endswith(wrong)
    path.unlink()


def test_nothing_written_in_the_editor(
    heard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template left as it is, or a text emptied, writes and changes nothing."""
    editor(tmp_path, monkeypatch)
    assert heard("research", "new").err == "nothing was written\n"
    assert heard("research", "edit", "i1").err == "nothing had to change\n"
    monkeypatch.delenv("EDITOR")
    assert "there is no terminal" in heard("research", "new").err


def test_a_guide_that_is_not_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name nobody gave is said before anything is asked."""
    editor(tmp_path, monkeypatch)
    told = run("research", "new", "--guide", "Exports")
    assert (told.code, "no guide is called 'Exports'" in told.err) == (2, True)


def test_survey_answers_from_a_spreadsheet(run: Run, tmp_path: Path) -> None:
    """Rows of a file may be of any channel, as strangers call it; prices stay figures."""
    path = tmp_path / "answers.csv"
    path.write_text(
        "id,channel,body,rating,scale,metric,too_cheap,cheap,expensive,too_expensive\n"
        "1,Survey,works for me,9,0-10,nps,,,,\n"
        "2,Van Westendorp,five at most,,,,2,4,8,10\n"
        "3,usability test,could not find export,,,,,,,\n",
        encoding="utf-8",
    )
    assert run("import", path).code == 0
    found = run("list", "--json").json["feedback"]
    assert sorted(one["channel"] for one in found) == ["pricing", "survey", "usability"]
    priced = next(one for one in found if one["channel"] == "pricing")
    prices = run("show", priced["id"], "--json").json["context"]
    assert [str(prices[n]) for n in ("too_cheap", "cheap")] == ["2", "4"]
