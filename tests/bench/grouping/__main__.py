"""
Ours beside what people could use instead, on the same texts, in one call.

    python tests/bench/grouping [FILE.jsonl ...] --python PEERS/bin/python

Lines are {"text", "cluster"}, and {"edits"} where a table per kind of edit is wanted.
Peers are no dependency of the project: they live in an environment of their own
(``peers.py`` says which to install), and those that are not there are named.

Each engine runs in a process of its own. Its cost is processor time, user and system,
which other programs disturb least; importing and loading models are not counted. All
get the same normalised texts, which is counted once and shown apart; ours gets the raw
ones and normalises them itself, and its share of normalising is taken from its total. Peers compute on one thread and get, of all thresholds, the one that is
best on these very texts; ours has those it ships with. Peers' results are kept in the
folder ``--cache`` names, by the file's hash; it wants emptying when a peer changes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]
LABELLED = TESTS / "grouping" / "labelled.jsonl"


def main() -> None:
    """Print the tables of each file."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent)]
    from bench.grouping.comparing import compared
    from bench.grouping.tables import tables
    from bench.grouping.texts import read

    asked = _asked()
    for file in asked.files or [LABELLED]:
        texts = read(file, asked.repeat)
        print(tables(texts, compared(texts, asked.python, asked.repeat, asked.cache)))


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("files", nargs="*", type=Path, metavar="FILE.jsonl")
    words.add_argument(
        "--python", default=sys.executable, help="the interpreter that has the peers"
    )
    words.add_argument(
        "--repeat", type=int, default=1, metavar="R", help="runs; the median is shown"
    )
    words.add_argument("--cache", type=Path, help="a folder that keeps peers' results")
    return words.parse_args()


if __name__ == "__main__":
    main()
