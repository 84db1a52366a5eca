"""roadmap, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import filing, roadmap

__all__ = ["filing", "roadmap"]
