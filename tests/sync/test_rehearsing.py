"""A dry run asks a service as a real one does, and keeps nothing but that it asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from servers.shop import CANARY, Reviews, Shop
from triage.connector import Budget, Secret
from triage.store.budgets import Budgets
from triage.store.database import Database
from triage.sync import Ended, Pull, pull
from triage.transport import Http

HOURLY = Budget(name="shop", calls=100, seconds=3600)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = Database(tmp_path / "work.db")
    yield db
    db.close()


class Counted(Http):
    """A client of the shop, which lets itself be asked so often."""

    __slots__ = ()

    def at(self, base_url: str, *budgets: Budget) -> Counted:
        return super().at(base_url, *(budgets or (HOURLY,)))


def run(db: Database, shop: Shop, *, rehearse: bool) -> Ended:
    """What one pull came to."""

    async def pulled() -> Ended:
        async with Counted(
            client_transport=httpx.MockTransport(shop.answer),
            clock=lambda: shop.now,
            ledger=Budgets(db),
        ) as http:
            given = Pull(
                source="shop", connector_name="shop", connector=Reviews(Secret(CANARY)),
                http=http, label="sync", resume=True, rehearse=rehearse,
            )  # fmt: skip
            events = [event async for event in pull(db, given)]
        (ended,) = [event for event in events if isinstance(event, Ended)]
        return ended

    return asyncio.run(pulled())


def tables(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for the calls that were counted."""
    read = db.read()
    names = [
        row[0]
        for row in read.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
    ]
    return {
        name: [tuple(row) for row in read.execute(f"SELECT * FROM {name}")]
        for name in names
        if name != "budget"
    }


def test_only_calls_are_counted(db: Database) -> None:
    """Of a dry run of a service nothing stays but the calls it made."""
    shop = Shop()
    for _ in range(5):
        shop.add()
    shop.now += timedelta(hours=1)
    run(db, shop, rehearse=False)
    names = [shop.add() for _ in range(4)]
    shop.edit("r001")
    shop.remove("r002")
    shop.now += timedelta(hours=1)
    before, spent = tables(db), Budgets(db).look("shop").calls
    dry = run(db, shop, rehearse=True)
    assert tables(db) == before
    assert sum(Budgets(db).look("shop").calls.values()) > sum(spent.values())
    assert (dry.counts.new, dry.counts.changed, dry.counts.gone) == (len(names), 1, 1)
    assert run(db, shop, rehearse=False).counts == dry.counts
