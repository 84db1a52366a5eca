"""Where secrets a person typed are put: the keyring, or a file of the person's own."""

from __future__ import annotations

import re
from pathlib import Path

from triage.errors import ConfigError
from triage.secrets import files, ring
from triage.secrets.reference import is_reference

SERVICE = "triage"
"""Under which the keyring has what we put there."""

_MOST = 1000


def keep(value: str, *, name: str, folder: Path) -> str:
    """
    Put a secret where only its owner finds it; the reference to it.

    Args:
        name: What to call it, such as ``work:mail:password``; a number is added where
            another workspace has something under that name.
        folder: For files, where there is no keyring.
    """
    if not value:
        raise ConfigError("there is no secret to keep: it is empty")
    try:
        user = next(one for one in _names(name) if not ring.has(SERVICE, one))
        ring.write(SERVICE, user, value)
    except ConfigError:
        # No keyring here, or one that keeps nothing.
        path = next(one for one in _files(name, folder) if not one.exists())
        files.write(path, value)
        return f"file:{path.absolute()}"
    return f"keyring:{SERVICE}/{user}"


def replace(reference: str, value: str, *, folder: Path) -> bool:
    """Put another value where we put the one before; False where that was not us."""
    if not value or not _is_ours(reference, folder):
        return False
    kind, _, place = reference.partition(":")
    if kind == "keyring":
        ring.write(*ring.parts(place), value)
    else:
        files.write(Path(place), value)
    return True


def forget(reference: str, *, folder: Path) -> bool:
    """Take away what we put there; False where that was not us."""
    if not _is_ours(reference, folder):
        return False
    kind, _, place = reference.partition(":")
    if kind == "keyring":
        ring.delete(*ring.parts(place))
    else:
        Path(place).unlink(missing_ok=True)
    return True


def _is_ours(reference: str, folder: Path) -> bool:
    if not is_reference(reference):
        return False
    kind, _, place = reference.partition(":")
    if kind == "file":
        return Path(place).parent == folder.absolute()
    return kind == "keyring" and place.startswith(f"{SERVICE}/")


def _names(name: str) -> list[str]:
    return [name, *(f"{name}-{number}" for number in range(2, _MOST))]


def _files(name: str, folder: Path) -> list[Path]:
    plain = re.sub(r"[^\w.@-]+", "-", name).strip(".-") or "secret"
    return [folder / one for one in _names(plain[:120])]
