"""A brief as text in a format, in a file or in a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from triage.brief.blocks import Block
from triage.brief.brief import Brief
from triage.brief.laying_out import laid_out
from triage.brief.to_html import html
from triage.brief.to_markdown import markdown
from triage.export import files

FORMATS: dict[str, Callable[[Iterable[Block]], str]] = {
    "markdown": markdown,
    "html": html,
}
"""How a brief is written, by the name people call it."""


def written(brief: Brief, to: str) -> str:
    """The whole text in one of ``FORMATS``."""
    return FORMATS[to](laid_out(brief))


def write_to(
    brief: Brief, to: str, out: Path | BinaryIO, *, force: bool = False
) -> None:
    """
    Write it as UTF-8; a path is written whole or not at all.

    Raises:
        UsageError: The file is there already, and ``force`` is not given.
    """
    raw = written(brief, to).encode()
    if isinstance(out, Path):
        files.write_bytes(out, raw, force=force)
    else:
        out.write(raw)
