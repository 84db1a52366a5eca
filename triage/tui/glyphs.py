"""Every glyph has a stand-in of plain ASCII, as wide, for terminals without others."""

from __future__ import annotations

import codecs
import locale
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

STAND_INS = {
    # Where one is, what is marked, how it fares
    "▌": ">", "▸": ">", "▾": "v", "✓": "+", "✕": "x", "●": "*", "○": "o", "◐": "%",
    "★": "*", "☆": ".", "▰": "#", "▱": ".", "↶": "<", "✎": "&",
    "↵": "<", "»": ">", "«": "<", "▲": "^", "▼": "v", "◆": "!", "›": ">", "⌫": "<",
    # Keys
    "←": "<", "→": ">", "↑": "^", "↓": "v", "↔": "=", "↕": "=", "⇧": "S",
    # Between words
    "·": "-", "•": "*", "…": "~", "–": "-", "—": "-", "−": "-", "×": "x", "÷": "/",
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "⟨": "<", "⟩": ">",
    # Charts
    "▁": "_", "▂": ".", "▃": "-", "▄": "-", "▅": "=", "▆": "=", "▇": "#", "█": "#",
    "░": ".", "▒": ":", "▓": "%",
    # Lines and edges, ours and the framework's
    "│": "|", "┃": "|", "║": "|", "▏": "|", "▎": "|", "▍": "|", "▋": "|", "▊": "|",
    "▉": "|", "▐": "|", "▕": "|", "─": "-", "━": "-", "═": "=", "▔": "-", "▀": "-",
    "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+",
    "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
    # Letters that come apart into no other
    "ß": "s", "ø": "o", "Ø": "O", "æ": "a", "Æ": "A", "œ": "o", "Œ": "O", "ł": "l",
    "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "¡": "!", "¿": "?",
}  # fmt: skip
"""What stands for what; one cell each."""


def are_few(environ: Mapping[str, str]) -> bool:
    """Whether this terminal shows little but ASCII: its name or its locale says so."""
    if environ.get("TERM", "") in {"dumb", "linux"}:
        return True
    # What Python itself writes in says nothing: it takes UTF-8 for a plain C locale.
    return codecs.lookup(locale.getencoding()).name != "utf-8"


def plain(text: str) -> str:
    """The text in ASCII, in as many cells; what has no stand-in is a question mark."""
    if text.isascii():
        return text
    made = "".join(map(_stand_in, text))
    size = cell_len(text)
    # Joined emoji take fewer cells than their parts.
    return made[:size].ljust(size)


@lru_cache(4096)
def _stand_in(character: str) -> str:
    if character.isascii():
        return character
    known = STAND_INS.get(character)
    if known is not None:
        return known
    size = cell_len(character)
    letters = (
        unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    )
    if not letters.isprintable() or not 0 < len(letters) <= size:
        return "?" * size
    return letters.ljust(size)


class Ascii(LineFilter):
    """Puts the stand-in in place of every glyph, ours or a customer's."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, cell by cell, without a byte above 0x7f."""
        del background
        if all(text.isascii() for text, _, _ in segments):
            return segments
        return [
            Segment(plain(text), style, control) for text, style, control in segments
        ]
