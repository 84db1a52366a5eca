"""A program that goes on page by page when told to, and is killed after any of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence


def run(
    program: str, words: Sequence[str], first: str, kill_after: int | None = None
) -> list[str]:
    """
    What it said until its end, or until it was killed after so many lines.

    Args:
        program: Python; prints a line for each page and reads one before it goes on,
            ``done`` at its end.
        words: What it finds in ``sys.argv``.
        first: The first line it reads: a secret, which no other process may see.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{first}\n")
    process.stdin.flush()
    lines: list[str] = []
    while (line := process.stdout.readline()) and len(lines) != kill_after:
        lines.append(line.strip())
        if len(lines) == kill_after:
            process.send_signal(signal.SIGKILL)
        elif lines[-1] != "done":
            process.stdin.write("\n")
            process.stdin.flush()
    _, error = process.communicate(timeout=60)
    assert process.returncode in {0, -signal.SIGKILL}, error
    return lines
