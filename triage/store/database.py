"""The workspace file: opened safely, written in short transactions, backed up live."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from triage.errors import ReadOnly, StoreError, TooNew, UsageError
from triage.operations.tags import folded
from triage.store import retold
from triage.store.codec import to_text
from triage.store.driver import sqlite3, version, wal_is_sound
from triage.store.versions import version_order

APPLICATION_ID = 0x54524947
"""Marks the file as ours ("TRIG"); a foreign database is refused, untouched."""

VERSION = 12
"""The newest format this program writes: one more with each migration."""

Rows = list[Any]


class Database:
    """
    One workspace file and this process's connections to it.

    Each thread reads through its own connection, which cannot write; writers take
    turns through ``write()``. Nothing here is ever held across a wait for a person
    or a network.

    Args:
        read_only: Whether no byte of the file may change, whatever is asked; what
            others write in it is seen all the same.
    """

    def __init__(
        self,
        path: Path,
        *,
        create: bool = True,
        read_only: bool = False,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.clock = clock
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        # Within one process, writers wait for their turn without polling the file.
        self._turn = threading.RLock()
        try:
            _refuse_what_is_not_ours(path, create=create, read_only=read_only)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be opened: {error.strerror}; check its permissions"
            ) from error
        if read_only:
            _refuse_other_formats(path)
        else:
            self._migrate()

    def read(self) -> sqlite3.Connection:
        """This thread's reading connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if connection is None:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            # The system keeps what was read; a window with several threads need not.
            connection.execute("PRAGMA cache_size = -2048")
            self._local.reader = connection
        return connection

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """
        A transaction that holds the write lock from its first line to its last.

        ``BEGIN IMMEDIATE``: a deferred one fails at once when two writers meet
        (359 of 400 in a stress run), however long the busy timeout.
        """
        self.refuse_if_read_only()
        connection: sqlite3.Connection | None = getattr(self._local, "writer", None)
        if connection is None:
            connection = self._connect()
            self._local.writer = connection
        with self._turn:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                retold.date(connection, datetime.now(UTC))
                connection.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back by itself already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def rehearse(self) -> Iterator[sqlite3.Connection]:
        """As ``write``, and nothing of it is kept: for counting what would be."""
        with contextlib.suppress(_Rehearsed), self.write() as connection:
            yield connection
            raise _Rehearsed

    def refuse_if_read_only(self) -> None:
        """Raise unless this workspace, and what lies beside it, may be changed."""
        if self.read_only:
            raise ReadOnly(
                "the workspace is open read only, so nothing was changed; open it"
                " without --read-only to decide"
            )

    def release(self) -> None:
        """Close this thread's connections: it is about to end."""
        for name in ("reader", "writer"):
            connection = self._local.__dict__.pop(name, None)
            if connection is not None:
                with self._lock:
                    if connection in self._opened:
                        self._opened.remove(connection)
                connection.close()

    def close(self) -> None:
        """Close every connection; the last one folds the WAL into the file."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
        self._local = threading.local()

    def backup(self, target: Path) -> None:
        """
        Write a consistent copy while others work, by SQLite's backup API.

        Copying the file by hand gave a stale or broken copy in 29 of 33 trials.
        """
        if target.exists():
            raise UsageError(f"{target} exists; name a file that does not")
        partial = target.with_name(target.name + ".partial")
        partial.unlink(missing_ok=True)
        _create_private(partial)
        copy = sqlite3.connect(partial)
        try:
            self.read().backup(copy)
        finally:
            copy.close()
        partial.replace(target)

    def _connect(self) -> sqlite3.Connection:
        # Connections are closed together by close(), from whichever thread ends last;
        # each is otherwise used by the one thread that made it.
        connection = sqlite3.connect(
            _to_be_read(self.path) if self.read_only else self.path,
            uri=self.read_only, timeout=30, isolation_level=None,
            check_same_thread=False,
        )  # fmt: skip
        connection.row_factory = sqlite3.Row
        mode = "WAL" if wal_is_sound() else "DELETE"
        for pragma in (
            # Which journal a file has is written in the file.
            *([] if self.read_only else [f"journal_mode = {mode}"]),
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 30000",
            # Older SQLite takes its own full-text triggers for unsafe.
            f"trusted_schema = {'OFF' if version() >= (3, 44) else 'ON'}",
            "secure_delete = ON",
            "cache_size = -16384",
        ):
            try:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            except sqlite3.OperationalError as error:
                connection.close()
                wanted = "reading" if self.read_only else "writing"
                raise StoreError(
                    f"{self.path} cannot be opened for {wanted} ({error}); its folder"
                    " must be writable too"
                ) from error
        # What is snoozed is told by this workspace's clock, in SQL as anywhere.
        connection.create_function("moment", 0, lambda: to_text(self.clock()))
        connection.create_function(
            "version_order", 1, version_order, deterministic=True
        )
        connection.create_function("folded", 1, folded, deterministic=True)
        with self._lock:
            self._opened.append(connection)
        return connection

    def _migrate(self) -> None:
        found = _user_version(self.path)
        if found == VERSION:
            return
        # sqlite-utils costs more than a first frame; it is imported to migrate only.
        from triage.store.schema import migrate

        if found:
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            self.backup(self.path.with_name(f"{self.path.name}.bak-{found}-{stamp}"))
        with self.write() as connection:
            # Another process may have migrated while this one waited for its turn.
            if connection.execute("PRAGMA user_version").fetchone()[0] < VERSION:
                migrate(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")


class _Rehearsed(Exception):
    """Ends a transaction that was never to be kept."""


def _user_version(path: Path) -> int:
    probe = sqlite3.connect(path)
    try:
        return int(probe.execute("PRAGMA user_version").fetchone()[0])
    finally:
        probe.close()


def _to_be_read(path: Path) -> str:
    """
    How to open a file that may not change.

    Its log, where others write one, is read along. In a folder where no log can be
    made and none is, nobody like us is writing.
    """
    log = path.with_name(path.name + "-wal")
    still = not log.exists() and not os.access(path.parent, os.W_OK)
    how = "mode=ro&immutable=1" if still else "mode=ro"
    return f"{path.absolute().as_uri()}?{how}"


def _refuse_other_formats(path: Path) -> None:
    _, found, _ = _marks(path)
    if found != VERSION:
        raise StoreError(
            f"{path} was written by an older Triage (format {found}, this one writes"
            f" {VERSION}); open it once without --read-only to bring it up to date"
        )


def _refuse_what_is_not_ours(path: Path, *, create: bool, read_only: bool) -> None:
    """Raise, without touching it, unless the file is ours, or new and may be made."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file, for example {path}/my.db")
    if not path.exists() or path.stat().st_size == 0:
        if not create or read_only:
            raise UsageError(f"{path} is not there; check the path given with --db")
        _make_room_for(path)
        return
    if not os.access(path, os.R_OK):
        raise StoreError(f"{path} cannot be read; check its permissions")
    if not (read_only or os.access(path, os.W_OK)):
        raise StoreError(f"{path} cannot be written; check its permissions")
    try:
        ours, found, tables = _marks(path)
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{path} is damaged or no Triage workspace ({error});"
            " go on from a backup, or choose another file with --db"
        ) from error
    if ours != APPLICATION_ID and (tables or ours):
        raise StoreError(
            f"{path} belongs to another program; choose another file with --db"
        )
    if found > VERSION:
        raise TooNew(
            f"{path} was written by a newer Triage (format {found}, this one knows "
            f"{VERSION}); nothing was changed. Update Triage to open it"
        )


def _marks(path: Path) -> tuple[int, int, int]:
    """
    Application id, format and how many tables, without leaving a file beside it.

    A database in WAL mode gets a log from whoever opens it, even to read; so it is
    opened as one that cannot change, unless a log is there already.
    """
    with path.open("rb") as file:
        if not file.read(100).startswith(b"SQLite format 3\x00"):
            raise sqlite3.DatabaseError("it is no database")
    log = path.with_name(path.name + "-wal")
    how = "mode=ro" if log.exists() else "mode=ro&immutable=1"
    probe = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)
    try:
        return (
            probe.execute("PRAGMA application_id").fetchone()[0],
            probe.execute("PRAGMA user_version").fetchone()[0],
            probe.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0],
        )
    finally:
        probe.close()


def _make_room_for(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _create_private(path)
        except FileExistsError:
            # Empty, or another process makes it too; a link to nowhere is neither.
            if not path.exists():
                raise
    except OSError as error:
        raise StoreError(
            f"{path} cannot be made: {error.strerror}; choose another place with --db"
        ) from error


def _create_private(path: Path) -> None:
    """Make the file before SQLite does, so that it and its WAL are 0600."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
    os.close(os.open(path, flags, 0o600))
