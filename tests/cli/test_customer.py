"""customer and show --thread, --whole: one voice, for people and for programs."""

from __future__ import annotations

from pathlib import Path

from cli.running import Run

SAID = """\
{"id": "1", "thread": "t1", "author": "Ana", "text": "it fails", "created_at": "2026-06-01T08:00:00Z"}
{"id": "2", "thread": "t1", "author": "Ana", "text": "at page 600\\u001b[31m", "created_at": "2026-06-02T08:00:00Z"}
{"id": "3", "author": "Ana", "text": "thank you", "created_at": "2026-06-03T08:00:00Z"}
"""

MAIL = b"""From: Bo <bo@x.example>
Date: Mon, 02 Mar 2026 12:00:00 +0000
Message-ID: <one@x.example>
Subject: Export crash

The export still crashes.

On Sun, 1 Mar 2026 at 09:00, Support <help@lumen.example> wrote:
> Which version is it?
"""


def test_customer(run: Run, tmp_path: Path) -> None:
    """Everything somebody said, newest first, by any name they go by."""
    file = tmp_path / "said.jsonl"
    file.write_text(SAID)
    run("import", file)
    run("archive", "f3")
    told = run("customer", "ana", "--json").json
    assert (told["name"], told["count"]) == ("Ana", 3)
    assert [one["id"] for one in told["said"]] == ["f3", "f2", "f1"]
    assert told["said"][0]["state"] == "archived"
    shown = run("customer", "f1", "--limit", 2)
    assert shown.out.startswith(f"{told['id']} Ana")
    assert "archived" in shown.out
    assert "\x1b" not in shown.out
    assert "2 of 3" in shown.err
    assert run("customer", "nobody").code == 2


def test_thread(run: Run, tmp_path: Path) -> None:
    """A conversation, oldest first; a message by itself where there is none."""
    file = tmp_path / "said.jsonl"
    file.write_text(SAID)
    run("import", file)
    told = run("show", "f2", "--thread", "--json").json
    assert [one["id"] for one in told["messages"]] == ["f1", "f2"]
    shown = run("show", "f1", "--thread").out
    assert shown.index("it fails") < shown.index("at page 600")
    assert "\x1b" not in shown
    alone = run("show", "f3", "--thread", "--json").json
    assert [one["id"] for one in alone["messages"]] == ["f3"]


def test_whole(run: Run, tmp_path: Path) -> None:
    """--whole prints what was quoted in a mail too."""
    file = tmp_path / "one.eml"
    file.write_bytes(MAIL)
    run("import", file)
    assert "Which version" not in run("show", "f1").out
    assert "> Which version is it?" in run("show", "f1", "--whole").out
    assert run("show", "f1", "--whole", "--raw").code == 2
    assert run("show", "f1", "--whole", "--json").code == 2
