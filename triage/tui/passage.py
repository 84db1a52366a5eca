"""What a reading pane is made of, and which words in it stand out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from triage.text.plain import plain

# Compiled where it is first used: so many characters take longer than a key may.
_UNSPACED = "[\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_WORD = re.compile(r"\w+")

_SEARCHED = 65_536
"""Characters looked through for words to mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    A run of text in one style.

    Attributes:
        style: title, dim, text, head, note, quoted or good.
        origin: Where it begins in the feedback's text; None where it is not part of it.
        telling: Words to mark in it, in lower case.
        sought: Beginnings of words that were searched for, as ``sought`` gives them.
        indent: Cells left free at its left.
        gap: Empty lines before it.
        brief: Whether it has one line, cut where there is no room.
        asks: The action a click on it asks for; "" where it asks for none.
    """

    text: str
    style: str = "text"
    origin: int | None = None
    telling: frozenset[str] = frozenset()
    sought: frozenset[str] = frozenset()
    indent: int = 0
    gap: int = 0
    brief: bool = False
    asks: str = ""


def told_in(shared: Iterable[str], text: str) -> frozenset[str]:
    """Words that two texts share, as compared, the way this text writes them."""
    words = list(shared)
    compared = {plain(word) for word in words}
    found = {
        word for word in _WORD.findall(text[:_SEARCHED]) if plain(word) in compared
    }
    # Where nothing stands between words, they are found as they were compared.
    found.update(word for word in words if not word.isascii())
    return frozenset(word.casefold() for word in found)


@lru_cache(64)
def finder(telling: frozenset[str]) -> re.Pattern[str]:
    """Finds these words, whole in alphabets and anywhere in scripts without spaces."""
    parts = [
        re.escape(word) if re.search(_UNSPACED, word) else rf"\b{re.escape(word)}\b"
        for word in sorted(telling, key=len, reverse=True)
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


def sought(text: str) -> frozenset[str]:
    """The words of a search as ``Passage.sought`` keeps them: no case, no accents."""
    return frozenset(_WORD.findall(plain(text[:512]))[:32])


def places(words: frozenset[str], text: str) -> Iterator[tuple[int, int]]:
    """
    Where words stand in a text that begin like one sought, start and end.

    As search compares them: without case and accents; in scripts without spaces,
    anywhere.
    """
    if words:
        for match in _beginning(words).finditer(plain(text)):
            yield match.span()


@lru_cache(64)
def _beginning(words: frozenset[str]) -> re.Pattern[str]:
    parts = [
        re.escape(word) if re.search(_UNSPACED, word) else rf"\b{re.escape(word)}\w*"
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(parts))
