"""The app alone is opened without the machinery of commands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from triage.cli import _is_about_the_app


@pytest.mark.parametrize("words", [[], ["--db", "work.db"], ["--db=work.db"]])
def test_what_asks_for_the_app_alone(words: list[str]) -> None:
    """No word, or only which workspace."""
    assert _is_about_the_app(words, {})


@pytest.mark.parametrize(
    "words", [["list"], ["--help"], ["--db"], ["--db", "work.db", "list"], ["-h"]]
)
def test_what_asks_for_more(words: list[str]) -> None:
    """Commands, the help and half an option are read as ever."""
    assert not _is_about_the_app(words, {})


def test_a_shell_that_completes_asks_for_words() -> None:
    """Completion calls us without a word, and is answered."""
    assert not _is_about_the_app([], {"_TRIAGE_COMPLETE": "bash_complete"})


def test_without_a_terminal(tmp_path: Path) -> None:
    """A pipe is told what to do instead, with the exit code of a wrong call."""
    done = subprocess.run(
        [sys.executable, "-m", "triage", "--db", str(tmp_path / "work.db")],
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("triage: the app needs a terminal")
    assert not list(tmp_path.iterdir())
