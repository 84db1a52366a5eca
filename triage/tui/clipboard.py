"""What is copied goes to the terminal's clipboard, or to a file where it has none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from triage.config import person_folder
from triage.errors import ConfigError, TriageError
from triage.model import Feedback
from triage.text.display import one_line, safe
from triage.tui import words

if TYPE_CHECKING:
    from triage.tui.screen import TriageScreen

FILE = "clipboard.txt"

_WITHOUT = {"linux", "dumb", "vt100", "vt220", "unknown"}
"""Terminals by their ``TERM`` that take nothing into a clipboard (OSC 52)."""


def copy_words(
    screen: TriageScreen, what: str, feedback: Feedback, quote: str | None = None
) -> None:
    """
    Copy what somebody said, or a part of it; who said it where that may be told.

    Copying takes it out of the file: without consent nothing is copied, and why is
    said.
    """
    leaving = screen.workspace.letting_out([feedback])
    if not leaving.words(feedback):
        screen.say(f"Nothing copied: {feedback.short} was heard without consent")
        return
    text = quote
    if text is None:
        text = as_text(feedback, named=leaving.name(feedback))
    if not leaving.name(feedback):
        from triage.export.letting_out import nameless

        text = nameless(feedback, text)
    copy(screen, what, text)


def copy(screen: TriageScreen, what: str, text: str) -> None:
    """Copy a text, made safe first, and say what was copied and where it is."""
    clean = safe(text, multiline=True)
    told = screen.workspace.config.clipboard
    if told == "terminal" or (not told and has_clipboard(os.environ)):
        screen.app.copy_to_clipboard(clean)
        screen.say(f"Copied {what}")
        return
    try:
        where = _write(clean)
    except TriageError as error:
        screen.triage.complain(error)
    else:
        screen.say(f"Copied {what} to {where}")


def has_clipboard(environment: Mapping[str, str]) -> bool:
    """Whether nothing is known against this terminal; none can be asked."""
    return (
        environment.get("TERM", "") not in _WITHOUT
        and environment.get("TERM_PROGRAM") != "Apple_Terminal"
    )


def as_text(feedback: Feedback, *, named: bool = True) -> str:
    """The words, who said them, where and when, and the link, for a colleague."""
    when = f"{feedback.received_at.astimezone():%Y-%m-%d}"
    where = f"{feedback.source}, {when}, {feedback.short}"
    if not named:
        return f"{feedback.body}\n\n— {where}\n"
    said = "\n\n".join(part for part in (feedback.title, feedback.body) if part)
    told = f"{said}\n\n— {one_line(words.author(feedback), 80)}, {where}\n"
    return f"{told}{feedback.url}\n" if feedback.url else told


def _write(text: str) -> str:
    folder = person_folder()
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Nobody else is to read what customers wrote, whoever made the file.
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as out:
            path.chmod(0o600)
            out.write(text)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error
    return str(path)
