"""What is on the screen of a terminal that was sent some bytes."""

from __future__ import annotations

import re
from typing import Any

import pyte

_DROPPED = re.compile(
    rb"\x1b[P_^X].*?(?:\x1b\\|\x07)"  # strings meant for the terminal, not the eye
    rb"|\x1b\[[<=>][0-9;:]*[ -/]*[@-~]"  # private requests
    rb"|\x1b\[\??[0-9;:]*[ -/]+[@-~]"  # requests with a byte between
    rb"|\x1b\[\?[0-9;]*[^hl0-9;:\x1b]|\x1b[=>]",
    re.DOTALL,
)
"""What would be printed as text by an emulator that does not know it."""

_UNFINISHED = re.compile(
    rb"\x1b(?:[P_^X\]][^\x07\x1b]{0,4096}\x1b?|\[[0-9;:<=>?]*[ -/]*|[ -/]*)?$"
)


class _Screen(pyte.Screen):
    """Repeats a character and scrolls a region, as curses asks for and pyte cannot."""

    _last = " "

    def draw(self, data: str) -> None:
        self._last = data[-1:] or self._last
        super().draw(data)

    def repeat(self, count: int = 1, **_: Any) -> None:
        super().draw(self._last * (count or 1))

    def roll_up(self, count: int = 1, **_: Any) -> None:
        self._roll(count or 1, upward=True)

    def roll_down(self, count: int = 1, **_: Any) -> None:
        self._roll(count or 1, upward=False)

    def _roll(self, count: int, *, upward: bool) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        column, line = self.cursor.x, self.cursor.y
        self.cursor.y = bottom if upward else top
        for _ in range(count):
            (self.index if upward else self.reverse_index)()
        self.cursor.x, self.cursor.y = column, line

    def report_device_attributes(self, *_: Any, **__: Any) -> None:
        """Answered elsewhere."""

    def report_device_status(self, *_: Any, **__: Any) -> None:
        """Answered elsewhere."""


class _Stream(pyte.ByteStream):
    csi = pyte.ByteStream.csi | {"b": "repeat", "S": "roll_up", "T": "roll_down"}
    events = pyte.ByteStream.events | {"repeat", "roll_up", "roll_down"}


class Screen:
    """Fed with bytes in the order they came; ``text`` is what a person would read."""

    def __init__(self, columns: int, lines: int) -> None:
        self._screen = _Screen(columns, lines)
        self._stream = _Stream(self._screen)
        self._rest = b""
        self._seen: dict[int, tuple[Any, ...]] = {}

    @property
    def text(self) -> str:
        """The screen as lines, without what is blank at their ends."""
        # A cell behind a wide character is empty; what was half overwritten stays so.
        columns = range(self._screen.columns)
        rows = (self._screen.buffer[line] for line in range(self._screen.lines))
        return "\n".join(
            "".join(row[column].data for column in columns).rstrip() for row in rows
        )

    def feed(self, data: bytes) -> bool:
        """Draw this; whether any cell looks different now, colours included."""
        data = self._rest + data
        cut = _UNFINISHED.search(data)
        data, self._rest = (data[: cut.start()], cut[0]) if cut else (data, b"")
        self._screen.dirty.clear()
        self._stream.feed(_DROPPED.sub(b"", data))
        changed = False
        for line in sorted(self._screen.dirty):
            row = self._screen.buffer[line]
            cells = tuple(row[column] for column in range(self._screen.columns))
            if line < self._screen.lines and cells != self._seen.get(line):
                self._seen[line] = cells
                changed = True
        return changed
