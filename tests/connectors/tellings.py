"""What is told to a made-up tracker, and what is asked of it, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from servers.pulls import client
from triage.connector import Outgoing, Planned, Receipt, Report
from triage.transport import Http

_T = TypeVar("_T")
KEY = "0f" * 16
ADDRESS = "https://help.acme.example/tickets/12"

Asking: TypeAlias = "Callable[[Http], Awaitable[_T]]"


def outgoing(act: str, text: str = "", title: str = "", **context: str) -> Outgoing:
    """What a person wants told."""
    return Outgoing(act=act, key=KEY, text=text, title=title, context=context)


def asked(tracker: Any, asking: Asking[_T]) -> _T:
    """What is answered."""

    async def run() -> _T:
        async with client(tracker) as http:
            return await asking(http)

    return asyncio.run(run())


def told(source: Any, tracker: Any, wanted: Outgoing) -> Receipt:
    """What came of it, told as the outbox does."""

    async def telling(http: Http) -> Receipt:
        there: Receipt | None = await source.sent(http, wanted)
        made: Receipt = there or await source.send(http, wanted)
        return made

    return asked(tracker, telling)


def planned(source: Any, tracker: Any, *keys: str) -> dict[str, Planned]:
    """Those that are there, by key."""
    found: Sequence[Planned] = asked(tracker, lambda http: source.planned(http, keys))
    return {one.key: one for one in found}


def found(source: Any, tracker: Any, text: str, limit: int = 10) -> list[Planned]:
    """What says so."""
    some: Sequence[Planned] = asked(
        tracker, lambda http: source.find(http, text, limit)
    )
    return list(some)


def checked(source: Any, tracker: Any) -> Report:
    """What the source says of itself."""
    report: Report = asked(tracker, source.check)
    return report
