"""Interview guides as they are kept, found by name."""

from __future__ import annotations

from triage.errors import NotFound
from triage.model import Channel
from triage.research import Guide
from triage.store import researched
from triage.store.driver import sqlite3


def guides(read: sqlite3.Connection) -> list[Guide]:
    """Every guide, by name."""
    rows = read.execute("SELECT * FROM guide ORDER BY name COLLATE NOCASE, id")
    return [researched.guide(row) for row in rows]


def guide(read: sqlite3.Connection, name: str) -> Guide:
    """
    The guide of that name, however it is capitalised.

    Raises:
        NotFound: There is none; names the command that lists them.
    """
    sought = " ".join(name.split()).casefold()
    for one in guides(read):
        if one.name.casefold() == sought:
            return one
    raise NotFound(f"no guide is called {name!r}; `triage guide list` shows them")


def names(read: sqlite3.Connection, kind: Channel) -> list[str]:
    """What the guides there are called, those for this kind first."""
    return [
        row["name"]
        for row in read.execute(
            "SELECT name FROM guide ORDER BY kind <> ?, name", (kind,)
        )
    ]
