"""What a person calls one act, and what it changes; imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """
    One row of one decision table, before and after.

    Attributes:
        row: Key of the row.
        before: Columns as they were; None where the row was not there.
        after: Columns as they become; None where the row goes. Only what differs.
    """

    table: str
    row: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.table, self.row, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """
    What a person calls one act, named as they would name it.

    Attributes:
        verb: The operation's name; the same word as key, command and palette entry.
        label: "Declined f12 “Dark mode…”": a sentence for the history.
    """

    verb: str
    label: str
    changes: tuple[Change, ...]
