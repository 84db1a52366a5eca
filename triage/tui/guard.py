"""The last line before the terminal: no control character gets past it."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_BAD = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


class Guard(LineFilter):
    """
    Replaces whatever could command a terminal, and counts it.

    Text is made safe where it is drawn; a hit here is a bug, not a success.
    """

    def __init__(self) -> None:
        super().__init__()
        self.hits = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, harmless."""
        del background
        for text, _, control in segments:
            # Most lines are plain, which is decided without looking at each character.
            if control or (text.isascii() and text.isprintable()):
                continue
            if _BAD.search(text):
                return [self._cleaned(segment) for segment in segments]
        return segments

    def _cleaned(self, segment: Segment) -> Segment:
        if segment.control is not None:
            return segment
        text, hits = _BAD.subn("\ufffd", segment.text)
        self.hits += hits
        return Segment(text, segment.style) if hits else segment
