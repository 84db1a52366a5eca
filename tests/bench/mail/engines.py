"""
What reads a mailbox, each as a program: WHICH PORT CERTIFICATE USER PASSWORD.

Prints how many messages it read, and what that cost its process. Knows nothing of the
project but in its own two engines, so that a peer's interpreter can run it.
"""

from __future__ import annotations

import asyncio
import json
import resource
import ssl
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

_AT_ONCE = 200


class Server(NamedTuple):
    """Where the mailbox is."""

    port: int
    certificate: str
    user: str
    password: str

    def context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)


def bare(server: Server) -> int:
    """Fetch with IMAPClient and look at nothing."""
    import imapclient

    client = imapclient.IMAPClient(
        "localhost", server.port, ssl_context=server.context()
    )
    client.login(server.user, server.password)
    client.select_folder("INBOX", readonly=True)
    uids = client.search("ALL")
    count = 0
    for start in range(0, len(uids), _AT_ONCE):
        found = client.fetch(uids[start : start + _AT_ONCE], ["BODY.PEEK[]"])
        count += sum(b"BODY[]" in row for row in found.values())
    client.logout()
    return count


def imap_tools(server: Server) -> int:
    """Fetch and parse with imap-tools what ours reads too: who, when, texts, files."""
    from imap_tools import MailBox

    count = 0
    with MailBox("localhost", server.port, ssl_context=server.context()).login(
        server.user, server.password
    ) as mailbox:
        for mail in mailbox.fetch(mark_seen=False, bulk=_AT_ONCE):
            told = (mail.uid, mail.subject, mail.from_values, mail.to, mail.date)
            files = [(one.filename, one.content_type, one.size)
                     for one in mail.attachments]  # fmt: skip
            count += len((told, mail.text, mail.html, files)) == 4
    return count


def ours(server: Server, *, grouped: bool = False) -> int:
    """Fetch, parse, store and index as `triage sync` does."""
    from triage.connector import Secret
    from triage.sync import Ended, Pull, pull
    from triage.workspace import Workspace
    from triage_connectors.imap import Imap

    source = Imap(
        host="localhost", port=server.port, user=server.user,
        password=Secret(server.password), ca_file=Path(server.certificate),
    )  # fmt: skip
    once = Pull(
        source="mail", connector_name="imap", connector=source, http=None,
        label="sync", resume=True,
    )  # fmt: skip

    async def run(workspace: Workspace) -> int:
        async for event in pull(workspace.db, once):
            if isinstance(event, Ended):
                return event.counts.new
        return 0

    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace(Path(folder) / "bench.db") as workspace,
    ):
        count = asyncio.run(run(workspace))
        if grouped:
            for _ in workspace.group_pending():
                pass
    return count


def ours_grouped(server: Server) -> int:
    """The same, and everything compared with everything."""
    return ours(server, grouped=True)


ENGINES = {
    "IMAPClient, fetched": bare,
    "imap-tools, fetched and parsed": imap_tools,
    "triage, stored and searchable": ours,
    "triage, grouped as well": ours_grouped,
}


def main() -> None:
    """Run one engine and tell what it took."""
    which, port, *rest = sys.argv[1:]
    server = Server(int(port), *rest)
    wall, spent = time.perf_counter(), _spent()
    count = ENGINES[which](server)
    told: dict[str, Any] = {
        "count": count,
        "wall": time.perf_counter() - wall,
        "cpu": _spent() - spent,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
