"""Pulls of a connector into a real workspace, in which something goes wrong."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

import virtual
from servers.broken_wire import Wire
from servers.meeting import Answering, Fault, Met
from servers.services import Pair
from triage import sync
from triage.spending import Spent
from triage.sync import Failed, Pull
from triage.testing.service import Offered
from triage.testing.settings import canaries
from triage.testing.trial import MOST
from triage.transport import Http
from triage.transport.answered import Answer, Request
from triage.workspace import Workspace

Rows = dict[str, tuple[Any, ...]]
"""What a store holds of each feedback, by its id at the source."""

_ROWS = (
    "SELECT external_id, kind, channel, title, body, author, email, company, rating,"
    " scale, metric, language, app_version, url, thread, context, received_at,"
    " edited_at, id IN (SELECT feedback_id FROM gone) FROM feedback"
)


@dataclass(frozen=True, slots=True)
class Pulled:
    """
    One run, and what came of it.

    Attributes:
        error: Whatever it ended in; None if well.
        seconds: How long it took, in the time that passes there.
        rows: What the store holds after it.
        sent: What signed its requests, as it travels.
    """

    error: Exception | None
    seconds: float
    asked: int
    rows: Rows
    sent: frozenset[str]


class Unspent:
    """A ledger that forgets each call: how often one may ask is not the question."""

    def change(self, name: str, make: Callable[[Spent], Spent]) -> Spent:
        del name
        return make(Spent())

    def look(self, name: str) -> Spent:
        del name
        return Spent()


@dataclass(slots=True)
class OnTheWay(httpx.AsyncBaseTransport):
    """
    The made-up service behind a client, and what goes wrong on the way.

    Attributes:
        at: The request that meets the fault first, by number.
        asked: Requests so far.
        sent: What signed them.
    """

    answer: Callable[[Request], Answer]
    now: Callable[[], datetime]
    fault: Fault | None = None
    at: int = 0
    asked: int = 0
    sent: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    _answering: Answering | None = None
    _wire: Wire | None = None

    async def handle_async_request(self, request: Request) -> Answer:
        await request.aread()
        number, self.asked = self.asked, self.asked + 1
        assert self.asked <= MOST, f"it asks more than {MOST:,} times"
        self.sent.add(request.headers.get("authorization", "").partition(" ")[2])
        self.hosts.add(f"{request.url.scheme}://{request.url.netloc.decode()}")
        honest = self.answer(request)
        met = number - self.at
        if self.fault is None or met < 0 or (met and self.fault.once):
            return honest
        self._answering = self._answering or self.fault.begin()
        self._wire = self._wire or Wire()
        return await self._answering(Met(met, request, honest, self.now(), self._wire))

    async def aclose(self) -> None:
        if self._wire:
            await self._wire.aclose()


class Ground:
    """
    A connector, its service with a little in it, and workspaces to copy.

    Attributes:
        whole: What an undisturbed pull brings.
        secrets: What must show nowhere, as it is and as it travels.
    """

    def __init__(self, pair: Pair, folder: Path) -> None:
        self.name = pair.name
        self._folder = folder
        self._made = 0
        self._make = pair.connector
        self._service = pair.service()
        offered = Offered(self._service)
        for _ in range(offered.rows):
            self._service.add()
            self._service.now += offered.pace
        self._settles = offered.settles
        self._service.now += self._settles
        self._at = self._service.now
        self._hosts: set[str] = set()
        declared = [*canaries(self._make()), *offered.secrets]
        self.secrets = {spelled for one in declared for spelled in (one, quote(one))}
        Workspace(folder / "empty.db").close()
        with self.workspace() as workspace:
            self.whole = self.pull(workspace)
        assert self.whole.error is None, self.whole.error
        assert self.whole.rows
        shutil.copy(workspace.path, folder / "full.db")

    def workspace(self, full: bool = False) -> Workspace:
        """A workspace of its own, empty or after a pull, at the service's time."""
        self._made += 1
        folder = self._folder / str(self._made)
        folder.mkdir()
        kind = "full.db" if full else "empty.db"
        shutil.copy(self._folder / kind, folder / "work.db")
        return Workspace(folder / "work.db", clock=lambda: self._service.now)

    def pull(
        self, workspace: Workspace, fault: Fault | None = None, at: int = 0
    ) -> Pulled:
        """One run as sync makes it; with a fault, from the n-th request on."""
        self._service.now = self._at if fault else self._at + self._settles
        return virtual.run(self._pull(workspace, fault, at))

    async def _pull(self, workspace: Workspace, fault: Fault | None, at: int) -> Pulled:
        began, time = self._service.now, asyncio.get_running_loop().time

        def now() -> datetime:
            self._service.now = began + timedelta(seconds=time())
            return self._service.now

        def answer(request: Request) -> Answer:
            now()
            return self._service.answer(request)

        service = OnTheWay(answer, now, fault, at)
        error: Exception | None = None
        async with Http(
            client_transport=service, clock=now, ledger=Unspent(), source=self.name
        ) as http:
            run = Pull(
                source=self.name, connector_name=self.name, connector=self._make(),
                http=http, label="sync", resume=True, configured=True,
            )  # fmt: skip
            try:
                async for event in sync.pull(workspace.db, run):
                    if isinstance(event, Failed):
                        error = event.error
            except Exception as caught:  # any: what kind it is, is the question
                error = caught
        if fault is None:
            self._hosts |= service.hosts
        strangers = service.hosts - self._hosts
        assert not strangers, f"it asks {strangers}"
        sent = frozenset(one for one in service.sent if len(one) >= 8)
        return Pulled(error, time(), service.asked, rows(workspace), sent)

    def shown(self, told: bytes, pulled: Pulled) -> bool:
        """Whether one of its secrets shows there, as it is or as it travelled."""
        needles = self.secrets | pulled.sent
        return any(needle.encode() in told for needle in needles)


def rows(workspace: Workspace) -> Rows:
    """What is stored, by the source's own ids."""
    return {row[0]: tuple(row)[1:] for row in workspace.db.read().execute(_ROWS)}


def files(workspace: Workspace) -> bytes:
    """Every file of a workspace, one behind the other."""
    return b"".join(path.read_bytes() for path in workspace.path.parent.iterdir())
