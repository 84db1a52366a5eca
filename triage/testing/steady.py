"""Killed, repeated or re-ordered, pulls of what stands still end in the same store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from triage.connector import Cursor, Page
from triage.testing.kept import Kept
from triage.testing.promise import promise
from triage.testing.trial import Run, Trial, differ

_AHEAD = timedelta(days=3650)
_SECONDS = (10**9, 4 * 10**9)
"""What a number of a cursor has to be to be a time: 2001 to 2096, in seconds."""


async def check_whole(trial: Trial) -> Run:
    """Pull everything once; what every later run is compared with."""
    whole = await trial.whole()
    missing = sorted(set(trial.names) - whole.kept.told.keys())[:5]
    promise(
        not missing,
        f"Everything the service has comes with the first pull; not so: {missing}.",
    )
    promise(
        len(whole.pages) > 1 or not trial.has("pages"),
        "The made-up service gives what it has in two pages or more: only then can a"
        " pull be killed between them. Make its pages smaller, or `rows` more.",
    )
    trial.cursor_of(whole.kept)
    return whole


async def check_kills(trial: Trial, whole: Run) -> None:
    """Killed after each page and resumed, the store is the same."""
    at = trial.service.now
    for count in range(1, len(whole.pages)):
        killed = await trial.run(at=at, stop=count)
        resumed = await trial.whole(killed.kept)
        differ(
            resumed.kept,
            whole.kept,
            f"Killed after page {count} and resumed, a pull ends in the same store",
        )


async def check_second(trial: Trial, whole: Run) -> None:
    """A second run changes nothing, now or later."""
    for _ in range(2):
        again = await trial.whole(whole.kept)
        differ(
            again.kept, whole.kept, "A second run of what stands still changes nothing"
        )
        trial.settle()


def check_replayed(whole: Run) -> None:
    """Pages repeated and in another order change nothing."""
    pages = list(whole.pages)
    shuffled = [Random(seed).sample(pages, len(pages)) for seed in range(3)]
    for order in ([*pages, *pages], pages[::-1], [*pages, pages[0]], *shuffled):
        differ(
            Kept().take(map(_backwards, order)),
            whole.kept,
            "Pages that come again, or in another order, change nothing",
        )


def _backwards(page: Page) -> Page:
    return replace(page, items=page.items[::-1])


async def check_one_second(trial: Trial, whole: Run) -> Run:
    """Of a second that two runs share, every feedback is there once."""
    at = trial.service.now
    for _ in range(trial.offered.rows - 1):
        trial.names.append(trial.service.add())
    first = await trial.whole(whole.kept)
    trial.names.append(trial.service.add())
    trial.settle()
    second = await trial.whole(first.kept)
    later = trial.service.now
    missing = sorted(set(trial.names) - second.kept.told.keys())[:5]
    promise(
        not missing,
        "What is said in one second comes whole, though a pull came between; not so:"
        f" {missing}.",
    )
    for count in range(1, len(second.pages)):
        killed = await trial.run(first.kept, at=later, stop=count)
        resumed = await trial.whole(killed.kept)
        differ(
            resumed.kept,
            second.kept,
            f"Killed after page {count} within one second and resumed, a pull ends in"
            " the same store",
        )
    fresh = await trial.whole(at=max(at, later))
    missing = sorted(set(trial.names) - fresh.kept.told.keys())[:5]
    promise(not missing, f"A first pull holds a whole second; not so: {missing}.")
    return second


async def check_cursors(trial: Trial, whole: Run) -> None:
    """A cursor of another version or of the future is refused with a sentence."""
    cursors = dict.fromkeys(page.cursor for page in whole.pages if page.cursor)
    for cursor in list(cursors)[-2:]:
        told = _parsed(cursor)
        promise(
            isinstance(told, dict) and told.get("v") is not None,
            f'A cursor is JSON that says its version as "v", not {cursor!r}.',
        )
        await _check_refused(trial, {**told, "v": 1000}, "of another version")
        ahead = _moved(told)
        if trial.has("future") and ahead != told:
            await _check_refused(trial, ahead, "of the future")


def _parsed(cursor: Cursor) -> Any:
    try:
        return json.loads(cursor)
    except ValueError:
        return None


async def _check_refused(trial: Trial, told: object, kind: str) -> None:
    start = Kept(cursor=Cursor(json.dumps(told)))
    run = await trial.run(start)
    promise(
        run.error is not None and not run.pages,
        f"A cursor {kind} is refused with a sentence, before any page: {told}",
    )


def _moved(value: Any) -> Any:
    """The same with every time in it ten years ahead."""
    if isinstance(value, dict):
        return {name: _moved(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner) for inner in value]
    if isinstance(value, str):
        return _moved_text(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    for unit in (1, 1000):
        if _SECONDS[0] * unit < value < _SECONDS[1] * unit:
            return value + type(value)(_AHEAD.total_seconds() * unit)
    return value


def _moved_text(text: str) -> str:
    if not _begins_as_a_date(text):
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    moved = at + _AHEAD
    if len(text) == len("2026-01-31"):
        return f"{moved:%Y-%m-%d}"
    ending = "Z" if text.endswith("Z") else ""
    return (moved.astimezone(UTC).replace(tzinfo=None) if ending else moved).isoformat(
        timespec="microseconds" if "." in text else "seconds"
    ) + ending


def _begins_as_a_date(text: str) -> bool:
    return len(text) >= 10 and text[4:5] == "-" == text[7:8]
