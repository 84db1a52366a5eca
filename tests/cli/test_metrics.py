"""metrics: figures for people at 80 columns, and the same for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.running import Run


def rows(tmp_path: Path, told: list[dict[str, Any]], name: str = "answers") -> Path:
    """A file to import."""
    file = tmp_path / f"{name}.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in told))
    return file


def an_answer(number: int, rating: float, day: str, **told: Any) -> dict[str, Any]:
    """One answer to a survey."""
    return {
        "id": f"{day} {number}", "body": f"words {number}", "rating": rating,
        "scale": "0-10", "metric": "nps", "channel": "survey", "source": "",
        "email": f"a{number}@x.example", "received_at": f"{day}T10:00:00Z",
    } | told  # fmt: skip


@pytest.fixture
def answered(
    run: Run, tmp_path: Path, db: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Thirty answers of January and thirty better ones of April, some effort, some stars."""
    monkeypatch.setenv("COLUMNS", "80")
    told = [an_answer(n, n % 10, "2026-01-15") for n in range(30)]
    told += [an_answer(n, 10 if n % 3 else 7, "2026-04-15") for n in range(30)]
    told += [
        an_answer(n, 1 + n % 7, "2026-04-16", metric="ces", scale="1-7")
        for n in range(14)
    ]
    told += [
        an_answer(
            n, 1 + n % 5, "2026-04-17", metric="stars", scale="1-5", channel="review"
        )
        for n in range(15)
    ]
    told.append(an_answer(7, 2, "2026-04-18", metric=""))
    db.with_suffix(".toml").write_text('[segments]\nearly = "from:a1@x.example"\n')
    assert run("import", str(rows(tmp_path, told))).code == 0
    return run


def test_figures_for_programs(answered: Run) -> None:
    """Each figure names its method, formula, scale and n; reviews are of another origin."""
    told = answered("metrics", "--weeks", 5200, "--json").json
    (part,) = told["parts"]
    assert (told["by"], part["name"], part["changes"]) == ("", "", [])
    assert [(one["name"], one["formula"], one["n"]) for one in part["figures"]] == [
        ("NPS", "nps-1", 30), ("CES", "ces-mean-1", 14), ("CES", "ces-agree-1", 14),
        ("CES", "ces-index-1", 14), ("reviews", "reviews-1", 15),
    ]  # fmt: skip
    score = part["figures"][0]
    assert (score["unit"], score["scale"], score["method"]) == (
        "points", "0-10", "adjusted Wald",
    )  # fmt: skip
    assert score["low"] <= score["value"] <= score["high"]
    assert part["figures"][-1]["origin"] == "review"
    plain = answered("metrics", "--weeks", 5200, "--method", "plain", "--json").json
    assert plain["parts"][0]["figures"][0]["value"] == score["value"]
    assert plain["parts"][0]["figures"][0]["low"] > score["low"]


def test_figures_for_people(answered: Run) -> None:
    """A row a figure within 80 columns; what is left out is said beside it."""
    shown = answered("metrics", "--weeks", 5200)
    lines = shown.out.splitlines()
    assert lines[0].split() == ["metric", "n", "value", "95", "%", "interval", "how"]
    assert lines[1].startswith("NPS 0-10")
    assert max(map(len, lines)) <= 80
    assert "…" not in "\n".join(line[:44] for line in lines)
    assert "reviews 1-5" in shown.out
    assert "given unasked" in shown.err
    assert "its source says" in shown.err or "their source says" in shown.err


