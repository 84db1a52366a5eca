"""How sure is sure enough: to group without asking, and to be worth showing."""

from __future__ import annotations

from dataclasses import dataclass

GROUPED = 92.0
"""Sameness from which two feedback may come together without asking: 2.4 log-odds."""

SUGGESTED = 20.0
"""Sameness from which a match is worth showing a person: perhaps the same."""

ABOUT = 30.0
"""Likeness from which two texts may be about the same thing, in other words."""

ALIKE = 91.0
"""The most that being about the same can score: just below ``GROUPED``."""


@dataclass(frozen=True, slots=True)
class Level:
    """
    How sure one must be to put feedback together without asking.

    Attributes:
        link: Least sameness of the link two parts meet by.
        mean: Least mean of all links known between them: no chains of friends.
    """

    link: float
    mean: float


DEFAULT = Level(link=GROUPED, mean=72.0)
STRICT = Level(link=96.0, mean=88.0)
"""For those who would rather merge by hand than take one wrong merge apart."""
