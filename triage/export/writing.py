"""What an exporter writes, as files in memory: a text, bytes, or several by name."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

from triage.errors import ConfigError
from triage.export.backlog import Backlog

ONLY = ""
"""The name of a file that is the whole export."""


def written(exporter: Any, backlog: Backlog) -> dict[str, bytes]:
    """
    Each file's bytes by its name; ``ONLY`` where there is one.

    Raises:
        ConfigError: A stranger's format has none of the three ways to write.
    """
    if hasattr(exporter, "write_set"):
        told = exporter.write_set(backlog)
        return {name: text.encode() for name, text in told.items()}
    if hasattr(exporter, "write_bytes"):
        raw = BytesIO()
        exporter.write_bytes(backlog, raw)
        return {ONLY: raw.getvalue()}
    if not hasattr(exporter, "write"):
        raise ConfigError(
            f"the format {exporter.name} has no write, write_bytes or write_set"
        )
    out = StringIO(newline="")
    exporter.write(backlog, out)
    return {ONLY: out.getvalue().encode()}


def is_text(exporter: Any) -> bool:
    """Whether what it writes can be shown on a terminal."""
    return not hasattr(exporter, "write_set") and not hasattr(exporter, "write_bytes")
