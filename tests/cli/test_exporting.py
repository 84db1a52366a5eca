"""export, and import of what was exported."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cli.running import SCHEMAS, Run


@pytest.fixture
def decided(filled: Run) -> Run:
    """Four reviews, one of them evidence of a pain point on the roadmap."""
    filled("accept", "f1", "f2", "--into", "Export is slow", "--quote", "an hour")
    filled("prioritise", "p1", "urgent")
    filled("roadmap", "add", "Faster export", "--horizon", "now")
    filled("link", "p1", "r1")
    return filled


def test_json_follows_its_schema(decided: Run) -> None:
    """The backlog in JSON is what its schema says, evidence included."""
    document = json.loads(decided("export", "--to", "json").out)
    schema = SCHEMAS / "backlog-1.schema.json"
    jsonschema.validate(document, json.loads(schema.read_text(encoding="utf-8")))
    assert document["pain_points"][0]["evidence"][0]["quote"] == "an hour"


@pytest.mark.parametrize("format_name", ["json", "ndjson", "csv", "markdown"])
def test_every_format_goes_out(decided: Run, format_name: str, tmp_path: Path) -> None:
    """Each format goes to standard output or, the same bytes, into a file."""
    words = ("export", "--to", format_name, "--set", "as_of=2026-01-31T09:00:00Z")
    out = decided(*words).out
    assert "Export is slow" in out
    path = tmp_path / "backlog"
    told = decided(*words, "--out", path)
    assert (told.code, told.out) == (0, "")
    assert path.read_bytes().decode() == out
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_is_replaced_only_by_force(decided: Run, tmp_path: Path) -> None:
    """A file that is there stays unless --force is given."""
    path = tmp_path / "backlog.json"
    path.write_text("mine", encoding="utf-8")
    assert decided("export", "--out", path).code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert decided("export", "--out", path, "--force").code == 0
    assert path.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "nonsense"), ("--set", "colour=red"), ("--set", "force=yes"),
        ("--set", "as_of=soon"), ("--out", "/no/such/folder/x.json"),
    ],
)  # fmt: skip
def test_a_wrong_export_is_one_line(decided: Run, words: tuple[str, ...]) -> None:
    """What cannot be exported is one line and exit 2."""
    told = decided("export", *words)
    assert (told.code, told.out) == (2, ""), told
    assert told.err.count("\n") == 1


def test_a_backlog_is_restored(
    decided: Run, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Importing our own export builds the same backlog elsewhere, once."""
    path = tmp_path / "backlog.json"
    decided("export", "--out", path)
    other = tmp_path / "other.db"
    told = run("import", path, "--json", "--db", other).json
    assert (told["pain_points"], told["evidence"], told["links"]) == (1, 2, 1)
    assert run("import", path, "--json", "--db", other).json["pain_points"] == 0
    assert "here already" in run("import", path, "--db", other).out
    point = run("pain", "show", "p1", "--json", "--db", other).json
    assert (point["title"], point["priority"]) == ("Export is slow", "urgent")
    assert run("import", path, path, "--db", other).code == 2
