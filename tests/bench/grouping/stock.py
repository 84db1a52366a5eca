"""Any number of texts out of some real ones, whose vocabulary goes on growing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from random import Random

from triage.grouping.normalize import normalize, tokens

# Words; of a script written without spaces, a few characters at a time.
_UNSPACED = r"\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff"
_PIECE = re.compile(rf"[{_UNSPACED}]{{1,4}}|[^\s{_UNSPACED}]+")

_SYLLABLES = ("ba", "ko", "ri", "mu", "se", "ta", "lo", "ni", "pe", "du", "va", "go")


class Stock:
    """
    The real texts first, then small parts of a few of them put together.

    Real vocabularies grow like K·n^β over n texts (Heaps 1978). Parts of old texts hold
    no new words, so words are made at the rate K and β of the real ones ask for; else
    every word becomes common, which real ones do not. The text with a number is always
    the same, so a stock can be drawn from where it was left.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        half, whole = _vocabularies(texts)
        self._power = math.log2(whole / half)
        self._scale = whole / len(texts) ** self._power

    def texts(self, start: int, end: int) -> Iterator[str]:
        """The texts numbered from ``start`` to before ``end``."""
        for number in range(start, end):
            if number < len(self._texts):
                yield self._texts[number]
            else:
                yield self._recombined(number)

    def _recombined(self, number: int) -> str:
        chance = Random(number)
        words: list[str] = []
        # Longer parts make every text a near copy of others, which real ones are not.
        for _ in range(chance.randint(2, 7)):
            pieces = _PIECE.findall(chance.choice(self._texts))
            at = chance.randrange(max(1, len(pieces) - 2))
            words += pieces[at : at + chance.randint(2, 6)]
        wanted = self._power * self._scale * number ** (self._power - 1)
        for _ in range(int(wanted + chance.random())):
            at = chance.randrange(len(words) or 1)
            start = words[at][:3] if words else ""
            words[at : at + 1] = [start + "".join(chance.choices(_SYLLABLES, k=4))]
        return " ".join(words)


def _vocabularies(texts: Sequence[str]) -> tuple[int, int]:
    """How many different terms half of the texts have, and all of them."""
    seen: set[str] = set()
    half = 0
    for number, text in enumerate(texts):
        if number == len(texts) // 2:
            half = len(seen)
        seen.update(tokens(normalize(text)))
    return max(half, 1), max(len(seen), 2)
