"""Weights are learnt the same way every time, and say how well they do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from triage.errors import ConfigError, UsageError
from triage.text import sentiment_training, sentiment_weights
from triage.text.sentiment import score

GOOD = ("zorb works", "lovely zorb", "zorb made my day", "what a zorb", "zorb again")
BAD = ("glim broke", "horrid glim", "glim ate my files", "what a glim", "glim again")


def rated(folder: Path, *, times: int = 50) -> Path:
    """A file of rated texts in which one word is praise and another blame."""
    file = folder / "stars.jsonl"
    lines = []
    for number in range(times):
        lines += [
            {"text": f"{text} {number}", "rating": stars, "lang": "en"}
            for texts, stars in ((GOOD, 5), (BAD, 1))
            for text in texts
        ]
    lines.append({"text": "neither", "rating": 3, "lang": "en"})
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return file


def test_the_same_rows_make_the_same_weights(tmp_path: Path) -> None:
    """Training twice gives the same file, which reads back as it was written."""
    file = rated(tmp_path)
    first = sentiment_training.train({file: "CC0-1.0"}).packed()
    assert sentiment_training.train({file: "CC0-1.0"}).packed() == first
    read = sentiment_weights.unpacked(first)
    assert read.packed() == first
    assert read.about["sets"][0]["rows"] == 500
    assert read.about["folds"]["en"]["balanced"] > 0.95


def test_what_was_learnt_is_used(tmp_path: Path) -> None:
    """A word no list holds means what the rows said, in their language alone."""
    weights = sentiment_training.train({rated(tmp_path): "CC0-1.0"})
    assert score("a zorb", "en", weights) > 0.3
    assert score("a glim", "en", weights) < -0.3
    assert score("a zorb", "fi", weights) == 0.0
    told = sentiment_training.evaluate(
        sentiment_training.read(rated(tmp_path)), weights
    )
    assert told.balanced > 0.95
    assert told.rows == 500


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[1]",
        '{"text": "x"',
        '{"rating": 5}',
        '{"text": 1, "rating": "many"}',
    ],
)
def test_rows_that_cannot_be_read_are_named(tmp_path: Path, text: str) -> None:
    """A line that is no rated text is refused with its number."""
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "fine", "rating": 5}\n' + text + "\n")
    with pytest.raises(UsageError, match=r"rows\.jsonl:2"):
        sentiment_training.read(file)


def test_one_side_alone_teaches_nothing(tmp_path: Path) -> None:
    """Rows that are all pleased are refused."""
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "fine", "label": "positive"}\n')
    with pytest.raises(UsageError, match="both"):
        sentiment_training.train({file: "CC0-1.0"})


@pytest.mark.parametrize("file", [b"", b"x", b'{"version": 1}\n', b'{"version": 9}\nx'])
def test_other_files_are_no_weights(file: bytes) -> None:
    """A file that holds no weights is refused by name of what would make one."""
    with pytest.raises(ConfigError):
        sentiment_weights.unpacked(file)


def test_measured_on_shared_reviews() -> None:
    """On public reviews nothing was learnt from, the weights do what is promised."""
    shared = Path(
        os.environ.get("TRIAGE_SHARED") or Path(__file__).parents[3] / "shared"
    )
    file = shared / "data/dev/feedback.jsonl"
    if not file.exists():
        pytest.skip("needs the shared data, named by TRIAGE_SHARED")
    wanted = {"amitt-android": ("en", 0.88), "spotify-id": ("id", 0.85)}
    pairs: dict[str, list[tuple[bool, bool]]] = {name: [] for name in wanted}
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["source"] in wanted and row["rating"] and float(row["rating"]) != 3:
            told = score(row["text"], row["lang"], sentiment_weights.shipped())
            pairs[row["source"]].append((float(row["rating"]) > 3, told > 0))
    for name, (_, least) in wanted.items():
        sides = [
            [told is pleased for pleased, told in pairs[name] if pleased is side]
            for side in (True, False)
        ]
        balanced = sum(sum(side) / len(side) for side in sides) / 2
        assert balanced >= least, name
