"""Colours as far as the terminal and the person want them: its own sixteen, or none."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_DIM = Style(color="default", dim=True)
_BOLD = Style(color="default")


class Fewer(LineFilter):
    """
    Tells what is muted by dimness, and keeps or drops the other colours.

    No palette has a grey one can count on: in some, bright black is the ground itself.

    Args:
        muted: The colour in which a theme draws what matters less.
        none: Whether every colour goes, as ``NO_COLOR`` asks.
    """

    def __init__(self, muted: RichColor, *, none: bool) -> None:
        super().__init__()
        self._muted = muted
        self._none = none

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same line, in fewer colours."""
        del background
        return [
            Segment(
                text, style and _fewer(style, self._muted, none=self._none), control
            )
            for text, style, control in segments
        ]


@lru_cache(1024)
def _fewer(style: Style, muted: RichColor, *, none: bool) -> Style:
    # Not their names: a colour has several.
    is_muted = style.color is not None and style.color[1:] == muted[1:]
    if none:
        style = style.without_color
    if not is_muted:
        return style
    # Bold and dim at once mean different things to different terminals.
    shown = style + (_BOLD if style.bold else _DIM)
    return shown.without_color if none else shown


@lru_cache(32)
def fewer(muted: str, *, none: bool) -> Fewer:
    """The filter for a theme; asked for with every widget drawn."""
    return Fewer(Color.parse(muted).rich_color, none=none)
