"""
The terminal app beside others, in one call: what a start costs, and what a key does.

    python tests/bench/tui --folder DATA [--peers PEERS] [--sizes 10000 1000000]
        [--starts 5] [--repeat 100] [--only triage] [--json FILE]

Workspaces and mailboxes are made in DATA once (a million takes some three minutes) and
kept. Each program runs in a terminal of 120 x 40 that answers what terminals are asked.
Processor time is user and system of all its processes; a key's lasts until the program
has been silent for 0.12 s, so that what it does behind its paint is counted too; a
letter of a search is watched for 0.9 s, and painted when what it finds stands. Wall
time is from the key to the last byte of the first paint, and wants a quiet machine: the
loop timed at the end says how quiet it was. ``--repeat`` is a percentage of how often
keys are pressed. Linux only. ``programs.py`` says how to install the others.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print the tables; progress goes to standard error."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.tui.measuring import measured
    from bench.tui.programs import programs
    from bench.tui.tables import as_data, tables

    asked = _asked()
    folder = asked.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for make in programs(folder, sorted(asked.sizes), asked.peers):
        program = make()
        if any(word in program.name for word in asked.only or [program.name]):
            print(program.name, file=sys.stderr)
            told.append(measured(program, starts=asked.starts, repeat=asked.repeat))
    ours = [one.name for one in told if one.name.startswith("triage")]
    print(tables(told, ours))
    print(f"\nThe machine: {_stretch():.2f} s of wall time for each of processor time")
    if asked.json:
        asked.json.write_text(json.dumps(as_data(told), indent=1), encoding="utf-8")


def _stretch() -> float:
    wall, cpu = time.perf_counter(), time.process_time()
    while time.process_time() - cpu < 0.5:
        pass
    return (time.perf_counter() - wall) / (time.process_time() - cpu)


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("--folder", type=Path, required=True, metavar="DATA")
    words.add_argument("--peers", type=Path, metavar="PEERS")
    words.add_argument(
        "--sizes", type=int, nargs="+", default=[10_000, 1_000_000], metavar="N"
    )
    words.add_argument("--starts", type=int, default=5, metavar="S")
    words.add_argument("--repeat", type=int, default=100, metavar="PERCENT")
    words.add_argument(
        "--only", nargs="+", metavar="WORD", help="only programs named so"
    )
    words.add_argument("--json", type=Path, metavar="FILE")
    return words.parse_args()


if __name__ == "__main__":
    main()
