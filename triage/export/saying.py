"""Finds what somebody said in another text, whatever became of lines and signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

RUN = 30
"""Letters in a row that are somebody's words, some seven words; fewer are anybody's."""

_LEAST = 15
"""Letters of a short text that is looked for whole."""


class Saying:
    """Words that are looked for letter by letter: signs and spaces are passed over."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: dict[int, set[str]] = defaultdict(set)
        for text in texts:
            letters, _ = _letters(text)
            length = min(RUN, len(letters))
            if length >= _LEAST:
                self._runs[length].update(
                    letters[at : at + length] for at in range(len(letters) - length + 1)
                )

    def __bool__(self) -> bool:
        return bool(self._runs)

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
        if not self._runs:
            return []
        letters, places = _letters(text)
        found: list[tuple[int, int]] = []
        for length, runs in self._runs.items():
            found += (
                (at, at + length)
                for at in range(len(letters) - length + 1)
                if letters[at : at + length] in runs
            )
        joined: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return [(places[start], places[end - 1] + 1) for start, end in joined]


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
