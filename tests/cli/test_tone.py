"""tone correct list: languages and sentiment as counted, put right and filtered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run


@pytest.fixture
def heard(run: Run, tmp_path: Path) -> Run:
    """A workspace of five reviews, two of them rated."""
    rows = [
        {"id": "1", "body": "I love it, it is great and easy to use"},
        {"id": "2", "body": "Terrible update, it crashes all the time"},
        {"id": "3", "body": "Nul, ne fonctionne plus depuis la mise à jour"},
        {"id": "4", "body": "ok", "rating": 1, "scale": "1-5"},
        {"id": "5", "body": "このアプリ", "rating": 3, "scale": "1-5"},
    ]
    file = tmp_path / "reviews.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("import", str(file)).code == 0
    return run


def listed(run: Run, *options: str) -> set[str]:
    rows = run("list", *options, "--json").json["feedback"]
    return {row["id"] for row in rows}


def test_lists_are_narrowed_by_language_and_sentiment(heard: Run) -> None:
    """A list holds only what is in the language and sounds as was asked."""
    assert listed(heard, "--language", "fr") == {"f3"}
    assert listed(heard, "--sentiment", "negative") == {"f2", "f3", "f4"}
    assert listed(heard, "--language", "EN", "--sentiment", "negative") == {"f2"}
    assert listed(heard, "--sentiment", "neutral") == {"f5"}
    assert listed(heard, "--language", "xx") == set()


def test_lists_and_show_tell_both(heard: Run) -> None:
    """Each line of a list, and one feedback whole, tell language and sentiment."""
    rows = heard("list", "--json").json["feedback"]
    assert {row["id"]: row["language"] for row in rows}["f5"] == "ja"
    told = heard("show", "f2", "--json").json["tone"]
    assert told["sentiment"] == "negative"
    assert told["sentiment_from"] == "text"
    assert any("terrible" in one["words"] for one in told["why"])
    shown = heard("show", "f2").out
    assert "en, read" in shown
    assert "“terrible" in shown
    assert "says the rating" in heard("show", "f4").out


def test_tone_counts_all_with_intervals(heard: Run) -> None:
    """Counts add up to everything, and every share lies in its interval."""
    told = heard("tone", "--json").json
    assert told["n"] == 5
    sentiments = {one["name"]: one["count"] for one in told["sentiments"]}
    assert sentiments == {"negative": 3, "positive": 1, "neutral": 1}
    assert {one["name"] for one in told["languages"]} == {"en", "fr", "ja", "unknown"}
    for shares in (
        told["languages"],
        told["sentiments"],
        told["weeks"][0]["sentiments"],
    ):
        for one in shares:
            assert 0 <= one["low"] <= one["share"] <= one["high"] <= 1
    assert sum(week["n"] for week in told["weeks"]) == 5
    shown = heard("tone").out
    assert "negative" in shown
    assert "█" * 12 + "▒" * 4 + "░" * 4 in shown
    assert heard("tone", "--source", "nowhere").code == 2


def test_a_correction_is_a_step(heard: Run) -> None:
    """What a person says is counted at once, is in the log, and can be undone."""
    told = heard("correct", "f1", "--language", "nl", "--sentiment", "negative")
    assert told.code == 0
    assert "language nl and sentiment negative" in told.out
    assert listed(heard, "--language", "nl", "--sentiment", "negative") == {"f1"}
    assert "nl, says the person" in heard("show", "f1").out
    heard("undo")
    assert listed(heard, "--language", "nl") == set()
    assert heard("correct", "f1").code == 2
    assert heard("correct", "f1", "--language", "Dutch").code == 2


def test_weights_are_trained_and_measured(run: Run, tmp_path: Path) -> None:
    """A file of weights is written from licensed rows alone, and measures them."""
    rows = tmp_path / "stars.jsonl"
    rows.write_text(
        "".join(
            json.dumps({"text": f"{word} {n}", "rating": stars, "lang": "en"}) + "\n"
            for n in range(120)
            for word, stars in (("zorb", 5), ("glim", 1))
        )
    )
    out = tmp_path / "own.weights"
    words = ("sentiment", "train", str(rows), "--out", str(out))
    refused = run(*words)
    assert refused.code == 2
    assert "--licence stars=" in refused.err
    told = run(*words, "--licence", "stars=CC0-1.0", "--json").json
    assert told["sets"][0]["licence"] == "CC0-1.0"
    assert out.stat().st_size < 100_000
    scored = run("sentiment", "eval", str(rows), "--weights", str(out), "--json").json
    assert scored["scores"][0]["balanced"] > 0.95
    assert run("sentiment", "eval", str(rows)).code == 0
    assert run("sentiment", "eval", str(tmp_path / "none.jsonl")).code == 2
    assert run("sentiment", "eval", str(rows), "--weights", str(rows)).code == 2
