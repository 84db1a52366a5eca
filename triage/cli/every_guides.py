"""guide, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import guide_check, guides

__all__ = ["guide_check", "guides"]
