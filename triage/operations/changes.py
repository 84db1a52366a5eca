"""From values before and after to the smallest change of a row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from triage.step import Change


def added(table: str, row: int, values: Mapping[str, Any]) -> Change:
    """A row that was not there."""
    return Change(table, row, None, dict(values))


def removed(table: str, row: int, values: Mapping[str, Any]) -> Change:
    """A row that goes."""
    return Change(table, row, dict(values), None)


def edited(
    table: str, row: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Change | None:
    """Only the columns that differ; None where none does."""
    differing = [name for name in after if after[name] != before[name]]
    if not differing:
        return None
    return Change(
        table,
        row,
        {name: before[name] for name in differing},
        {name: after[name] for name in differing},
    )


def moment(at: datetime | None) -> str | None:
    """A moment as columns keep it: ISO 8601 in UTC, with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else None
