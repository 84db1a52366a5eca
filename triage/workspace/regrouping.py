"""What is stored grouped anew, when a person asks; never by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from triage.config import Config
from triage.model import Feedback
from triage.store import fit, queries
from triage.store.database import Database
from triage.store.fit import Fit

if TYPE_CHECKING:
    from triage.grouping.difference import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Refit:
    """
    What grouping anew changes, or has changed.

    Attributes:
        before: What the groups were made by; None where there were none.
        after: What they would be, or are, made by now.
        founders: The feedback each group told of in ``changes`` is named by.
    """

    before: Fit | None
    after: Fit
    is_applied: bool
    changes: Difference
    founders: dict[int, Feedback]


class Regrouping:
    """Groups are derived: they can be made anew, and no decision moves."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def refit(
        self,
        *,
        strict: bool = False,
        apply: bool = False,
        tell: Callable[[str, float], None] = lambda _word, _share: None,
    ) -> Refit:
        """
        Group everything anew, by the tables and level of today; shown unless applied.

        Everything is held in memory, about two kilobytes a text. People's rulings
        hold as ever, and groups are named by their earliest members as ever.

        Args:
            strict: Whether only what is surest comes together, whatever the settings.
            tell: Told what is being done and how much of all is, 0 to 1; it stops
                everything, and changes nothing, by raising.
        """
        from triage.grouping.bands import DEFAULT, STRICT
        from triage.store import regrouping  # brings numpy

        strict = strict or self.config.strict
        before = fit.stored(self.db.read())
        after = fit.present(strict=strict)
        level = STRICT if strict else DEFAULT
        anew = regrouping.compared(self.db.read(), level, tell)
        tell("writing", 0.85)
        changes = regrouping.regroup(self.db, anew, after, apply=apply)
        named = {one.group for one in changes.largest} | {
            part for one in changes.largest for part, _ in one.parts
        }
        return Refit(
            before=before,
            after=after,
            is_applied=apply,
            changes=changes,
            founders=queries.feedback_many(self.db.read(), sorted(named)),
        )

    def stale(self) -> str:
        """What one should know where the groups were made by other rules; else ""."""
        before = fit.stored(self.db.read())
        after = fit.present(strict=self.config.strict)
        if before is None or before == after:
            return ""
        return (
            f"grouping was made with {before}; `triage groups refit` shows what"
            f" {after} would change"
        )

    def grouped_by(self) -> str:
        """The tables and level the groups were made by; what to do where outdated."""
        return self.stale() or str(fit.stored(self.db.read()) or "nothing yet")
