"""Processor seconds of rankings and exports: of whole processes, and of the work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from bench.tui.said import LATEST
from triage import plugins
from triage.scoring import FORMULAS
from triage.workspace import Workspace

PLAIN = Path(__file__).with_name("plain.py")
_FOLDERS = ("quackback",)
"""Formats that are several files, which no pipe takes."""

YEAR_AGO = LATEST - timedelta(days=365)
MONTH_AGO = LATEST - timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Cost:
    """
    What one command cost.

    Attributes:
        process: Processor seconds of a whole process.
        work: Of the work in a process that has done it before; None if not asked.
        wrote: Bytes it printed.
    """

    name: str
    process: float
    work: float | None
    wrote: int


def measured(path: Path, runs: int) -> Iterator[Cost]:
    """Each command in turn."""
    with Workspace(path) as workspace:
        for name, words, work in _commands(workspace, path):
            process, wrote = _process([*_program(path), *words], runs)
            yield Cost(name, process, _least(work, runs), wrote)
    process, wrote = _process([sys.executable, str(PLAIN), str(path)], runs)
    yield Cost("plain script", process, None, wrote)


def _program(path: Path) -> list[str]:
    return [sys.executable, "-m", "triage", "--db", str(path)]


def _commands(
    workspace: Workspace, path: Path
) -> Iterator[tuple[str, list[str], Callable[[], object]]]:
    yield "nothing (--version)", ["--version"], lambda: None
    for name in FORMULAS:
        yield (
            f"rank {name} --json",
            ["rank", "--formula", name, "--json"],
            partial(workspace.rank, name),
        )
    ago, lately = YEAR_AGO.isoformat(), MONTH_AGO.isoformat()
    yield "rank --explain p1", ["rank", "--explain", "p1"], workspace.rank
    yield (
        "rank --as-of a year ago",
        ["rank", "--as-of", ago, "--json"],
        lambda: workspace.rank(as_of=YEAR_AGO),
    )
    yield (
        "rank --diff a month ago",
        ["rank", "--diff", lately, "--json"],
        lambda: workspace.moved(MONTH_AGO),
    )
    yield (
        "rank --diff a year ago",
        ["rank", "--diff", ago, "--json"],
        lambda: workspace.moved(YEAR_AGO),
    )
    yield "pain list", ["pain", "list", "--json"], workspace.pain_points
    for to in plugins.names(plugins.EXPORTS):
        yield (
            f"export --to {to}",
            ["export", "--to", to, *(_folder(path) if to in _FOLDERS else ())],
            partial(_exported, workspace, to),
        )


def _folder(path: Path) -> tuple[str, ...]:
    return "--out", str(path.with_suffix(".out")), "--force"


def _exported(workspace: Workspace, to: str) -> None:
    workspace.export(to, None)


def _process(words: Sequence[str], runs: int) -> tuple[float, int]:
    least, wrote = float("inf"), 0
    # As it is installed: no run but the first compiles a module.
    compiled = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    compiled.setdefault("PYTHONPYCACHEPREFIX", str(Path("build/bytecode").absolute()))
    for _ in range(runs):
        before = os.times()
        done = subprocess.run(words, capture_output=True, check=True, env=compiled)
        after = os.times()
        spent = (after.children_user - before.children_user) + (
            after.children_system - before.children_system
        )
        least, wrote = min(least, spent), len(done.stdout)
    return least, wrote


def _least(work: Callable[[], object], runs: int) -> float:
    least = float("inf")
    for _ in range(runs):
        before = time.process_time()
        work()
        least = min(least, time.process_time() - before)
    return least
