"""How sure we are that two texts say the same, in points a person can check."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from triage.grouping.bands import ABOUT, ALIKE, GROUPED, SUGGESTED
from triage.grouping.comparing import FIGURES, Comparison, compare, glance
from triage.grouping.normalize import tokens
from triage.grouping.overlap import Side
from triage.grouping.swapping import Swaps
from triage.grouping.tables import Tables, shipped
from triage.grouping.texts import Floats, Ints, Texts

FEWEST = 3
"""A text of fewer different words says too little to be *like* another; only equal."""

_SLICE = 4_000
"""Pairs compared at a time; for each some kilobytes are held where texts are long."""

_SUGGESTIONS = 3
"""Matches kept of a text that are only alike; a person is shown no more."""

_SHOWN = 40
"""Words of each kind shown with a match."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """
    How sure each pair is.

    Attributes:
        sameness: How sure it is that both say the same in nearly the same words, 0 to
            100.
        likeness: How much they are about the same, in whatever words (IDF cosine), 0
            to 100.
        covering: How much of the fuller text the other says too, 0 to 100.
    """

    sameness: Floats
    likeness: Floats
    covering: Floats

    @property
    def score(self) -> Floats:
        """
        What a match is kept and shown with, 0 to 100.

        Who is sure to say the same is shown by that. All others are ranked by how much
        they are about the same, and how much of it: of two paraphrases and a text that
        says something more, the paraphrases come first. Alike is never as good as the
        same, and ends where grouping begins.
        """
        alike = np.minimum((self.likeness + self.covering) / 2, ALIKE)
        return np.where(self.sameness >= GROUPED, self.sameness, alike).round(2)


def score(
    texts: Texts,
    left: Ints,
    right: Ints,
    weight: Floats,
    tables: Tables | None = None,
    tell: Callable[[float], None] = lambda _: None,
) -> Scores:
    """
    Score pairs of texts; the same from either side.

    Args:
        left: Index of each pair's left text; ``right`` likewise.
        weight: What each of ``texts.terms`` tells.
        tables: What to score by; those shipped, unless another is tried.
        tell: Told now and then how much is done, 0 to 1.
    """
    tables = tables or shipped()
    alike, covering = np.zeros(len(left)), np.zeros(len(left))
    sure = np.zeros(len(left))
    for start in range(0, len(left), _SLICE):
        tell(start / len(left))
        some = slice(start, start + _SLICE)
        ours, theirs = left[some], right[some]
        alike[some], covering[some], able = glance(texts, ours, theirs, weight)
        worth = np.flatnonzero(able)
        found = compare(texts, ours[worth], theirs[worth], weight)
        odds = tables.total(tables.points(found.figures))
        sure[start + worth] = sameness(odds)
        covering[start + worth] = found.figures["covering"]
    return Scores(sure, (100 * alike).round(2), (100 * covering).round(2))


def sameness(odds: Floats) -> Floats:
    """Log-odds as 0 to 100."""
    return np.asarray((100 / (1 + np.exp(-odds))).round(2))


def worth_keeping(scores: Scores, *ends: Ints) -> Ints:
    """
    Indices of every pair near enough to group by, and of the likest few others.

    Args:
        ends: One or both texts of each pair; of each, so many suggestions are kept.
    """
    near = scores.sameness >= SUGGESTED
    about = np.flatnonzero(~near & (scores.likeness >= ABOUT))
    kept = [np.flatnonzero(near)]
    for end in ends:
        ordered = about[np.lexsort((-scores.likeness[about], end[about]))]
        rank = np.arange(len(ordered)) - np.searchsorted(end[ordered], end[ordered])
        kept.append(ordered[rank < _SUGGESTIONS])
    return np.unique(np.concatenate(kept))


def reasons(
    texts: Texts, left: Ints, right: Ints, weight: Floats
) -> list[dict[str, Any]]:
    """What there is to show of each pair: words, figures, points, what is missing."""
    tables = shipped()
    found = compare(texts, left, right, weight)
    points = tables.points(found.figures)
    odds = tables.total(points)
    _, covering, worth_it = glance(texts, left, right, weight)
    scores = Scores(
        np.where(worth_it, sameness(odds), 0.0),
        (100 * found.likeness).round(2),
        (100 * np.where(worth_it, found.figures["covering"], covering)).round(2),
    )
    swaps = _by_pair(found.between, texts)
    told = []
    for pair in range(len(left)):
        worth = {name: round(float(points[name][pair]), 2) for name in FIGURES}
        told.append(
            {
                **_words(found, texts, pair),
                "swapped": swaps.get(pair, []),
                "figures": {
                    name: round(float(found.figures[name][pair]), 3) for name in FIGURES
                },
                "points": {"start": tables.start, **worth},
                "odds": round(float(odds[pair]), 2),
                "score": float(scores.score[pair]),
                "sameness": float(sameness(odds[pair])),
                "likeness": round(100 * float(found.likeness[pair]), 2),
                "changes": _changes(worth, float(odds[pair]), tables),
                "version": tables.version,
            }
        )
    return told


def _words(found: Comparison, texts: Texts, pair: int) -> dict[str, Any]:
    ours, theirs = found.ours, found.theirs
    mine, yours = _said(ours, texts, pair), _said(theirs, texts, pair)
    meant = []
    partner = {met: word for word, met in yours if met >= 0}
    for word, met in mine:
        if met >= 0 and partner.get(met, word) != word:
            meant.append([word, partner[met]])
    return {
        "shared": [word for word, met in mine if met >= 0][:_SHOWN],
        "meant": meant[:_SHOWN],
        "left": [word for word, met in mine if met < 0][:_SHOWN],
        "right": [word for word, met in yours if met < 0][:_SHOWN],
    }


def _said(side: Side, texts: Texts, pair: int) -> list[tuple[str, int]]:
    """Each different word of one side, as the text has it, and what it meets."""
    text = int(side.text[pair])
    first = int(side.bounds[pair])
    begin, end = int(texts.starts[text]), int(texts.starts[text + 1])
    own = texts.place[begin:end] - texts.bounds[text]
    said: dict[str, int] = {}
    for word, at in zip(tokens(texts.normal[text]), own.tolist(), strict=True):
        said.setdefault(word, int(side.met[first + at]))
    return list(said.items())


def _by_pair(swaps: Swaps, texts: Texts) -> dict[int, list[list[str]]]:
    """The words of each swap, by pair."""
    found: dict[int, list[list[str]]] = {}
    for at, pair in enumerate(swaps.pair.tolist()):
        found.setdefault(pair, []).append(
            [
                _run(texts, int(swaps.left[at]), int(swaps.left_length[at])),
                _run(texts, int(swaps.right[at]), int(swaps.right_length[at])),
            ]
        )
    return found


def _run(texts: Texts, start: int, length: int) -> str:
    text = int(np.searchsorted(texts.starts, start, "right")) - 1
    begin = start - int(texts.starts[text])
    return " ".join(tokens(texts.normal[text])[begin : begin + length])


def _changes(
    worth: Mapping[str, float], odds: float, tables: Tables
) -> list[dict[str, Any]]:
    """
    The fewest figures that would turn the verdict, those with most room first.

    Of a pair apart, what takes points and what gives too few; of a pair that is
    grouped, what it hangs by. Empty where nothing would.
    """
    needed = math.log(GROUPED / (100 - GROUPED)) - odds
    room = {
        name: (max if needed > 0 else min)(tables.tables[name].points) - now
        for name, now in worth.items()
    }
    found = []
    for name in sorted(room, key=lambda name: -abs(room[name])):
        if needed * room[name] <= 0:
            break
        says = FIGURES[name]
        found.append({"figure": name, "says": says, "room": round(room[name], 2)})
        if abs(room[name]) >= abs(needed):
            return found
        needed -= room[name]
    return []
