"""
One pull, as a program: DATABASE CONNECTOR LAST_PAGE, the settings as JSON on its input.

Stores what comes as ``triage sync`` does, and prints what came and what it cost. After
the page that is the last, it kills itself; with 0 it goes on to the end.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_type_hints

import httpx

from bench.apart import most, spent
from triage.connector import Connector, Secret
from triage.plugins import CONNECTORS, one
from triage.store.budgets import Budgets
from triage.sync import Ended, Failed, Pull, pull
from triage.sync.events import Fetched
from triage.transport import Http
from triage.workspace import Workspace


def made(name: str, settings: dict[str, Any]) -> Connector:
    """The connector with these settings, keys as secrets and lists as tuples."""
    kind: Any = one(CONNECTORS, name)
    hints = get_type_hints(kind, include_extras=True)
    told = {
        field.name: _as(hints[field.name], settings[field.name])
        for field in fields(kind)
        if field.name in settings
    }
    connector: Connector = kind(**told)
    return connector


def _as(hint: Any, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Secret(value) if "Secret" in str(hint) else value


class Waits:
    """
    A clock that what would be waited moves on, so that a bench need not wait.

    Attributes:
        seconds: What would have been waited so far.
    """

    def __init__(self, begin: datetime | None = None) -> None:
        """``begin`` is what time it is now, where it is not this machine's."""
        self.seconds = 0.0
        self._ahead = begin - datetime.now(UTC) if begin else timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


async def pulled(
    workspace: Workspace,
    name: str,
    connector: Connector,
    *,
    last: int = 0,
    waits: Waits | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> dict[str, Any]:
    """Pull as ``triage sync`` does, but for the waiting, and return what came."""
    pages, waits = 0, waits or Waits()
    async with Http(
        client_transport=transport, source=name, ledger=Budgets(workspace.db),
        clock=waits.now, sleep=waits.sleep,
    ) as http:  # fmt: skip
        run = Pull(
            source=name, connector_name=name, connector=connector, http=http,
            label="sync", resume=True,
        )  # fmt: skip
        async for event in pull(workspace.db, run):
            if isinstance(event, Failed):
                raise event.error
            if isinstance(event, Fetched):
                pages += 1
                if pages == last:
                    os.kill(os.getpid(), signal.SIGKILL)
            if isinstance(event, Ended):
                counts = event.counts
    gap = workspace.db.read().execute("SELECT gap FROM source").fetchone()["gap"]
    return {
        "new": counts.new, "changed": counts.changed + counts.gone,
        "same": counts.same, "quarantined": counts.quarantined, "pages": pages,
        "gap": gap, "waited": waits.seconds,
    }  # fmt: skip


def main() -> None:
    """Pull once and tell what it took."""
    path, name, last = sys.argv[1:]
    connector = made(name, json.load(sys.stdin))
    wall, cpu = time.perf_counter(), spent()
    with Workspace(Path(path)) as workspace:
        told = asyncio.run(pulled(workspace, name, connector, last=int(last)))
    told |= {"wall": time.perf_counter() - wall, "cpu": spent() - cpu}
    print(json.dumps({**told, "megabytes": most()}))


if __name__ == "__main__":
    main()
