"""
Which SQLite is under us, and whether its write-ahead log can be trusted.

SQLite 3.7.0 to 3.51.2 can lose committed rows when a WAL is reset while another
connection checkpoints (fixed in 3.51.3, back-ported to 3.50.7 and 3.44.6). The wheel
``pysqlite3`` brings a fixed one; where there is none, the store runs without WAL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["sqlite3", "version", "wal_is_sound"]


def version() -> tuple[int, ...]:
    """The library's version as numbers: ``(3, 53, 4)``."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))


def wal_is_sound(found: tuple[int, ...] | None = None) -> bool:
    """Whether this SQLite keeps what it committed in WAL mode."""
    found = found or version()
    back_ported = ((3, 50, 7), (3, 44, 6))
    return found >= (3, 51, 3) or any(
        fixed <= found < (fixed[0], fixed[1] + 1) for fixed in back_ported
    )
