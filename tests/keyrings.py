"""Keyrings for tests: one in a file, so that another process has it too, and bad ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

WHERE = "TRIAGE_TEST_KEYRING"
"""The environment variable that names the file."""


class InFile(KeyringBackend):
    """All it keeps is in one file of JSON."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def get_password(self, service: str, username: str) -> str | None:
        return self.all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self.all() | {f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self.all()
        if kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("not there")
        self._write(kept)

    def all(self) -> dict[str, str]:
        path = Path(os.environ[WHERE])
        if not path.exists():
            return {}
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        Path(os.environ[WHERE]).write_text(json.dumps(kept), encoding="utf-8")


class Locked(InFile):
    """Nobody unlocks it; what it says quotes what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} {username} {password}")


class Broken(InFile):
    """It fails in a way of its own; what it says quotes what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"bus error {service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"bus error {password}")
