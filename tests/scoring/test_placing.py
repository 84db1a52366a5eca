"""A pain point is put just above or below another by a number between its neighbours."""

from __future__ import annotations

import pytest

from factories import NOON
from scoring.cases import a_case, a_voice
from triage.errors import UsageError
from triage.scoring import FORMULAS, Ranking, above, below, rank
from triage.weights import Weights


def ranking(formula: str, *importances: int) -> Ranking:
    """Pain points that rank by these values."""
    cases = [
        a_case(a_voice(1, "ada", value), number=number)
        for number, value in enumerate(importances, 1)
    ]
    return rank(FORMULAS[formula], cases, Weights(), NOON)


@pytest.mark.parametrize(
    ("put", "one", "other", "value"),
    [
        (above, 1, 3, 4.0), (above, 1, 2, 2.5), (below, 3, 1, 0.0), (below, 3, 2, 1.5),
        (above, 2, 1, 2.0), (below, 1, 3, 2.5),
    ],
)  # fmt: skip
def test_beside_another(put: object, one: int, other: int, value: float) -> None:
    """Half-way to the next, one more than the first, one less than the last."""
    assert callable(put)
    assert put(ranking("demand", 1, 2, 3), one, other) == value


def test_among_equals() -> None:
    """Above one of several equals is above all of them: numbers know no finer place."""
    assert above(ranking("demand", 2, 2, 2, 3), 3, 1) == 2.5


def test_no_place_to_stand_beside() -> None:
    """Nobody stands beside themselves, who is not ranked, or who has no value."""
    with pytest.raises(UsageError, match="beside itself"):
        above(ranking("demand", 1, 2), 1, 1)
    with pytest.raises(UsageError, match="not in this ranking"):
        below(ranking("demand", 1, 2), 1, 9)
    with pytest.raises(UsageError, match="no ice score"):
        below(ranking("ice", 1, 2), 1, 2)
