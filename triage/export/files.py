"""Files are written whole or not at all, readable by their owner alone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from triage.errors import TriageError, UsageError


def write_to(
    path: Path, write: Callable[[TextIO], None], *, force: bool = False
) -> None:
    """
    Put what ``write`` writes at ``path``, in one move.

    A crash or a kill at any moment leaves the old file or the new one, never a part.
    A file that is there is replaced only with ``force``; a symbolic link never is.
    """

    def written(out: BinaryIO) -> None:
        text = TextIOWrapper(out, encoding="utf-8", newline="")
        write(text)
        text.flush()
        text.detach()

    _write(path, written, force=force)


def write_bytes(path: Path, raw: bytes, *, force: bool = False) -> None:
    """Put these bytes at ``path``, as ``write_to`` does."""

    def written(out: BinaryIO) -> None:
        out.write(raw)

    _write(path, written, force=force)


def write_folder(
    path: Path, files: Mapping[str, bytes], *, force: bool = False
) -> None:
    """
    Put these files into the folder ``path``, which is made where it is not there.

    A new folder appears whole, in one move. In one that is there each file is whole
    or as it was; one of the same name is replaced only with ``force``.
    """
    if path.is_symlink():
        raise UsageError(f"{path} is a symbolic link; name the folder it points to")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path.parent} is not there; make the folder first")
    if path.exists():
        if not path.is_dir():
            raise UsageError(f"{path} is a file; this format needs a folder")
        for name in files:
            _refuse_what_stands_there(path / name, force=force)
        for name, raw in files.items():
            write_bytes(path / name, raw, force=force)
        return
    _move_folder(path, files)


def refuse(path: Path, *, force: bool, folder: bool = False) -> None:
    """Raise what writing there would raise before it wrote anything."""
    if not folder:
        _refuse_what_stands_there(path, force=force)
    elif path.is_symlink() or (path.exists() and not path.is_dir()):
        raise UsageError(f"{path} is no folder; this format needs one")


def _move_folder(path: Path, files: Mapping[str, bytes]) -> None:
    import shutil
    import tempfile

    try:
        partial = Path(
            tempfile.mkdtemp(prefix=f".{path.name[:100]}.", dir=path.absolute().parent)
        )
        try:
            for name, raw in files.items():
                write_bytes(partial / name, raw)
            partial.rename(path)
            _remember_the_name(path.absolute().parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise TriageError(
            f"{path} cannot be written: {error.strerror}; choose another place"
        ) from error


def _write(path: Path, write: Callable[[BinaryIO], None], *, force: bool) -> None:
    try:
        _refuse_what_stands_there(path, force=force)
        partial = _written_beside(path, write)
        try:
            _put_in_place(partial, path, force=force)
            _remember_the_name(path.absolute().parent)
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


def _written_beside(path: Path, write: Callable[[BinaryIO], None]) -> Path:
    """What is written in a file of its own, safely on the disk."""
    import tempfile

    descriptor, name = tempfile.mkstemp(
        prefix=f".{path.name[:100]}.", suffix=".partial", dir=path.absolute().parent
    )
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
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
