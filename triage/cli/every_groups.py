"""groups, and the commands within it, which are files of their own."""

from __future__ import annotations

from triage.cli import group_measuring, groups, regrouping

__all__ = ["group_measuring", "groups", "regrouping"]
