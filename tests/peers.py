"""Figures worked out by libraries nobody here wrote, asked in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "build" / "peers"
"""Where `.ci/up test` puts them; `TRIAGE_PEERS` names another place."""


def folder() -> Path:
    """
    Where the libraries are.

    Skips where they are not, saying so; fails where they must be there.
    """
    found = Path(os.environ.get("TRIAGE_PEERS", FOLDER))
    if not (found / "statsmodels").exists():
        say = f"no statsmodels in {found.name}; `.ci/up test` puts it there"
        if os.environ.get("TRIAGE_REAL"):
            pytest.fail(say)
        pytest.skip(say)
    return found


def asked(code: str, told: object) -> Any:
    """What code says that has ``told``, and leaves its answer in ``answer``; both JSON."""
    where = folder()
    program = (
        "import json, sys, warnings; warnings.simplefilter('ignore')\n"
        f"told = json.load(sys.stdin)\n{code}\njson.dump(answer, sys.stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(where)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
