"""
A history of reviews, pulled from each store in small, twice, into a fresh workspace.

    python tests/bench/stores --reviews 200000
    python tests/bench/stores --only google-play --kills 10

Each store is the one of the tests, in a process of its own, behind a socket of this
machine; each pull is another process, as a sync from cron is, and stores what comes
with the connector, client and ledger of ``triage sync``. What it would wait, so as not
to ask too often, is not waited but shown. Shown for both pulls: rows that came, how
many of them are new or say something new, rows a second of processor time (user and
system, of the pulling process alone) and of the clock, requests, and the most memory
it held. The second pull must change nothing. With ``--kills`` it is pulled once more,
killed as often after a page taken at random, and must end in the same rows.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print two lines for each store."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.stores.history import Extent
    from bench.stores.measuring import STORES, measured
    from bench.stores.tables import HEAD, lines

    asked = _asked(STORES)
    extent = Extent(asked.reviews, asked.countries, asked.months)
    print(HEAD)
    for name in asked.only or STORES:
        for line in lines(measured(name, extent, asked.kills)):
            print(line, flush=True)


def _asked(stores: tuple[str, ...]) -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("--reviews", type=int, default=200_000, metavar="N")
    words.add_argument("--countries", type=int, default=40, metavar="C")
    words.add_argument("--months", type=int, default=24, metavar="M")
    words.add_argument("--kills", type=int, default=0, metavar="K")
    words.add_argument("--only", nargs="*", choices=stores, metavar="CONNECTOR")
    return words.parse_args()


if __name__ == "__main__":
    main()
