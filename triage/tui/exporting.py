"""Writing the backlog to a file that a person names, or that their browser saves."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui.desk import beside
from triage.tui.screen import TriageScreen

if TYPE_CHECKING:
    from triage.export import Exported

FORMATS = {
    ".md": "markdown", ".html": "html", ".xlsx": "xlsx", ".csv": "csv", ".json": "json",
    ".ndjson": "ndjson",
}  # fmt: skip
"""What a file's name says about how to write it."""


def export(screen: TriageScreen) -> None:
    """To which file?"""
    from triage.tui.dialogs.ask import Ask

    def answered(path: str | None) -> None:
        if not path:
            return
        if Path(path).suffix.casefold() not in FORMATS:
            screen.say(f"Nothing written: it must end in {' '.join(FORMATS)}")
        elif screen.app.is_web:
            suffix = Path(path).suffix.casefold()
            beside(screen, _hand_out, screen, suffix, group="export")
        else:
            _export(screen, Path(path).expanduser())

    shell = "in a shell: triage export --to markdown --out backlog.md"
    where = "your browser saves it" if screen.app.is_web else shell
    hint = f"its ending says how: {' '.join(FORMATS)}\n{where}"
    screen.app.push_screen(
        Ask("Export the backlog to which file?", value="backlog.md", hint=hint),
        answered,
    )


def _export(screen: TriageScreen, path: Path) -> None:
    from triage.tui.dialogs.confirm import Confirm

    def answered(yes: bool | None) -> None:
        if yes:
            beside(screen, _write, screen, path, True, group="export")

    if path.is_file():
        question = f"{path} is there already. Replace it?"
        screen.app.push_screen(Confirm(question), answered)
    else:
        beside(screen, _write, screen, path, False, group="export")


async def _write(screen: TriageScreen, path: Path, force: bool) -> None:
    to = FORMATS[path.suffix.casefold()]
    try:
        done = await screen.triage.desk.look(
            lambda: screen.workspace.export(to, path, force=force)
        )
    except TriageError as error:
        screen.triage.complain(error)
        return
    screen.say(f"Wrote {one_line(str(path), 120)}{_left_out(done)}")


async def _hand_out(screen: TriageScreen, suffix: str) -> None:
    """
    Let the browser save it, under a name of ours.

    The disk here is not the one of whoever looks at the browser.
    """
    written = BytesIO()
    try:
        done = await screen.triage.desk.look(
            lambda: screen.workspace.export(FORMATS[suffix], written)
        )
    except TriageError as error:
        screen.triage.complain(error)
        return
    written.seek(0)
    screen.app.deliver_binary(written, save_filename=f"backlog{suffix}")
    screen.say(f"Handed backlog{suffix} to the browser{_left_out(done)}")


def _left_out(done: Exported) -> str:
    """How many stories stayed behind, and which was the first."""
    if not done.refused:
        return ""
    one = done.refused[0]
    stories = "story" if len(done.refused) == 1 else "stories"
    first = f"{one.story or 'text'} of {one.pain_point}: {one.why}"
    return f"; {len(done.refused)} {stories} left out ({first})"
