"""Customer satisfaction: the share of those who ticked one of the best boxes."""

from __future__ import annotations

from triage.measures.averages import MeanMeasure
from triage.measures.figure import Measure, Origin, Unit
from triage.measures.scale import top_box
from triage.measures.shares import ShareMeasure


def csat(scale: str) -> Measure:
    """
    The share in the top two boxes, 4 and 5 of 1 to 5, with Wilson's interval.

    Of fewer than five boxes only the best counts. Scales that are not told or have more
    than eleven steps have no boxes: there it is the mean.
    """
    least = top_box(scale)
    if least is None:
        return MeanMeasure(
            name="CSAT", origin=Origin.SURVEY, method="mean", unit=Unit.RATING,
            formula="csat-mean-1", scale=scale,
        )  # fmt: skip
    return ShareMeasure(
        name="CSAT", origin=Origin.SURVEY, method=f"rated {boxes(scale)}, Wilson",
        unit=Unit.SHARE, formula="csat-1", scale=scale,
        holds=lambda rating: rating >= least,
    )  # fmt: skip


def boxes(scale: str) -> str:
    """
    The best boxes in words.

    >>> boxes("1-5"), boxes("0-1")
    ('4 or 5', '1')
    """
    least, best = top_box(scale), scale.rpartition("-")[2]
    return best if least is None or least == float(best) else f"{least:g} or {best}"
