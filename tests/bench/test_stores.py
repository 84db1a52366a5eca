"""The bench of stores runs from one end to the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.stores.measuring import STORES

BENCH = Path(__file__).with_name("stores")


@pytest.mark.parametrize("name", STORES)
def test_pulled_twice_and_killed(name: str) -> None:
    """A store's history comes, the second pull changes nothing, and a kill neither."""
    done = subprocess.run(
        [sys.executable, BENCH, "--reviews", "600", "--countries", "2", "--months", "3",
         "--kills", "2", "--only", name],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head, first, second, *more = done.stdout.splitlines()
    assert head.split()[:2] == ["rows", "changed"]
    assert first.startswith(f"{name}, first")
    assert int(first[28:].split()[1]) >= 600
    assert second.startswith(f"{name}, second")
    assert int(second[28:].split()[1]) == 0
    assert more[-1].endswith("it ended in the same rows")
