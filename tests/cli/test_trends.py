"""trends and patterns: what they print, for people who read and for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.running import Run


@pytest.fixture
def surging(run: Run, tmp_path: Path) -> Run:
    """One on exports a week for ten weeks, and nine in the last few days."""
    now = datetime.now(UTC)
    rows = [
        {"id": f"w{week}", "body": f"slow pdf export number {week}",
         "email": f"w{week}@acme.example", "version": "5.2",
         "received_at": (now - timedelta(days=7 * week + 2)).isoformat()}
        for week in range(12)
    ]  # fmt: skip
    rows += [
        {"id": f"s{n}", "body": f"the pdf export hangs at page {n}0 of many",
         "email": f"s{n}@acme.example", "version": "5.3",
         "received_at": (now - timedelta(hours=5 + n)).isoformat()}
        for n in range(9)
    ]  # fmt: skip
    file = tmp_path / "mails.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("import", str(file)).code == 0
    ids = [f"f{number}" for number in range(1, 22)]
    assert run("accept", *ids, "--into", "Exports are slow").code == 0
    return run


def test_a_surge_for_people(surging: Run) -> None:
    """The surge comes first, with its figures and the feedback it is from."""
    shown = surging("trends")
    assert shown.code == 0
    assert "Exports are slow" in shown.out
    assert "came in all, usually" in shown.out
    assert "f13, f14" in shown.out
    assert "heard often enough to be compared" in shown.err


def test_a_surge_for_programs(surging: Run) -> None:
    """Every figure has its name, and the evidence its ids."""
    told = surging("trends", "--weeks", "12", "--json").json
    (one,) = told["trends"]
    assert (one["id"], one["level"], one["count"]) == ("p1", "surge", 10)
    assert len(one["counts"]) == len(told["weeks"]) == 12
    assert one["p"] <= one["q"] <= 1
    assert len(one["feedback"]) == one["count"]
    assert not told["is_quiet"]


def test_quiet_is_an_answer(run: Run, reviews: Path) -> None:
    """Nothing that surges says so; nothing at all says what to do."""
    assert run("import", reviews).code == 0
    shown = run("trends")
    assert (shown.code, shown.out) == (0, "quiet: there is no pain point yet\n")
    assert run("trends", "--json").json["is_quiet"]
    assert run("trends", "--all", "--json").json["trends"] == []


@pytest.mark.parametrize(
    "words",
    [(), ("--by", "version"), ("--by", "group"), ("--rising",), ("--together",)],
)
def test_patterns_have_their_shape(surging: Run, words: tuple[str, ...]) -> None:
    """Each question has its own list in the one document, and a text for people."""
    told = surging("patterns", *words, "--json").json
    asked = {(): "pain", ("--by", "version"): "version", ("--by", "group"): "group"}
    assert told["by"] == asked.get(words, "")
    shown = surging("patterns", *words)
    assert shown.code == 0
    assert shown.out or shown.err


def test_keywords_lead_to_feedback(surging: Run) -> None:
    """A keyword has its people and the ids of some who say it."""
    (part,) = surging("patterns", "--json").json["parts"]
    words = {one["words"]: one for one in part["keywords"]}
    assert words["pdf export"]["people"] == 21
    assert words["pdf export"]["feedback"][0] == "f13"
    assert "pdf export  21 people" in surging("patterns").out


def test_one_question_at_a_time(run: Run) -> None:
    """Two of them are refused."""
    refused = run("patterns", "--rising", "--together")
    assert refused.code == 2
    assert "one at a time" in refused.err
