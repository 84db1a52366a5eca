"""One way from a file to pages, whatever the file holds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol, TypeAlias

from triage.connector import Cursor, Incoming, Page, Unreadable
from triage_connectors.place import Place, opened

ROWS: Final = 1000
_WEIGHT: Final = 4 * 1024 * 1024

Row: TypeAlias = Incoming | Unreadable


class Reading(Protocol):
    """
    What one kind of file makes of an open one.

    Attributes:
        unnamed: Whether a row so far had no id of its own and was given a number.
    """

    @property
    def unnamed(self) -> bool: ...

    def rows(self, at: int, stop: int, *, whole: bool) -> Iterator[tuple[int, Row]]:
        """
        Yield each row from ``at`` on, with where to go on once it is stored.

        An end without its mark counts as one where ``whole`` is True; else it is
        somebody's half-written line, and left for the next pull.
        """
        ...


Open: TypeAlias = Callable[[BinaryIO, int], Reading]
"""Makes a reading of an open file of that many bytes."""


async def pages(
    path: Path,
    cursor: Cursor | None,
    open_reading: Open,
    *,
    endings: tuple[bytes, ...] = (b"\n", b"\n\x00", b"\r"),
    grows: bool = True,
) -> AsyncIterator[Page]:
    """Yield a file's pages since ``cursor``; none where nothing has changed."""
    with Place(path) as place, opened(path) as file:
        start = place.start(cursor, grows=grows)
        if start is None:
            return
        whole = place.ends_with(*endings) or await place.is_still()
        reading = open_reading(file, place.size)
        if start.unnamed:
            # The numbers that tell equal rows apart count from the file's start. What
            # an open quote takes in depends on what follows, so all of it is there.
            for after, _ in reading.rows(0, place.size, whole=True):
                if after >= start.offset:
                    break
        batch: list[Row] = []
        weight, at, unnamed = 0, start.offset, start.unnamed
        for after, row in reading.rows(start.offset, place.size, whole=whole):
            # A full page waits for the next row: a last one that may still grow comes
            # with the cursor that says so.
            if len(batch) >= ROWS or weight > _WEIGHT:
                saved = place.cursor(at, done=False, unnamed=unnamed)
                yield Page(tuple(batch), saved, progress=place.progress(at))
                batch, weight = [], 0
            batch.append(row)
            weight += len(row.raw)
            at, unnamed = after, reading.unnamed
        done = place.cursor(at, done=whole, unnamed=unnamed)
        yield Page(tuple(batch), done, progress=1.0)
