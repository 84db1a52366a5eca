"""What moved in a ranking since a moment, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from triage.model import PainStatus

if TYPE_CHECKING:
    # Imported where used: a first frame waits for none of it.
    from triage.scoring import Ranking
    from triage.scoring.moved import Moved
    from triage.workspace.ranking import Ranks


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Two rankings by one formula, and each pain point of either."""

    before: Ranking
    after: Ranking
    moved: tuple[Moved, ...]


class Moving:
    """Rankings of two moments, side by side."""

    clock: Callable[[], datetime]

    def moved(
        self,
        since: datetime,
        formula: str = "",
        *,
        until: datetime | None = None,
        status: PainStatus | None = PainStatus.OPEN,
    ) -> Moves:
        """
        What moved between two moments, in the order of the later; now unless given.

        Each is ranked by the weights that were in force then.
        """
        from triage.scoring.moved import moved

        ranks = cast("Ranks", self)
        before = ranks.rank(formula, as_of=since, status=status)
        after = ranks.rank(formula, as_of=until, status=status)
        known = {case.pain_point.id: case.pain_point for case in ranks.cases(until)}
        found = moved(before, after, ranks.weights(until), known)
        return Moves(before=before, after=after, moved=found)
