"""sources, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import source_status, sources

__all__ = ["source_status", "sources"]
