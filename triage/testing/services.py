"""The contract of a connector that asks a service, as one call for anybody's tests."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO

from triage.connector import Connector
from triage.testing.changing import check_edits, check_removals, check_replies
from triage.testing.contract import check
from triage.testing.failing import check_failing, check_failing_alone
from triage.testing.promise import check_hidden, promise
from triage.testing.refused import check_checking, check_refusals
from triage.testing.service import Service
from triage.testing.settings import canaries
from triage.testing.steady import (
    check_cursors,
    check_kills,
    check_one_second,
    check_replayed,
    check_second,
    check_whole,
)
from triage.testing.trial import Trial


def check_service(
    make: Callable[[], Connector], service: Callable[[], Service]
) -> None:
    """
    Raise ``AssertionError``, with a sentence, for the first promise that is broken.

    Args:
        make: Returns the connector, the same settings each time.
        service: Returns the made-up service, new and empty each time.
    """
    trial = Trial(make, service(), canaries(make()))
    trial.fill()
    check(make, trial.client(None, []))
    with _overheard(trial.secrets), redirect_stdout(StringIO()) as printed:
        asyncio.run(_check(make, service))
    promise(not printed.getvalue(), f"It prints nothing, not {printed.getvalue()!r}.")


async def _check(make: Callable[[], Connector], service: Callable[[], Service]) -> None:
    def empty() -> Trial:
        return Trial(make, service(), canaries(make()))

    def fresh() -> Trial:
        trial = empty()
        trial.fill()
        return trial

    trial = fresh()
    whole = await check_whole(trial)
    await check_kills(trial, whole)
    check_replayed(whole)
    await check_cursors(trial, whole)
    await check_checking(trial)
    await check_refusals(trial, whole)
    await check_failing_alone(empty())
    await check_failing(trial, whole)

    trial = fresh()
    whole = await check_whole(trial)
    await check_second(trial, whole)
    run = await check_edits(trial, whole)
    run = await check_removals(trial, run)
    run = await check_replies(trial, run)

    trial = fresh()
    await check_one_second(trial, await check_whole(trial))


@contextmanager
def _overheard(secrets: Sequence[str]) -> Iterator[None]:
    """Raise if a secret was logged meanwhile, at whatever level."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            check_hidden(secrets, "the log", record.getMessage())

    root, ear = logging.getLogger(), Ear()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
