"""The Net Promoter Score: who would recommend us, less who would not."""

from __future__ import annotations

from triage.measures.figure import Counts, Origin, Unit
from triage.measures.net import Interval, Net, NetMeasure, split_at

SCALE = "0-10"


def promoters(counts: Counts) -> Net:
    """
    Nine and ten promote, zero to six detract.

    Of those who answered; who was asked and did not is nobody's vote (F. Reichheld,
    Harvard Business Review 81 (12), 2003, 46-54).

    >>> promoters({10.0: 6, 8.0: 2, 3.0: 2}).value
    40.0
    """
    return split_at(counts, up=9, down=6)


def nps(scale: str = SCALE, way: Interval = Interval.ADJUSTED) -> NetMeasure:
    """The score in points, on 0 to 10 only: other scales have no such boxes."""
    return NetMeasure(
        name="NPS", origin=Origin.SURVEY, method=f"{way} Wald", unit=Unit.POINTS,
        formula="nps-1", scale=scale, split=promoters, way=way,
        refusal="" if scale == SCALE else f"NPS is asked on {SCALE}",
    )  # fmt: skip
