"""By which tables and level what is stored was grouped."""

from __future__ import annotations

from dataclasses import dataclass

from triage.store.driver import sqlite3

DEFAULT, STRICT = "default", "strict"


@dataclass(frozen=True, slots=True)
class Fit:
    """
    What makes one grouping comparable with another.

    Attributes:
        tables: Version of the score tables; "" where nobody kept it.
        level: "default" or "strict"; "" where nobody kept it.
    """

    tables: str
    level: str

    def __str__(self) -> str:
        return f"{self.tables}/{self.level}" if self.tables else "an earlier version"


def present(*, strict: bool) -> Fit:
    """What new feedback is grouped by now."""
    from triage.grouping.tables import shipped  # brings numpy

    return Fit(shipped().version, STRICT if strict else DEFAULT)


def stored(read: sqlite3.Connection) -> Fit | None:
    """What the stored groups were made by; None before the first."""
    row = read.execute("SELECT tables, level FROM fit").fetchone()
    return Fit(row["tables"], row["level"]) if row else None


def keep(write: sqlite3.Connection, fit: Fit) -> None:
    """What is stored was grouped by this."""
    write.execute(
        "INSERT OR REPLACE INTO fit VALUES (1, ?, ?)", (fit.tables, fit.level)
    )


def is_empty(read: sqlite3.Connection) -> bool:
    """Whether nothing was ever compared, so that any fit will do."""
    return read.execute("SELECT 1 FROM normal LIMIT 1").fetchone() is None
