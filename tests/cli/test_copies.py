"""What several sources told: where else it was told is one line, and leads there."""

from __future__ import annotations

from pathlib import Path

from cli.running import Run
from factories import a_workspace, an_incoming, imported


def test_show_says_where_else_it_was_told(run: Run, db: Path) -> None:
    """The first names its copies, a copy what it is one of; both are counted right."""
    with a_workspace(db.parent, db.name) as workspace:
        for source in ("connect", "feed", "page"):
            imported(workspace, [an_incoming("1", also="one review")], source=source)
    assert "feed (f2), page (f3)" in run("show", "f1").out
    assert run("show", "f1", "--json").json["copy_of"] == ""
    told = run("show", "f3", "--json").json
    assert (told["kind"], told["copy_of"]) == ("copy", "f1")
    assert told["also_at"] == [
        {"id": "f1", "source": "connect"}, {"id": "f2", "source": "feed"},
    ]  # fmt: skip
    shown = run("show", "f3").out
    assert "copy of" in shown
    assert "connect (f1), feed (f2)" in shown
    counted = run("doctor", "--json").json
    assert (counted["feedback"], counted["copies"], counted["sound"]) == (1, 2, True)
    assert "f2" not in run("list", "--each", "--state", "all").out


def test_an_edit_is_shown_where_there_was_one(run: Run, db: Path) -> None:
    """A source that always tells when it was changed tells of no edit by that."""
    with a_workspace(db.parent, db.name) as workspace:
        at = an_incoming("1").received_at
        imported(workspace, [an_incoming("1", edited_at=at)])
    assert "edited" not in run("show", "f1").out
