"""
What one more feedback costs in a workspace that holds N already.

    python tests/bench/grouping/incremental.py TEXTS.jsonl LABELLED.jsonl
        [--stored 10000 100000 1000000] [--keep DB | --copy-of DB]

A workspace is filled through its own door with N texts made from TEXTS (lines
{"text"}); then 5 x 1,000 of LABELLED (lines {"text", "cluster"}) are added to a copy of
it, and 50 more one by one. Cost is CPU milliseconds a feedback. Filling to a million
takes a while: ``--keep`` leaves the filled file at DB and goes on with it the next
time, and ``--copy-of`` measures on such a file as it is, instead of filling one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print a line for each size, then where the bytes are."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.grouping.adding import measured, told

    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("texts", type=Path, metavar="TEXTS.jsonl")
    words.add_argument("labelled", type=Path, metavar="LABELLED.jsonl")
    words.add_argument("--stored", type=int, nargs="+", default=[10_000], metavar="N")
    words.add_argument("--keep", type=Path, metavar="DB")
    words.add_argument("--copy-of", type=Path, metavar="DB")
    asked = words.parse_args()
    print(
        told(
            list(
                measured(
                    asked.texts, asked.labelled, sorted(asked.stored),
                    keep=asked.keep, copy_of=asked.copy_of,
                )
            )
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
