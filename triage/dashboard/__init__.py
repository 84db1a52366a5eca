"""
Everything that is counted, at a glance: tiles, drawn in the terminal and on a page.

A tile knows no metric and a front end no rule: what is shown is a title, a sentence, a
figure of one of a few shapes, and how it was counted.
"""

from __future__ import annotations

from triage.dashboard.leaving import leaving
from triage.dashboard.tiles import (
    Dashboard,
    Range,
    Ranges,
    Row,
    Rows,
    Spot,
    Spots,
    Tile,
    Weeks,
)
from triage.dashboard.to_html import html
from triage.dashboard.writing import write_to

__all__ = [
    "Dashboard",
    "Range",
    "Ranges",
    "Row",
    "Rows",
    "Spot",
    "Spots",
    "Tile",
    "Weeks",
    "html",
    "leaving",
    "write_to",
]
