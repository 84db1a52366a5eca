"""Writing a brief for stakeholders to a file; a sibling of the backlog's export."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from triage.tui.screen import TriageScreen
from triage.tui.to_file import ToFile, ask
from triage.workspace import BriefWishes

_FORMATS = {".html": "html", ".md": "markdown"}


def brief(screen: TriageScreen) -> None:
    """Of the last weeks; to which file?"""

    def write(to: str, out: Path | BinaryIO, force: bool) -> str:
        from triage.brief import write_to

        told = screen.workspace.brief(BriefWishes())
        write_to(told, to, out, force=force)
        return told.withheld.says()

    shell = "triage brief --to html --out brief.html"
    question = "Write the brief of the last four weeks to which file?"
    ask(screen, ToFile(question, "brief.html", _FORMATS, shell, write))
