"""The contract of a tracker's connector, as one call for anybody's tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import fields
from io import StringIO
from typing import Any

from triage.connector import Report
from triage.testing.promise import check_hidden, promise
from triage.testing.settings import canaries, check_settings
from triage.testing.tracker import Tracking, rendered
from triage.testing.tracker_failing import check_faults
from triage.testing.tracker_reading import check_found, check_planned, check_states
from triage.testing.tracker_telling import (
    check_comments,
    check_created,
    check_hostile,
    check_links,
    check_lost,
)
from triage.testing.tracker_trial import TrackerTrial

__all__ = ["Tracking", "check_tracker", "rendered"]

_ACTS = {"create", "comment"}


def check_tracker(make: Callable[[], Any], tracker: Callable[[], Tracking]) -> None:
    """
    Raise ``AssertionError``, with a sentence, for the first promise that is broken.

    Args:
        make: Returns the connector, the same settings each time.
        tracker: Returns the made-up tracker, new and empty each time.
    """
    connector = make()
    check_settings(connector)
    secrets = canaries(connector)
    check_hidden(secrets, "its repr", repr(connector))
    check_hidden(secrets, "its str", str(connector))
    promise(
        "statuses" in {field.name for field in fields(connector)},
        "A tracker has the setting `statuses`: what its words mean, by word.",
    )
    lacking = _ACTS - set(connector.acts)
    promise(not lacking, f"`acts` of a tracker has {' and '.join(sorted(lacking))}.")
    promise(
        "link" in connector.acts or bool(tracker().cannot.get("link")),
        "`acts` of a tracker has link, or `cannot` says why not.",
    )

    def trial() -> TrackerTrial:
        return TrackerTrial(make, tracker(), secrets)

    with redirect_stdout(StringIO()) as printed:
        asyncio.run(_check(trial))
    promise(not printed.getvalue(), f"It prints nothing, not {printed.getvalue()!r}.")


async def _check(trial: Callable[[], TrackerTrial]) -> None:
    await _check_report(trial())
    await check_found(trial())
    await check_planned(trial())
    await check_states(trial())
    await check_created(trial())
    await check_comments(trial())
    await check_links(trial())
    await check_lost(trial)
    await check_hostile(trial)
    await check_faults(trial)


async def _check_report(trial: TrackerTrial) -> None:
    """``check`` says whose account it is, where it files, and what it may."""
    report = await trial.report()
    if not isinstance(report, Report):
        raise AssertionError(  # noqa: TRY004 - a broken promise, like all others
            f"check() of an account that works returns a Report, not {report!r}."
        )
    promise(
        bool(report.account.strip()) and "\n" not in report.account,
        f"A Report says in one line whose account it is, not {report.account!r}.",
    )
    for name in ("files in", "may"):
        promise(
            bool(report.facts.get(name, "").strip()),
            f"A tracker's Report has the fact {name!r}: where it files what is"
            " created, and what the account may do there.",
        )
    check_hidden(trial.secrets, "a report", repr(report))
