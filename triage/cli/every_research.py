"""research, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import consenting, research

__all__ = ["consenting", "research"]
