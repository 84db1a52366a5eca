"""What a person reads on the screen, as lines of text."""

from __future__ import annotations

from typing import Any

from textual.app import App


def screen_text(app: App[Any]) -> str:
    """The screen in front, line by line, without trailing blanks."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    assert len(lines) == height, (len(lines), height)
    assert all(line.cell_length == width for line in lines)
    return "\n".join(line.text.rstrip() for line in lines).rstrip() + "\n"
