"""The client a connector asks with: none for files, its own certificates where set."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from triage.connector import Connector
from triage.store.budgets import Budgets
from triage.store.database import Database

if TYPE_CHECKING:
    from triage.transport import Http


@contextlib.asynccontextmanager
async def client(
    db: Database, connector: Connector, source: str = "NAME"
) -> AsyncIterator[Http | None]:
    """Open a client for as long as a source is pulled; one of files needs none."""
    if hasattr(connector, "recognises"):
        yield None
        return
    from triage.transport import Http  # brings httpx

    certificates = getattr(connector, "ca_file", None)
    async with Http(
        ca_file=certificates,
        source=source,
        ledger=None if db.read_only else Budgets(db),
    ) as http:
        yield http
