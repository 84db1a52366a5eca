"""Tell, promise, skip: what those who asked hear of what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.draft import Draft
from triage.errors import UsageError
from triage.model import PainPoint
from triage.operations.changes import added, moment
from triage.operations.drafts import columns
from triage.operations.labels import named, quoted
from triage.planning import Promise, Told
from triage.step import Step


def tell(
    pain_point: PainPoint,
    drafts: Sequence[Draft],
    told: Sequence[Told],
    names: Sequence[str],
) -> Step:
    """What tells these people waits in the outbox; once it is sent, they know."""
    changes = [added("draft", one.id, columns(one)) for one in drafts]
    changes += [added("told", one.id, _told(one)) for one in told]
    label = f"Drafted to {_named(names)} what became of {_about(pain_point)}"
    return Step("tell", named(label), tuple(changes))


def mark(pain_point: PainPoint, told: Sequence[Told], names: Sequence[str]) -> Step:
    """These people know, as a person says: phoned, met, told in another way."""
    how = one_way(told[0].how) if told else ""
    label = f"Told {_named(names)} ({how}) what became of {_about(pain_point)}"
    return Step("tell", named(label), _rows(told))


def skip(pain_point: PainPoint, told: Sequence[Told], names: Sequence[str]) -> Step:
    """These people are not to be told."""
    label = f"Tell {_named(names)} nothing of {_about(pain_point)}"
    return Step("tell", named(label), _rows(told))


def promise(pain_point: PainPoint, promise: Promise, name: str) -> Step:
    """Somebody who asked was told to expect something."""
    label = f"Promised {name} {quoted(promise.text)} on {_about(pain_point)}"
    change = added(
        "promise",
        promise.id,
        {
            "pain_point_id": promise.pain_point_id,
            "feedback_id": promise.feedback_id,
            "text": promise.text,
            "at": moment(promise.at),
            "by": promise.by,
        },
    )
    return Step("promise", named(label), (change,))


def one_way(text: str, longest: int = 200) -> str:
    """
    A few words on one line.

    Raises:
        UsageError: There are none, or too many.
    """
    told = " ".join(text.split())
    if not told or not told.isprintable():
        raise UsageError("say it in a few words on one line")
    if len(told) > longest:
        raise UsageError(f"it is {len(told) - longest:,} characters too long; say less")
    return told


def _rows(told: Sequence[Told]) -> tuple[Any, ...]:
    return tuple(added("told", one.id, _told(one)) for one in told)


def _told(told: Told) -> Mapping[str, Any]:
    return {
        "pain_point_id": told.pain_point_id,
        "feedback_id": told.feedback_id,
        "how": told.how,
        "draft_id": told.draft_id,
        "at": moment(told.at),
        "by": told.by,
    }


def _named(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {len(names) - 1} more" if names else "nobody"


def _about(pain_point: PainPoint) -> str:
    return f"{pain_point.short} {quoted(pain_point.title)}"
