"""Writing the backlog to a file, and saying which stories stayed behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from triage.tui.screen import TriageScreen
from triage.tui.to_file import ToFile, ask

if TYPE_CHECKING:
    from triage.export.stories import Refused

FORMATS = {
    ".md": "markdown", ".html": "html", ".xlsx": "xlsx", ".csv": "csv", ".json": "json",
    ".ndjson": "ndjson",
}  # fmt: skip


def export(screen: TriageScreen) -> None:
    """To which file?"""

    def write(to: str, out: Path | BinaryIO, force: bool) -> str:
        done = screen.workspace.export(to, out, force=force)
        return "; ".join(filter(None, (_left_out(done.refused), done.withheld.says())))

    shell = "triage export --to markdown --out backlog.md"
    question = "Export the backlog to which file?"
    ask(screen, ToFile(question, "backlog.md", FORMATS, shell, write))


def _left_out(refused: Sequence[Refused]) -> str:
    """How many stories stayed behind, and why the first did."""
    if not refused:
        return ""
    stories = "story" if len(refused) == 1 else "stories"
    return f"{len(refused)} {stories} left out: {refused[0].why}"
