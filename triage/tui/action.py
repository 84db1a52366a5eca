"""One thing a person can ask of the app: its keys, its words, where it belongs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """
    One thing a person can ask for.

    Attributes:
        id: Its name in ``[keys]`` and in the palette.
        keys: Any of these asks for it; a sequence has spaces ("g i").
        label: One or two words for the footer.
        help: What happens, as a sentence.
        group: Its heading under ``?``.
        where: The parts it belongs to: a screen, a widget of one, or "app".
        verb: The command that does the same; "" where there is none.
        foot: Its place in the footer, smallest first; 0 keeps it out.
        always: It works in dialogs and fields too.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    where: tuple[str, ...]
    verb: str = ""
    foot: int = 0
    always: bool = False

    @property
    def method(self) -> str:
        """The method that carries it out, without ``action_``."""
        return self.id.replace("-", "_")
