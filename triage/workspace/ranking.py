"""Pain points ranked by a formula, and what each place rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from triage.config import Config
from triage.model import PainPoint, PainStatus
from triage.store import decided
from triage.store.database import Database
from triage.store.views import PainView

if TYPE_CHECKING:
    # Imported where used: a first frame waits for none of it.
    from triage.scoring import (
        Case,
        Formula,
        MoscowCheck,
        Part,
        Ranked,
        Ranking,
        Score,
        Scored,
        Stability,
    )


class Ranks:
    """Rankings, and the backlog's own order."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def pain_points(self) -> list[tuple[PainView, Score]]:
        """Every pain point with its demand score, in the order of the backlog."""
        from triage.scoring import backlog_order, score

        now, weights = self.clock(), self.config.weights
        views = {one.pain_point.id: one for one in decided.pain_views(self.db.read())}
        cases = [case for case in self.cases() if case.pain_point.id in views]
        ranks = self.formula().each(cases, weights, now)
        ordered = sorted(
            zip(cases, ranks, strict=True),
            key=lambda one: backlog_order(one[0].pain_point, one[1]),
        )
        return [
            (views[case.pain_point.id], score(case, weights, now))
            for case, _ in ordered
        ]

    def score(self, view: PainView) -> Score:
        """What a pain point's evidence adds up to."""
        from triage.scoring import Case, heard, score

        # Segments are looked for in all that was ever said; without any, what is
        # shown already says who was heard.
        case = (
            self.case(view.pain_point)
            if self.config.weights.segments
            else Case(
                pain_point=view.pain_point,
                heard=tuple(heard(one.evidence, one.feedback) for one in view.quotes),
            )
        )
        return score(case, self.config.weights, self.clock())

    def formulas(self) -> Mapping[str, Formula]:
        """Every formula there is, by name, in the order they are offered."""
        from triage.scoring import FORMULAS

        return FORMULAS

    def formula(self, name: str = "") -> Formula:
        """The formula of that name; the one the settings rank by without."""
        from triage.scoring import formula_named

        return formula_named(name or self.config.weights.formula)

    def rank(
        self,
        formula: str = "",
        *,
        as_of: datetime | None = None,
        status: PainStatus | None = PainStatus.OPEN,
    ) -> Ranking:
        """
        Pain points by what a formula makes of them, highest first.

        Args:
            formula: Its name; the one the settings rank by without.
            as_of: The moment whose decisions count; now unless given.
            status: Only these; None for all.
        """
        from triage.scoring import rank

        cases = self.cases(as_of, status=status)
        at = as_of or self.clock()
        return rank(self.formula(formula), cases, self.config.weights, at)

    def ranked(
        self, pain_point: PainPoint, formula: str = "", as_of: datetime | None = None
    ) -> Ranked:
        """One pain point at its place: among those open if it is, else among all."""
        is_open = pain_point.status is PainStatus.OPEN
        ranking = self.rank(
            formula, as_of=as_of, status=PainStatus.OPEN if is_open else None
        )
        return next(
            row for row in ranking.rows if row.scored.pain_point_id == pain_point.id
        )

    def beside(
        self, pain_point: PainPoint, other: PainPoint, formula: str = "", *, above: bool
    ) -> float:
        """
        The value that places one just above, or just below, another.

        Raises:
            UsageError: The other has no value to stand beside.
        """
        from triage import scoring

        both_open = pain_point.status is other.status is PainStatus.OPEN
        ranking = self.rank(formula, status=PainStatus.OPEN if both_open else None)
        put = scoring.above if above else scoring.below
        return put(ranking, pain_point.id, other.id)

    def stability(
        self, formula: str = "", *, status: PainStatus | None = PainStatus.OPEN
    ) -> Stability:
        """What becomes of a ranking where its weights are a fifth more or less."""
        from triage.scoring import stability_of

        return stability_of(
            self.formula(formula), self.cases(status=status), self.config.weights,
            self.clock(),
        )  # fmt: skip

    def moscow_check(self) -> MoscowCheck:
        """Whether the musts of what is open leave room."""
        from triage.scoring import moscow_check

        return moscow_check(self.cases())

    def estimates(self, pain_point: PainPoint) -> tuple[Part, ...]:
        """What people set on it, as formulas take it: who, when, why, from what."""
        from triage.scoring import set_by_people

        return set_by_people(self.case(pain_point))

    def scored(self, case: Case, formula: str = "") -> Scored:
        """What a formula makes of one pain point now."""
        return self.formula(formula).of(case, self.config.weights, self.clock())

    def case(self, pain_point: PainPoint) -> Case:
        """One pain point as scores count it."""
        return next(
            case for case in self.cases() if case.pain_point.id == pain_point.id
        )

    def cases(
        self, at: datetime | None = None, *, status: PainStatus | None = None
    ) -> list[Case]:
        """Pain points as scores count them, by id; now unless a moment is named."""
        from triage.store.cases import cases

        found = cases(self.db.read(), self.config.weights, self.clock(), at)
        if status is None:
            return found
        return [case for case in found if case.pain_point.status is status]
