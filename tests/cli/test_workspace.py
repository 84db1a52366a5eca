"""doctor backup demo keys completion, and which workspace a command is about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.running import Run
from triage import __version__
from triage.cli.program import program
from triage.store.driver import sqlite3


def test_doctor_says_all_is_well(filled: Run) -> None:
    """doctor names what it looked at, and has the counts scripts rely on."""
    told = filled("doctor", "--json").json
    assert told["integrity"] == "ok"
    assert told["sound"] is True
    counts = [told[name] for name in ("feedback", "groups", "pain_points", "evidence")]
    assert counts == [4, 3, 0, 0]
    shown = filled("doctor")
    assert shown.code == 0
    assert shown.out.rstrip().endswith("All is well.")


def test_doctor_finds_what_is_wrong(filled: Run, db: Path) -> None:
    """A list that differs from the feedback, or a file others may read, is exit 1."""
    connection = sqlite3.connect(db)
    connection.execute("DELETE FROM queue")
    connection.commit()
    connection.close()
    db.chmod(0o644)
    told = filled("doctor", "--json")
    assert told.code == 1
    assert told.json["sound"] is False
    assert len(told.json["wrong"]) == 2
    assert "queue" in told.err
    assert "0644" in filled("doctor").err


def test_doctor_tells_of_a_source_that_cannot_be(filled: Run, db: Path) -> None:
    """A source whose connector is unknown is found before it is pulled."""
    db.with_suffix(".toml").write_text('[sources.x]\nconnector = "nonsense"\n')
    told = filled("doctor")
    assert told.code == 1
    assert "source x" in told.err


def test_settings_that_are_not_toml_are_one_line(filled: Run, db: Path) -> None:
    """Broken settings are a mistake in them, told with the file's name."""
    db.with_suffix(".toml").write_text("[sources\n")
    told = filled("list")
    assert told.code == 2
    assert "work.toml" in told.err


def test_backup_is_a_workspace(filled: Run, tmp_path: Path) -> None:
    """A copy opens as a workspace of its own; a file that is there is not replaced."""
    copy = tmp_path / "copy.db"
    told = filled("backup", copy, "--json").json
    assert told["bytes"] == copy.stat().st_size
    assert copy.stat().st_mode & 0o777 == 0o600
    assert filled("doctor", "--json", "--db", copy).json["feedback"] == 4
    assert filled("backup", copy).code == 2
    told_of = filled("backup", tmp_path / "no" / "such" / "folder.db")
    assert (told_of.code, told_of.err.count("\n")) == (1, 1)


def test_demo_fills_an_empty_workspace_once(run: Run) -> None:
    """demo --no-tui builds the demo where --db says; never over feedback."""
    told = run("demo", "--no-tui", "--json").json
    assert told["feedback"] > 500
    assert told["pain_points"] > 10
    doctor = run("doctor", "--json").json
    assert doctor["sound"] is True
    same = [name for name in told if name in doctor and name not in {"schema", "path"}]
    assert {name: told[name] for name in same} == {name: doctor[name] for name in same}
    again = run("demo", "--no-tui")
    assert again.code == 2
    assert "already" in again.err


def test_demo_keeps_away_from_the_persons_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --db the demo lies in a file of its own, and is there the next time."""
    monkeypatch.setattr(
        "triage.config.default_database", lambda: tmp_path / "own" / "x.db"
    )
    for _ in range(2):
        told = CliRunner().invoke(program, ["demo", "--no-tui"])
        assert told.exit_code == 0
        assert str(tmp_path / "own" / "demo.db") in told.stdout
    assert not (tmp_path / "own" / "x.db").exists()


def test_demo_and_app_need_a_terminal(run: Run, db: Path) -> None:
    """In a pipe the app does not open; nothing is made."""
    for words in ((), ("demo",)):
        told = run(*words)
        assert told.code == 2
        assert "terminal" in told.err
        assert not db.exists()


def test_the_workspace_is_named_before_or_after(
    filled: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--db may stand before or after the command; TRIAGE_DB says the same."""
    invoke = CliRunner().invoke
    for words in (["--db", str(db), "list"], ["list", "--db", str(db)]):
        assert "f4" in invoke(program, words).stdout
    monkeypatch.setenv("TRIAGE_DB", str(db))
    assert "f4" in invoke(program, ["list"]).stdout
    assert invoke(program, ["list", "--db", "/nowhere.db"]).exit_code == 2


