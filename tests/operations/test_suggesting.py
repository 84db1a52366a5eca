"""What a passage sounds like is said with its words, or not at all."""

from __future__ import annotations

import pytest

from triage.model import Sentiment
from triage.operations.suggesting import suggested


@pytest.mark.parametrize(
    ("quote", "language", "sounds", "word"),
    [
        ("Importing from Word is a mess.", "en", Sentiment.NEGATIVE, "mess"),
        ("I love it!", "", Sentiment.POSITIVE, "love"),
        ("Das ist leider schlecht", "de", Sentiment.NEGATIVE, "schlecht"),
        ("project-wide", "en", Sentiment.NEUTRAL, ""),
        ("500", "", Sentiment.NEUTRAL, ""),
    ],
)
def test_words_say_why(quote: str, language: str, sounds: Sentiment, word: str) -> None:
    """Without a word that says so nothing is suggested, whatever the sum is."""
    told = suggested(quote, language)
    assert told.sounds is sounds
    assert (word in " ".join(told.words)) if word else told.words == ()
    assert "." not in told.words
