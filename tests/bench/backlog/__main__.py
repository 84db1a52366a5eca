"""
A large backlog ranked and exported, each by a process of its own.

    python tests/bench/backlog
    python tests/bench/backlog --feedback 100000 --pain-points 2000 --quotes 10

The workspace is made once and kept (``--folder``). Shown for each command are processor
seconds, user and system: of the whole process as cron starts it, and of the work alone
in a process that has done it once; the least of a few runs. ``plain script`` is the
same quotes read with sqlite3 and ranked by a dozen lines without a cap, segments or
who set what.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print a line for each command."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.backlog.filling import Size, filled
    from bench.backlog.measuring import measured

    asked = _asked()
    size = Size(asked.feedback, asked.pain_points, asked.quotes)
    path = filled(asked.folder, size)
    print(f"{'':28}{'process':>9}{'work':>8}{'bytes':>12}")
    for cost in measured(path, asked.runs):
        work = "" if cost.work is None else f"{cost.work:.2f}"
        print(f"{cost.name:28}{cost.process:9.2f}{work:>8}{cost.wrote:12,}", flush=True)


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("--feedback", type=int, default=100_000, metavar="N")
    words.add_argument("--pain-points", type=int, default=2_000, metavar="N")
    words.add_argument("--quotes", type=int, default=10, metavar="N")
    words.add_argument("--runs", type=int, default=3, metavar="R")
    words.add_argument("--folder", type=Path, default=Path("build/bench-backlog"))
    return words.parse_args()


if __name__ == "__main__":
    main()
