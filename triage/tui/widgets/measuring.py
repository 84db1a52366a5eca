"""A widget that draws its own lines may hold more of them and stay where it is."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def measure(widget: ScrollView, size: Size) -> None:
    """
    Tell a widget how much it holds, and its scrollbars.

    Told as Textual would have it, the whole screen is laid out anew, which costs more
    than a key may.
    """
    if size != widget.virtual_size:
        widget.set_reactive(Widget.virtual_size, size)
        widget._scroll_update(size)  # noqa: SLF001 - nothing public leaves the layout alone
