"""``triage guide``: checked, kept, changed, removed, and begun with."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run
from triage.guides.templates import kinds

ASKED = "1. Do you usually shop at night?\n2. Tell me about your work.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A guide with one question to ask differently."""
    path = tmp_path / "shop.md"
    path.write_text(ASKED, encoding="utf-8")
    return path


def test_check_underlines_and_rewords(run: Run, file: Path) -> None:
    """Each mark stands under its question, with a reason and an open form."""
    told = run("guide", "check", file)
    assert told.code == 1
    assert told.out.splitlines()[2:8] == [
        "  1 Do you usually shop at night?",
        "    ^^^^^^ ^^^^^^^",
        "    closed: “Do you …” can be answered by yes or no",
        "    vague: “usually” asks for a rule of thumb, and people tell how it should be",
        "    instead: Tell me about the last time you shopped at night.",
        "",
    ]
    assert "As a whole:" in told.out
    assert "well asked: it invites a story" in run("guide", "check", file, "--all").out


def test_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long question goes on below, each line with what is marked in it under it."""
    monkeypatch.setenv("COLUMNS", "40")
    asked = "When you come home at night, how do you usually find the light switch?"
    told = run("guide", "check", "-", stdin=asked).out.splitlines()
    assert told[2:5] == [
        "  1 When you come home at night, how do",
        "    you usually find the light switch?",
        "        ^^^^^^^",
    ]


def test_check_for_programs(run: Run, file: Path) -> None:
    """--json has the same, with places; exit code 0 where nothing is marked."""
    found = run("guide", "check", file, "-", "--json", stdin="What happened?")
    first, second = found.json["guides"]
    assert [one["kind"] for one in first["questions"][0]["marks"]] == [
        "closed",
        "vague",
    ]
    assert (first["asked"], first["marked"], second["marked"]) == (2, 1, 0)
    assert found.code == 1
    assert run("guide", "check", "-", stdin="What happened?").code == 0


def test_check_needs_no_workspace(run: Run, db: Path, file: Path) -> None:
    """Checking a file makes no workspace; a name that is nothing is refused."""
    run("guide", "check", file)
    assert not db.exists()
    refused = run("guide", "check", "nowhere.md")
    assert refused.code == 2
    assert "neither a file nor a guide kept here" in refused.err
    assert run("guide", "check", file, "--language", "xx").code == 2


def test_kept_by_name(run: Run, file: Path) -> None:
    """A guide is kept, found however it is capitalised, and checked by its name."""
    made = run(
        "guide", "add", "Night shop", "--file", file, "--kind", "focus group", "--json"
    )
    assert made.json["kind"] == "focus_group"
    assert (made.json["questions"], made.json["marked"]) == (2, 1)
    assert run("guide", "show", "night SHOP").out == ASKED
    assert run("guide", "check", "night shop").code == 1
    again = run("guide", "add", "NIGHT shop", "--file", file)
    assert again.code == 2
    assert "there is a guide" in again.err
    listed = run("guide", "list", "--json").json["guides"]
    assert [one["name"] for one in listed] == ["Night shop"]
    assert "focus group" in run("guide", "list").out


def test_changed_removed_undone(run: Run, file: Path) -> None:
    """Every change is a step: it is in the history and can be taken back."""
    run("guide", "add", "shop", "--kind", "visit")
    changed = run("guide", "edit", "shop", "--name", "store", "--file", file)
    assert "Changed the guide “store”: name, text (step 2)" in changed.out
    assert run("guide", "show", "shop").code == 2
    run("guide", "remove", "store")
    assert run("guide", "list", "--json").json["guides"] == []
    run("undo")
    run("undo")
    assert run("guide", "show", "shop").out == run("guide", "new", "visit").out
    assert "Wrote the guide “shop”" in run("log").out


def test_written_in_an_editor(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor begins with the kind's own guide; what it leaves is kept."""
    editor = tmp_path / "editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'Who else was there?\\n' >> \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    run("guide", "add", "mine", "--kind", "pricing", "--edit")
    shown = run("guide", "show", "mine").out
    assert shown == run("guide", "new", "pricing").out + "Who else was there?\n"
    assert "(step 2)" in run("guide", "edit", "mine").out
    monkeypatch.setenv("EDITOR", "true")
    assert run("guide", "edit", "mine").err == "nothing was changed\n"


@pytest.mark.parametrize("kind", kinds())
def test_guides_to_begin_with(run: Run, kind: str) -> None:
    """What ``guide new`` prints, ``guide check`` finds nothing wrong with."""
    begun = run("guide", "new", kind)
    assert run("guide", "check", "-", stdin=begun.out).code == 0
    assert run("guide", "new", kind, "--json").json["kind"] == kind


def test_what_is_refused(run: Run) -> None:
    """A kind that is none, an empty text and no name are said, and nothing is kept."""
    assert run("guide", "new", "party").code == 2
    assert run("guide", "add", "x", "--file", "-", stdin=" \n").code == 2
    assert run("guide", "list", "--json").json["guides"] == []
    assert run("guide", "add", " ", "--kind", "visit").code == 2
    assert run("guide", "add", "n", "--kind", "note").code == 2


def test_text_from_outside_is_shown_safely(run: Run) -> None:
    """A control character in a guide never reaches the terminal."""
    told = run("guide", "check", "-", stdin="Do you \x1b[31mlike\x07 it?")
    assert "\x1b" not in told.out
    assert "\x07" not in told.out
