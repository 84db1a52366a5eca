"""A frozen queue: keys whose order only the person's own acts change."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable

from triage.tui.marks import Marks


class Frozen:
    """
    Keys of a list, with the marks on them.

    Taking rows out and putting them back keeps the order, so a row that an undo
    returns stands where it stood.

    Args:
        is_newest_first: The largest key comes first; else they stand as they are.
    """

    def __init__(
        self, keys: Iterable[int] = (), *, is_newest_first: bool = True
    ) -> None:
        self.keys = array("q", keys)
        self.marks = Marks(self.keys)
        self.is_newest_first = is_newest_first
        self._stood: dict[int, int] = {}
        """Where rows that left stood, in an order that keys do not tell."""

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, index: int) -> int:
        return self.keys[index]

    def __contains__(self, key: int) -> bool:
        return self.index(key) is not None

    def index(self, key: int) -> int | None:
        """Where a key stands; None if it does not."""
        if not self.is_newest_first:
            try:
                return self.keys.index(key)
            except ValueError:
                return None
        found = self.place(key)
        return found if found < len(self.keys) and self.keys[found] == key else None

    def place(self, key: int) -> int:
        """Where a key stands or would stand."""
        if self.is_newest_first:
            return bisect_left(self.keys, -key, key=lambda one: -one)
        found = self.index(key)
        if found is None:
            found = self._stood.get(key, len(self.keys))
        return min(found, len(self.keys))

    def above(self, keys: Collection[int], index: int) -> int:
        """How many of these keys stand before a place."""
        if len(keys) == 1:
            (key,) = keys
            found = self.index(key)
            return int(found is not None and found < index)
        wanted = set(keys)
        return sum(key in wanted for key in self.keys[:index])

    def take(self, keys: Collection[int]) -> None:
        """These leave, and their marks with them."""
        if len(keys) == 1:
            (key,) = keys
            found = self.index(key)
            if found is not None:
                self._remember(key, found)
                self.keys.pop(found)
        else:
            gone = set(keys)
            if not self.is_newest_first:
                for place, key in enumerate(self.keys):
                    if key in gone:
                        self._remember(key, place)
            self.keys = array("q", (key for key in self.keys if key not in gone))
            self.marks.moved_to(self.keys)
        self.marks.gone(keys)

    def put_back(self, keys: Iterable[int]) -> None:
        """These return to where they belong."""
        for key in sorted(keys, key=lambda key: self._stood.get(key, 0)):
            if self.index(key) is None:
                self.keys.insert(self.place(key), key)
                self.marks.came(key)

    def refill(self, keys: array[int]) -> None:
        """All of the list, after its first page; marks stay where their row does."""
        self.keys = keys
        self.marks.moved_to(keys)

    def between(self, one: int, other: int) -> list[int]:
        """The keys from one row to another, whichever is first."""
        first, last = sorted((one, other))
        return list(self.keys[first : last + 1])

    def _remember(self, key: int, place: int) -> None:
        if not self.is_newest_first:
            self._stood[key] = place
