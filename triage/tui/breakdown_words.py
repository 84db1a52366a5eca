"""How a breakdown is told: a row for each version or country, in the room there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from triage.model import Sentiment
from triage.tui import charts, number_words, words
from triage.tui.table import Field
from triage.workspace.breakdown import Breakdown, Part
from triage.workspace.numbers import Scale

NAMES = {
    "version": "version", "country": "country", "language": "language",
    "os": "system", "device": "device", "product": "product",
    "source": "source",
}  # fmt: skip
"""What each breakdown is called, in the order they are turned to."""

_ARROWS = {1: " ▲", -1: " ▼", 0: ""}

WIDE = 100
"""Cells from which there is room for more than the essential."""


def name(part: Part) -> str:
    """``5.2.1``; ``13 others``; ``not told``."""
    if part.values > 1:
        return f"{part.values:,} others"
    return words.row_text(part.name, 60) if part.values else "not told"


def rating(part: Part, scale: Scale | None) -> str:
    """``2.33 (1.73–2.94) ▼``."""
    if scale is None:
        return "–"
    return number_words.mean(part.tally.mean(scale)) + _ARROWS[part.rises(scale)]


def negative(part: Part) -> str:
    """``46 % (39–53) ▲``."""
    told = number_words.share(part.tally.share(Sentiment.NEGATIVE))
    return told + _ARROWS[part.sounds_worse()]


def about(found: Breakdown) -> str:
    """What the arrows mean, and what the rows do not say."""
    if not any(part.values for part in found.parts):
        return f"No source tells the {NAMES[found.by]} of anything said in these weeks."
    than = "the version before" if found.by == "version" else "in the earlier half"
    told = f"▲▼ than {than}, intervals apart"
    alone = found.whole.wordless.total()
    return told + (f" · {words.count(alone, 'rating')} without a word" if alone else "")


def fields(found: Breakdown, scale: Scale | None, room: int) -> tuple[Field[Part], ...]:
    """The columns, for rows of so many cells."""
    is_wide = room >= WIDE
    most = max((part.tally.heard for part in found.parts), default=1)
    named = number_words.scale(scale) if scale else "rating"
    lowest = "1★" if scale == ("stars", "1-5") else "lowest"

    def rated(say: Callable[[Part, Scale], str]) -> Callable[[Part], str]:
        return lambda part: say(part, scale) if scale else ""

    feedback: Field[Part] = Field(
        name="feedback", width=8, right=True, style="row",
        say=lambda part: f"{part.tally.n:,}",
    )  # fmt: skip
    bar: Field[Part] = Field(
        name="", width=12 if is_wide else 5,
        say=lambda part: _bar(part.tally.heard / most, 12 if is_wide else 5),
    )  # fmt: skip
    first: Field[Part] = Field(
        name="first seen" if is_wide else "since", width=11 if is_wide else 9,
        say=lambda part: _day(part.first_at, is_wide=is_wide),
    )  # fmt: skip
    is_version = found.by == "version"
    width = 18 if is_wide else 10 if is_version else 12
    named_by: Field[Part] = Field(
        name=NAMES[found.by], width=width, style="row", say=name
    )
    return (
        named_by,
        feedback,
        # Where there is room for one of them, a version's age says more.
        *((bar,) if is_wide or not is_version else ()),
        *((first,) if is_version else ()),
        Field(name=named, width=18, say=lambda part: rating(part, scale)),
        Field(name="n", width=7 if is_wide else 6, right=True,
              say=rated(lambda part, of: _counted(part.tally.mean(of).n))),
        Field(name=lowest, width=14, from_width=WIDE,
              say=rated(lambda part, of: number_words.share(part.tally.lowest(of)))),
        Field(name="negative", say=negative),
    )  # fmt: skip


def _day(at: datetime, *, is_wide: bool) -> str:
    return f"{at.day} {at:%b %Y}" if is_wide else f"{at.day} {at:%b %y}"


def _counted(n: int) -> str:
    """Nothing where nobody rated: the dash beside it says so."""
    return f"{n:,}" if n else ""


def _bar(share: float, width: int) -> str:
    """Never nothing for what is there."""
    return charts.BAR * max(1, round(share * width))
