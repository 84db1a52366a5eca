"""
Forty broken connections: each pull ends in time, and the next ones get all there is.

All of them are over TLS, as every connection to another machine is: there a byte that
was changed on its way breaks the connection. In the clear it would pass unnoticed, and
the mail it was changed in would be stored as another one; that way is open to servers
on this machine only, to which there is no way for a byte to be changed on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factories import a_workspace, unsound
from servers.dovecot import PASSWORD, Dovecot
from servers.fault import Fault, FaultProxy, Kind
from servers.mailbox import Mailbox, letter
from triage.sync import Failed, Fetched, Pull, pull
from triage.workspace import Workspace
from triage_connectors import imap_fetching

COUNT = 60
PATIENCE = 0.4
KINDS: tuple[Kind, ...] = ("cut", "end", "stall", "corrupt")
OFFSETS = (0, 700, 1_900, 2_600, 3_300, 4_500, 8_000, 20_000, 40_000)
"""Within the handshake, signing in, listing, measuring, and mails from first to last."""
FAULTS = [Fault(kind, after) for kind in KINDS for after in OFFSETS] + [
    Fault("refuse", connections=count) for count in (1, 2, 3, 1)
]


@pytest.fixture(scope="module")
def box(dovecot: Dovecot) -> Mailbox:
    """A mailbox of sixty letters of about a kilobyte."""
    filled = Mailbox(dovecot, "faults")
    for number in range(COUNT):
        filled.deliver(letter(number, size=700))
    return filled


@pytest.fixture
def proxy(dovecot: Dovecot) -> Iterator[FaultProxy]:
    between = FaultProxy(dovecot.tls_port)
    yield between
    between.close()


def synced(workspace: Workspace, box: Mailbox, port: int) -> tuple[int, bool]:
    """How many mails a run brought, and whether it failed, by an error of ours."""
    run = Pull(
        source="mail", connector_name="imap",
        connector=box.connector(port=port, patience=PATIENCE),
        http=None, label="sync", resume=True,
    )  # fmt: skip

    async def ran() -> tuple[int, bool]:
        new, failed = 0, False
        async for event in pull(workspace.db, run):
            if isinstance(event, Fetched):
                new = event.counts.new
            failed = failed or isinstance(event, Failed)
        return new, failed

    return asyncio.run(ran())


def stored(workspace: Workspace) -> list[str]:
    rows = workspace.db.read().execute("SELECT external_id FROM feedback")
    return sorted(row[0] for row in rows)


@pytest.fixture(scope="module")
def wanted(box: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What an undisturbed run stores."""
    with a_workspace(tmp_path_factory.mktemp("whole")) as workspace:
        assert synced(workspace, box, box.server.tls_port) == (COUNT, False)
        return stored(workspace)


def test_there_are_forty() -> None:
    """Forty ways to break are tried, each always in the same place."""
    assert len(FAULTS) == 40


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f.kind}-{f.after}")
def test_what_breaks_is_made_good(
    fault: Fault, box: Mailbox, proxy: FaultProxy, wanted: list[str],
    tmp_path: Path, monkeypatch: Any,
) -> None:  # fmt: skip
    """A pull that breaks keeps what it has and ends in time; the next has the rest."""
    monkeypatch.setattr(imap_fetching, "MOST", 10)
    with a_workspace(tmp_path) as workspace:
        proxy.set(fault)
        began = time.monotonic()
        new, failed = synced(workspace, box, proxy.port)
        assert time.monotonic() - began < PATIENCE + 2.5
        assert failed == (new < COUNT)
        assert set(stored(workspace)) <= set(wanted)
        assert len(stored(workspace)) == new
        proxy.set(Fault())
        assert synced(workspace, box, proxy.port) == (COUNT - new, False)
        assert stored(workspace) == wanted
        assert unsound(workspace) == {}
    assert PASSWORD not in (tmp_path / "work.db").read_bytes().decode("latin-1")
