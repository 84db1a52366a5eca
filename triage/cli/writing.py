"""A text a person writes in their editor, asked again until it is understood."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from triage.cli.output import note
from triage.errors import TriageError, UsageError

_Made = TypeVar("_Made")


def from_editor(text: str, make: Callable[[str], _Made]) -> _Made | None:
    """
    What ``make`` makes of the text as a person leaves it; None where they change none.

    An empty text is none, too. What is not understood comes up again with the reason
    on top; where they give up, it is kept in a file that is named.

    Raises:
        UsageError: There is no terminal, or what was written is still not understood.
    """
    if not sys.stdin.isatty() and not (
        os.environ.get("VISUAL") or os.environ.get("EDITOR")
    ):
        raise UsageError("there is no terminal; write it to standard input with -")
    shown, reason = text, ""
    while True:
        left = click.edit(shown, extension=".md", require_save=False)
        if left is None or left.strip() in {"", text.strip()}:
            return None
        meant = _meant(left, reason)
        try:
            return make(meant)
        except TriageError as error:
            if left.strip() == shown.strip() or not isinstance(error, UsageError):
                note(_where(left))
                raise
            note(str(error))
            bare = left.removeprefix(reason)
            reason = f"# {' '.join(str(error).split())}\n"
            shown = reason + bare


def _meant(left: str, reason: str) -> str:
    """
    What is to be understood of it: without the reason that stood above.

    Above a line --- it is a remark, and lines are counted as the editor counts them.
    """
    bare = left.removeprefix(reason)
    return left if bare.lstrip().startswith("---") else bare


def from_stdin(make: Callable[[str], _Made]) -> _Made:
    """What ``make`` makes of standard input."""
    with click.open_file("-", encoding="utf-8") as stream:
        text: str = stream.read()
    return make(text)


def _where(text: str) -> str:
    descriptor, name = tempfile.mkstemp(prefix="triage-", suffix=".md")
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    return f"what was written is kept in {Path(name)}"
