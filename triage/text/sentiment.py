"""
How pleased a customer sounds: from the rating where there is one, else from the words.

Words are weighed by a list a person can read (``lexicons``); for the languages the
weights were learnt in, every word and pair of words adds what it was found to mean.
The sum of what is printed as the reason is the score.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from triage.model import Sentiment
from triage.text.lexicon import Hit, lexicon, signs, tokens
from triage.text.sentiment_weights import (
    LEXICON_ALONE,
    Weights,
    share,
    shipped,
    slots,
)

_READ = 600
"""Characters weighed: how pleased a text of a million is, its beginning says."""

_NEUTRAL = 0.02
"""A score this near to zero says neither."""

_MUCH, _UNPRAISED = 8, -0.02
"""
Words from which a text that neither praises nor blames leans to a complaint, and its
odds: enough to tell on which side of the middle it is, too little to call it anything.

Counted on English and French reviews; shorter ones are of either side.
"""

_WHY = 5

_READ_AS = {"ms": "id"}
"""Languages near enough to another to be read by its list."""

_SCALE = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Mood:
    """
    How pleased a text sounds, and why.

    Attributes:
        score: -1 (furious) to 1 (delighted).
        why: The words that moved the score most, each with what it added to the
            log-odds; none where the rating decided.
    """

    score: float
    why: tuple[Hit, ...] = ()

    @property
    def label(self) -> Sentiment:
        """The score in a word."""
        return label(self.score)


def label(score: float) -> Sentiment:
    """A score from -1 to 1 in a word."""
    if abs(score) < _NEUTRAL:
        return Sentiment.NEUTRAL
    return Sentiment.POSITIVE if score > 0 else Sentiment.NEGATIVE


def of_rating(rating: float | None, scale: str) -> float | None:
    """
    A rating on its scale ("1-5") as -1 to 1; the middle is 0.

    None without a rating, or where no scale says what it is out of.
    """
    ends = _SCALE.fullmatch(scale)
    if rating is None or ends is None:
        return None
    low, high = float(ends[1]), float(ends[2])
    if low >= high or not low <= rating <= high:
        return None
    return round((rating - low) / (high - low) * 2 - 1, 3)


def sentiment(
    text: str,
    language: str = "",
    rating: float | None = None,
    scale: str = "",
    *,
    reasons: bool = True,
) -> Mood:
    """
    How pleased the one who said this sounds; ``language`` chooses the words.

    Without ``reasons`` the words that say so are not sorted out.
    """
    rated = of_rating(rating, scale)
    if rated is not None:
        return Mood(rated)
    weights = shipped()
    if not reasons:
        return Mood(score(text, language, weights))
    parts = weighed(text, language, weights)
    named = [hit for hit in parts if hit.words]
    strongest = sorted(named, key=lambda hit: -abs(hit.weight))[:_WHY]
    return Mood(_squeezed(sum(hit.weight for hit in parts)), tuple(strongest))


def score(text: str, language: str, weights: Weights) -> float:
    """How pleased a text sounds, -1 to 1: the sum of what its words add, squeezed."""
    said, hits = _found(text, language)
    if language not in weights.languages:
        return _squeezed(sum(hit.weight for hit in _alone(said, hits)))
    if not said:
        return 0.0
    listed = sum(hit.weight for hit in _listed(hits, weights.listed))
    return _squeezed(weights.start + listed + weights.total(said))


def weighed(text: str, language: str, weights: Weights) -> list[Hit]:
    """What each word of a text adds to the log-odds that its writer is pleased."""
    said, hits = _found(text, language)
    if language not in weights.languages:
        return _alone(said, hits)
    if not said:
        return []
    start = Hit("", weights.start)
    return [start, *_listed(hits, weights.listed), *weights.of(said)]


def _squeezed(odds: float) -> float:
    """Log-odds of being pleased as a score from -1 to 1."""
    return round(math.tanh(odds / 2), 3)


def _found(text: str, language: str) -> tuple[list[str], list[Hit]]:
    """The words of a text and those listed; without a list, emoji are understood."""
    listed = lexicon(_READ_AS.get(language, language))
    if listed is not None:
        said = tokens(text[:_READ])
        return said, listed.hits(said)
    said = signs(text[:_READ])
    emoji = lexicon("emoji") if said else None
    return said, emoji.hits(said) if emoji else []


def _alone(said: Sequence[str], hits: Sequence[Hit]) -> list[Hit]:
    """What listed words say where nothing was learnt; without any, how much is said."""
    if not hits:
        return [Hit("", _UNPRAISED)] if len(said) >= _MUCH else []
    *listed, start = LEXICON_ALONE
    return [Hit("", start), *_listed(hits, (listed[0], listed[1]))]


def _listed(hits: Sequence[Hit], listed: tuple[float, float]) -> list[Hit]:
    """The words of the list: by their share of what was said, the first once more."""
    if not hits:
        return []
    balance, opening = listed
    total = 1 + sum(abs(hit.weight) for hit in hits)
    parts = [Hit(hit.words, balance * hit.weight / total) for hit in hits]
    first = hits[0]
    parts[0] = Hit(first.words, parts[0].weight + opening * math.tanh(first.weight))
    return parts


def features(text: str, language: str) -> tuple[float, float, dict[int, float]]:
    """
    What weights are learnt on: balance and opening of the listed words, and the slots.

    Balance is -1 to 1, opening is -1 to 1; slots are those of words and pairs, each
    with its share.
    """
    said, hits = _found(text, language)
    total = 1 + sum(abs(hit.weight) for hit in hits)
    balance = sum(hit.weight for hit in hits) / total
    opening = math.tanh(hits[0].weight) if hits else 0.0
    shares: dict[int, float] = {}
    for kind in slots(said):
        for slot in kind:
            shares[slot] = shares.get(slot, 0.0) + share(kind)
    return balance, opening, shares
