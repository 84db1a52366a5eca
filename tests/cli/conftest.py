"""A workspace in tmp_path, and the command over it, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import desks
from cli.running import Run, Told
from triage.cli.program import program

REVIEWS = """\
id,Text,Stars,Date,Name,Company
1,The export takes an hour and then it fails on large projects,1,2026-06-01,Ann,Acme
2,The export takes an hour and then it fails on large projects,2,2026-06-02,Bob,Bolt
3,Please add a dark mode to the editor because my eyes hurt,4,2026-06-03,Cleo,Acme
4,Logging in with a passkey never works on my phone,1,2026-06-04,Dan,
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the workspace of a test is."""
    return tmp_path / "work.db"


@pytest.fixture
def run(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``triage`` over the test's workspace; nothing of the person's own is read."""
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("TRIAGE_DB", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def invoke(*args: object, stdin: str | bytes = "") -> Told:
        words = ["--db", str(db), *map(str, args)]
        result = CliRunner().invoke(program, words, input=stdin, prog_name="triage")
        return Told(result.exit_code, result.stdout_bytes.decode(), result.stderr)

    return invoke


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    """Four reviews, the first two of them word for word the same."""
    path = tmp_path / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace ``filled`` begins with, made once."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "reviews.csv"
    path.write_text(REVIEWS, encoding="utf-8")
    made = folder / "work.db"
    told = CliRunner().invoke(program, ["--db", str(made), "import", str(path)])
    assert told.exit_code == 0, told.stderr
    return made


@pytest.fixture
def filled(run: Run, template: Path, db: Path) -> Run:
    """The command over a workspace with four reviews: g1 is f1 and f2."""
    # Closed, it is one file; a copy of an open one would be stale or broken.
    shutil.copy(template, db)
    return run


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Connectors with secrets and a sign-in, of a package that is not ours."""
    folder = desks.install(tmp_path / "installed")
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    desks.forget()
