"""How a step is named: a sentence a person would recognise in the history."""

from __future__ import annotations

from collections.abc import Sequence

from triage.model import Feedback

_QUOTE = 48


def quoted(text: str) -> str:
    """The first words in quotation marks, on one line."""
    line = " ".join(text.split())
    return f"“{line[: _QUOTE - 1]}…”" if len(line) > _QUOTE else f"“{line}”"


def naming(feedback: Sequence[Feedback]) -> str:
    """``f12 “Dark mode…”`` for one, ``f12 and 3 more`` for several."""
    if not feedback:
        return "nothing"
    first = feedback[0]
    if len(feedback) == 1:
        return f"{first.short} {quoted(first.title or first.body)}"
    opening = quoted(first.title or first.body)
    return f"{first.short} {opening} and {len(feedback) - 1} more"


def named(label: str) -> str:
    """The label, at most a line of the history long."""
    return label if len(label) <= 200 else label[:199] + "…"
