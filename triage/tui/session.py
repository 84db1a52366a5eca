"""What was done since the app was opened, for the moment when nothing is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from triage.tui.words import count

_DONE = {
    "accept": "accepted", "merge": "merged", "decline": "declined",
    "archive": "archived", "snooze": "snoozed", "spam": "marked as spam",
    "reopen": "reopened",
}  # fmt: skip


class Session:
    """Rows decided, by verb, since a moment."""

    def __init__(self, began_at: datetime) -> None:
        self.began_at = began_at
        self._steps: dict[int, tuple[str, int]] = {}

    def add(self, step: int, verb: str, rows: int) -> None:
        """A step was made, or made again."""
        self._steps[step] = (verb, rows)

    def drop(self, step: int) -> None:
        """A step was undone."""
        self._steps.pop(step, None)

    @property
    def decided(self) -> int:
        """Rows decided."""
        return sum(rows for _, rows in self._steps.values())

    def summary(self, now: datetime) -> str:
        """``37 decided in 14 minutes: 21 accepted, 9 merged …``; "" for nothing."""
        if not self._steps:
            return ""
        by_verb: Counter[str] = Counter()
        for verb, rows in self._steps.values():
            by_verb[verb] += rows
        minutes = max(1, round((now - self.began_at).total_seconds() / 60))
        parts = ", ".join(
            f"{rows} {_DONE.get(verb, verb)}" for verb, rows in by_verb.most_common()
        )
        return f"{self.decided:,} decided in {count(minutes, 'minute')}: {parts}."


def moved(
    before: Mapping[int, int], after: Mapping[int, int]
) -> tuple[int, int] | None:
    """The pain point that rose most in the ranking, and by how many places."""
    risen = {
        point: before[point] - place
        for point, place in after.items()
        if point in before and before[point] > place
    }
    if not risen:
        return None
    best = max(risen, key=lambda point: (risen[point], -point))
    return best, risen[best]
