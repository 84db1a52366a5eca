"""Pulls of what the small App Store Connect keeps, into nothing and into a store."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from servers.app_store_connect import ISSUER, KEY_ID, AppStoreConnect, pem
from triage import sync
from triage.connector import Cursor, Incoming, Page
from triage.store.counts import Counts
from triage.store.database import Database
from triage.sync import Ended, Failed, Pull
from triage.transport import Http
from triage_connectors.app_store_connect import AppStoreConnect as Connector


def ours(**told: Any) -> Connector:
    """The connector, with a good key, for the first app."""
    given: dict[str, Any] = {
        "key_id": KEY_ID,
        "key": pem(),
        "apps": ("com.acme.app1",),
        "issuer_id": ISSUER,
    }
    return Connector(**{**given, **told})


def pages(
    server: AppStoreConnect,
    cursor: Cursor | None = None,
    *,
    http: Http | None = None,
    **told: Any,
) -> list[Page]:
    """Every page of a pull."""

    async def pulled() -> list[Page]:
        async with http or server.http() as client:
            return [page async for page in ours(**told).pull(client, cursor)]

    return asyncio.run(pulled())


def rows(found: list[Page]) -> dict[str, Incoming]:
    """What pages tell, by id; each once."""
    told = [row for page in found for row in page.items]
    named = {row.external_id: row for row in told if isinstance(row, Incoming)}
    assert len(named) == len(told)
    return named


def gone(found: list[Page]) -> set[str]:
    """Reviews that pages say are gone, but for answers that never were."""
    return {name for page in found for name in page.gone if not name.endswith("/reply")}


def last(found: list[Page]) -> Cursor:
    """Where the next pull begins."""
    cursor = found[-1].cursor
    assert cursor
    return cursor


def stored(
    db: Database, server: AppStoreConnect, *, stop: int | None = None, **told: Any
) -> Counts:
    """What a pull into a store counted; broken off after so many pages."""

    async def run() -> Counts:
        count = 0
        counts = Counts()
        async with server.http() as http:
            given = Pull(
                source="store",
                connector_name="app-store-connect",
                connector=ours(**told),
                http=http,
                label="sync",
                resume=True,
            )
            stream = sync.pull(db, given)
            async for event in stream:
                if isinstance(event, Failed):
                    raise event.error
                if isinstance(event, Ended):
                    counts = event.counts
                count += isinstance(event, sync.Fetched)
                if count == stop:
                    await stream.aclose()  # type: ignore[attr-defined]
                    break
        return counts

    return asyncio.run(run())


def held(db: Database) -> dict[str, Mapping[str, Any]]:
    """All a store holds of each review and answer that a source told."""
    found = db.read().execute(
        "SELECT external_id, hex(hash) AS hash, kind, title, body, author, rating,"
        " app_version, thread, context, received_at, edited_at,"
        " id IN (SELECT feedback_id FROM gone) AS gone FROM feedback"
    )
    return {row["external_id"]: dict(row) for row in found}
