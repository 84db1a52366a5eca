"""The app in a real terminal, for tests that sit at it as a person would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pexpect
import pyte


class Terminal:
    """The app in a pty, and what a person would see on it."""

    def __init__(
        self,
        database: Path,
        columns: int = 120,
        lines: int = 40,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "triage", "--db", str(database)],
            dimensions=(lines, columns),
            timeout=30,
            env=os.environ
            | {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(lines)}
            | dict(env or {}),
        )

    def press(self, *keys: str) -> None:
        """Type keys one by one, as fast as a person who knows them."""
        for key in keys:
            self.child.send({"enter": "\r", "escape": "\x1b"}.get(key, key))
            self._read(0.15)

    def see(self, *words: str) -> str:
        """Wait until all these words are on the screen; the screen."""
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            self._read(0.1)
            shown = self.text
            if all(word in shown for word in words):
                return shown
        raise AssertionError(f"{words} never appeared on:\n{self.text}")

    def leave(self) -> int:
        """Press q and wait for the end; the exit code."""
        self.child.send("q")
        self._read(0.5)
        if self.child.isalive():
            self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus or 0)

    @property
    def text(self) -> str:
        """The screen as lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def _read(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.stream.feed(self.child.read_nonblocking(65536, timeout=0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return


def triage(database: Path, *words: str) -> Any:
    """What a command prints, as data."""
    done = subprocess.run(
        [sys.executable, "-m", "triage", "--db", str(database), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None
