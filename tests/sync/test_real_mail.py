"""A watched account on a real server: what is delivered is stored and grouped at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

import pytest

from servers.dovecot import PASSWORD, Dovecot
from servers.mailbox import letter
from triage.sync import Ended, Failed
from triage.workspace import Workspace


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """A server with the mailboxes of whoever signs in."""
    with Dovecot() as server:
        yield server


@pytest.fixture
def accounts(
    workspace: Workspace, dovecot: Dovecot, tmp_path: Path
) -> Iterator[Workspace]:
    """Three accounts with three mails each, one of them with a wrong password."""
    for name in ("ann", "bob", "eve"):
        for number in range(3):
            dovecot.deliver(
                name, letter(number, f"the export of {name} fails {number}")
            )
        secret = tmp_path / f"{name}.secret"
        secret.write_text("wrong" if name == "eve" else PASSWORD)
        secret.chmod(0o600)
        workspace.add_source(
            name, "imap",
            {"host": "127.0.0.1", "port": dovecot.port, "tls": "none", "user": name,
             "password": f"file:{secret}"},
        )  # fmt: skip
    yield workspace
    for name in ("ann", "bob", "eve"):
        folder = dovecot.folder(name)
        for mail in (*(folder / "new").iterdir(), *(folder / "cur").iterdir()):
            mail.unlink()


def test_accounts_are_pulled_together(accounts: Workspace) -> None:
    """Two accounts are read though the third is refused, which waits half an hour."""

    async def collect() -> list[Any]:
        return [event async for event in accounts.sync()]

    events = asyncio.run(collect())
    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert failed.source == "eve"
    assert failed.retry_at is not None
    waits = (failed.retry_at - accounts.clock()).total_seconds()
    assert 1700 < waits <= 1800
    assert {view.name: view.feedback for view in accounts.sources()} == {
        "ann": 3, "bob": 3, "eve": 0,
    }  # fmt: skip


async def test_a_delivery_is_stored_at_once(
    accounts: Workspace, dovecot: Dovecot, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mail to a watched account is stored and grouped within two seconds."""
    ended = asyncio.Event()
    done: set[str] = set()

    async def watch() -> None:
        stream = cast("Any", accounts.watch(["ann", "bob"]))
        async with aclosing(stream) as events:
            async for event in events:
                if isinstance(event, Ended):
                    done.add(event.source)
                if len(done) == 2:
                    ended.set()

    watching = asyncio.ensure_future(watch())
    try:
        async with asyncio.timeout(20):
            await ended.wait()
        for number, name in enumerate(("ann", "bob", "ann"), 10):
            await asyncio.sleep(1.5)
            before = accounts.counts()["feedback"]
            began = time.monotonic()
            dovecot.deliver(name, letter(number, f"sync of {name} is slow {number}"))
            while (
                accounts.counts()["feedback"] == before or accounts.counts()["pending"]
            ):
                await asyncio.sleep(0.02)
                assert time.monotonic() - began < 5
            took = time.monotonic() - began
            with capsys.disabled():
                print(f"\nnew mail was stored and grouped after {took:.2f} s")
            assert took < 2
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
