"""How somebody reads: how much of a text, what of it, by which keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from triage.tui.actions import BY_ID
from triage.tui.wrap import SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """
    How somebody reads.

    Attributes:
        limit: Bytes of a text laid out.
        is_open: Whether what was left out of a message is shown in its place.
        sought: Words of the search they came by, as ``passage.sought`` gives them.
        key: The key that asks for an action, as it is shown.
    """

    limit: int = SHOWN
    is_open: bool = False
    sought: frozenset[str] = frozenset()
    key: Callable[[str], str] = lambda action: BY_ID[action].keys[0]


USUAL = Manner()
"""The beginning of a text, nothing opened, the keys of the table."""
