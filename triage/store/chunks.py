"""Long lists of values, cut to what one SQL statement takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from triage.store.driver import sqlite3

T = TypeVar("T")

SIZE = 500


def chunks(values: Sequence[T], size: int = SIZE) -> Iterator[Sequence[T]]:
    """Yield the values in order, at most ``size`` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def marks(values: Sequence[T]) -> str:
    """``?,?,?`` for these values."""
    return ",".join("?" * len(values))


def among(
    read: sqlite3.Connection, table: str, columns: Sequence[str], ids: Sequence[int]
) -> set[int]:
    """Those of these ids that any of the columns names."""
    found: set[int] = set()
    for chunk in chunks(ids):
        for column in columns:
            found.update(
                row[0]
                for row in read.execute(
                    f"SELECT {column} FROM {table} WHERE {column} IN ({marks(chunk)})",
                    chunk,
                )
            )
    return found
