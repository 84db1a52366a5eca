"""What a client has asked, and under which budgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.connector import Budget


@dataclass(slots=True)
class Usage:
    """
    Counted as it is asked; every try is a call.

    Attributes:
        budgets: Those the calls were counted by, by name.
    """

    calls: int = 0
    budgets: dict[str, Budget] = field(default_factory=dict)
