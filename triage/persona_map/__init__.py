"""
A persona's empathy map: one value, drawn as Markdown, as a page or as a picture.

What may not leave the file is left out where the value is made (``sheet_of``), and text
from outside is neutralised where it is drawn; so both happen once.
"""

from __future__ import annotations

from triage.persona_map.sheet import MapArea, MapEntry, MapQuote, Sheet
from triage.persona_map.sheet_of import Shown, sheet_of
from triage.persona_map.writing import FORMATS, format_of, write_to, written

__all__ = [
    "FORMATS",
    "MapArea",
    "MapEntry",
    "MapQuote",
    "Sheet",
    "Shown",
    "format_of",
    "sheet_of",
    "write_to",
    "written",
]
