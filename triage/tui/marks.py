"""Which rows of a list are marked: some, or all but some."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable


class Marks:
    """
    Marks on the keys of a list; "all" is a flag and its exceptions, never a copy.

    Args:
        keys: The keys of the list, the same array as long as the list is.
    """

    def __init__(self, keys: array[int]) -> None:
        self._keys = keys
        self._is_all = False
        self._named: set[int] = set()
        """The marked ones; the exceptions, where all are."""

    def __contains__(self, key: int) -> bool:
        return (key in self._named) is not self._is_all

    def __len__(self) -> int:
        named = len(self._named)
        return len(self._keys) - named if self._is_all else named

    def everything(self) -> None:
        """Mark every row there is."""
        self._is_all = True
        self._named.clear()

    def clear(self) -> None:
        """Mark none."""
        self._is_all = False
        self._named.clear()

    def add(self, keys: Iterable[int]) -> None:
        """Mark these."""
        if self._is_all:
            self._named.difference_update(keys)
        else:
            self._named.update(keys)

    def drop(self, keys: Iterable[int]) -> None:
        """Take the marks of these away."""
        if self._is_all:
            self._named.update(keys)
        else:
            self._named.difference_update(keys)

    def gone(self, keys: Collection[int]) -> None:
        """These rows left the list, and their marks or exceptions with them."""
        self._named.difference_update(keys)
        if not len(self):
            self.clear()

    def came(self, key: int) -> None:
        """A row returned, unmarked."""
        if self._is_all:
            self._named.add(key)

    def moved_to(self, keys: array[int]) -> None:
        """The list is another array now; marks stay where their row does."""
        self._keys = keys
        if self._named:
            self._named.intersection_update(keys)

    def chosen(self) -> array[int]:
        """The marked keys, in the order of the list."""
        if self._is_all and not self._named:
            return self._keys[:]
        return array("q", (key for key in self._keys if key in self))

    def first(self) -> int | None:
        """The marked key that comes first in the list."""
        return next((key for key in self._keys if key in self), None)
