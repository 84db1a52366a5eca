"""outbox, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import outbox, sending

__all__ = ["outbox", "sending"]
