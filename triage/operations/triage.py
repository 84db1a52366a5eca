"""Accept, decline, archive, snooze, reopen: where feedback stands, a step per act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from triage.errors import UsageError
from triage.model import Disposition, Feedback, State
from triage.operations.changes import moment
from triage.operations.labels import named, naming
from triage.step import Change, Step

DECLINE_REASONS = (
    "not planned",
    "works as designed",
    "out of scope",
    "not reproducible",
    "already exists",
    "not feedback",
)
"""Offered first; any other words will do."""


def reasons(own: Sequence[str]) -> tuple[str, ...]:
    """What is offered: a workspace's own reasons, then the usual ones."""
    return tuple(dict.fromkeys((*own, *DECLINE_REASONS)))


Dispositions = Mapping[int, Disposition]
"""Feedback id to where it stands; feedback in the inbox has no entry."""


def accept(feedback: Sequence[Feedback], now: Dispositions) -> tuple[Change, ...]:
    """The changes that mark these accepted; part of linking them to a pain point."""
    return _move(feedback, now, State.ACCEPTED)


def decline(feedback: Sequence[Feedback], now: Dispositions, reason: str) -> Step:
    """Declined, with the reason a person gave."""
    if not reason.strip():
        raise UsageError("a decline needs a reason; for example “not planned”")
    return _step(
        "decline", f"Declined {naming(feedback)}: {reason}",
        _move(feedback, now, State.DECLINED, reason=reason),
    )  # fmt: skip


def archive(feedback: Sequence[Feedback], now: Dispositions) -> Step:
    """Read, and nothing to do."""
    return _step(
        "archive", f"Archived {naming(feedback)}", _move(feedback, now, State.ARCHIVED)
    )


def spam(feedback: Sequence[Feedback], now: Dispositions) -> Step:
    """Not from a customer at all."""
    return _step(
        "spam", f"Marked {naming(feedback)} as spam", _move(feedback, now, State.SPAM)
    )


def snooze(
    feedback: Sequence[Feedback],
    now: Dispositions,
    until: datetime | None = None,
    *,
    wakes_after: int | None = None,
) -> Step:
    """
    Out of sight until a moment, until something new says the same, or either.

    Args:
        wakes_after: Number of the last feedback there is; whatever comes later to
            their group or thread wakes them. None: only time does.
    """
    if until is None and wakes_after is None:
        raise UsageError("snooze until when? a moment, or new evidence")
    ends = [until.strftime("%a %-d %b %H:%M")] if until else []
    ends += ["new evidence"] if wakes_after is not None else []
    return _step(
        "snooze", f"Snoozed {naming(feedback)} until {' or '.join(ends)}",
        _move(feedback, now, State.SNOOZED, until=until, wakes_after=wakes_after),
    )  # fmt: skip


def reopen(feedback: Sequence[Feedback], now: Dispositions) -> Step:
    """Back to the inbox."""
    changes = tuple(
        Change("disposition", one.id, _columns(now[one.id]), None)
        for one in feedback
        if one.id in now
    )
    return _step("reopen", f"Reopened {naming(feedback)}", changes)


def same_again(
    feedback: Sequence[Feedback], now: Dispositions, like: Disposition
) -> Step:
    """The decision their group was given before, for those who joined since."""
    return _step(
        like.state.value, f"Same again, {like.state}: {naming(feedback)}",
        _move(feedback, now, like.state, reason=like.reason, until=like.until,
              wakes_after=like.wakes_after),
    )  # fmt: skip


def _move(
    feedback: Sequence[Feedback],
    now: Dispositions,
    state: State,
    *,
    reason: str = "",
    until: datetime | None = None,
    wakes_after: int | None = None,
) -> tuple[Change, ...]:
    changes = []
    for one in feedback:
        target = Disposition(
            feedback_id=one.id, state=state, reason=reason, until=until,
            wakes_after=wakes_after,
        )  # fmt: skip
        current = now.get(one.id)
        if current == target:
            continue
        changes.append(
            Change(
                "disposition",
                one.id,
                _columns(current) if current else None,
                _columns(target),
            )
        )
    return tuple(changes)


def _columns(disposition: Disposition) -> dict[str, Any]:
    return {
        "state": disposition.state.value,
        "reason": disposition.reason,
        "until": moment(disposition.until),
        "wakes_after": disposition.wakes_after,
    }


def _step(verb: str, label: str, changes: tuple[Change, ...]) -> Step:
    return Step(verb, named(label), changes)
