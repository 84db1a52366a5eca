"""
One way to read a desk, as a program: NAME WAY URL NOW DATABASE.

Ways: ``stored`` pulls into the workspace as ``triage sync`` does; ``read`` pulls from
the beginning and keeps nothing; ``naive`` is the plain script. Prints how many rows
came, how many of them were new or said something new, and what it took, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import datetime
from pathlib import Path

import httpx

from bench.apart import most, spent
from bench.desks.reaching import Patient, Reaching
from bench.desks.registry import naive_of, pair_of
from bench.stores.pulling import Waits, pulled
from triage.connector import Connector
from triage.transport import Http
from triage.workspace import Workspace


async def stored(
    name: str, connector: Connector, path: Path, url: str, waits: Waits
) -> tuple[int, int]:
    """Rows that came, and how many of them changed anything."""
    with Workspace(path, clock=waits.now) as workspace:
        told = await pulled(
            workspace, name, connector, waits=waits, transport=Reaching(url, waits)
        )
    changed = told["new"] + told["changed"] + told["quarantined"]
    return changed + told["same"], changed


async def read(connector: Connector, url: str, waits: Waits) -> int:
    """Rows that came."""
    async with Http(
        client_transport=Reaching(url, waits), clock=waits.now, sleep=waits.sleep
    ) as http:
        return sum([len(page.items) async for page in connector.pull(http, None)])


async def naively(name: str, url: str, waits: Waits) -> int:
    """Rows that came."""
    async with httpx.AsyncClient(transport=Patient(url, waits), timeout=60) as client:
        return await naive_of(name)(client)


def main() -> None:
    """Read once and tell what it took."""
    name, way, url, now, path = sys.argv[1:]
    connector, waits = pair_of(name).connector(), Waits(datetime.fromisoformat(now))
    wall, cpu = time.perf_counter(), spent()
    match way:
        case "stored":
            rows, changed = asyncio.run(stored(name, connector, Path(path), url, waits))
        case "read":
            rows = changed = asyncio.run(read(connector, url, waits))
        case _:
            rows = changed = asyncio.run(naively(name, url, waits))
    told = {
        "rows": rows, "changed": changed, "wall": time.perf_counter() - wall,
        "cpu": spent() - cpu, "waited": waits.seconds, "megabytes": most(),
    }  # fmt: skip
    print(json.dumps(told))


if __name__ == "__main__":
    main()
