"""
Which SQLite is under us, and whether its write-ahead log can be trusted.

SQLite 3.7.0 to 3.51.2 can lose committed rows when a WAL is reset while another
connection checkpoints (fixed in 3.51.3, back-ported to 3.50.7 and 3.44.6). The wheel
``pysqlite3`` brings a fixed one; where there is none, the store runs without WAL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from triage.errors import StoreError

if TYPE_CHECKING:
    import sqlite3
else:
    try:
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["explained", "plain", "sqlite3", "version", "wal_is_sound"]


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


def plain(read: sqlite3.Connection) -> sqlite3.Cursor:
    """Reads rows whose columns have no names: of many, those take half as long."""
    cursor = read.cursor()
    cursor.row_factory = None
    return cursor


def explained(error: Exception) -> StoreError | None:
    """What a person can do about an error of SQLite itself; None for any other."""
    if not isinstance(error, sqlite3.Error):
        return None
    said = str(error)
    if "full" in said:
        return StoreError("the disk is full; make room and try again, nothing is lost")
    if "locked" in said or "busy" in said:
        return StoreError("another program holds the workspace; close it or try again")
    if "malformed" in said or "not a database" in said or "disk I/O" in said:
        return StoreError(
            f"the workspace file is damaged ({said}); `triage doctor` says where:"
            " go on from a backup"
        )
    if "readonly" in said:
        return StoreError("the workspace cannot be written; check its permissions")
    return None
