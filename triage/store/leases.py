"""A source is pulled by one process at a time: who holds it, and for how long."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta

from triage.errors import Held
from triage.store import codec
from triage.store.chunks import marks
from triage.store.driver import sqlite3

LEASE = timedelta(minutes=10)
"""How long a source stays with a process that gives no sign of life."""


def holder() -> str:
    """What this process is called in a lease: host and process id."""
    return f"{socket.gethostname()}:{os.getpid()}"


def take(write: sqlite3.Connection, source_id: int, now: datetime) -> None:
    """Hold a source from now on; ``Held`` where another living process does."""
    row = write.execute("SELECT * FROM source WHERE id = ?", (source_id,)).fetchone()
    who = held_by(row, now)
    if who not in {"", holder()}:
        raise Held(
            f"{row['name']} is being pulled by {who} already;"
            " wait for it, or try again in ten minutes"
        )
    write.execute(
        "UPDATE source SET lease_holder = ?, lease_at = ? WHERE id = ?",
        (holder(), codec.to_text(now), source_id),
    )


def renew(write: sqlite3.Connection, names: Sequence[str], now: datetime) -> None:
    """Say that this process still pulls those of these sources that it holds."""
    write.execute(
        "UPDATE source SET lease_at = ? WHERE lease_holder = ?"
        f" AND name IN ({marks(names)})",
        (codec.to_text(now), holder(), *names),
    )


def give_back(write: sqlite3.Connection, source_id: int) -> None:
    """Hold it no longer; what another process took meanwhile stays with it."""
    write.execute(
        "UPDATE source SET lease_holder = NULL, lease_at = NULL"
        " WHERE id = ? AND lease_holder = ?",
        (source_id, holder()),
    )


def held_by(row: codec.Row, now: datetime) -> str:
    """The living process that holds a source, this one included; "" for nobody."""
    who, beat = row["lease_holder"], codec.to_time(row["lease_at"])
    if not who or beat is None or now - beat > LEASE:
        return ""
    return str(who) if _is_alive(who) else ""


def _is_alive(who: str) -> bool:
    """Whether the process may still run: unknown on another host, so yes."""
    host, _, pid = who.rpartition(":")
    # On Windows there is no asking without harm.
    if host != socket.gethostname() or os.name == "nt":
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
