"""Every engine over one mailbox, each run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.mail.engines import ENGINES
from bench.mail.letters import letters
from servers.dovecot import PASSWORD, Dovecot

_PEER = "imap-tools, fetched and parsed"
_PROGRAM = Path(__file__).with_name("engines.py")


@dataclass(frozen=True, slots=True)
class Run:
    """
    One run of one engine.

    Attributes:
        cpu: Seconds of processor time.
        wall: Seconds that passed.
        megabytes: The most memory it held.
    """

    count: int
    cpu: float
    wall: float
    megabytes: float


@dataclass(slots=True)
class Told:
    """
    What an engine's runs cost.

    Attributes:
        why_not: Why there are none.
    """

    name: str
    runs: list[Run] = field(default_factory=list)
    why_not: str = ""


def compared(messages: int, peers: str, runs: int) -> list[Told]:
    """Return each engine's runs over a mailbox of so many messages."""
    told = {name: Told(name) for name in ENGINES}
    with Dovecot() as server:
        server.fill("bench", letters(messages))
        for _ in range(runs):
            for one in told.values():
                if not one.why_not:
                    _add(one, server, peers if one.name == _PEER else sys.executable)
    return list(told.values())


def _add(told: Told, server: Dovecot, python: str) -> None:
    done = subprocess.run(
        [python, _PROGRAM, told.name, str(server.tls_port), server.certificate,
         "bench", PASSWORD],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        if python == sys.executable else {"PATH": os.environ["PATH"]},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 0:
        told.runs.append(Run(**json.loads(done.stdout)))
        return
    why = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
    missing = why[0].startswith("ModuleNotFoundError")
    told.why_not = "not installed there" if missing else why[0]