def test_waves_compared(answered: Run) -> None:
    """Both waves, the difference with its interval and z, and whether it is there."""
    args = ("metrics", "--waves", "2026-01", "2026-04")
    told = answered(*args, "--json").json
    assert [one["begin"] for one in told["waves"]] == [
        "2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z",
    ]  # fmt: skip
    change = told["parts"][0]["changes"][0]
    assert (change["before"]["n"], change["now"]["n"]) == (30, 30)
    assert change["verdict"] == "higher"
    assert change["z"] > 1.96
    assert change["low"] <= change["value"] <= change["high"]
    shown = answered(*args)
    assert "higher (z " in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80
    same = answered("metrics", "--waves", "2026-01", "2026-01")
    assert same.code == 2
    assert "overlap" in same.err
    wrong = answered("metrics", "--waves", "spring", "2026-04")
    assert (wrong.code, "is no wave" in wrong.err) == (2, True)
    assert answered("metrics", "--waves", "2026-01", "2026-02", "--weeks", 3).code == 2


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("segment", ["early", ""]), ("source", ["answers"]),
        ("month", ["2026-01", "2026-04"]), ("version", [""]),
        ("week", ["2026-01-12", "2026-04-13"]),
    ],
)  # fmt: skip
def test_parts(answered: Run, by: str, names: list[str]) -> None:
    """A part each, as JSON and as a table a figure."""
    told = answered("metrics", "--by", by, "--weeks", 5200, "--json").json
    assert [part["name"] for part in told["parts"]] == names
    shown = answered("metrics", "--by", by, "--weeks", 5200)
    assert "NPS 0-10: adjusted Wald" in shown.out
    few = answered("metrics", "--by", by, "--weeks", 5200, "--limit", 1)
    assert ("1 part more" in few.err) == (len(names) == 2)
    both = answered(
        "metrics", "--by", by, "--waves", "2026-01", "2026-04", "--json"
    ).json
    assert all(part["changes"] or part["name"] for part in both["parts"])


def test_nothing_was_rated(run: Run, answered: Run) -> None:
    """It says so, and how to look further back; two questions are refused."""
    del run
    told = answered("metrics", "--weeks", 1)
    assert (told.code, told.out) == (0, "")
    assert "--weeks looks further back" in told.err
    assert answered("metrics", "--shipped", "r1", "--pricing").code == 2
    assert answered("metrics", "--by", "source", "--pricing").code == 2
    assert answered("metrics", "metric:nps", "--shipped", "r1").code == 2
    assert answered("metrics", "--shipped", "r1").code == 2


def test_pricing(run: Run, tmp_path: Path) -> None:
    """Points with their intervals and curves, of a table of four columns; none says how."""
    table = "id,Text,Email,too_cheap,cheap,expensive,too_expensive\n" + "".join(
        f"{n},fine,a{n}@x.example,{2 + n},{4 + n},{8 + n},{12 + n}\n" for n in range(12)
    )
    (tmp_path / "prices.csv").write_text(table + "99,odd,z@x.example,9,5,3,1\n")
    assert run("import", str(tmp_path / "prices.csv")).code == 0
    assert "too_cheap, cheap, expensive" in run("metrics", "--pricing", "unheard").err
    told = run("metrics", "--pricing", "--json").json
    (found,) = told["currencies"]
    assert (found["n"], found["inconsistent"], found["currency"]) == (12, 1, "")
    assert [one["name"] for one in found["points"]] == ["PMC", "OPP", "IDP", "PME"]
    for one in found["points"]:
        assert one["low"] <= one["value"] <= one["high"]
    shown = run("metrics", "--pricing")
    assert "fewest refuse" in shown.out
    assert "12 people, 1 left out" in shown.err


def test_shipped(run: Run, tmp_path: Path) -> None:
    """Too early it says so; with nothing linked there is nothing to compare."""
    told = [an_answer(n, 9, "2026-01-15") for n in range(3)]
    assert run("import", str(rows(tmp_path, told))).code == 0
    run("pain", "add", "It is slow")
    run("attach", "f1", "p1")
    run("roadmap", "add", "Make it fast")
    run("roadmap", "edit", "r1", "--status", "shipped")
    alone = run("metrics", "--shipped", "r1")
    assert "no pain point is linked to it" in alone.err
    run("link", "p1", "r1")
    shown = run("metrics", "--shipped", "r1")
    assert "too early to say" in shown.out
    document = run("metrics", "--shipped", "r1", "--json").json
    assert (document["id"], document["effect"]["days"]) == ("r1", 0)
    assert [one["id"] for one in document["pain_points"]] == ["p1"]
    assert document["quoted"] is None
