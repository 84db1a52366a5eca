"""What export can be told beside a format, and a script from cron to a backlog."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from cli.running import SCHEMAS, Run

MANUAL = Path(__file__).parents[2] / "docs/EXPORTS.md"
DATED = ("--set", "as_of=2026-01-31T09:00:00Z")


@pytest.fixture
def decided(filled: Run) -> Run:
    """Four reviews, two of them evidence of a pain point; another has none."""
    filled("accept", "f1", "f2", "--into", "Export is slow", "--quote", "an hour")
    filled("pain", "edit", "p1", "--effort", "2")
    return filled


def test_a_dry_run_writes_nothing(decided: Run, tmp_path: Path) -> None:
    """It tells file, bytes and hash; with --json as the manifest."""
    out = tmp_path / "b.csv"
    told = decided("export", "--to", "csv", "--out", out, "--dry-run", *DATED)
    assert told.code == 0
    assert "would export 1 pain point as csv" in told.out
    assert not out.exists()
    looked = decided(
        "export", "--to", "csv", "--out", out, "--dry-run", "--json", *DATED
    )
    decided("export", "--to", "csv", "--out", out, *DATED)
    [file] = looked.json["files"]
    raw = out.read_bytes()
    assert file == {
        "name": "b.csv", "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest(),
    }  # fmt: skip
    assert decided("export", "--out", out, "--dry-run").code == 2


def test_a_manifest_stands_beside_it(decided: Run, tmp_path: Path) -> None:
    """It keeps to its schema and has the hashes of what was written."""
    out = tmp_path / "b.html"
    told = decided("export", "--to", "html", "--out", out, "--manifest", "--set",
                   "quotes=1", *DATED)  # fmt: skip
    assert told.code == 0, told
    manifest = json.loads((tmp_path / "b.html.manifest.json").read_text())
    schema = json.loads((SCHEMAS / "export-manifest-1.schema.json").read_text())
    jsonschema.validate(manifest, schema)
    assert list(schema["properties"]) == list(manifest)
    assert (
        manifest["files"][0]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    )
    assert manifest["options"] == {"quotes": "1"}
    assert manifest["counts"]["pain_points"] == 1
    assert decided("export", "--manifest").code == 2
    assert decided("export", "--json").code == 2


def test_a_story_that_rests_on_nothing_ends_with_3(decided: Run) -> None:
    """It is left out and named on standard error; the rest is written."""
    decided("pain", "add", "Nobody said it")
    decided("pain", "edit", "p2", "--story", "As a user I want it")
    told = decided("export", "--to", "json")
    assert told.code == 3
    assert json.loads(told.out)["pain_points"][1]["story"] == ""
    assert "left out: the story of p2 cites no quote" in told.err
    looked = decided("export", "--dry-run", "--json")
    assert (looked.code, looked.json["refused"][0]["pain_point"]) == (3, "p2")


def test_another_formula_scores_and_ranks(decided: Run) -> None:
    """The score's columns are the chosen formula's; one it lacks inputs for is empty."""
    [point] = json.loads(decided("export", "--formula", "ice").out)["pain_points"]
    assert (point["formula"], point["score"]) == ("ice-1", None)
    by_name = {one["formula"].partition("-")[0]: one for one in point["scores"]}
    assert by_name["ice"]["lacks"]
    assert by_name["demand"]["value"] == 1.0
    told = decided("export", "--to", "markdown", "--formula", "ice")
    assert "lacks" in told.out
    assert decided("export", "--formula", "luck").code == 2


def test_what_is_no_text_needs_a_file(decided: Run, tmp_path: Path) -> None:
    """Several files need a folder; --bom is for CSV; the formats can be listed."""
    assert decided("export", "--to", "quackback").code == 2
    assert decided("export", "--to", "quackback", "--out", tmp_path / "q").code == 0
    assert (tmp_path / "q" / "posts.csv").exists()
    assert decided("export", "--to", "markdown", "--bom").code == 2
    assert decided("export", "--to", "jira-csv", "--bom").out.startswith("\ufeff")
    assert "trello-json" in decided("export", "--formats").out.split()


def test_a_csv_is_imported_again(decided: Run, tmp_path: Path) -> None:
    """Our CSV is known by its head, and what it lacks is told in words."""
    path = tmp_path / "b.csv"
    decided("export", "--to", "csv", "--out", path)
    other = tmp_path / "other.db"
    told = decided("import", path, "--db", other)
    assert told.code == 0, told
    assert "1 pain points" in told.out
    assert "counted anew" in told.err
    point = decided("pain", "show", "p1", "--json", "--db", other).json
    assert (point["title"], point["effort"]) == ("Export is slow", 2)


def test_from_cron_to_backlog(decided: Run, tmp_path: Path) -> None:
    """The manual's script does what it says, as it is written there."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    text = MANUAL.read_text().partition("## From cron to backlog")[2]
    [script, *_] = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    db = json.loads(decided("doctor", "--json").out.splitlines()[-1])["path"]
    (tmp_path / "new.jsonl").write_text('{"id": "n1", "body": "Slow again"}\n')
    decided("sources", "add", "jsonl", "new", f"path={tmp_path / 'new.jsonl'}")
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    program = bin_ / "triage"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m triage "$@"\n')
    program.chmod(0o755)
    folder = tmp_path / "cron"
    folder.mkdir()
    env = os.environ | {
        "PATH": f"{bin_}:{os.environ['PATH']}", "TRIAGE_DB": db,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip
    done = subprocess.run(
        ["sh", "-c", script], cwd=folder, env=env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [line] = (folder / "top.ndjson").read_text().splitlines()
    assert json.loads(line)["title"] == "Export is slow"
    assert json.loads((folder / "sync.json").read_text().splitlines()[-1])["schema"]
    names = {path.name for path in folder.iterdir()}
    assert names >= {"backlog.html", "backlog.html.manifest.json"}
