"""numbers: what the charts show, for people who read and for programs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cli.running import Run
from factories import a_workspace, an_incoming, imported
from triage.connector import Kind
from triage.query.fields import PARTS


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


@pytest.fixture
def released(run: Run, tmp_path: Path) -> Run:
    """Two versions in three countries, the later one rated lower, and what tells none."""
    rows = [
        {"id": str(n), "body": f"Review {n}", "scale": "1-5", "metric": "stars",
         "rating": 5 - n % 2 if n < 20 else 1 + n % 3, "country": ("DE", "FR", "SE")[n % 3],
         "app_version": "5.1.4" if n < 20 else "5.2.0", "os": "iOS 18",
         "received_at": f"2026-02-{2 + n // 2:02}T10:00:00Z"}
        for n in range(44)
    ]  # fmt: skip
    rows += [{"id": f"x{n}", "body": f"Hello {n}", "received_at": "2026-02-25T10:00:00Z"}
             for n in range(3)]  # fmt: skip
    file = tmp_path / "reviews.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("import", str(file)).code == 0
    return run


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("version", ["5.2.0", "5.1.4", ""]), ("country", ["DE", "FR", "SE", ""]),
        ("os", ["iOS 18", ""]), ("device", [""]), ("product", [""]), ("source", ["reviews"]),
    ],
)  # fmt: skip
def test_a_breakdown_adds_up(released: Run, by: str, names: list[str]) -> None:
    """Parts add up to the whole, in feedback, ratings and sentiments."""
    assert by in PARTS
    told = released("numbers", "--by", by, "--weeks", "5200", "--json").json
    assert (told["by"], told["weeks"], told["n"]) == (by, 5200, 47)
    parts = told["parts"]
    assert sorted(part["name"] for part in parts) == sorted(names)
    assert sum(part["n"] for part in parts) == 47
    assert sum(one["n"] for part in parts for one in part["ratings"]) == 44
    for part in parts:
        assert sum(one["count"] for one in part["sentiments"]) == part["n"]
        for one in part["ratings"]:
            assert one["low"] is None or one["low"] <= one["mean"] <= one["high"]
            assert (
                one["lowest"]["low"] <= one["lowest"]["share"] <= one["lowest"]["high"]
            )


def test_a_breakdown_for_people(released: Run) -> None:
    """A row for a version with an arrow where it is rated apart; the rest is folded."""
    shown = released("numbers", "--by", "version", "--weeks", "5200")
    lines = shown.out.splitlines()
    assert [line.split("  ")[0] for line in lines[1:]] == ["5.2.0", "5.1.4", "not told"]
    assert "▼" in lines[1]
    assert "first seen" in lines[0]
    assert "47 feedback; ▲▼ than the version before it" in shown.err
    folded = released("numbers", "--by", "country", "--weeks", "5200", "--limit", 1)
    assert [line.split("  ")[0] for line in folded.out.splitlines()[1:]] == [
        "DE", "2 others", "not told",
    ]  # fmt: skip
    every = released(
        "numbers", "--by", "country", "--weeks", "5200", "--limit", 1, "--json"
    ).json
    assert [part["values"] for part in every["parts"]] == [1, 2, 0]
    assert released("numbers", "--by", "version", "--weeks", "1").out == ""


def test_numbers_are_narrowed_by_a_query(released: Run) -> None:
    """The words of a query narrow weeks and parts alike; a wrong one is refused."""
    weeks = released("numbers", "--weeks", "5200", "country:de", "--json").json
    assert weeks["n"] == 15
    told = released(
        "numbers", "--by", "version", "--weeks", "5200", "country:de", "rating:>=4",
        "--source", "reviews", "--json",
    ).json  # fmt: skip
    assert told["n"] == 7
    assert told["query"] == "country:de rating:>=4 source:reviews"
    assert released("numbers", "sort:oldest").code == 2
    assert released("numbers", "colour:red").code == 2
    assert released("numbers", "--by", "version", "--changed", "5.2").code == 2


def test_what_changed(released: Run) -> None:
    """One sentence first, then both versions with their periods, as JSON the same."""
    shown = released("numbers", "--changed", "5.2")
    first, *rest = shown.out.splitlines()
    assert first == (
        "5.2 is rated 2.0 (n 24), 5.1 was 4.5 (n 20): 2.5 lower, 95 % interval 2.1–2.9"
    )
    assert any(line.startswith("5.2      2026-02-12  2026-02-23") for line in rest)
    assert "5.2 is 5.2.0" in rest
    told = released("numbers", "--changed", "5.2", "--json").json
    assert told["sentence"] == first
    assert told["ratings"]["value"] == -2.5
    assert told["ratings"]["sure"]
    assert told["before"]["versions"] == ["5.1.4"]
    alone = released("numbers", "--changed", "5.1", "--json").json
    assert alone["before"] is None
    refused = released("numbers", "--changed", "9")
    assert refused.code == 2
    assert "the newest are 5.2.0, 5.1.4" in refused.err


def test_answers(run: Run, tmp_path: Path) -> None:
    """How long customers waited, in words and as JSON; one question at a time."""
    with a_workspace(tmp_path) as workspace:
        told = [
            an_incoming(
                f"{number}/{part}", f"{number} {part}", thread=str(number),
                kind=Kind.AGENT if part else Kind.FEEDBACK,
                received_at=workspace.clock() - timedelta(hours=60 - number - 2 * part),
            )
            for number in range(12)
            for part in range(2)
        ]  # fmt: skip
        imported(workspace, told, source="desk")
        name = workspace.path
    shown = run("--db", str(name), "numbers", "--answers")
    assert "2 h" in shown.out
    assert "12 conversations, 0 without an answer yet" in shown.err
    document = run("--db", str(name), "numbers", "--answers", "--json").json
    assert document["sources"][0]["first_response"]["median_seconds"] == 7200
    assert document["resolution"]["n"] == 0
    assert "after 2 h" in run("--db", str(name), "sources", "show", "desk").out
    both = run("--db", str(name), "numbers", "--answers", "--by", "version")
    assert both.code == 2
    assert "ask one at a time" in both.err
