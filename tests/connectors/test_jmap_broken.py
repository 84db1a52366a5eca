"""JMAP syncs that are killed, or whose connections break: nothing lost, none doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from factories import a_workspace, unsound
from servers.cyrus import PAGE, PASSWORD, Account, Cyrus
from servers.fault import Fault, FaultProxy, Kind
from triage import sync
from triage.connector import Secret
from triage.sync import Ended, Failed, Pull, SyncEvent
from triage.transport import Http
from triage.workspace import Workspace
from triage_connectors.jmap import Jmap

COUNT = 2 * PAGE + 10
LINE = "The export loses my tags, every time I print. "
KINDS: tuple[Kind, ...] = ("cut", "end", "stall", "corrupt", "refuse")
OFFSETS = (0, 150, 1_200, 3_000, 7_000, 13_000, 24_000, 45_000)
"""Bytes of a connection: within a handshake, a header, a list, a mail."""
TRY = 0.25
"""Seconds a question may take while the line is broken."""


def a_mail(number: int) -> bytes:
    return (
        f"From: ann{number}@customer.example\r\nTo: help@us.example\r\n"
        f"Subject: Export {number}\r\nMessage-ID: <m{number}@customer.example>\r\n"
        f"Date: Mon, 2 Mar 2026 12:00:00 +0000\r\n\r\n{number} {LINE * 10}\r\n"
    ).encode()


@pytest.fixture(scope="module")
def account(cyrus: Cyrus) -> Account:
    account = cyrus.account()
    account.deliver(map(a_mail, range(COUNT)))
    return account


def stored(workspace: Workspace) -> list[str]:
    rows = workspace.db.read().execute("SELECT external_id FROM feedback")
    return sorted(row[0] for row in rows)


async def _no_wait(_: float) -> None:
    pass


def synced(
    workspace: Workspace, connector: Jmap, deadline: float = 20
) -> list[SyncEvent]:
    async def run() -> list[SyncEvent]:
        async with Http(
            ca_file=connector.ca_file, sleep=_no_wait, deadline=deadline
        ) as http:
            one = Pull(
                source="mail", connector_name="jmap", connector=connector, http=http,
                label="sync", resume=True,
            )  # fmt: skip
            return [event async for event in sync.pull(workspace.db, one)]

    return asyncio.run(run())


@contextmanager
def behind_proxy(port: int) -> Iterator[FaultProxy]:
    proxy = FaultProxy(port)
    try:
        yield proxy
    finally:
        proxy.close()


@pytest.mark.parametrize("kind", KINDS)
def test_broken_lines(account: Account, tmp_path: Path, kind: Kind) -> None:
    """
    A line that breaks ends a sync in time with what it has; the next one completes it.

    Eight places for each of five kinds of trouble. Bytes are turned round under TLS,
    where that is noticed.
    """
    server = account.server
    with_tls = kind == "corrupt"
    port = server.ports.https if with_tls else server.ports.http
    wanted = sorted(account.ids())
    troubled = 0
    with behind_proxy(port) as proxy:
        connector = Jmap(
            url=f"http{'s' * with_tls}://127.0.0.1:{proxy.port}",
            user=account.name,
            password=Secret(PASSWORD),
            ca_file=server.ca_file,
        )
        for number, offset in enumerate(OFFSETS):
            # Some lines get better after a while, others never.
            connections = 3 if number % 4 == 3 else 1_000_000
            if kind == "refuse":
                connections = number + 1
            proxy.set(Fault(kind, offset, connections))
            with a_workspace(tmp_path, f"{offset}.db") as workspace:
                began = time.monotonic()
                events = synced(workspace, connector, TRY)
                assert time.monotonic() - began < 15
                failed = any(isinstance(event, Failed) for event in events)
                troubled += failed
                kept = stored(workspace)
                assert set(kept) <= set(wanted)
                ended = events[-1]
                assert isinstance(ended, Ended)
                assert ended.counts.new == len(kept)
                assert failed or kept == wanted
                proxy.set(Fault())
                assert not [
                    event
                    for event in synced(workspace, connector)
                    if isinstance(event, Failed)
                ]
                assert stored(workspace) == wanted
    assert troubled >= 3


_SYNC = """
import asyncio, sys
from pathlib import Path
from triage import sync
from triage.connector import Secret
from triage.transport import Http
from triage.workspace import Workspace
from triage_connectors.jmap import Jmap

url, user, password, path = sys.argv[1:]

async def run(workspace):
    connector = Jmap(url=url, user=user, password=Secret(password))
    async with Http() as http:
        one = sync.Pull(
            source="mail", connector_name="jmap", connector=connector, http=http,
            label="sync", resume=True,
        )
        async for event in sync.pull(workspace.db, one):
            if isinstance(event, sync.Fetched):
                print(event.counts.total, flush=True)

with Workspace(Path(path)) as workspace:
    asyncio.run(run(workspace))
print("done", flush=True)
"""


def run_until(account: Account, path: Path, lines: int | None) -> list[str]:
    """What a sync in a process of its own acknowledged, killed after some lines."""
    told = [account.server.url, account.name, PASSWORD, str(path)]
    process = subprocess.Popen(
        [sys.executable, "-c", _SYNC, *told],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    seen: list[str] = []
    if lines is not None:
        while len(seen) < lines and (line := process.stdout.readline()):
            seen.append(line)
        process.send_signal(signal.SIGKILL)
    out, error = process.communicate(timeout=60)
    assert process.returncode in {0, -signal.SIGKILL}, error
    return [*seen, *out.splitlines(keepends=True)]


def test_killed_at_every_page(account: Account, tmp_path: Path) -> None:
    """Killed after any page, a sync goes on there: every mail is stored once."""
    wanted = sorted(account.ids())
    path = tmp_path / "work.db"
    kept = 0
    for _ in range(3):
        seen = run_until(account, path, 1)
        with Workspace(path, create=False) as workspace:
            assert unsound(workspace) == {}
            now = stored(workspace)
        assert len(now) >= kept + int(seen[0])
        kept = len(now)
    assert run_until(account, path, None)[-1] == "done\n"
    with Workspace(path, create=False) as workspace:
        assert unsound(workspace) == {}
        assert stored(workspace) == wanted
        batches = workspace.db.read().execute("SELECT sum(new) FROM batch").fetchone()
        assert batches[0] == COUNT
