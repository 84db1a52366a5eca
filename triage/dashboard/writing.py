"""A dashboard as a page, in a file or in a stream."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from triage.dashboard.tiles import Dashboard
from triage.dashboard.to_html import html
from triage.export import files


def write_to(
    dashboard: Dashboard, out: Path | BinaryIO, *, force: bool = False
) -> None:
    """
    Write it as UTF-8; a path is written whole or not at all.

    Raises:
        UsageError: The file is there already, and ``force`` is not given.
    """
    raw = html(dashboard).encode()
    if isinstance(out, Path):
        files.write_bytes(out, raw, force=force)
    else:
        out.write(raw)
