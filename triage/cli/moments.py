"""Moments that were, as options name them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from triage.errors import UsageError

if TYPE_CHECKING:
    from triage.workspace import Workspace


def moment_named(
    option: str, text: str | None, workspace: Workspace
) -> datetime | None:
    """
    The moment an option names, as people or our JSON write it; None for none.

    A day is one of the person's own time zone; what is told is in UTC.
    """
    if not text:
        return None
    from triage.text.when import past

    now = workspace.clock()
    found = _exact(text) or past(text, now.astimezone())
    if found is None or found > now:
        raise UsageError(
            f"{option} {text!r} is no moment that has been; try 30d, 2026-05-01 or"
            " 2026-05-01T09:00:00Z"
        )
    return found.astimezone(UTC)


def _exact(text: str) -> datetime | None:
    if ":" not in text:
        return None
    try:
        return datetime.fromisoformat(text.strip()).astimezone()
    except (ValueError, OverflowError):
        return None
