"""`triage serve` as a person starts it: a process of its own, on a free port."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs, and the link it printed."""

    process: subprocess.Popen[str]
    link: str

    @property
    def origin(self) -> str:
        """Its address, as a browser's page has it."""
        return self.link.split("/enter/")[0]

    def next_link(self) -> str:
        """The link printed when the one before was opened."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@contextmanager
def serving(database: Path, *words: str, **environment: str) -> Iterator[Serving]:
    """Serve a workspace until the block ends; then it must end well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "triage", "--db", str(database), "serve", "--port", "0",
         *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        link = process.stdout.readline().strip()
        assert link, process.communicate()
        yield Serving(process, link)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in said, said
    assert "failed" not in said, said
