"""Longer texts are written in the person's own editor, and none is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from terminal import Terminal, triage
from triage.tui.dialogs.write import Write
from triage.workspace import Workspace
from tui.desk import Opened

EDITOR = """#!/bin/sh
stat -c %a "$1" > "$LOG"
cat "$1" >> "$LOG"
printf 'People lose an hour.\\nEvery\\033[31m time.\\n' >> "$1"
exit $(cat "$CODE")
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A workspace with one pain point."""
    path = tmp_path / "work.db"
    with Workspace(path) as made:
        made.capture("Export fails", statement="It fails.")
    return path


def writing(database: Path, editor: str, **env: str) -> Terminal:
    """The app, with the pain point's statement being written."""
    app = Terminal(database, env={"EDITOR": editor, "VISUAL": "", **env})
    app.see("Nobody has been heard yet")
    app.press("g", "p")
    app.see("Export fails")
    app.press("enter")
    app.see("It fails.")
    app.press("s")
    app.see("ctrl+e your editor")
    return app


def test_a_text_in_an_editor(database: Path, tmp_path: Path) -> None:
    """ctrl+e brings up the editor with the text, and back with what became of it."""
    script, log, code = (tmp_path / name for name in ("edit", "log", "code"))
    script.write_text(EDITOR)
    script.chmod(0o700)
    code.write_text("0")
    app = writing(database, f"{script} --wait", LOG=str(log), CODE=str(code))
    # An editor may be a command with words of its own; this one takes the file first.
    script.write_text(EDITOR.replace('"$1"', '"$2"'))
    app.press("\x05")
    app.see("People lose an hour.", "Every␛[31m time.")
    assert log.read_text() == "600\nIt fails.\n"

    # One that fails leaves the text here as it was, and says where the other one is.
    code.write_text("3")
    app.press("\x05")
    app.see("ended with code 3", "what was written")
    app.press("\t")
    app.press("q")
    app.see("Export fails")
    assert app.leave() == 0
    told = triage(database, "pain", "show", "p1", "--json")
    assert told["statement"] == "It fails.\nPeople lose an hour.\nEvery␛[31m time."


def test_no_editor(database: Path) -> None:
    """Where there is none, that is said, and what was typed stays."""
    app = writing(database, "/no/such/editor")
    app.press(*" Always.")
    app.press("\x05")
    app.see("there is no editor", "It fails. Always.")
    app.press("\t")
    app.see("It fails. Always.")
    app.press("q", "q")
    assert triage(database, "pain", "show", "p1", "--json")["statement"] == (
        "It fails. Always."
    )


async def test_no_editor_where_the_app_cannot_make_way(
    workspace: Workspace, opened: Opened
) -> None:
    """Without a terminal of its own, as in a browser, the key is not offered."""
    async with opened(workspace) as desk:
        desk.app.push_screen(Write("What hurts?", value="a b"))
        await desk.settle()
        assert "tab keep" in desk.text
        assert "editor" not in desk.text
        await desk.press("ctrl+e", "x")
        assert "a bx" in desk.text


def test_a_session_in_an_editor(database: Path, tmp_path: Path) -> None:
    """A new session's template goes to the editor; ctrl+s keeps what came back."""
    script, log, code = (tmp_path / name for name in ("edit", "log", "code"))
    script.write_text(EDITOR)
    script.chmod(0o700)
    code.write_text("0")
    app = Terminal(
        database,
        env={"EDITOR": str(script), "VISUAL": "", "LOG": str(log), "CODE": str(code)},
    )
    app.see("Nobody has been heard yet")
    app.press("g", "u")
    app.see("Nobody was heard in person yet")
    app.press("n", "i")
    app.see("ctrl+e your editor")
    app.press("\x05")
    app.see("People lose an hour.")
    assert "kind: interview" in log.read_text()
    app.press("\x13")
    app.see("Wrote i1, interview")
    assert app.leave() == 0
    with Workspace(database) as workspace:
        (view,) = workspace.sessions()
        assert view.session.text == "People lose an hour.\nEvery␛[31m time."
