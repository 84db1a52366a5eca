"""What every test of a connector of files needs: a whole pull, as a list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from triage.connector import Connector, Cursor, Incoming, Page, Unreadable

PullPages: TypeAlias = Callable[..., list[Page]]
Pull: TypeAlias = Callable[..., list[Any]]


def pages_of(connector: Connector, cursor: Cursor | None = None) -> list[Page]:
    async def pulled() -> list[Page]:
        http: Any = None
        return [page async for page in connector.pull(http, cursor)]

    return asyncio.run(pulled())


def items_of(
    connector: Connector, cursor: Cursor | None = None
) -> list[Incoming | Unreadable]:
    return [item for page in pages_of(connector, cursor) for item in page.items]


@pytest.fixture
def pull_pages() -> PullPages:
    return pages_of


@pytest.fixture
def pull() -> Pull:
    return items_of
