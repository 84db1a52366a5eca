"""A map with something in each part, all of it saying one text."""

from __future__ import annotations

from factories import NOON
from triage.empathy import MAP, Area
from triage.measures.map_bias import Bias
from triage.persona_map import MapArea, MapEntry, MapQuote, Sheet


def a_sheet(text: str = "Export is slow") -> Sheet:
    """Six areas and one of the persona's own; observed, inferred and withheld."""
    entries = (
        MapEntry(
            short="m1", text=text, observed=True, by=text,
            quotes=(MapQuote(short="h1", text=text, who=text),
                    MapQuote(short="h2", text="", who=text)),
        ),
        MapEntry(short="m2", text=text, observed=False, by=text),
        MapEntry(short="m3", text="", observed=True, withheld=1),
    )  # fmt: skip
    return Sheet(
        name=text, role=text, is_assumed=False, facts=(text, text),
        areas=tuple(
            MapArea(area=area, entries=entries if area is not Area.DOES else ())
            for area in MAP
        ),
        own=(MapArea(area=Area.GOALS, entries=entries),),
        pains=(text,), feelings=text,
        biases=(Bias(name="inferred", what=text, todo=text),),
        rests_on=text, withheld=1, at=NOON,
    )  # fmt: skip
