"""A map as text in a format, in a file whose name says which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from triage.errors import UsageError
from triage.export import files
from triage.persona_map.sheet import Sheet
from triage.persona_map.to_html import html
from triage.persona_map.to_markdown import markdown
from triage.persona_map.to_svg import svg

FORMATS: dict[str, Callable[[Sheet], str]] = {
    ".md": markdown,
    ".html": html,
    ".svg": svg,
}
"""How a map is written, by how the file's name ends."""


def format_of(path: Path) -> str:
    """
    The one of ``FORMATS`` a file's name asks for.

    Raises:
        UsageError: It asks for none.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(
            f"{path.name} does not say as what: end it in .md, .html or .svg"
        )
    return ending


def written(sheet: Sheet, ending: str) -> str:
    """The whole text in one of ``FORMATS``."""
    return FORMATS[ending](sheet)


def write_to(sheet: Sheet, path: Path, *, force: bool = False) -> None:
    """
    Write it as UTF-8 in the format its name asks for, whole or not at all.

    Raises:
        UsageError: The file is there already, and ``force`` is not given.
    """
    raw = written(sheet, format_of(path)).encode()
    files.write_bytes(path, raw, force=force)
