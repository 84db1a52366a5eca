"""The bench of mail runs from one end to the other, whatever is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from servers.dovecot import PROGRAM
from servers.needed import need

BENCH = Path(__file__).with_name("mail")


def test_all_are_measured_on_one_mailbox() -> None:
    """Every engine reads all messages; a peer that is missing is named."""
    need(PROGRAM)
    done = subprocess.run(
        [sys.executable, BENCH, "--messages", "200", "--runs", "1"],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    head, bare, parsed, stored, grouped = done.stdout.splitlines()
    assert head.split()[0] == "read"
    for line in (bare, stored, grouped):
        name, _, figures = line[:32], line[31], line[32:]
        assert name.strip()
        assert figures.split()[0] == "200", line
    assert parsed.startswith("imap-tools")
    assert "not installed there" in parsed or " 200 " in parsed
