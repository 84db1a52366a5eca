"""
Which prices people find right: Van Westendorp's price sensitivity meter.

Each person names four prices: too cheap to be good, cheap, expensive, too expensive
(P. van Westendorp, "NSS Price Sensitivity Meter", ESOMAR Congress, Venice 1976). What
people say they would pay is no promise to pay it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

from triage.measures import FEW
from triage.measures.figure import TOO_FEW, Figure, Origin, Unit

KEYS = ("too_cheap", "cheap", "expensive", "too_expensive")
"""What a session or a column calls the four prices."""

RESAMPLES = 400
_SEED = 1976


class Prices(NamedTuple):
    """The four prices one person named."""

    too_cheap: float
    cheap: float
    expensive: float
    too_expensive: float

    @property
    def is_consistent(self) -> bool:
        """Whether they rise: who finds 10 too dear and 20 cheap meant otherwise."""
        return (
            self.too_cheap <= self.cheap <= self.expensive <= self.too_expensive
            and self.too_cheap < self.too_expensive
        )


class Point(NamedTuple):
    """One price, and the shares that find it so."""

    price: float
    too_cheap: float
    cheap: float
    expensive: float
    too_expensive: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """
    What people said of prices.

    Attributes:
        n: Whose answers are counted.
        inconsistent: Whose prices did not rise, and are left out.
        points: PMC, PME, OPP and IDP.
        curves: At every price anybody named, the lowest first.
    """

    n: int
    inconsistent: int
    points: tuple[Figure, ...]
    curves: tuple[Point, ...]


def prices_of(context: Mapping[str, Any]) -> Prices | None:
    """The four prices a source told; None where one of them lacks or is no price."""
    found = [_price(context.get(name)) for name in KEYS]
    told = [one for one in found if one is not None]
    return Prices(*told) if len(told) == len(KEYS) else None


def sensitivity(told: Iterable[Prices]) -> Sensitivity:
    """
    The curves and where they cross.

    Between two named prices a curve is taken for straight. Intervals are the middle
    95 % of 400 resamples of the people, drawn alike every time (B. Efron, The Annals
    of Statistics 7 (1), 1979, 1-26).
    """
    every = list(told)
    kept = [one for one in every if one.is_consistent]
    curves = _curves(kept)
    between = _intervals(kept) if len(kept) >= FEW else {}
    return Sensitivity(
        n=len(kept),
        inconsistent=len(every) - len(kept),
        points=tuple(
            _figure(name, len(kept), _crossing(curves, name), between.get(name))
            for name in _CROSSINGS
        ),
        curves=tuple(curves),
    )


def _curves(kept: Sequence[Prices]) -> list[Point]:
    """
    At each price named: whose price is this or more finds it (too) cheap, whose is this
    or less (too) dear.
    """
    if not kept:
        return []
    n = len(kept)
    columns = [sorted(column) for column in zip(*kept, strict=True)]
    floor, low, high, roof = columns
    return [
        Point(
            price, 1 - bisect_left(floor, price) / n, 1 - bisect_left(low, price) / n,
            bisect_right(high, price) / n, bisect_right(roof, price) / n,
        )
        for price in sorted({price for column in columns for price in column})
    ]  # fmt: skip


_CROSSINGS: Mapping[str, tuple[str, Callable[[Point], float]]] = {
    "PMC": (
        "the lowest to ask: too cheap meets not cheap",
        lambda at: (1 - at.cheap) - at.too_cheap,
    ),
    "OPP": (
        "fewest refuse: too cheap meets too expensive",
        lambda at: at.too_expensive - at.too_cheap,
    ),
    "IDP": (
        "as many say cheap as expensive",
        lambda at: at.expensive - at.cheap,
    ),
    "PME": (
        "highest to ask: too expensive meets not expensive",
        lambda at: at.too_expensive - (1 - at.expensive),
    ),
}
"""What each point is, and what rises through 0 there."""


def _crossing(curves: Sequence[Point], name: str) -> float | None:
    """
    Where the rising curve overtakes the falling one; None where it never does.

    Where they lie on one another for a while it is the middle of that.
    """
    rises = _CROSSINGS[name][1]
    before: tuple[float, float] | None = None
    level: list[float] = []
    for point in curves:
        over = round(rises(point), 12)
        if not over:
            level.append(point.price)
        elif level:
            break
        elif over > 0:
            if before is None:
                return point.price
            price, under = before
            return price + (point.price - price) * -under / (over - under)
        before = point.price, over
    return (level[0] + level[-1]) / 2 if level else None


def _intervals(kept: Sequence[Prices]) -> dict[str, tuple[float, float]]:
    draw = Random(_SEED)
    found: dict[str, list[float]] = {name: [] for name in _CROSSINGS}
    for _ in range(RESAMPLES):
        curves = _curves(draw.choices(kept, k=len(kept)))
        for name, values in found.items():
            at = _crossing(curves, name)
            if at is not None:
                values.append(at)
    edge = RESAMPLES // 40
    return {
        name: (sorted(values)[edge - 1], sorted(values)[-edge])
        for name, values in found.items()
        if len(values) == RESAMPLES
    }


def _figure(
    name: str, n: int, at: float | None, between: tuple[float, float] | None
) -> Figure:
    why = "" if n >= FEW else TOO_FEW if n else "no answer"
    if not why and (at is None or between is None):
        why = "the curves do not cross"
    if at is not None and between is not None:
        between = min(between[0], at), max(between[1], at)
    return Figure(
        name=name, origin=Origin.SURVEY, method="Van Westendorp, 400 resamples",
        formula="price-1", unit=Unit.PRICE, n=n, value=None if why else at,
        interval=None if why else between, why=why, note=_CROSSINGS[name][0],
    )  # fmt: skip


def _price(told: Any) -> float | None:
    """A price as a number, or as a text with a point or a comma before the cents."""
    if isinstance(told, bool) or told is None:
        return None
    text = str(told).strip().strip("$€£¥ ")
    whole, comma, cents = text.partition(",")
    if comma and len(cents) <= 2 and "." not in text:
        text = f"{whole}.{cents}"
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None
