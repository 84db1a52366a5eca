"""A dashboard as a value: tiles, each with a figure and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Weeks:
    """
    Counts by week, oldest first.

    Attributes:
        values: None where nothing can be said of a week: its source was not read.
        parts: As many of each are of a kind that stands out; none where none is.
    """

    mondays: tuple[date, ...]
    values: tuple[int | None, ...]
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """
    A value with its interval.

    Attributes:
        said: The value as people read it, with its n.
        value: None where it is too few to say.
        interval: None where there is none.
    """

    name: str
    said: str
    value: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Ranges:
    """Values on one scale, from ``low`` to ``high``."""

    rows: tuple[Range, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """
    Something named, with how much of it there is.

    Attributes:
        said: What is told of it, in a few words.
        share: 0 to 1, for a bar; None for none.
        stands_out: Whether somebody should look at it.
    """

    name: str
    said: str
    share: float | None = None
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Some of a list, the weightiest first; ``more`` were left out."""

    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """A competitor on a map; ``said`` tells of how many people."""

    x: float
    y: float
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Spots:
    """A map whose middle is us; both axes go from -1 to 1."""

    across: str
    up: str
    spots: tuple[Spot, ...]


Figure = Weeks | Ranges | Rows | Spots


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """
    One thing that is shown.

    Attributes:
        name: Its name in ``--json``; the same for ever.
        said: All of it in a sentence, with n; also what there is where there is none.
        notes: How it was counted and what is not in it.
        figure: None where a sentence says it all.
        area: The area of the app that tells more; "" for none.
        command: The command that does.
    """

    name: str
    title: str
    said: str
    notes: tuple[str, ...] = ()
    figure: Figure | None = None
    area: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """
    What was counted in some weeks up to a moment.

    Attributes:
        weeks: How many, the one that runs included.
        query: What it was narrowed to, as a person typed it; "" for all.
    """

    at: datetime
    weeks: int
    query: str
    tiles: tuple[Tile, ...]
