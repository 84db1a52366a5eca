"""groups train, groups eval: tables learned, and grouping measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run
from cli.test_groups import alike  # noqa: F401
from grouping.test_training import invented
from triage.grouping.tables import Tables

LABELLED = Path(__file__).parents[1] / "grouping" / "labelled.jsonl"


def test_eval_of_files(run: Run) -> None:
    """Labelled texts are put together and judged, file by file."""
    told = run("groups", "eval", LABELLED, LABELLED, "--json").json
    assert told["level"] == "default"
    (one, other) = told["files"]
    assert one | {"seconds": 0} == other | {"seconds": 0}
    assert one["texts"] == 127
    assert one["precision"] >= 0.95
    strict = run("groups", "eval", LABELLED, "--strict", "--json").json
    assert strict["level"] == "strict"
    assert strict["files"][0]["groups"] >= one["groups"]
    assert "labelled.jsonl" in run("groups", "eval", LABELLED).out


def test_eval_refuses_what_is_not_labelled(run: Run, tmp_path: Path) -> None:
    """A file that is missing, or a line without a label, is named."""
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "fine", "cluster": [1]}\n{"text": "no label"}\n')
    told = run("groups", "eval", file)
    assert told.code == 2
    assert "line 2" in told.err
    assert run("groups", "eval", tmp_path / "none.jsonl").code == 2
    assert run("groups", "eval", "--strict").code == 2


def test_eval_of_own_rulings(alike: Run) -> None:  # noqa: F811
    """Without a file, what was ruled is held against who proposed it."""
    empty = alike("groups", "eval", "--json").json
    assert (empty["rulings"], empty["same"]) == (0, 0)
    alike("merge", "g1", "f3")
    alike("apart", "g1", "f4", "--related")
    alike("apart", "g1", "f4")
    told = alike("groups", "eval", "--json").json
    by = {one["proposer"]: one for one in told["proposers"]}
    assert (told["rulings"], told["same"]) == (2, 1)
    assert sum(one["n"] for one in told["proposers"]) == 2
    assert by["none"]["n"] == 1
    assert by["none"]["same"] == 0
    assert by["grouped"]["n"] == 0
    shown = alike("groups", "eval")
    assert "too few rulings (1 of 20)" in shown.out
    assert "2 rulings, 1 of them the same" in shown.err


def written(folder: Path, texts: list[str]) -> Path:
    """A file of texts called ``own``."""
    file = folder / "own.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    return file


@pytest.mark.parametrize("texts", [[], ["one text is much too little to learn from"]])
def test_train_needs_enough(run: Run, tmp_path: Path, texts: list[str]) -> None:
    """Too few texts are refused, and nothing is written."""
    out = tmp_path / "tables.json"
    told = run(
        "groups", "train", written(tmp_path, texts), "--licence", "own=CC0-1.0",
        "--version", "own-1", "--out", out,
    )  # fmt: skip
    assert told.code == 2
    assert "too few" in told.err
    assert not out.exists()


def test_train_writes_tables(run: Run, tmp_path: Path) -> None:
    """Tables are written from licensed texts alone, whole, and never over others."""
    file, out = written(tmp_path, invented(1100)), tmp_path / "tables.json"
    words = ("groups", "train", file, "--version", "own-1", "--out", out)
    refused = run(*words)
    assert refused.code == 2
    assert "--licence own=" in refused.err
    told = run(*words, "--licence", "own=CC0-1.0", "--json").json
    assert (told["version"], told["trained"]["seed"]) == ("own-1", 1)
    tables = Tables.from_json(out.read_text(encoding="utf-8"))
    assert list(tables.trained["texts"]) == ["own (CC0-1.0)"]
    assert run(*words, "--licence", "own=CC0-1.0").code == 2
    assert run(*words, "--licence", "own=CC0-1.0", "--force").code == 0
