"""A text in the person's own editor, while the app makes way for it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from triage.errors import TriageError, UsageError

LONGEST = 1_000_000
"""Bytes read back of what was written."""


def is_possible(app: App[Any]) -> bool:
    """Whether the app can make way: not in a browser, and not without a terminal."""
    driver = app._driver  # noqa: SLF001 - Textual tells it nowhere else
    return driver is not None and driver.can_suspend


def edited(app: App[Any], text: str) -> str:
    """
    What became of a text in ``$VISUAL`` or ``$EDITOR``.

    ``TriageError`` says why nothing became of it; what was written by then is kept in
    the file the message names.
    """
    command = _command()
    descriptor, name = tempfile.mkstemp(prefix="triage-", suffix=".md")
    path = Path(name)
    before = text if text.endswith("\n") or not text else f"{text}\n"
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(before)
    try:
        with app.suspend():
            code = subprocess.run([*command, name], check=False).returncode
    except (OSError, SuspendNotSupported) as error:
        path.unlink()
        raise TriageError(f"{command[0]} could not be started: {error}") from error
    after = _read(path)
    if code and after != before:
        raise TriageError(
            f"{command[0]} ended with code {code}, so the text here stays as it was;"
            f" what was written there is in {path}"
        )
    path.unlink(missing_ok=True)
    if code:
        raise TriageError(f"{command[0]} ended with code {code}; nothing was changed")
    return after.rstrip("\n")


def _command() -> list[str]:
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        command = shlex.split(told)
    except ValueError as error:
        raise UsageError(f"EDITOR cannot be read: {error}") from error
    if not command or shutil.which(command[0]) is None:
        raise UsageError(
            f"there is no editor {told!r} here; set EDITOR to one, like EDITOR=nano"
        )
    return command


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST).decode("utf-8", "replace")
    except FileNotFoundError:
        # An editor that takes the file away has said nothing.
        return ""
