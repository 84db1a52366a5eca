"""numbers: what the charts show, for people who read and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Run


@pytest.fixture
def heard(run: Run, tmp_path: Path) -> Run:
    """Twelve reviews of one week and one of another."""
    rows = [
        {"id": str(number), "body": f"Review {number}", "rating": 1 + number % 5,
         "scale": "1-5", "metric": "stars", "received_at": "2026-02-18T10:00:00Z"}
        for number in range(12)
    ]  # fmt: skip
    rows.append({"id": "x", "body": "I love it", "received_at": "2026-02-25T10:00:00Z"})
    file = tmp_path / "reviews.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("import", str(file)).code == 0
    return run


def test_numbers_add_up(heard: Run) -> None:
    """Weeks, sources and sentiments each add up to n, and every interval holds."""
    told = heard("numbers", "--weeks", "5200", "--json").json
    assert told["n"] == 13
    assert sum(week["n"] for week in told["weeks"]) == 13
    assert sum(sum(one["weeks"]) for one in told["sources"]) == 13
    assert sum(one["count"] for one in told["sentiments"]) == 13
    assert [week["week"] for week in told["weeks"]][:2] == ["2026-02-16", "2026-02-23"]
    (rated,) = told["weeks"][0]["ratings"]
    assert (rated["metric"], rated["scale"], rated["n"]) == ("stars", "1-5", 12)
    assert rated["low"] <= rated["mean"] <= rated["high"]
    assert sum(one["count"] for one in rated["counts"]) == 12
    assert told["weeks"][1]["ratings"] == []


def test_numbers_for_people(heard: Run) -> None:
    """A row for a week, with the mean, its n and its interval."""
    shown = heard("numbers", "--weeks", "5200")
    assert "2026-02-16" in shown.out
    assert "stars 1-5" in shown.out
    assert "95 % interval" in shown.out
    assert "the last week still runs" in shown.err


def test_numbers_of_one_source(heard: Run) -> None:
    """Only what came from there; a source nobody knows is refused."""
    name = heard("numbers", "--weeks", "5200", "--json").json["sources"][0]["name"]
    assert (
        heard("numbers", "--weeks", "5200", "--source", name, "--json").json["n"] == 13
    )
    refused = heard("numbers", "--source", "nowhere")
    assert refused.code == 2
    assert "no source is called nowhere" in refused.err


def test_numbers_of_nothing(run: Run, heard: Run) -> None:
    """Weeks in which nobody spoke say so, and how to look further back."""
    del run
    told = heard("numbers", "--weeks", "1")
    assert told.code == 0
    assert "--weeks looks further back" in told.err
