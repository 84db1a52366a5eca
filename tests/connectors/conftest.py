"""What tests of connectors need: a whole pull as a list, and real servers."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from servers import cyrus as cyrus_server
from servers import redmine_real
from servers import rt as rt_server
from servers.cyrus import Cyrus
from servers.dovecot import Dovecot
from servers.mailbox import Mailbox
from servers.rt import Rt
from triage.connector import Connector, Cursor, Incoming, Page, Unreadable

PullPages: TypeAlias = Callable[..., list[Page]]
Pull: TypeAlias = Callable[..., list[Any]]
_USERS = itertools.count(1)


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


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def mailbox(dovecot: Dovecot) -> Mailbox:
    """A mailbox of the test's own."""
    return Mailbox(dovecot, f"u{next(_USERS)}")


@pytest.fixture(scope="session")
def cyrus() -> Iterator[Cyrus]:
    with cyrus_server.running() as server:
        yield server


@pytest.fixture(scope="session")
def redmine() -> Iterator[redmine_real.Redmine]:
    """A real Redmine with a project."""
    with redmine_real.running() as server:
        yield server


@pytest.fixture(scope="session")
def trackers() -> Iterator[tuple[Rt, Rt]]:
    """One database behind two servers: one that counts, one that hides row by row."""
    with rt_server.running() as servers:
        yield servers
