"""Selecting words: a sentence, then its paragraph, then all; ends move word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_SENTENCE = re.compile(r"[^.!?。！？…\n]*[.!?。！？…]+[\"'”’»)\]]*|[^.!?。！？…\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """
    Part of a text.

    Attributes:
        breadth: 0 a sentence, 1 a paragraph, 2 all.
    """

    text: str
    start: int
    end: int
    breadth: int = 0

    @property
    def span(self) -> Span:
        """Start and end, exclusive."""
        return self.start, self.end

    @property
    def quote(self) -> str:
        """The words selected."""
        return self.text[self.start : self.end]

    def widen(self) -> Selection:
        """The paragraph round a sentence, the text round a paragraph."""
        if self.breadth == 0:
            for span in _spans(_PARAGRAPH, self.text):
                if span[0] <= self.start < span[1] and span != self.span:
                    return replace(self, start=span[0], end=span[1], breadth=1)
        start, end = _trimmed(self.text, 0, len(self.text))
        return replace(self, start=start, end=end, breadth=2)

    def move_end(self, by: int) -> Selection:
        """One word more or less at the end; never none."""
        ends = [span[1] for span in _spans(_WORD, self.text)]
        later = [end for end in ends if end > self.end]
        earlier = [end for end in ends if self.start < end < self.end]
        if by > 0 and later:
            return replace(self, end=later[0])
        if by < 0 and earlier:
            return replace(self, end=earlier[-1])
        return self

    def move_start(self, by: int) -> Selection:
        """Begin one word later or earlier; never past the end."""
        starts = [span[0] for span in _spans(_WORD, self.text)]
        later = [start for start in starts if self.start < start < self.end]
        earlier = [start for start in starts if start < self.start]
        if by > 0 and later:
            return replace(self, start=later[0])
        if by < 0 and earlier:
            return replace(self, start=earlier[-1])
        return self

    def next(self, by: int) -> Selection:
        """The sentence after or before this one."""
        spans = _spans(_SENTENCE, self.text)
        here = next(
            (place for place, span in enumerate(spans) if span[1] > self.start), 0
        )
        place = max(0, min(here + by, len(spans) - 1))
        start, end = spans[place]
        return Selection(self.text, start, end)


def following(text: str, at: int, quoted: Sequence[Span] = ()) -> Selection | None:
    """The first sentence from a place on that is not quoted yet; None at the end."""
    for start, end in _spans(_SENTENCE, text):
        is_quoted = any(start < last and first < end for first, last in quoted)
        if start >= at and not is_quoted:
            return Selection(text, start, end)
    return None


def first(text: str, at: int = 0) -> Selection | None:
    """The sentence at a place of the text; None where nothing is said."""
    spans = _spans(_SENTENCE, text)
    for start, end in spans:
        if end > at:
            return Selection(text, start, end)
    return Selection(text, *spans[-1]) if spans else None


def _spans(pattern: re.Pattern[str], text: str) -> list[Span]:
    found = (_trimmed(text, *match.span()) for match in pattern.finditer(text))
    return [span for span in found if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return (
        start + len(piece) - len(piece.lstrip()),
        end - (len(piece) - len(piece.rstrip())),
    )
