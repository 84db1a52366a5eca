"""Long lists of words, written as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words between white space."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases between bars, in order."""
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))
