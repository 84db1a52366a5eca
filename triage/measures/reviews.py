"""Ratings of reviews: of whoever wanted to say something, so apart from surveys."""

from __future__ import annotations

from triage.measures.averages import MeanMeasure
from triage.measures.figure import Origin, Unit

SELF_SELECTED = "given unasked: never put together with what surveys asked"


def reviews(metric: str, scale: str) -> MeanMeasure:
    """Their mean; of stars, unless they say something else."""
    return MeanMeasure(
        name="reviews" if metric == "stars" else f"reviews {metric}",
        origin=Origin.REVIEW,
        method="mean", unit=Unit.RATING, formula="reviews-1", scale=scale,
        note=SELF_SELECTED,
    )  # fmt: skip
