"""The value by which a pain point comes to stand just above or below another."""

from __future__ import annotations

from triage.errors import UsageError
from triage.scoring.ranking import Ranking


def above(ranking: Ranking, pain_point_id: int, other_id: int) -> float:
    """
    What puts one just above the other in this ranking.

    Half-way to the next that ranks by more; one more than the other where none does.

    Raises:
        UsageError: The other has no place a number could be next to.
    """
    rest, at = _values(ranking, pain_point_id, other_id)
    higher = [value for value in rest if value > at]
    return _between(at, min(higher)) if higher else at + 1


def below(ranking: Ranking, pain_point_id: int, other_id: int) -> float:
    """As ``above``: half-way to the next that ranks by less, or one less."""
    rest, at = _values(ranking, pain_point_id, other_id)
    lower = [value for value in rest if value < at]
    return _between(at, max(lower)) if lower else at - 1


def _values(
    ranking: Ranking, pain_point_id: int, other_id: int
) -> tuple[list[float], float]:
    """What the others rank by, and what the one beside it does."""
    if pain_point_id == other_id:
        raise UsageError(f"p{other_id} cannot be placed beside itself")
    values = {
        row.scored.pain_point_id: row.scored.ranks_by
        for row in ranking.rows
        if row.scored.pain_point_id != pain_point_id
    }
    if other_id not in values:
        raise UsageError(f"p{other_id} is not in this ranking")
    at = values[other_id]
    if at is None:
        raise UsageError(
            f"p{other_id} has no {ranking.formula} score to stand beside; place by"
            " --value"
        )
    return [value for value in values.values() if value is not None], at


def _between(one: float, other: float) -> float:
    """Half-way, where numbers are fine enough to tell; else the first."""
    return one + (other - one) / 2
