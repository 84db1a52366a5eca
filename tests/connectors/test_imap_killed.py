"""Killed after any batch, a sync goes on from there: no mail is lost and none doubled."""

from __future__ import annotations

from pathlib import Path

import killed
from factories import unsound
from servers.dovecot import PASSWORD
from servers.mailbox import Mailbox
from triage.workspace import Workspace

COUNT, BATCH = 100, 20

_SYNC = f"""
import asyncio, sys
from pathlib import Path
from triage.connector import Secret
from triage.sync import Failed, Fetched, Pull, pull
from triage.workspace import Workspace
from triage_connectors import imap_fetching
from triage_connectors.imap import Imap

imap_fetching.MOST = {BATCH}
db, user, port, certificate = sys.argv[1:]
source = Imap(host="localhost", port=int(port), user=user,
              password=Secret(sys.stdin.readline().strip()), ca_file=Path(certificate))

async def run(workspace):
    once = Pull(source="mail", connector_name="imap", connector=source, http=None,
                label="sync", resume=True)
    async for event in pull(workspace.db, once):
        if isinstance(event, Fetched):
            print(event.counts.new, flush=True)
            sys.stdin.readline()  # goes on when told to, or dies here
        if isinstance(event, Failed):
            raise event.error

with Workspace(Path(db)) as workspace:
    asyncio.run(run(workspace))
print("done", flush=True)
"""


def sync(path: Path, mailbox: Mailbox, kill_after: int | None = None) -> list[str]:
    """What a run said until its end, or until it was killed after so many pages."""
    words = [
        str(path), mailbox.user, str(mailbox.server.tls_port),
        str(mailbox.server.certificate),
    ]  # fmt: skip
    return killed.run(_SYNC, words, PASSWORD, kill_after)


def ids(path: Path) -> list[str]:
    with Workspace(path, create=False) as workspace:
        assert unsound(workspace) == {}
        rows = workspace.db.read().execute("SELECT external_id FROM feedback")
        return sorted(row[0] for row in rows)


def test_killed_after_every_batch(mailbox: Mailbox, tmp_path: Path) -> None:
    """Killed after each batch in turn, the runs together store what one run does."""
    for number in range(COUNT):
        mailbox.deliver(number)
    whole, path = tmp_path / "whole.db", tmp_path / "work.db"
    assert sync(whole, mailbox)[-1] == "done"
    # Each kill in a place of its own: after one batch, then after the next one …
    for batch in range(1, COUNT // BATCH + 1):
        assert sync(path, mailbox, kill_after=1) == [str(BATCH)]
        assert len(ids(path)) == batch * BATCH
    assert sync(path, mailbox)[-1] == "done"
    assert ids(path) == ids(whole)
    assert len(ids(path)) == COUNT


def test_killed_after_several_batches(mailbox: Mailbox, tmp_path: Path) -> None:
    """Wherever in one run it is killed, the next run brings exactly the rest."""
    for number in range(COUNT):
        mailbox.deliver(number)
    for batches in (2, 4):
        path = tmp_path / f"{batches}.db"
        sync(path, mailbox, kill_after=batches)
        kept = len(ids(path))
        assert kept == batches * BATCH
        assert sync(path, mailbox)[-2:] == [str(COUNT - kept), "done"]
        assert len(ids(path)) == COUNT
