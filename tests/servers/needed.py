"""Real servers a test starts: without them it is skipped, or fails where CI says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def need(*programs: Path) -> None:
    """Skip unless these are installed; where TRIAGE_REAL is set, fail instead."""
    missing = [str(program) for program in programs if not program.exists()]
    if not missing:
        return
    told = f"a real server is not installed: {', '.join(missing)}"
    if os.environ.get("TRIAGE_REAL"):
        pytest.fail(told)
    pytest.skip(told)
