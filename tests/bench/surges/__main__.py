"""
Surges of pain points, planted and looked for: ours beside simpler ways.

    python tests/bench/surges
    python tests/bench/surges --seeds 10 --pain-points 2000

The year is made up (``simulation.py``) for each seed: as Poisson makes it, restless
(rates differ by 22 % from week to week) and very restless (32 %), and with surges that
begin within a week. Printed are the share of alerts that are false, the share of quiet
weeks of a pain point with an alert, and the share of surges found within two weeks: by
how often a pain point is usually heard a week, and of all whose triple is five or more.
Of false alerts and of that last figure the least and the most of any seed are told,
too. "told all" is what nobody can know: each true rate, season and outage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print a table for each kind of year."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.surges.tables import table

    asked = _asked()
    for title, alpha, is_midweek in (
        ("plain Poisson", 0.0, False),
        ("restless, alpha 0.05", 0.05, False),
        ("very restless, alpha 0.1", 0.1, False),
        ("restless, surges begin within a week", 0.05, True),
    ):
        print(f"{title}; {asked.seeds} seeds")
        for line in table(
            range(1, asked.seeds + 1), alpha,
            pain_points=asked.pain_points, is_midweek=is_midweek,
        ):  # fmt: skip
            print(line, flush=True)
        print()


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("--pain-points", type=int, default=2_000, metavar="N")
    words.add_argument("--seeds", type=int, default=5, metavar="N")
    return words.parse_args()


if __name__ == "__main__":
    main()
