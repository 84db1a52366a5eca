"""A person's session in a real terminal, from the first key to the export."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import Terminal, triage

FEEDBACK = {
    "Maria Lindqvist": "The export crashes whenever my project has more than 500 pages."
    " I lose an hour of work every time.",
    "Jonas Weber": "Export crashes whenever the project has over 500 pages, is a fix"
    " planned?",
    "Ana Ruiz": "Please add a dark mode to the web editor, my eyes hurt at night.",
    "Tom Hale": "How do I change the invoice address?",
    "Ines Prado": "Love it, best tool for long reports.",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A workspace with five messages, two of which say the same in other words."""
    file = tmp_path / "inbox.jsonl"
    with file.open("w") as out:
        for number, (author, text) in enumerate(FEEDBACK.items(), 1):
            told = {
                "id": str(number), "author": author, "text": text,
                "created_at": f"2026-11-20T{8 + number:02}:00:00Z",
            }  # fmt: skip
            out.write(json.dumps(told) + "\n")
    path = tmp_path / "work.db"
    triage(path, "import", str(file), "--json")
    return path


def test_a_whole_session(database: Path) -> None:
    """What a person decides by keyboard is there after leaving, and in the export."""
    app = Terminal(database)
    app.see("Inbox 5", "Love it")

    # The oldest: accepted into a new pain point, with a sentence quoted.
    app.press("G")
    app.see("more than 500 pages")
    app.press("v", "enter")
    app.see("importance")
    app.press(*"Export fails on large projects")
    app.see("create")
    app.press("enter")
    app.see("Inbox 4", "ccepted f1")

    # The next says the same in other words: merged with it.
    app.see("fix")
    app.press("2")
    app.see("f1")
    app.press("enter")
    app.see("erged f2")

    # One is declined with a reason.
    app.press("k")
    app.see("dark mode")
    app.press("3")
    app.see("not planned")
    app.press("enter")
    app.see("eclined f3")

    # Both are undone, then done again.
    app.press("u")
    app.see("Undone: Declined f3")
    app.press("u")
    app.see("Undone: Merged f2")
    assert triage(database, "groups", "--json")["groups"] == []
    app.press("U")
    app.see("Merged f2")
    app.press("U")
    app.see("Inbox 3", "Declined f3")

    # The pain point is made urgent and linked to something planned.
    app.press("g", "p")
    app.see("Export fails on large projects")
    app.press("p")
    app.see("urgent")
    app.press("1")
    app.see("Made p1", "urgent")
    assert app.leave() == 0

    triage(
        database, "roadmap", "add", "Rewrite the exporter", "--horizon", "now", "--json"
    )
    app = Terminal(database)
    app.see("Inbox")
    app.press("g", "p")
    app.see("urgent", "Export fails on large projects")
    app.press("l")
    app.see("Rewrite the exporter")
    app.press("enter")
    app.see("inked p1")
    assert app.leave() == 0

    exported = subprocess.run(
        [
            sys.executable,
            "-m",
            "triage",
            "--db",
            str(database),
            "export",
            "--to",
            "json",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    (point,) = json.loads(exported.stdout)["pain_points"]
    assert point["title"] == "Export fails on large projects"
    assert "urgent" in json.dumps(point["priority"])
    quotes = [one["quote"] for one in point["evidence"]]
    assert quotes == ["The export crashes whenever my project has more than 500 pages."]
    assert "Rewrite the exporter" in json.dumps(point["roadmap"])
    states = {
        f["id"]: f["state"]
        for f in triage(database, "list", "--state", "all", "--json")["feedback"]
    }
    assert states["f3"] == "declined"
    (group,) = triage(database, "groups", "--json")["groups"]
    assert group["size"] == 2
