"""``triage persona``: written down, counted, mapped, exported and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Run


@pytest.fixture
def told(filled: Run) -> Run:
    """A persona whose people are quoted for a pain point."""
    assert filled("accept", "g1", "--into", "Export is slow").code == 0
    made = filled("persona", "add", "Nina", "--query", "export", "--role", "lead")
    assert made.code == 0
    return filled


def test_a_persona_is_counted(told: Run) -> None:
    """It says who stands behind it; one that finds nobody is assumed."""
    shown = told("persona", "show", "nina", "--json").json
    assert (shown["id"], shown["query"], shown["assumed"]) == ("u1", "export", False)
    assert shown["people"] <= shown["n"]
    assert shown["pains"][0]["id"] == "p1"
    bare = told("persona", "add", "Nobody", "--json").json
    assert (bare["assumed"], bare["confidence"]["level"]) == (True, "none")
    assert "Nobody (assumed)" in told("persona", "list").out
    listed = told("persona", "list", "--json").json["personas"]
    assert [one["name"] for one in listed] == ["Nina", "Nobody"]
    assert "heard       " in told("persona", "show", "u1").out


def test_entries_cite_words(told: Run) -> None:
    """What somebody says is refused without a quote; with one it is observed."""
    refused = told("persona", "entry", "add", "u1", "says", "it is slow")
    assert refused.code == 2
    assert "what Nina says needs a quote" in refused.err
    said = told("persona", "entry", "add", "u1", "says", "--from", "e1", "--json").json
    assert (said["observed"], said["quotes"][0]["id"]) == (True, "h1")
    told("persona", "entry", "add", "u1", "thinks", "nobody listens")
    assert told("persona", "entry", "edit", "m1").code == 2
    edited = told("persona", "entry", "edit", "m2", "--from", "h1", "--json").json
    assert edited["steps"][0]["label"].startswith("Changed m2")
    assert told("persona", "entry", "edit", "m2", "--not-from", "h9").code == 2
    told("persona", "entry", "edit", "m2", "--not-from", "h1", "--area", "does")
    assert told("persona", "entry", "edit", "m1", "--not-from", "h1").code == 2
    drawn = told("persona", "map", "u1", "--json").json
    assert [(one["area"], one["observed"]) for one in drawn["entries"]] == [
        ("says", True), ("does", False)
    ]  # fmt: skip
    told("persona", "entry", "remove", "m2")
    assert len(told("persona", "map", "u1", "--json").json["entries"]) == 1
    told("undo")
    assert len(told("persona", "map", "u1", "--json").json["entries"]) == 2


@pytest.mark.parametrize("wide", [40, 80, 120])
def test_a_map_fits_the_terminal(
    told: Run, wide: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six areas stand in one, two or three columns, and none is wider than the line."""
    from triage.cli.output import cells

    told("persona", "entry", "add", "u1", "says", "--from", "e1")
    told("persona", "entry", "add", "u1", "feels", "不安 " * 30 + "x" * 130)
    monkeypatch.setenv("COLUMNS", str(wide))
    lines = told("persona", "map", "u1").out.splitlines()
    assert max(map(cells, lines)) <= wide
    tops = [line for line in lines if line.startswith("┌")]
    across = {40: 1, 80: 2, 120: 3}[wide]
    assert [line.count("┌") for line in tops] == [across] * (6 // across)
    assert any("● " in line for line in lines)
    assert any("○ " in line for line in lines)
    assert any("inferred by" in line for line in lines)


def test_a_map_is_written(told: Run, tmp_path: Path) -> None:
    """A file's name says as what; one that is there is replaced only with --force."""
    told("persona", "entry", "add", "u1", "says", "--from", "e1")
    for ending, begin in ((".md", "# "), (".html", "<!doctype"), (".svg", "<svg ")):
        file = tmp_path / f"nina{ending}"
        assert told("persona", "map", "u1", "--out", file).code == 0
        assert file.read_text(encoding="utf-8").startswith(begin)
        assert told("persona", "map", "u1", "--out", file).code == 2
        assert told("persona", "map", "u1", "--out", file, "--force").code == 0
    refused = told("persona", "map", "u1", "--out", tmp_path / "nina.pdf")
    assert refused.code == 2
    assert "end it in .md, .html or .svg" in refused.err


def test_a_persona_is_changed_and_removed(told: Run) -> None:
    """Only what is said changes; undo brings a removed one back with its map."""
    assert told("persona", "edit", "u1").code == 2
    told("persona", "edit", "u1", "--name", "Nina the lead", "--query", "speed")
    told("persona", "review", "u1")
    told("persona", "entry", "add", "u1", "goals", "go home")
    shown = told("persona", "show", "u1", "--json").json
    assert (shown["name"], shown["query"]) == ("Nina the lead", "speed")
    assert shown["reviewed_at"]
    steps = told("log", "--of", "u1", "--json").json["steps"]
    assert [one["label"].split()[0] for one in steps] == [
        "Wrote", "Reviewed", "Changed", "Added"
    ]  # fmt: skip
    told("persona", "remove", "Nina the lead")
    assert told("persona", "show", "u1").code == 2
    told("undo")
    assert told("persona", "show", "u1", "--json").json["entries"] == 1


def test_too_few_to_say(told: Run) -> None:
    """With a handful of people nothing is suggested, and that is said."""
    ran = told("persona", "alike")
    assert "Nothing to suggest." in ran.out
    assert "too few to say" in ran.err
    assert told("persona", "alike", "--json").json["groups"] == []


def test_what_is_suggested_can_be_run(run: Run, db: Path) -> None:
    """Plans that speak alike come with the line that makes one persona of them."""
    import shlex

    from factories import an_incoming, imported
    from triage.workspace import Workspace

    plans = {"team": (6, 3, 1), "big one": (6, 3, 1), "free": (1, 3, 6)}
    told = [
        (plan, point)
        for plan, weights in plans.items()
        for point, weight in enumerate(weights)
        for _ in range(weight * 15)
    ]
    with Workspace(db) as workspace:
        imported(
            workspace,
            [
                an_incoming(str(n), f"{point} hurts", email=f"p{n}@x.test",
                            context={"plan": plan})
                for n, (plan, point) in enumerate(told, 1)
            ],
            group=False,
        )  # fmt: skip
        for number in range(3):
            these = [n for n, (_, point) in enumerate(told, 1) if point == number]
            workspace.accept(
                [workspace.feedback(f"f{n}") for n in these], f"Pain {number}"
            )
        workspace.add_persona("Everybody", "state:all")
    out = run("persona", "alike").out
    assert "Everybody lumps together" in out
    line = next(one for one in out.splitlines() if "triage persona add" in one)
    made = run(*shlex.split(line)[1:], "--json").json
    assert (made["n"], made["query"]) == (300, 'plan:"big one",team')
    assert f"they are {made['name']} already" in run("persona", "alike").out
    found = run("persona", "alike", "--json").json
    verdicts = {one["verdict"] for one in found["pairs"] if not one["within"]}
    assert {"alike", "different"} <= verdicts
