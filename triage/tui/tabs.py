"""What a list of feedback can show: where feedback stands, and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.config import Config
from triage.model import State

STATES = (
    State.INBOX, State.SNOOZED, State.ACCEPTED, State.DECLINED, State.ARCHIVED,
    State.SPAM,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """
    One of them.

    Attributes:
        query: Of a saved view, as it is written; "" for all that stands there.
        columns: Names of its columns; none for the usual ones.
    """

    name: str
    state: State = State.INBOX
    query: str = ""
    columns: tuple[str, ...] = ()


STANDING = tuple(Tab(name=state.capitalize(), state=state) for state in STATES)


def tabs(config: Config) -> tuple[Tab, ...]:
    """Every tab, in the order they are turned."""
    saved = (
        Tab(name=view.name, query=view.query, columns=view.columns)
        for view in config.views.values()
    )
    return (*STANDING, *saved)


def place_of(every: Sequence[Tab], name: str) -> int:
    """Where the tab of that name stands; the first where it is gone."""
    return next((at for at, tab in enumerate(every) if tab.name == name), 0)


def in_sight(widths: Sequence[int], here: int, room: int) -> range:
    """As many tabs as there is room for, the one at ``here`` among them."""
    first, last, used = here, here + 1, widths[here]
    while last < len(widths) or first > 0:
        # To the left first: what stands there is what people look for.
        if first > 0 and used + widths[first - 1] <= room:
            first -= 1
            used += widths[first]
        elif last < len(widths) and used + widths[last] <= room:
            used += widths[last]
            last += 1
        else:
            break
    return range(first, last)
