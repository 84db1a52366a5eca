"""tag own note tags: pinned on feedback, shown and listed, taken back by undo."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from cli.running import Run
from triage.cli.program import program


def test_tags_are_set(filled: Run) -> None:
    """Several tags on several feedback are one step; show and list say them."""
    told = filled("tag", "f3", "f4", "--add", "billing", "--add", "vip", "--json").json
    assert [step["verb"] for step in told["steps"]] == ["tag"]
    filled("tag", "f3", "--remove", "VIP", "--add", "Billing")
    assert filled("show", "f3", "--json").json["tags"] == ["billing"]
    rows = {row["id"]: row["tags"] for row in filled("list", "--json").json["feedback"]}
    assert (rows["f3"], rows["f4"], rows["f2"]) == (["billing"], ["billing", "vip"], [])
    assert "billing, vip" in filled("show", "f4").out
    assert filled("tag", "f3").code == 2
    filled("undo", "--times", "2")
    assert filled("tags", "--json").json["tags"] == []


def test_a_group_is_tagged_whole(filled: Run) -> None:
    """Every member, decided or not."""
    filled("archive", "f1")
    filled("tag", "g1", "--add", "export")
    assert filled("tags", "--json").json["tags"] == [
        {"tag": "export", "feedback": 2, "pain_points": 0, "highlights": 0}
    ]


def test_an_owner(filled: Run) -> None:
    """Somebody, then nobody."""
    filled("own", "f3", "--to", "dana")
    assert filled("show", "f3", "--json").json["owner"] == "dana"
    filled("own", "f3", "--to", "")
    assert filled("show", "f3", "--json").json["owner"] == ""


def test_notes(filled: Run) -> None:
    """Written, piped, changed and removed; the log of the feedback has it all."""
    filled("note", "f3", "called", "them")
    filled("note", "f3", "-", stdin="second\nline\n")
    notes = filled("show", "f3", "--json").json["notes"]
    assert [one["text"] for one in notes] == ["called them", "second\nline"]
    assert "called them" in filled("show", "f3").out
    filled("note", "f3", "--edit", "n1", "called twice")
    filled("note", "f3", "--remove", "2")
    notes = filled("show", "f3", "--json").json["notes"]
    assert [(one["id"], one["text"]) for one in notes] == [("n1", "called twice")]
    steps = filled("log", "--of", "f3", "--json").json["steps"]
    assert [step["verb"] for step in steps] == ["note"] * 4
    (row,) = [r for r in filled("list", "--json").json["feedback"] if r["id"] == "f3"]
    assert row["notes"] == 1
    for words in (
        ("note", "f4", "--edit", "n1", "x"), ("note", "f3", "--edit", "n9", "x"),
        ("note", "f3"), ("note", "f3", "--remove", "n1", "x"),
        ("note", "f3", "--remove", "n1", "--edit", "n1"),
    ):  # fmt: skip
        assert filled(*words).code == 2


def test_renaming_is_previewed(filled: Run) -> None:
    """--preview says how much has the tag and changes nothing."""
    filled("tag", "f3", "f4", "--add", "invoices")
    filled("pain", "add", "Paying", "--tag", "Invoices")
    told = filled("tags", "rename", "INVOICES", "billing", "--preview", "--json").json
    assert (told["feedback"], told["pain_points"], told["step"]) == (2, 1, None)
    assert (
        "on 2 feedback and 1 pain point"
        in filled("tags", "rename", "invoices", "billing", "--preview").out
    )
    told = filled("tags", "rename", "invoices", "billing", "--json").json
    assert isinstance(told["step"], int)
    assert "billing" in filled("tags").out
    assert filled("tags", "rename", "invoices", "x").code == 2


def test_snooze_until_evidence(filled: Run, tmp_path: Path) -> None:
    """It sleeps until something new says the same; the import says that it woke."""
    told = filled("snooze", "f3", "--until", "evidence")
    assert "until new evidence" in told.out
    shown = filled("show", "f3", "--json").json
    assert (shown["state"], shown["until"], shown["until_evidence"]) == (
        "snoozed",
        None,
        True,
    )
    more = tmp_path / "more.csv"
    more.write_text(
        "id,Text\n7,Please add a dark mode to the editor because my eyes hurt\n"
    )
    assert "1 woke up" in filled("import", more).out
    states = {r["id"]: r["state"] for r in filled("list", "--json").json["feedback"]}
    assert "f5" in states
    assert "new evidence, which came" in filled("show", "f3").out
    filled("snooze", "f4", "--until", "fri or evidence")
    assert filled("snooze", "f4", "--until", "soon or evidence").code == 2


def test_reasons_of_the_workspace_complete(filled: Run, db: Path) -> None:
    """[triage] reasons come before the usual ones, in a shell too."""
    settings = db.with_suffix(".toml")
    settings.write_text('[triage]\nreasons = ["wrong app", "not planned"]\n')
    completed = CliRunner().invoke(
        program, prog_name="triage",
        env={
            "_TRIAGE_COMPLETE": "bash_complete", "COMP_CWORD": "6",
            "COMP_WORDS": f"triage --db {db} decline f1 --reason ",
        },
    )  # fmt: skip
    found = [line.partition(",")[2] for line in completed.stdout.splitlines()]
    assert found[:3] == ["wrong app", "not planned", "works as designed"]
    settings.write_text("[triage]\nreasons = [1]\n")
    assert filled("list").code == 2
