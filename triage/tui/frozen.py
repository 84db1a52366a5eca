"""A frozen queue: keys whose order only the person's own acts change."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable


class Frozen:
    """
    Keys of a list, newest (largest) first, with the marks on them.

    Taking rows out and putting them back keeps the order, so a row that an undo
    returns stands where it stood.
    """

    def __init__(self, keys: Iterable[int] = ()) -> None:
        self.keys = array("q", keys)
        self.marks: set[int] = set()

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, index: int) -> int:
        return self.keys[index]

    def __contains__(self, key: int) -> bool:
        return self.index(key) is not None

    def index(self, key: int) -> int | None:
        """Where a key stands; None if it does not."""
        found = self.place(key)
        return found if found < len(self.keys) and self.keys[found] == key else None

    def place(self, key: int) -> int:
        """Where a key stands or would stand."""
        return bisect_left(self.keys, -key, key=lambda one: -one)

    def take(self, keys: Collection[int]) -> None:
        """These leave, and their marks with them."""
        if len(keys) == 1:
            (key,) = keys
            found = self.index(key)
            if found is not None:
                self.keys.pop(found)
        else:
            gone = set(keys)
            self.keys = array("q", (key for key in self.keys if key not in gone))
        self.marks.difference_update(keys)

    def put_back(self, keys: Iterable[int]) -> None:
        """These return to where they belong."""
        for key in keys:
            found = self.place(key)
            if found == len(self.keys) or self.keys[found] != key:
                self.keys.insert(found, key)

    def refill(self, keys: array[int]) -> None:
        """All of the list, after its first page; marks stay where their row does."""
        self.keys = keys
        if self.marks:
            self.marks.intersection_update(keys)

    def between(self, one: int, other: int) -> list[int]:
        """The keys from one row to another, whichever is first."""
        first, last = sorted((one, other))
        return list(self.keys[first : last + 1])
