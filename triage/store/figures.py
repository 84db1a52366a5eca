"""What is counted: so many feedback of a week or of a value, by how they sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCount:
    """
    How many feedback of a week and source sound so and were rated so.

    Attributes:
        week: Weeks since the Monday before 1970, in UTC.
        sentiment: "" where it was not read yet; None where there was nothing to read,
            only a rating.
        rating: None where none was given; else on ``scale``, measuring ``metric``.
    """

    week: int
    source: str
    sentiment: str | None
    metric: str
    scale: str
    rating: float | None
    many: int


class PartCount(NamedTuple):
    """
    How many feedback of one value (a version, a country …) sound and were rated so.

    Attributes:
        value: As told; "" where it was not.
        is_later: Whether they are of the later half of what was looked at.
        sentiment: As of a ``WeekCount``.
        first: Key of the first of them; ``last`` of the latest.
    """

    value: str
    is_later: bool
    sentiment: str | None
    metric: str
    scale: str
    rating: float | None
    many: int
    first: int
    last: int
