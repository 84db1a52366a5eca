"""Where a growing file was left, and whether it is still that file."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from triage.connector import ConfigError, Cursor, SourceError
from triage_connectors.saved import count, parsed, written

_HEAD: Final = 64 * 1024
_TAIL: Final = 4 * 1024
_FRESH: Final = 2.0
_PAUSE: Final = 0.25


@dataclass(frozen=True, slots=True)
class Start:
    """
    Where a pull begins.

    Attributes:
        offset: Bytes; 0 for a file not read before.
        unnamed: Whether what stands before it gave rows a number of their own.
    """

    offset: int = 0
    unnamed: bool = False


class Place:
    """
    One file while it is read: the cursor it was given, the cursors it gives.

    Attributes:
        size: Bytes there were when it was opened; what grows later is for later.
    """

    def __init__(self, path: Path) -> None:
        self._file = opened(path)
        self._path = path
        status = os.fstat(self._file.fileno())
        self.size = status.st_size
        self._changed = status.st_mtime_ns
        self._head = self._hash(0, _HEAD)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def start(self, cursor: Cursor | None, *, grows: bool = True) -> Start | None:
        """
        Return where to begin; None where nothing has changed since.

        A file that only grew goes on where it was left; one that shrank, or whose
        bytes up to there are others, is read again from its start.
        """
        if cursor is None:
            return Start()
        saved = parsed(cursor, ("size", "changed", "head", "headed", "offset", "tail"))
        size, offset, headed = (
            count(saved, name) for name in ("size", "offset", "headed")
        )
        same = (size, saved["changed"]) == (self.size, self._changed)
        if not same and (size >= self.size or not grows):
            return Start()
        if (
            saved["head"] != self._hash(0, headed)
            or saved["tail"] != self._before(offset)
            or offset > self.size
        ):
            return Start()
        if same and saved.get("done") is True:
            return None
        return Start(offset, unnamed=saved.get("unnamed") is True)

    def cursor(self, offset: int, *, done: bool, unnamed: bool = False) -> Cursor:
        """Return the cursor from which a pull goes on at ``offset``."""
        return written(
            {
                "size": self.size,
                "changed": self._changed,
                "head": self._head,
                "headed": min(_HEAD, self.size),
                "offset": offset,
                "tail": self._before(offset),
                "done": done,
                "unnamed": unnamed,
            }
        )

    def progress(self, offset: int) -> float:
        """Return which share of the file is read."""
        return min(offset / self.size, 1.0) if self.size else 1.0

    def ends_with(self, *endings: bytes) -> bool:
        """Tell whether the file ends as a finished one does; an empty one does."""
        self._file.seek(max(0, self.size - 4))
        return not self.size or self._file.read(4).endswith(endings)

    async def is_still(self) -> bool:
        """Tell whether nobody is writing to the file just now; may wait a moment."""
        if time.time() - self._changed / 1e9 > _FRESH:
            return True
        await asyncio.sleep(_PAUSE)
        status = self._path.stat()
        return (status.st_size, status.st_mtime_ns) == (self.size, self._changed)

    def _before(self, offset: int) -> str:
        start = max(0, offset - _TAIL)
        return self._hash(start, offset - start)

    def _hash(self, start: int, length: int) -> str:
        self._file.seek(start)
        return hashlib.sha256(self._file.read(max(0, length))).hexdigest()[:24]


def opened(path: Path) -> BinaryIO:
    """Return the file, open for reading bytes; errors say what to do."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise ConfigError(f"there is no file {path}; check the path") from None
    except IsADirectoryError:
        raise ConfigError(f"{path} is a folder; name the file in it") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
