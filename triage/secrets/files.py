"""Secrets in files that only their owner may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from triage.errors import ConfigError

_LARGEST = 65_536


def read(path: Path) -> str:
    """
    The whole of a file, without white space round it: a key may have many lines.

    Raises:
        ConfigError: It is not there, is no file, is empty, or others may read it.
    """
    try:
        # A pipe nobody writes to would be waited for.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise ConfigError(f"{path} is no file")
            if os.name != "nt" and about.st_mode & 0o077:
                raise ConfigError(
                    f"others may read {path} (mode {about.st_mode & 0o777:04o});"
                    f" `chmod 600 {path}`"
                )
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from None
    text = content.decode("utf-8", "replace").strip()
    if not text or "\ufffd" in text or len(content) > _LARGEST:
        raise ConfigError(f"{path} holds no secret: it is empty, large or no text")
    return text


def write(path: Path, value: str) -> None:
    """Put a value in place of a file, all of it or none, for its owner alone."""
    target = path.resolve()
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_CREAT | os.O_WRONLY | os.O_EXCL
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, flags, 0o600), "w", encoding="utf-8") as out:
            out.write(value + "\n")
            out.flush()
            os.fsync(out.fileno())
        partial.replace(target)
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}") from None


def delete(path: Path) -> None:
    """Take a file away, there or not."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{path} cannot be removed: {error.strerror}") from None
