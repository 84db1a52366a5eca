"""What every connector promises, checked by pulling again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

from triage.connector import Connector
from triage.testing.failures import check_refusal, check_strange_cursor
from triage.testing.pages import check_pages
from triage.testing.promise import check_hidden, promise
from triage.testing.pulls import (
    check_finished,
    check_resumable,
    check_stable,
    pull,
)
from triage.testing.settings import canaries, check_settings

if TYPE_CHECKING:
    from triage.transport import Http


def check(make: Callable[[], Connector], http: Http | None = None) -> None:
    """Run ``check_connector`` where no event loop runs."""
    asyncio.run(check_connector(make, http))


async def check_connector(
    make: Callable[[], Connector], http: Http | None = None
) -> None:
    """
    Raise ``AssertionError``, with a sentence, for the first promise that is broken.

    Args:
        make: Returns the connector, the same settings each time.
        http: Answers the connector's questions; None where it asks none.
    """
    connector = make()
    check_settings(connector)
    secrets = canaries(connector)
    check_hidden(secrets, "its repr", repr(connector))
    check_hidden(secrets, "its str", str(connector))

    with redirect_stdout(StringIO()) as printed:
        whole = await pull(make(), http, None)
        check_pages(whole, secrets)
        await check_stable(make, http, whole)
        await check_resumable(make, http, whole)
        await check_finished(make, http, whole)
        await check_strange_cursor(make, http, secrets)
        if http is not None:
            await check_refusal(make, secrets)
    promise(not printed.getvalue(), f"It prints nothing, not {printed.getvalue()!r}.")
