"""What a passage sounds like, as word lists read it: offered, never set by itself."""

from __future__ import annotations

import string
from dataclasses import dataclass

from triage.model import Sentiment
from triage.research import Feeling
from triage.text.feelings import SIGN, feeling
from triage.text.language import language as read_language
from triage.text.sentiment import sentiment

_SOUNDS = {-1: Sentiment.NEGATIVE, 0: Sentiment.NEUTRAL, 1: Sentiment.POSITIVE}
_STOPS = set(string.punctuation + " …")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """
    A suggestion for a passage.

    Attributes:
        sounds: Pleased or displeased; neutral where words tell of neither.
        feeling: Which feeling; None where words tell of none in particular.
        intensity: 1 to 3; 0 without a feeling.
        words: The words that say so, the strongest first.
    """

    sounds: Sentiment
    feeling: Feeling | None = None
    intensity: int = 0
    words: tuple[str, ...] = ()


def suggested(quote: str, language: str = "") -> Suggested:
    """What this passage sounds like; ``language`` chooses the words it is read by."""
    language = language or read_language(quote)[0]
    told = feeling(quote, language)
    if told is not None:
        return Suggested(
            sounds=_SOUNDS[SIGN[told.feeling]],
            feeling=told.feeling,
            intensity=told.intensity,
            words=told.words,
        )
    mood = sentiment(quote, language)
    # A word said twice is told once; where none says so, neither does the sum of them.
    said = dict.fromkeys(
        hit.words
        for hit in mood.why
        if (hit.weight > 0) == (mood.score > 0)
        # A full stop weighs something, too, and tells nobody anything.
        and not set(hit.words) <= _STOPS
    )
    sounds = mood.label if said else Sentiment.NEUTRAL
    is_neutral = sounds is Sentiment.NEUTRAL
    return Suggested(sounds=sounds, words=() if is_neutral else tuple(said))
