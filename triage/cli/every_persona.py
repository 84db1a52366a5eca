"""persona, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import persona, persona_alike, persona_entries, persona_map

__all__ = ["persona", "persona_alike", "persona_entries", "persona_map"]
