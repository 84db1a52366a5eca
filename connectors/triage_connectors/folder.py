"""Files of a folder in a fixed order, and which of them are new since the last time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from triage.connector import Cursor, Incoming, Page, SourceError, Unreadable
from triage_connectors.saved import damaged, parsed, written

ROWS: Final = 1000
_WEIGHT: Final = 4 * 1024 * 1024
# File systems stamp times in steps of some milliseconds, some of two seconds.
_MARGIN: Final = 2_000_000_000


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """
    One file.

    Attributes:
        name: What it is sorted and remembered by.
        stamp: When its content or its name last changed, in nanoseconds.
    """

    name: str
    path: Path
    size: int
    stamp: int


Read: TypeAlias = Callable[[Entry], Incoming | Unreadable]


async def pages(
    entries: Sequence[Entry], cursor: Cursor | None, read: Read
) -> AsyncIterator[Page]:
    """
    Yield a page per thousand files that are new or changed since ``cursor``.

    While one pass goes on, its cursor names the last file that was read; a folder that
    changes meanwhile is passed through again, which changes nothing that is stored.
    """
    listing = _listing(entries)
    since, after = _begin(cursor, listing)
    if after is None:
        return
    newest = max((entry.stamp for entry in entries), default=since)
    waiting = [one for one in entries if one.name > after and one.stamp >= since]
    batch: list[Incoming | Unreadable] = []
    weight = 0
    for number, entry in enumerate(waiting, start=1):
        row = read(entry)
        batch.append(row)
        weight += len(row.raw)
        if len(batch) >= ROWS or weight > _WEIGHT:
            saved = written({"listing": listing, "since": since, "after": entry.name})
            yield Page(tuple(batch), saved, progress=number / len(waiting))
            batch, weight = [], 0
    done = written({"listing": listing, "since": newest - _MARGIN, "after": None})
    yield Page(tuple(batch), done, progress=1.0)


def is_as_left(entries: Sequence[Entry], cursor: Cursor | None) -> bool:
    """Tell whether a whole pull ended at ``cursor``, and nothing changed since."""
    return _begin(cursor, _listing(entries))[1] is None


def walked(root: Path) -> Iterator[Path]:
    """Yield every regular file below a folder, in order; links are not followed."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            inside = sorted(os.scandir(folder), key=lambda one: one.name)
        except OSError as error:
            raise SourceError(f"{folder} cannot be read: {error.strerror}") from error
        yield from (Path(one) for one in inside if one.is_file(follow_symlinks=False))
        waiting.extend(
            Path(one) for one in reversed(inside) if one.is_dir(follow_symlinks=False)
        )


def entry(path: Path, name: str) -> Entry:
    """Return one file as it is now."""
    status = path.stat(follow_symlinks=False)
    return Entry(
        name, path, status.st_size, max(status.st_mtime_ns, status.st_ctime_ns)
    )


def _begin(cursor: Cursor | None, listing: str) -> tuple[int, str | None]:
    """Return from which stamp on, and after which name; None where nothing is new."""
    if cursor is None:
        return 0, ""
    saved = parsed(cursor, ("listing", "since", "after"))
    since, after = saved["since"], saved["after"]
    if not isinstance(since, int) or not isinstance(after, (str, type(None))):
        raise damaged("since")
    if saved["listing"] == listing:
        return since, after
    return since, ""


def _listing(entries: Sequence[Entry]) -> str:
    content = hashlib.sha256()
    for one in entries:
        content.update(
            f"{one.name}\x00{one.size}\x00{one.stamp}\n".encode("utf-8", "replace")
        )
    return content.hexdigest()[:24]
