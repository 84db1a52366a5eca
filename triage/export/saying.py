"""Finds what somebody said in another text, whatever became of lines and signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

RUN = 30
"""Letters in a row that are somebody's words, some seven words; fewer are anybody's."""

_LEAST = 15
"""Letters of a short text that is looked for whole."""

_BLOCK = RUN // 2
"""Every so many letters a text is known by as many: each run of ``RUN`` holds such."""


_SAME = 16
"""Places of one block that are kept: a page of one letter has no other."""


class Saying:
    """Words that are looked for letter by letter: signs and spaces are passed over."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._said: list[str] = []
        self._blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for text in dict.fromkeys(texts):
            letters, _ = _letters(text)
            if len(letters) < _LEAST:
                continue
            for at in range(0, len(letters) - _BLOCK + 1, _BLOCK):
                places = self._blocks[letters[at : at + _BLOCK]]
                if len(places) < _SAME:
                    places.append((len(self._said), at))
            self._said.append(letters)

    def __bool__(self) -> bool:
        return bool(self._said)

    def is_in(self, text: str) -> bool:
        """Whether any of it stands there."""
        return bool(self._spans(text))

    def without(self, text: str, instead: str) -> str:
        """The text with this in place of whatever of it stands there."""
        told, upto = "", 0
        for start, end in self._spans(text):
            told += text[upto:start] + instead
            upto = end
        return told + text[upto:]

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands, in characters; runs that touch are one."""
        if not self._said:
            return []
        letters, places = _letters(text)
        joined: list[tuple[int, int]] = []
        for start, end in sorted(self._runs(letters)):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return [(places[start], places[end - 1] + 1) for start, end in joined]

    def _runs(self, letters: str) -> Iterator[tuple[int, int]]:
        """Each run long enough, as far as it goes both ways; in letters."""
        for at in range(len(letters) - _BLOCK + 1):
            for which, where in self._blocks.get(letters[at : at + _BLOCK], ()):
                said = self._said[which]
                start, end = _both_ways(letters, at, said, where)
                if end - start >= min(RUN, len(said)):
                    yield start, end


def _both_ways(letters: str, at: int, said: str, where: int) -> tuple[int, int]:
    back = 0
    while min(at, where) > back and letters[at - back - 1] == said[where - back - 1]:
        back += 1
    on = _BLOCK
    while (
        at + on < len(letters)
        and where + on < len(said)
        and letters[at + on] == said[where + on]
    ):
        on += 1
    return at - back, at + on


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, folded, and where each stood."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isalnum():
            # What is folded may be several letters: ß.
            for letter in sign.casefold():
                letters.append(letter)
                places.append(place)
    return "".join(letters), places
