"""Where secrets a person typed are put: the keyring, or a file of the person's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from triage.errors import ConfigError
from triage.secrets import files, ring

SERVICE = "triage"
"""Under which the keyring has what we put there."""

_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where one secret of one source belongs.

    Attributes:
        name: What it is called there, such as ``work:mail:password``; a number is added
            where another workspace has something under that name.
        folder: For files, where there is no keyring.
    """

    name: str
    folder: Path

    def keep(self, value: str) -> str:
        """Put a secret where only its owner finds it; the reference to it."""
        if not value:
            raise ConfigError("there is no secret to keep: it is empty")
        try:
            user = next(one for one in self._users() if not ring.has(SERVICE, one))
            ring.write(SERVICE, user, value)
        except ConfigError:
            # No keyring here, or one that keeps nothing.
            path = next(one for one in self._files() if not one.exists())
            files.write(path, value)
            return f"file:{path}"
        return f"keyring:{SERVICE}/{user}"

    def replace(self, reference: str, value: str) -> bool:
        """Put another value where we put one before; False where that was not us."""
        if not value or not self._is_ours(reference):
            return False
        kind, _, place = reference.partition(":")
        if kind == "keyring":
            ring.write(*ring.parts(place), value)
        else:
            files.write(Path(place), value)
        return True

    def forget(self, reference: str) -> bool:
        """Take away what we put there; False where that was not us."""
        if not self._is_ours(reference):
            return False
        kind, _, place = reference.partition(":")
        if kind == "keyring":
            ring.delete(*ring.parts(place))
        else:
            files.delete(Path(place))
        return True

    def _is_ours(self, reference: str) -> bool:
        kind, _, place = reference.partition(":")
        if kind == "file":
            return Path(place) in self._files()
        return kind == "keyring" and place in {
            f"{SERVICE}/{user}" for user in self._users()
        }

    def _users(self) -> list[str]:
        return _numbered(self.name)

    def _files(self) -> list[Path]:
        plain = re.sub(r"[^\w.@-]+", "-", self.name).strip(".-") or "secret"
        return [self.folder / one for one in _numbered(plain[:120])]


def _numbered(name: str) -> list[str]:
    return [name, *(f"{name}-{number}" for number in range(2, _MOST))]
