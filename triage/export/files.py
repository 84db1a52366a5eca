"""Files are written whole or not at all, readable by their owner alone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from triage.errors import TriageError, UsageError


def write_to(
    path: Path, write: Callable[[TextIO], None], *, force: bool = False
) -> None:
    """
    Put what ``write`` writes at ``path``, in one move.

    A crash or a kill at any moment leaves the old file or the new one, never a part.
    A file that is there is replaced only with ``force``; a symbolic link never is.
    """
    try:
        _refuse_what_stands_there(path, force=force)
        partial = _written_beside(path, write)
        try:
            _put_in_place(partial, path, force=force)
            _remember_the_name(path.parent)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise TriageError(
            f"{path} cannot be written: {error.strerror}; choose another place"
        ) from error


def _refuse_what_stands_there(path: Path, *, force: bool) -> None:
    if path.is_symlink():
        raise UsageError(f"{path} is a symbolic link; name the file it points to")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it")
    if path.exists() and not force:
        raise UsageError(f"{path} exists; use --force to replace it")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path.parent} is not there; make the folder first")


def _written_beside(path: Path, write: Callable[[TextIO], None]) -> Path:
    """The text in a file of its own, safely on the disk."""
    import tempfile

    descriptor, name = tempfile.mkstemp(
        prefix=f".{path.name[:100]}.", suffix=".partial", dir=path.absolute().parent
    )
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        partial.unlink()
        raise
    return partial


def _put_in_place(partial: Path, path: Path, *, force: bool) -> None:
    if not force:
        # A link, unlike a rename, refuses where a file has appeared meanwhile.
        try:
            os.link(partial, path)
        except FileExistsError as error:
            raise UsageError(f"{path} exists; use --force to replace it") from error
        except OSError:
            # No links on this file system; the check above has to do.
            partial.replace(path)
        return
    partial.replace(path)


def _remember_the_name(folder: Path) -> None:
    """Bring the folder itself to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    # Some network file systems refuse it; the file itself is safe already.
    with contextlib.suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)
