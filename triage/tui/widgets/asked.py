"""A click on words that name an action asks for it, as its key would."""

from __future__ import annotations

from textual.message import Message


class Asked(Message):
    """Somebody clicked on what stands for an action of the table, or of a screen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
