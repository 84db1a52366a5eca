"""Writing something to a file that a person names, or that their browser saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from triage.errors import TriageError
from triage.text.display import one_line
from triage.tui.desk import beside
from triage.tui.screen import TriageScreen


@dataclass(frozen=True, slots=True)
class ToFile:
    """
    Something that can be written.

    Attributes:
        question: What is asked for the file's name.
        name: What it is called unless somebody says otherwise.
        formats: What a file's name says about how to write it, by its ending.
        shell: The command that does the same.
        write: Writes it in a format, and says what was left out, or ""; True replaces
            a file that is there.
    """

    question: str
    name: str
    formats: Mapping[str, str]
    shell: str
    write: Callable[[str, Path | BinaryIO, bool], str]


def ask(screen: TriageScreen, what: ToFile) -> None:
    """To which file?"""
    from triage.tui.dialogs.ask import Ask

    def answered(path: str | None) -> None:
        if not path:
            return
        suffix = Path(path).suffix.casefold()
        if suffix not in what.formats:
            *most, last = what.formats
            endings = f"{', '.join(most)} or {last}"
            screen.say(f"Nothing written: the name must end in {endings}")
        elif screen.app.is_web:
            beside(screen, _hand_out, screen, what, suffix, group="export")
        else:
            _ask_to_replace(screen, what, Path(path).expanduser())

    where = (
        "your browser saves it" if screen.app.is_web else f"in a shell: {what.shell}"
    )
    hint = f"its ending says how: {' '.join(what.formats)}\n{where}"
    screen.app.push_screen(Ask(what.question, value=what.name, hint=hint), answered)


def _ask_to_replace(screen: TriageScreen, what: ToFile, path: Path) -> None:
    from triage.tui.dialogs.confirm import Confirm

    def answered(yes: bool | None) -> None:
        if yes:
            beside(screen, _write, screen, what, path, True, group="export")

    if path.is_file():
        question = f"{path} is there already. Replace it?"
        screen.app.push_screen(Confirm(question), answered)
    else:
        beside(screen, _write, screen, what, path, False, group="export")


async def _write(screen: TriageScreen, what: ToFile, path: Path, force: bool) -> None:
    to = what.formats[path.suffix.casefold()]
    try:
        left = await screen.triage.desk.look(lambda: what.write(to, path, force))
    except TriageError as error:
        screen.triage.complain(error)
        return
    screen.say(_said(f"Wrote {one_line(str(path), 120)}", left))


async def _hand_out(screen: TriageScreen, what: ToFile, suffix: str) -> None:
    """
    Let the browser save it, under a name of ours.

    The disk here is not the one of whoever looks at the browser.
    """
    written = BytesIO()
    try:
        left = await screen.triage.desk.look(
            lambda: what.write(what.formats[suffix], written, False)
        )
    except TriageError as error:
        screen.triage.complain(error)
        return
    written.seek(0)
    name = f"{Path(what.name).stem}{suffix}"
    screen.app.deliver_binary(written, save_filename=name)
    screen.say(_said(f"Handed {name} to the browser", left))


def _said(done: str, left: str) -> str:
    return f"{done}; {left}" if left else done
