"""Connectors of the made-up shop that break a promise, and what is said of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

import pytest

from servers.shop import CANARY, Reviews, Shop
from triage.connector import (
    Cursor,
    Page,
    Secret,
)
from triage.testing import check_service
from triage.transport import Http


def make() -> Reviews:
    return Reviews(Secret(CANARY))


def broken(kind: type[Reviews], service: Callable[[], Shop] = Shop) -> str:
    """The sentence of the promise that this connector breaks."""
    with pytest.raises(AssertionError) as caught:
        check_service(lambda: kind(Secret(CANARY)), service)
    return str(caught.value)


class Changed(Reviews):
    """
    Reviews whose pages pass through ``change`` on their way out.

    Attributes:
        token: A key with read access.
    """

    __slots__ = ()

    def change(self, page: Page) -> Page:
        return page

    async def pull(self, http: Http, cursor: Cursor | None) -> AsyncIterator[Page]:
        async with aclosing(super().pull(http, cursor)) as pages:  # type: ignore[type-var]
            async for page in pages:
                yield self.change(page)
