"""A highlight as ``--json`` prints it, and on a line for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.cli.output import moment

if TYPE_CHECKING:
    from triage.operations.suggesting import Suggested
    from triage.research import Highlight


def of_highlight(highlight: Highlight, feedback: str) -> dict[str, Any]:
    """The words, where they stand, and all that was heard; ``feedback`` is f12."""
    beside = highlight.comparison
    return {
        "id": highlight.short,
        "feedback": feedback,
        "quote": highlight.quote,
        "start": highlight.start,
        "end": highlight.end,
        "tags": list(highlight.tags),
        "feeling": highlight.feeling.value if highlight.feeling else "",
        "intensity": highlight.intensity,
        "means": highlight.meaning.value if highlight.meaning else "",
        "beside": beside.competitor if beside else "",
        "aspect": beside.aspect if beside else "",
        "they": beside.stance.value if beside else "",
        "at": moment(highlight.at),
        "by": highlight.by,
    }


def of_suggested(suggested: Suggested) -> dict[str, Any]:
    """What the words sound like, and which say so."""
    return {
        "sounds": suggested.sounds.value,
        "feeling": suggested.feeling.value if suggested.feeling else "",
        "intensity": suggested.intensity,
        "words": list(suggested.words),
    }


def felt_as(highlight: Highlight) -> str:
    """``frustrated:2``; "" where nobody has said."""
    from triage.operations.highlights import felt

    return felt(highlight.feeling, highlight.intensity) if highlight.feeling else ""


def compared(highlight: Highlight) -> str:
    """``Acme better price``; "" where nobody is beside us."""
    beside = highlight.comparison
    if beside is None:
        return ""
    return " ".join(filter(None, (beside.competitor, beside.stance, beside.aspect)))


def told_line(highlight: Highlight) -> str:
    """What was heard, then the words: ``frustrated:2, need: “…”``."""
    parts = [felt_as(highlight), highlight.meaning or "", compared(highlight)]
    parts += [f"#{tag}" for tag in highlight.tags]
    heard = ", ".join(part for part in parts if part)
    quote = f"“{highlight.quote}”"
    return f"{heard}: {quote}" if heard else quote
