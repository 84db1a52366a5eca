"""Writing the backlog to a file that a person names, or that their browser saves."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from triage.tui.screen import TriageScreen
from triage.tui.to_file import ToFile, ask

FORMATS = {".md": "markdown", ".csv": "csv", ".json": "json", ".ndjson": "ndjson"}
"""What a file's name says about how to write it."""


def export(screen: TriageScreen) -> None:
    """To which file?"""

    def write(to: str, out: Path | TextIO, force: bool) -> None:
        screen.workspace.export(to, out, force=force)

    shell = "triage export --to markdown --out backlog.md"
    ask(
        screen,
        ToFile(
            "Export the backlog to which file?", "backlog.md", FORMATS, shell, write
        ),
    )
