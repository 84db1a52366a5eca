"""How wide text is drawn and where its lines break; widths are those of Arial."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""Faces of the same widths; another is set to the width measured."""

# In thousandths of the size, as the metrics of the face have them, from the space on.
_ASCII = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_SIGNS = {"“": 333, "”": 333, "‘": 222, "’": 222, "…": 1000, "–": 556, "—": 1000,
          "·": 333, "●": 604, "○": 604}  # fmt: skip
_LETTER, _CAPITAL, _WIDE = 600, 720, 1000


@cache
def _of(sign: str) -> int:
    if sign in _SIGNS:
        return _SIGNS[sign]
    # An accented letter is as wide as the letter.
    plain = unicodedata.normalize("NFD", sign)[0]
    if " " <= plain <= "~":
        return _ASCII[ord(plain) - 32]
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(sign) in {"W", "F"} or ord(sign) >= 0x2600:
        return _WIDE
    return _CAPITAL if sign.isupper() else _LETTER


def width(text: str, size: float) -> float:
    """How wide the text is drawn at this size, in the same unit."""
    return sum(map(_of, text)) * size / 1000


def wrapped(text: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    """
    The text in lines no wider than there is room.

    Words stay whole where they fit into a line; one sign is a line at least, so that
    no room is too small.
    """
    line, taken, space = "", 0.0, measure(" ")
    for word in text.split():
        wide = measure(word)
        if line and taken + space + wide <= room:
            line, taken = f"{line} {word}", taken + space + wide
            continue
        if line:
            yield line
        line, taken = word, wide
        if wide > room:
            *parts, line = _broken(word, room, measure)
            yield from parts
            taken = measure(line)
    if line:
        yield line


def _broken(word: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    part, taken = "", 0.0
    for sign in word:
        wide = measure(sign)
        if part and taken + wide > room:
            yield part
            part, taken = "", 0.0
        part, taken = part + sign, taken + wide
    yield part
