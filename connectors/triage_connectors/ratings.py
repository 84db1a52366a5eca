"""Ratings as exports write them: 4, 4.0, 4/5, ★★★★☆, "4 stars"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

_NUMBER = re.compile(
    r"(?P<number>-?\d{1,4}(?:[.,]\d{1,4})?)"
    r"(?:\s?(?:/|out of|of|von|sur|de|su|van|av)\s?(?P<top>\d{1,3})|\s?(?P<percent>%))?"
    r"(?:\s?(?:stars?|sterne?|étoiles?|etoiles?|estrellas?|stelle|stella|estrelas?"
    r"|punkte?|points?|★|⭐))?\.?",
    re.IGNORECASE,
)
_FULL: Final = "★⭐🌟"
_EMPTY: Final = "☆✩"
_SCALE = re.compile(r"(-?\d{1,4})\s?(?:-|–|…|\.\.|to|bis)\s?(\d{1,4})")

_BY_METRIC: Final = {"nps": "0-10", "csat": "1-5", "ces": "1-7", "stars": "1-5"}


@dataclass(frozen=True, slots=True)
class Ratings:
    """
    How one column rates.

    Attributes:
        scale: "1-5"; "" where nobody can tell.
        metric: What is measured: stars, nps, csat, ces or "".
    """

    scale: str = ""
    metric: str = ""

    def read(self, value: Any) -> tuple[float, str] | None:
        """Return the number and its scale; None where it is no rating on the scale."""
        found = number(value)
        if found is None:
            return None
        rating, own_scale = found
        scale = own_scale or self.scale
        ends = _SCALE.fullmatch(scale)
        if ends and not float(ends[1]) <= rating <= float(ends[2]):
            return None
        return rating, scale


def number(value: Any) -> tuple[float, str] | None:
    """Return what a cell rates, and the scale if the cell tells it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value), ""
    if not isinstance(value, str) or not value or len(value) > 40:
        return None
    text = value.strip()
    if text[:1] in _FULL or text[:1] in _EMPTY:
        return _stars(text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    rating = float(found["number"].replace(",", "."))
    if found["percent"]:
        return rating, "0-100"
    return rating, _up_to(int(found["top"])) if found["top"] else ""


def told_by(
    values: Iterable[Any], column: str, *, scale: str, metric: str, review: bool
) -> Ratings:
    """Return how a column rates, told by its plain name and some of its cells."""
    metric = metric or _metric(column)
    if not scale:
        scale = _BY_METRIC.get(metric, "")
    if not scale:
        seen = [found for value in values if (found := number(value))]
        scale = next((own for _, own in seen if own), "")
        if not scale and seen:
            numbers = [rating for rating, _ in seen]
            scale = _around(min(numbers), max(numbers))
    if not metric and review and scale == "1-5":
        metric = "stars"
    return Ratings(scale, metric)


def check_scale(scale: str) -> str:
    """Return the scale in the one way it is written; ValueError if it is none."""
    found = _SCALE.fullmatch(scale.strip())
    if found is None or int(found[1]) >= int(found[2]):
        raise ValueError(f"“{scale}” is not a scale: write it as 1-5 or 0-10")
    return f"{int(found[1])}-{int(found[2])}"


def _metric(column: str) -> str:
    words = column.split()
    if "star" in words:
        return "stars"
    return next((metric for metric in _BY_METRIC if metric in words), "")


def _stars(text: str) -> tuple[float, str] | None:
    bare = text.replace("\ufe0f", "").replace(" ", "")
    full = sum(letter in _FULL for letter in bare)
    empty = sum(letter in _EMPTY for letter in bare)
    if full + empty != len(bare) or full + empty > 10:
        return None
    return float(full), _up_to(
        full + empty
    ) if empty else "1-5" if full <= 5 else "1-10"


def _up_to(top: int) -> str:
    """Return the scale that ends at ``top``: from 1 up to seven, else from 0."""
    return f"{1 if top <= 7 else 0}-{top}"


def _around(lowest: float, highest: float) -> str:
    """Return the narrowest common scale that holds all of them."""
    for top in (5, 10, 100):
        if highest <= top:
            return f"{1 if top == 5 and lowest >= 1 else 0}-{top}"
    return ""
