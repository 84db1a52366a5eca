"""Programs of their own: one that serves what is asked, and those that are measured."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen


@contextmanager
def serving(program: Path, words: Sequence[object]) -> Iterator[dict[str, Any] | str]:
    """
    What a program prints first, as JSON; it serves until its input ends.

    A sentence instead, where it ends without a word.
    """
    with subprocess.Popen(
        [sys.executable, program, *map(str, words)],
        env=_env(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline()
        if line:
            yield json.loads(line)
        else:
            yield process.stderr.read().strip().splitlines()[-1]


def run(
    program: Path, words: Sequence[object], given: str = "", python: str = ""
) -> subprocess.CompletedProcess[str]:
    """
    Run one to its end.

    Args:
        python: Another interpreter, which finds its own packages and none of ours.
    """
    return subprocess.run(
        [python or sys.executable, program, *map(str, words)],
        input=given, env=_bare() if python else _env(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip


def asked(url: str) -> int:
    """How often what is served there was asked; of this nothing is counted."""
    with urlopen(f"{url}/-/asked") as said:
        return int(json.load(said))


def spent() -> float:
    """Seconds of processor time this process took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def most() -> float:
    """The most memory held; ru_maxrss also knows what the program before it held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def _bare() -> dict[str, str]:
    return {name: told for name, told in os.environ.items() if name != "PYTHONPATH"}
