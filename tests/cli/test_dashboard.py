"""``triage dashboard``: at a glance on the terminal, as a page, as JSON."""

from __future__ import annotations

from pathlib import Path

from cli.running import Run
from triage.workspace import Workspace


def test_at_a_glance(filled: Run) -> None:
    """Every tile is told in a sentence with its n, what it counts beneath."""
    said = filled("dashboard", "--weeks", "520")
    assert said.code == 0
    assert "Feedback a week:" in said.out
    assert "negative" in said.out


def test_json(filled: Run) -> None:
    """The same as values, by the schema."""
    told = filled("dashboard", "--weeks", "520", "--json").json
    assert [tile["name"] for tile in told["tiles"]][:2] == ["feedback", "sentiment"]
    assert sum(told["tiles"][0]["figure"]["values"]) > 0


def test_a_page(filled: Run, tmp_path: Path) -> None:
    """A page is written whole; one that is there is replaced only with --force."""
    path = tmp_path / "dashboard.html"
    assert filled("dashboard", "--out", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert filled("dashboard", "--out", path).code == 2
    assert filled("dashboard", "--out", path, "--force").code == 0


def test_nobody_heard(run: Run, db: Path) -> None:
    """Where nobody was heard it says how feedback comes in, and counts nothing."""
    Workspace(db).close()
    said = run("dashboard")
    assert said.code == 0
    assert "triage import" in said.out
    assert run("dashboard", "--json").json["tiles"] == []
