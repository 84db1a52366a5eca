"""Writing a persona's empathy map to a file: to be read, to be shown, to be drawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from triage.empathy import Persona
from triage.text.display import one_line
from triage.tui.screen import TriageScreen
from triage.tui.to_file import ToFile, ask
from triage.workspace import Workspace

FORMATS = {".html": ".html", ".md": ".md", ".svg": ".svg"}


def export(screen: TriageScreen, persona: Persona) -> None:
    """To which file?"""
    workspace = screen.workspace

    def write(to: str, out: Path | BinaryIO, force: bool) -> str:
        return _write(workspace, persona, to, out, force=force)

    name = f"{_plain(persona.name) or persona.short}.html"
    shell = f"triage persona map {persona.short} --out {name}"
    question = f"Write the empathy map of {one_line(persona.name, 60)} to which file?"
    ask(screen, ToFile(question, name, FORMATS, shell, write))


def _write(
    workspace: Workspace,
    persona: Persona,
    to: str,
    out: Path | BinaryIO,
    *,
    force: bool,
) -> str:
    """Write it; says what of it may not leave, or ""."""
    from triage.persona_map import Shown, sheet_of, write_to, written

    view = workspace.persona_view(workspace.persona(persona.id))
    shown = Shown(leaves=True, names=False)
    sheet = sheet_of(
        view, workspace.bias(view), workspace.rests_on(view), shown, workspace.clock()
    )
    if isinstance(out, Path):
        write_to(sheet, out, force=force)
    else:
        out.write(written(sheet, to).encode())
    return sheet.missing


def _plain(name: str) -> str:
    """A name of a file that no shell and no file system trips over."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")[:60]
