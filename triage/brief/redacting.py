"""Texts without what tells who wrote them: addresses, numbers, names that are known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,255}")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\+?\d(?:[\s().\-/]?\d){6,}(?!\w)")
_SHORTEST = 3
"""Letters of a name that is looked for; shorter ones are parts of too much."""


class Redacting:
    """
    What is to be left out of texts; it finds what looks so, and no more than that.

    Args:
        people: Names of people; each word of one counts, written as it is.
        companies: Names of companies, each as a whole.
    """

    def __init__(
        self, people: Collection[str], companies: Collection[str] = ()
    ) -> None:
        named = [" ".join(name.split()) for name in (*people, *companies)]
        words = {word for name in people for word in name.split() if word.istitle()}
        self._whole = _any_of({name for name in named if name}, re.IGNORECASE)
        self._words = _any_of(words, 0)

    def __call__(self, text: str) -> str:
        """The text with a word in place of each."""
        shown = _LINK.sub("[link]", text)
        shown = _ADDRESS.sub("[address]", shown)
        shown = _NUMBER.sub("[number]", shown)
        for names in (self._whole, self._words):
            shown = names.sub("[name]", shown) if names else shown
        return shown


def _any_of(names: Iterable[str], flags: int) -> re.Pattern[str] | None:
    """Any of these as words of their own, the longest first."""
    kept = {name for name in names if len(name) >= _SHORTEST}
    told = "|".join(
        re.escape(name) for name in sorted(kept, key=lambda name: (-len(name), name))
    )
    return re.compile(rf"(?<!\w)(?:{told})(?!\w)", flags) if told else None
