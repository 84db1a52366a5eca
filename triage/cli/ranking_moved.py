"""rank --diff: what moved since a moment, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import clock, count, emit_json, note, number, table
from triage.cli.ranking_shapes import made_by

if TYPE_CHECKING:
    from triage.scoring import Moved
    from triage.workspace.moving import Moves


def tell(found: Moves, limit: int, *, as_json: bool) -> None:
    """Print it, for a program or for a person; so many rows, 0 for all."""
    rows = found.moved[: limit or None]
    if as_json:
        told = [_moved(one) for one in rows]
        emit_json(
            "ranking-moved",
            {
                "before": made_by(found.before),
                "after": made_by(found.after),
                "total": len(found.moved),
                "pain_points": told,
            },
        )
        return
    table(
        (">rank", ">was", "id", ">score", "title", "moved"),
        [
            (
                one.rank or "",
                one.rank_before or "",
                one.pain_point.short,
                "" if one.value is None else number(one.value),
                one.pain_point.title,
                one.says,
            )
            for one in rows
        ],
    )
    moved = sum(one.rank != one.rank_before for one in found.moved)
    left = len(found.moved) - len(rows)
    more = f", {left:,} more" if left else ""
    note(
        f"{count(len(rows), 'pain point')}{more} by {found.after.formula}, {moved:,}"
        f" at another place than {clock(found.before.as_of)}"
    )


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "id": one.pain_point.short,
        "title": one.pain_point.title,
        "rank": one.rank,
        "rank_before": one.rank_before,
        "ranks_by": one.value,
        "ranks_by_before": one.value_before,
        "way": one.way,
        "why": one.why,
    }
