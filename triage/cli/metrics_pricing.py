"""metrics --pricing: which prices people find right, and the curves that say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from triage.cli import metrics_shapes
from triage.cli.output import count, emit, emit_json, note, table

if TYPE_CHECKING:
    from triage.measures.price import Point, Sensitivity
    from triage.workspace.metrics import Pricing

_ROWS = 16
"""Prices of a curve that are printed, at most; JSON has every one."""

_BAR = 5


def tell(found: Sequence[Pricing], query: str, *, as_json: bool) -> None:
    """Print it, for a program or for a person."""
    if as_json:
        shapes = [_told(one) for one in found]
        emit_json("metrics-pricing", {"query": query, "currencies": shapes})
    elif not found:
        note(
            "nobody told four prices; they are read from too_cheap, cheap, expensive"
            " and too_expensive beside what was said"
        )
    else:
        for place, one in enumerate(found):
            if place:
                emit()
            _show(one)


def _told(one: Pricing) -> dict[str, Any]:
    return {
        "currency": one.currency,
        "n": one.found.n,
        "inconsistent": one.found.inconsistent,
        "points": [metrics_shapes.figure(point) for point in one.found.points],
        "curves": [
            {name: round(value, 4) for name, value in point._asdict().items()}
            for point in one.found.curves
        ],
    }


def _show(one: Pricing) -> None:
    found = one.found
    if one.currency:
        emit(one.currency)
    table(
        ("point", ">price", "95 % interval", "what it is"),
        [(told.name, told.spelt, told.between, told.note) for told in found.points],
    )
    emit()
    table(
        (">price", "too cheap", "cheap", "expensive", "too expensive"),
        [
            (f"{point.price:.2f}", *(_bar(share) for share in point[1:]))
            for point in _thinned(found.curves)
        ],
    )
    note(f"{_n(found)}; what people say they would pay is no promise to pay it")


def _n(found: Sensitivity) -> str:
    told = count(found.n, "person", "people")
    if not found.inconsistent:
        return told
    return f"{told}, {found.inconsistent:,} left out: their prices do not rise"


def _thinned(curves: Sequence[Point]) -> list[Point]:
    """The first, the last, and some between."""
    last = len(curves) - 1
    if last < _ROWS:
        return list(curves)
    places = {round(place * last / (_ROWS - 1)) for place in range(_ROWS)}
    return [curves[place] for place in sorted(places)]


def _bar(share: float) -> str:
    return f"{share:4.0%} {'█' * round(_BAR * share)}"
