"""
Ours beside what else reads a mailbox, over the same server, in one call.

    python tests/bench/mail --messages 20000 --peers PEERS/bin/python

A real Dovecot is filled with mail of 2 to 6 KB: replies with quotes, HTML, base64,
quoted-printable, several charsets. Each engine reads all of it over TLS, in a process
of its own, the runs of all engines alternating; shown is the run that took the least
processor time (user and system, of the engine's process and not the server's), beside
it the most that a run took. imap-tools is no dependency of the project: it lives in an
environment of its own, ``pip install imap-tools``; where it is missing, that is said.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print one line for each engine."""
    sys.path[:0] = [str(TESTS), str(TESTS.parent), str(TESTS.parent / "connectors")]
    from bench.mail.comparing import compared
    from bench.mail.tables import lines

    asked = _asked()
    for line in lines(compared(asked.messages, asked.peers, asked.runs)):
        print(line)


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[1])
    words.add_argument("--messages", type=int, default=20_000, metavar="N")
    words.add_argument(
        "--peers", default=sys.executable, help="the interpreter that has imap-tools"
    )
    words.add_argument("--runs", type=int, default=3, metavar="R")
    return words.parse_args()


if __name__ == "__main__":
    main()
