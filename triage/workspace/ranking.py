"""Pain points ranked by a formula, and what each place rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from triage.config import Config
from triage.errors import NotFound
from triage.model import PainPoint, PainStatus
from triage.store import decided, returning, weighing
from triage.store.database import Database
from triage.store.views import PainView
from triage.weights import Weights

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
        from triage.scoring import backlog_order, score_of

        now, weights = self.clock(), self.config.weights
        views = {one.pain_point.id: one for one in decided.pain_views(self.db.read())}
        cases = [case for case in self.cases() if case.pain_point.id in views]
        demands = list(self.formula("demand").each(cases, weights, now))
        ranks = demands
        if weights.formula != "demand":
            ranks = list(self.formula().each(cases, weights, now))
        ordered = sorted(
            zip(cases, demands, ranks, strict=True),
            key=lambda one: backlog_order(one[0].pain_point, one[2]),
        )
        return [
            (views[case.pain_point.id], score_of(case, demand))
            for case, demand, _ in ordered
        ]

    def score(self, view: PainView) -> Score:
        """What a pain point's evidence adds up to."""
        from triage.scoring import score

        case = self.case(view.pain_point)
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

        weights = self.weights(as_of)
        # Before reading: whatever is decided meanwhile is later.
        at = as_of or self.clock()
        with returning.moment(self.db.read()):
            cases = self.cases(as_of, status=status)
        return rank(self.formula(formula), cases, weights, at)

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
        self,
        formula: str = "",
        *,
        as_of: datetime | None = None,
        status: PainStatus | None = PainStatus.OPEN,
    ) -> Stability:
        """What becomes of a ranking where its weights are a fifth more or less."""
        from triage.scoring import stability_of

        return stability_of(
            self.formula(formula), self.cases(as_of, status=status),
            self.weights(as_of), as_of or self.clock(),
        )  # fmt: skip

    def moscow_check(self, as_of: datetime | None = None) -> MoscowCheck:
        """Whether the musts of what is open leave room."""
        from triage.scoring import moscow_check

        return moscow_check(self.cases(as_of))

    def estimates(self, pain_point: PainPoint) -> tuple[Part, ...]:
        """What people set on it, as formulas take it: who, when, why, from what."""
        from triage.scoring import set_by_people

        return set_by_people(self.case(pain_point))

    def scored(self, case: Case, formula: str = "") -> Scored:
        """What a formula makes of one pain point now."""
        return self.formula(formula).of(case, self.config.weights, self.clock())

    def case(self, pain_point: PainPoint) -> Case:
        """One pain point as scores count it."""
        from triage.store.cases import cases

        read, weights = self.db.read(), self.config.weights
        found = cases(read, weights, self.clock(), only=pain_point.id)
        if not found:
            raise NotFound(f"{pain_point.short} is gone; `triage pain list` shows them")
        return found[0]

    def weights(self, at: datetime | None = None) -> Weights:
        """The weights in force at a moment; the settings' own now, which are kept."""
        mine, read = self.config.weights, self.db.read()
        if at is not None:
            return weighing.in_force(read, at) or mine
        if not self.db.read_only and not weighing.is_kept(read, mine):
            with self.db.write() as write:
                weighing.keep(write, mine, self.clock())
        return mine

    def cases(
        self, at: datetime | None = None, *, status: PainStatus | None = None
    ) -> list[Case]:
        """Pain points as scores count them, by id; now unless a moment is named."""
        from triage.store.cases import cases

        read = self.db.read()
        weights = weighing.in_force(read, at) if at else None
        found = cases(read, weights or self.config.weights, self.clock(), at)
        if status is None:
            return found
        return [case for case in found if case.pain_point.status is status]
