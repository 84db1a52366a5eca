"""Long lists of words, written as running text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """Return the words between white space."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases between bars, in order."""
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


def folded(text: str) -> str:
    """Return a line as lists compare it: case and accents taken off."""
    said = text.strip().casefold()
    if said.isascii():
        return said
    apart = unicodedata.normalize("NFKD", said)
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", bare)


def spelt(said: Iterable[str]) -> frozenset[str]:
    """Return phrases as ``folded`` lines are compared with them."""
    return frozenset(map(folded, said))
