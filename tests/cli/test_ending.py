"""Every end of a command: quiet pipes, Ctrl-C, mistakes and bugs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.running import Run
from triage.cli.ending import ended
from triage.cli.program import program
from triage.errors import Conflict, NotFound


def _triage(db: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "triage", "--db", str(db), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("words", [("list", "--json"), ("export",), ("--help",)])
def test_a_reader_that_goes_away_is_no_error(
    filled: Run, db: Path, words: tuple[str, ...]
) -> None:
    """When whoever reads stops reading, nothing is said about it."""
    process = _triage(db, *words)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() in {1, 141}
    assert not told


def test_ctrl_c_keeps_what_was_stored(tmp_path: Path, db: Path, run: Run) -> None:
    """One Ctrl-C ends an import at once with 130; what was stored stays, and is said."""
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for n in range(60_000):
            out.write(json.dumps({"id": n, "text": f"word{n} of many {n * 7}"}) + "\n")
    process = _triage(db, "import", "--json", str(path))
    assert process.stderr is not None
    first = process.stderr.readline()
    assert json.loads(first)["event"] == "read"
    process.send_signal(signal.SIGINT)
    told, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "kept" in err
    assert "Traceback" not in err
    assert not told
    doctor = run("doctor", "--json").json
    assert doctor["sound"] is True
    assert 1000 <= doctor["feedback"] < 60_000


def test_mistakes_in_words_are_one_line(run: Run) -> None:
    """Unknown commands, options and values are one line that says where to look."""
    for words in (
        ("lst",), ("list", "--nonsense"), ("list", "--limit", "many"), ("show",),
        ("pain",), ("pain", "ad"), ("prioritise", "p1", "soon"), ("accept", "f1"),
    ):  # fmt: skip
        told = run(*words)
        assert told.code == 2
        assert not told.out
        if words == ("pain",):
            assert told.err.startswith("Usage: triage pain")
        else:
            assert told.err.count("\n") == 1, words
            assert "--help` shows how" in told.err
    assert "did you mean list?" in run("lst").err


def test_our_errors_have_their_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """An error we can explain is its message, and the exit code it names."""

    def fail(error: Exception) -> int:
        def run() -> None:
            raise error

        return ended(run)

    assert fail(Conflict("the row moved")) == 1
    assert fail(NotFound("no such\nthing")) == 2
    assert fail(KeyboardInterrupt()) == 130  # type: ignore[arg-type]
    assert fail(PermissionError(13, "Permission denied", "/x")) == 1
    err = capsys.readouterr().err
    assert err.splitlines() == [
        "triage: the row moved",
        "triage: no such thing",
        "triage: stopped",
        "triage: /x: Permission denied",
    ]


def test_a_bug_shows_where_but_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    """A bug is told as one, with the places it went through and no variables."""

    def broken() -> None:
        secret = "hunter2-hunter2"
        raise KeyError("a \x1b[2Jkey") from ValueError(secret)

    assert ended(broken) == 1
    err = capsys.readouterr().err
    assert "bug in Triage: KeyError" in err
    assert "in broken" in err
    assert "hunter2" not in err
    assert "\x1b" not in err


def test_a_terminal_that_knows_no_letters_is_written_to(filled: Run, db: Path) -> None:
    """A letter that standard output cannot write becomes an escape; nothing breaks."""
    filled("pain", "add", "Größe „falsch“ 大きさ")
    ran = subprocess.run(
        [sys.executable, "-m", "triage", "--db", str(db), "pain", "list"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True, check=True,
    )  # fmt: skip
    assert "Größe \\u201efalsch".encode("latin-1") in ran.stdout


def test_python_dash_m_is_the_command() -> None:
    """``python -m triage`` names itself triage."""
    ran = subprocess.run(
        [sys.executable, "-m", "triage", "lst"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("triage: ")
    assert CliRunner().invoke(program, ["-h"]).exit_code == 0
