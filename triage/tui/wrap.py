"""Text laid out in lines of so many cells, each piece knowing where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rich.cells import cell_len

from triage.text.display import safe

SHOWN = 65_536
"""Bytes of one text laid out at first; the rest is a key away."""

_WIDE = "\u1100-\u11ff\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"


@cache
def _token() -> re.Pattern[str]:
    """Compiled at the first text that needs it: so many characters take a while."""
    return re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Part of a line as shown.

    Attributes:
        start: Where it begins in the text it came from.
        end: Where it ends there, exclusive.
        text: What is shown: safe, and of the same length where nothing was unsafe.
    """

    start: int
    end: int
    text: str

    @property
    def is_literal(self) -> bool:
        """Whether each character shown is one character of the text."""
        return len(self.text) == self.end - self.start


Line = tuple[Piece, ...]


def head(text: str, limit: int = SHOWN) -> str:
    """The first ``limit`` bytes of the text, at a whole character."""
    if text.isascii():
        return text[:limit]
    return text[:limit].encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")


def wrap(text: str, width: int) -> list[Line]:
    """
    The text in lines of at most ``width`` cells.

    Words stay whole where they fit, scripts without spaces break anywhere. No text is
    lost, and none can command a terminal.
    """
    width = max(2, width)
    lines: list[Line] = []
    start = 0
    for raw in text.split("\n"):
        line = raw.removesuffix("\r")
        if line.isascii() and line.isprintable():
            lines.extend(_wrap_plain(line, start, width))
        else:
            lines.extend(_wrap_tokens(line, start, width))
        start += len(raw) + 1
    return lines


def _wrap_plain(line: str, origin: int, width: int) -> Iterator[Line]:
    at = 0
    while len(line) - at > width:
        cut = line.rfind(" ", at, at + width + 1)
        end = cut if cut > at else at + width
        yield (Piece(origin + at, origin + end, line[at:end]),)
        at = end + 1 if cut > at else end
    yield (Piece(origin + at, origin + len(line), line[at:]),)


def _wrap_tokens(line: str, origin: int, width: int) -> Iterator[Line]:
    row: list[Piece] = []
    used = 0
    for token in _tokens(line, origin, width):
        size = cell_len(token.text)
        if used + size > width and row:
            yield _joined(row)
            row, used = [], 0
            if token.text.isspace():
                continue
        row.append(token)
        used += size
    yield _joined(row) or (Piece(origin, origin, ""),)


def _tokens(line: str, origin: int, width: int) -> Iterator[Piece]:
    shown = safe(line, multiline=True)
    if shown != line:
        for match in _token().finditer(line):
            text = safe(match.group(), multiline=True)
            start, end = origin + match.start(), origin + match.end()
            if text == match.group():
                yield from _cut(text, start, width)
            else:
                # Pictures stand for what they replace as a whole.
                for piece in _cut(text, start, width):
                    yield Piece(start, end, piece.text)
        return
    for match in _token().finditer(line):
        yield from _cut(match.group(), origin + match.start(), width)


def _cut(text: str, start: int, width: int) -> Iterator[Piece]:
    """A token too long for a line, in pieces that fit."""
    if len(text) * 2 <= width or cell_len(text) <= width:
        yield Piece(start, start + len(text), text)
        return
    first = used = 0
    for index, character in enumerate(text):
        size = cell_len(character)
        if used + size > width:
            yield Piece(start + first, start + index, text[first:index])
            first, used = index, 0
        used += size
    yield Piece(start + first, start + len(text), text[first:])


def _joined(row: list[Piece]) -> Line:
    """Neighbours that are literal become one piece: fewer to style and to draw."""
    merged: list[Piece] = []
    for piece in row:
        last = merged[-1] if merged else None
        if last and last.is_literal and piece.is_literal and last.end == piece.start:
            merged[-1] = Piece(last.start, piece.end, last.text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)
