"""Events are followed to their end; Ctrl-C and SIGTERM end them early and keep all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from triage.cli.ending import STOPPED, TERMINATED

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator


class Listener(Protocol):
    """Who tells of events as they come."""

    def take(self, event: Any) -> None:
        """One more event."""
        ...

    def stop(self) -> None:
        """Somebody ended it."""
        ...

    def wipe(self) -> None:
        """It is over; what only the moment needed goes."""
        ...


class _Told(KeyboardInterrupt):
    """Raised where a signal asks us to end."""


def follow(
    events: AsyncIterator[Any], progress: Listener, *, endless: bool = False
) -> None:
    """
    Tell each event; ``SystemExit`` where somebody ends it, once all is put away.

    Args:
        endless: Only ever ended so: SIGTERM, by which services are stopped, is well.
    """
    import asyncio
    import contextlib
    import signal

    asked: list[int] = []

    def end(number: int, frame: object) -> None:
        del frame
        asked.append(number)
        raise _Told

    async def tell() -> None:
        stream = cast("AsyncGenerator[Any, None]", events)
        async with contextlib.aclosing(stream):
            async for event in stream:
                progress.take(event)

    # asyncio would only mark its task cancelled, which a connector that never waits
    # does not notice; it keeps out where the handler is another than Python's own.
    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        asyncio.run(tell())
    except KeyboardInterrupt:
        progress.stop()
        terminated = bool(asked) and asked[0] == signal.SIGTERM
        code = 0 if endless else TERMINATED
        raise SystemExit(code if terminated else STOPPED) from None
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        progress.wipe()
