"""Competitors and their places as ``--json`` prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triage.measures.beside import Beside
    from triage.workspace import CompetitorView, Placed


def of_beside(beside: Beside) -> dict[str, Any]:
    """People by what they said, and the place that makes; null where too few did."""
    interval = beside.interval
    return {
        "better": beside.better,
        "worse": beside.worse,
        "same": beside.same,
        "n": beside.n,
        "place": None if beside.place is None else round(beside.place, 6),
        "interval": None if interval is None else [round(one, 6) for one in interval],
    }


def of_competitor(view: CompetitorView, short: dict[int, str]) -> dict[str, Any]:
    """All that is heard of one; ``short`` has the ids of feedback quoted."""
    return {
        "name": view.name,
        "others": list(view.others),
        "listed": view.is_listed,
        "mentions": view.mentions,
        "people": view.people,
        "written": dict(view.written),
        "sounds": {one.value: many for one, many in view.tones.items()},
        "feelings": {one.value: many for one, many in view.feelings.items()},
        "overall": of_beside(view.overall),
        "aspects": [
            {"aspect": one.aspect} | of_beside(one.beside) for one in view.aspects
        ],
        "highlights": [
            {
                "id": one.short,
                "feedback": short[one.feedback_id],
                "aspect": one.comparison.aspect if one.comparison else "",
                "they": one.comparison.stance.value if one.comparison else "",
                "quote": one.quote,
            }
            for one in view.highlights
        ],
        "suggested": {
            **of_beside(view.unsaid),
            "quotes": [
                {
                    "feedback": one.feedback,
                    "they": one.stance.value,
                    "words": one.words,
                    "quote": one.quote,
                    "start": one.start,
                    "end": one.end,
                }
                for one in view.suggested
            ],
        },
    }


def of_placed(placed: Placed) -> dict[str, Any]:
    """One competitor of a map."""
    return {
        "name": placed.name,
        "across": of_beside(placed.across),
        "up": of_beside(placed.up),
        "placed": placed.is_placed,
    }
