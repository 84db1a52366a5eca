"""The Customer Effort Score, three ways: how easy we made it, as customers see it."""

from __future__ import annotations

from triage.measures.averages import MeanMeasure
from triage.measures.csat import boxes
from triage.measures.figure import Counts, Measure, Origin, Unit
from triage.measures.net import Interval, Net, NetMeasure, split_at
from triage.measures.scale import middle, top_box
from triage.measures.shares import ShareMeasure


def ces(scale: str, way: Interval = Interval.ADJUSTED) -> tuple[Measure, ...]:
    """
    Its mean, the share that agrees, and its index.

    The scale is one of agreement that something was easy: high is good. Who agrees
    gave more than the middle, 5 to 7 of 1 to 7. The index is the share in the top two
    boxes less that below the middle, %(6, 7) - %(1, 2, 3), in points. The mean alone
    where the scale has no boxes.
    """
    average = MeanMeasure(
        name="CES", origin=Origin.SURVEY, method="mean", unit=Unit.RATING,
        formula="ces-mean-1", scale=scale,
    )  # fmt: skip
    half, best = middle(scale), top_box(scale)
    if half is None or best is None:
        return (average,)

    def split(counts: Counts) -> Net:
        net = split_at(counts, up=best, down=half)
        halfway = sum(many for value, many in counts.items() if value == half)
        return Net(net.up, net.down - halfway, net.n)

    top = scale.rpartition("-")[2]
    return (
        average,
        ShareMeasure(
            name="CES", origin=Origin.SURVEY, unit=Unit.SHARE, scale=scale,
            method=f"agree, over {half:g} of {top}, Wilson", formula="ces-agree-1",
            holds=lambda rating: rating > half,
        ),
        NetMeasure(
            name="CES", origin=Origin.SURVEY, unit=Unit.POINTS, scale=scale,
            method=f"index, {boxes(scale)} less under {half:g}, {way} Wald",
            formula="ces-index-1", split=split, way=way,
        ),
    )  # fmt: skip
