"""How many calls a pull made, and the budgets a source is counted by."""

from __future__ import annotations

STATEMENTS = (
    # Nothing where no service was asked, or nobody counted.
    "ALTER TABLE batch ADD COLUMN calls INTEGER",
    # Name, calls and seconds of each, as JSON; what is left of them is in ``budget``.
    "ALTER TABLE source ADD COLUMN budgets TEXT NOT NULL DEFAULT '[]'",
)