def test_a_first_look_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a person has no workspace yet, the line says how one is made."""
    monkeypatch.delenv("TRIAGE_DB", raising=False)
    monkeypatch.setattr("triage.config.default_database", lambda: tmp_path / "none.db")
    told = CliRunner().invoke(program, ["list"])
    assert told.exit_code == 2
    assert "triage import FILE" in told.stderr


def test_files_that_are_no_workspace_stay_untouched(run: Run, db: Path) -> None:
    """A newer, foreign or broken file is refused in one line, its bytes unchanged."""
    run("pain", "add", "Slow")
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()
    newer = db.read_bytes()
    for content in (newer, b"just some text, long enough to be looked at twice\n" * 9):
        db.write_bytes(content)
        for words in (("list",), ("doctor",), ("pain", "add", "More")):
            told = run(*words)
            assert (told.code, told.out) == (1, ""), told
            assert told.err.count("\n") == 1
        assert db.read_bytes() == content


def test_a_place_that_cannot_be_is_one_line(run: Run, tmp_path: Path) -> None:
    """A folder, or a path through a file, is no place for a workspace."""
    file = tmp_path / "file"
    file.write_text("x")
    assert run("pain", "add", "x", "--db", tmp_path).code == 2
    told = run("pain", "add", "x", "--db", file / "x.db")
    assert told.code == 1
    assert told.err.count("\n") == 1


def test_everything_made_is_the_persons_alone(tmp_path: Path, reviews: Path) -> None:
    """Every file and folder the command makes is readable by its owner only."""
    place = tmp_path / "new" / "folder"
    environment = {**os.environ, "TRIAGE_DB": str(place / "x.db")}
    for words in (["import", str(reviews)], ["backup", str(place / "copy.db")]):
        subprocess.run(
            [sys.executable, "-m", "triage", *words],
            env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    made = [place, *place.iterdir()]
    assert len(made) >= 3
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)


def test_keys_are_those_in_force(run: Run, db: Path) -> None:
    """keys lists every action with the keys a person gave it."""
    told = run("keys", "--json").json["keys"]
    by_action = {one["action"]: one for one in told}
    assert by_action["decline"]["command"] == "decline"
    db.with_suffix(".toml").write_text('[keys]\ndecline = "D"\n')
    told = run("keys", "--json").json["keys"]
    assert {one["action"]: one["keys"] for one in told}["decline"] == ["D"]
    assert "decline" in run("keys").out
    db.with_suffix(".toml").write_text('[keys]\nnonsense = "D"\n')
    assert run("keys").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    """Each shell's script asks the program itself what completes."""
    told = run("completion", shell)
    assert told.code == 0
    assert f"_TRIAGE_COMPLETE={shell}_complete" in told.out


def test_completion_completes() -> None:
    """What the script asks is answered: commands, their options and choices."""

    def answer(line: str) -> str:
        words = line.split(" ")
        environment = {
            **os.environ, "_TRIAGE_COMPLETE": "bash_complete",
            "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1),
        }  # fmt: skip
        code = "from triage.cli import main; main()"
        ran = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return ran.stdout

    assert "plain,accept" in answer("triage acc")
    assert "plain,--reason" in answer("triage decline --re")
    assert "plain,urgent" in answer("triage prioritise p3 u")


def test_version(run: Run) -> None:
    """--version prints the version."""
    assert (
        CliRunner().invoke(program, ["--version"]).stdout == f"triage {__version__}\n"
    )
