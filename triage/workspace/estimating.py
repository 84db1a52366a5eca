"""Numbers people put on pain points; each call is one step, undoable for ever."""

from __future__ import annotations

import math
from collections.abc import Sequence

from triage.errors import UsageError
from triage.model import PainPoint
from triage.planning import Estimate
from triage.store import decided
from triage.store.journal import Entry
from triage.workspace.deciding import Deciding


class Estimating(Deciding):
    """Verbs: estimate unestimate place unplace."""

    def estimate(
        self,
        pain_point: PainPoint,
        name: str,
        value: float,
        *,
        evidence: Sequence[int] = (),
        reason: str = "",
    ) -> Entry | None:
        """
        Put a number on a pain point: an input of a formula.

        Args:
            evidence: Ids of quotes of this pain point it was taken from.
            reason: Why this number, in a sentence.

        Raises:
            UsageError: No formula asks for it, or the value is not on its scale.
        """
        from triage.operations import estimating
        from triage.scoring import checked

        checked(name, value, self.config.weights)
        before, after = self._estimate(pain_point, name, value, evidence, reason)
        point = decided.pain_point(self.db.read(), pain_point.id)
        return self.do(estimating.estimate(point, before, after))

    def unestimate(self, pain_point: PainPoint, name: str) -> Entry | None:
        """Take a number back; None where there was none."""
        from triage.operations import estimating

        before = self._before(pain_point, name)
        if before is None and name not in estimating.COLUMNS:
            from triage.scoring import checked_input

            checked_input(name, self.config.weights)
        point = decided.pain_point(self.db.read(), pain_point.id)
        return self.do(estimating.unestimate(point, name, before))

    def place(
        self, pain_point: PainPoint, formula: str, value: float, reason: str
    ) -> Entry | None:
        """
        Have it ranked by this value in a formula's ranking, whatever that says.

        Raises:
            UsageError: There is no such formula, or nobody said why.
        """
        from triage.operations import estimating
        from triage.scoring import PLACE, formula_named

        name = PLACE + formula_named(formula).name
        if not math.isfinite(value):
            raise UsageError(f"{value:g} is no place in a ranking")
        before, after = self._estimate(pain_point, name, value, (), reason)
        return self.do(estimating.place(pain_point, formula, before, after))

    def unplace(self, pain_point: PainPoint, formula: str) -> Entry | None:
        """Let the formula say again where it stands; None where it does."""
        from triage.operations import estimating
        from triage.scoring import PLACE, formula_named

        name = PLACE + formula_named(formula).name
        before = self._before(pain_point, name)
        return self.do(estimating.unplace(pain_point, formula, before))

    def _estimate(
        self,
        pain_point: PainPoint,
        name: str,
        value: float,
        evidence: Sequence[int],
        reason: str,
    ) -> tuple[Estimate | None, Estimate]:
        """What is estimated so far, and what is from now on."""
        view = decided.pain_view(self.db.read(), pain_point.id)
        strange = set(evidence) - {quote.evidence.id for quote in view.quotes}
        if strange:
            raise UsageError(
                f"e{min(strange)} is no quote of {pain_point.short};"
                f" `triage pain show {pain_point.short}` lists them"
            )
        before = next((one for one in view.estimates if one.name == name), None)
        after = Estimate(
            id=before.id if before else self.reserve("estimate", 1),
            pain_point_id=pain_point.id,
            name=name,
            value=float(value),
            evidence=tuple(dict.fromkeys(evidence)),
            reason=" ".join(reason.split()),
            at=self.clock(),
            by=self.config.by,
        )
        return before, after

    def _before(self, pain_point: PainPoint, name: str) -> Estimate | None:
        found = decided.estimates(self.db.read(), pain_point.id)
        return next((one for one in found if one.name == name), None)
