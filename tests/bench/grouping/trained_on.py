"""
The texts the shipped tables were learned from, as files ``triage groups train`` takes.

``python tests/bench/grouping/trained_on.py DATA OUT`` writes them from a folder with
``feedback.jsonl`` and ``korean_question_pairs.jsonl`` and prints the command.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from triage.grouping.tables import shipped

PLACES = {
    "mini-BAR": "minibar",
    "IS-22": "is22",
    "IBM customer care tweets": "ibm-twcare",
    "Skytrax reviews": "skytrax",
    "Maalej et al. app reviews": "maalej",
    "Korean question pairs": "",
}
"""Data set to its source in feedback.jsonl; the pairs have a file of their own."""


def texts_of(name: str, folder: Path) -> list[str]:
    """The texts of a data set, named with or without its licence."""
    source = PLACES[name.partition(" (")[0]]
    if not source:
        return [row["a"] for row in _rows(folder / "korean_question_pairs.jsonl")]
    rows = _rows(folder / "feedback.jsonl")
    return [row["text"] for row in rows if row["source"] == source]


def _rows(file: Path) -> Iterator[Any]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(data: Path, out: Path) -> None:
    """Write a file for each data set and print the command that learns from them."""
    out.mkdir(parents=True, exist_ok=True)
    told = shipped()
    files, licences = [], []
    for name in told.trained["texts"]:
        stem, _, licence = name.removesuffix(")").partition(" (")
        file = out / f"{stem}.jsonl"
        with file.open("w", encoding="utf-8") as opened:
            for text in texts_of(name, data):
                opened.write(json.dumps({"text": text}) + "\n")
        files.append(str(file))
        licences += ["--licence", f"{stem}={licence}"]
    seed = str(told.trained["seed"])
    words = ["triage", "groups", "train", *files, *licences]
    words += ["--version", told.version, "--seed", seed, "--out", "tables.json"]
    print(shlex.join(words))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
