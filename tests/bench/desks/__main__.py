"""
Desks with much in them, read by us and by a script that asks for each conversation.

    python tests/bench/desks --conversations 10000
    python tests/bench/desks --only zendesk --delay 20 --repeat 1 --dlt VENV/bin/python

Each desk is the one of the tests, in a process of its own behind a socket of this
machine; each answer is on its way for so many milliseconds, as many at once as are
asked for, the same for all. Each reading is another process. Ours is told twice: stored
as ``triage sync`` stores it, and read and understood alone, for the script keeps
nothing; then pulled again, where nothing changed. What would be waited, so as not to
ask too often, is not waited but shown. Rows a second are the middle of the repeats,
with the slowest and the fastest in brackets; processor time is that of the reading
process alone. "x naive" is by the clock.

``--dlt`` names an interpreter that has dlt (``python -m venv VENV`` and ``VENV/bin/pip
install dlt==1.31.0``); its source for any REST API is then pointed at the same desk,
where ``dlt_source.py`` knows how. It keeps nothing here either. Its sources for single
desks lie in a repository, not in the package.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print some lines for each desk."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.desks.measuring import Asked, measured
    from bench.desks.registry import MADE_UP, desks
    from bench.desks.tables import HEAD, lines

    told = _asked(desks(), [*desks(), *MADE_UP])
    delays = [milliseconds / 1000 for milliseconds in told.delay]
    asked = Asked(told.conversations, delays, told.repeat, told.dlt)
    print(HEAD)
    for name in told.only:
        for found in measured(name, asked):
            for line in [found] if isinstance(found, str) else lines(found):
                print(line, flush=True)


def _asked(usual: Sequence[str], all_of_them: Sequence[str]) -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("--conversations", type=int, default=10_000, metavar="N")
    words.add_argument("--delay", type=float, nargs="+", default=[20, 0], metavar="MS")
    words.add_argument("--repeat", type=int, default=3, metavar="TIMES")
    words.add_argument("--dlt", default="", metavar="PYTHON")
    words.add_argument(
        "--only", nargs="+", default=usual, choices=all_of_them, metavar="CONNECTOR"
    )
    return words.parse_args()


if __name__ == "__main__":
    main()
