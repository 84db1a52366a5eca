"""Who stayed, of those of whom it is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from triage.measures.figure import Counts, Measure, Origin, Unit
from triage.measures.shares import ShareMeasure

KEPT, LEFT = 1.0, 0.0

STAYED_KEYS = ("renewed", "retained")
LEFT_KEYS = ("churned",)
LEFT_AT = "churned_at"
"""A moment: who has one has left."""

_YES = {"yes", "true", "1", "y"}
_NO = {"no", "false", "0", "n"}


def yes_or_no(told: Any) -> bool | None:
    """
    What a source means by a value; None where it is neither.

    >>> yes_or_no("Yes"), yes_or_no(0), yes_or_no("perhaps")
    (True, False, None)
    """
    if isinstance(told, bool):
        return told
    word = f"{told:g}" if isinstance(told, int | float) else str(told)
    word = word.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def stayed(context: Mapping[str, Any]) -> bool | None:
    """
    Whether a customer stayed, as their source says; None where it says nothing.

    ``renewed`` or ``retained`` is yes or no, ``churned`` the other way round,
    ``churned_at`` any moment. A ``status`` is of a ticket, and no answer.
    """
    if context.get(LEFT_AT):
        return False
    for names, kept in ((STAYED_KEYS, True), (LEFT_KEYS, False)):
        for name in names:
            told = yes_or_no(context.get(name))
            if told is not None:
                return told is kept
    return None


def retention(counts: Counts) -> Measure:
    """
    The share that stayed, with Wilson's interval.

    None where every one of whom it is told has left: then most likely only who leaves
    is told of, and nobody says how many there were.
    """
    only_left = counts.get(LEFT, 0) > 0 and not counts.get(KEPT)
    return ShareMeasure(
        name="retention", origin=Origin.ACCOUNT, method="stayed, Wilson",
        unit=Unit.SHARE, formula="retention-1", holds=lambda told: told == KEPT,
        refusal="only who left is told of" if only_left else "",
    )  # fmt: skip
