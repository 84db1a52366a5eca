"""
What words say about how pleased a customer is, from word lists people can read.

A list is a file of ``lexicons``, one per language and one of emoji: words and phrases
under the weight they carry, and the words that turn, strengthen or weaken the next.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|\d+/\d+|[^\w\s]")
_SIGN = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_SQUEEZED = re.compile(r"(.)\1{2,}")

_KNOWN = 50_000
"""Words remembered; texts from outside may have any number of different ones."""

_REACH = 3
"""Words a "not" reaches."""

_TURNED = -0.75
"""What a turned word is worth: "not good" is not quite "bad"."""

_STRONGER, _WEAKER = 1.3, 0.6
_BEFORE_BUT, _AFTER_BUT = 0.8, 1.1

WEIGHTS = ("2", "1", "0.5", "-0.5", "-1", "-2")
"""The names weights have in a list."""


class Hit(NamedTuple):
    """A word or phrase found, and what it is worth where it stands."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """
    One language's list, ready to look words up in.

    Attributes:
        phrases: Weight by words, joined by one space.
        stems: Weight by beginning, for entries that end in ``*``.
        firsts: First words of phrases, and how many words the longest of them has.
        known: What single words were found to weigh; most texts use the same few.
    """

    phrases: Mapping[str, float]
    stems: Mapping[str, float]
    firsts: Mapping[str, int]
    turning: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]
    but: frozenset[str]
    known: dict[str, float] = field(default_factory=dict)

    def hits(self, tokens: Sequence[str]) -> list[Hit]:
        """What is found among the tokens, in order, weighed by what stands round it."""
        found: list[tuple[int, Hit]] = []
        turn = -1
        index = 0
        while index < len(tokens):
            long, weight = self._longest(tokens, index)
            if weight:
                words = " ".join(tokens[index : index + long])
                weight = self._round(weight, tokens, index, long)
                found.append((index, Hit(words, weight)))
            if self.but and tokens[index] in self.but:
                turn = index
            index += long
        if turn < 0:
            return [hit for _, hit in found]
        return [
            Hit(hit.words, hit.weight * (_BEFORE_BUT if at < turn else _AFTER_BUT))
            for at, hit in found
        ]

    def entry(self, words: str) -> str:
        """The entry words were found by, a stem ending in ``*``; "" for none."""
        if words in self.phrases:
            return words
        for end in range(len(words), max(2, words.rfind(" ")), -1):
            if words[:end] in self.stems:
                return f"{words[:end]}*"
        _, mark, after = words.partition("'")
        return self.entry(after) if mark and " " not in words else ""

    def _longest(self, tokens: Sequence[str], index: int) -> tuple[int, float]:
        """How many tokens the longest entry here takes, and its weight."""
        token = tokens[index]
        longest = self.firsts.get(token)
        if longest:
            for long in range(min(longest, len(tokens) - index), 1, -1):
                weight = self._weight(" ".join(tokens[index : index + long]))
                if weight:
                    return long, weight
        found = self.known.get(token)
        if found is None:
            found = self._weight(token)
            if not found and "'" in token:
                found = self._weight(token.partition("'")[2])
            if len(self.known) < _KNOWN:
                self.known[token] = found
        return 1, found

    def _weight(self, words: str) -> float:
        weight = self.phrases.get(words)
        if weight is not None:
            return weight
        # An ending is one of the last word.
        for end in range(len(words), max(2, words.rfind(" ")), -1):
            weight = self.stems.get(words[:end])
            if weight is not None:
                return weight
        return 0.0

    def _round(
        self, weight: float, tokens: Sequence[str], index: int, long: int
    ) -> float:
        """The weight as the words before and after change it."""
        before = tokens[max(0, index - _REACH) : index]
        # A face is made at the whole, never at a word before it.
        may_turn = tokens[index][0].isalpha() and tokens[index] not in self.turning
        if may_turn and not self.turning.isdisjoint(before):
            # What says little says nothing once it is turned.
            weight *= _TURNED if abs(weight) >= 1 else 0.0
        near = (*before[-1:], *tokens[index + long : index + long + 1])
        if not self.stronger.isdisjoint(near):
            return weight * _STRONGER
        if not self.weaker.isdisjoint(near):
            return weight * _WEAKER
        return weight


def signs(text: str) -> list[str]:
    """The emoji and signs of a text, which need no language."""
    return _SIGN.findall(text)


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, repeats squeezed, each emoji by itself."""
    plain = _SQUEEZED.sub(r"\1\1", text.casefold()).replace("’", "'")
    return _TOKEN.findall(plain)


@cache
def lexicon(language: str) -> Lexicon | None:
    """The list of a language, the emoji with it; None where there is none."""
    file = resources.files("triage.text") / "lexicons" / f"{language}.toml"
    if not file.is_file():
        return None
    told = tomllib.loads(file.read_text("utf-8"))
    signs = resources.files("triage.text") / "lexicons" / "emoji.toml"
    told_signs = tomllib.loads(signs.read_text("utf-8"))
    return _made(told, told_signs)


def languages() -> list[str]:
    """The languages there is a list of."""
    folder = resources.files("triage.text") / "lexicons"
    names = (file.name.removesuffix(".toml") for file in folder.iterdir())
    return sorted(name for name in names if name != "emoji")


def _made(told: Mapping[str, str], signs: Mapping[str, str]) -> Lexicon:
    phrases: dict[str, float] = {}
    stems: dict[str, float] = {}
    for name in WEIGHTS:
        for entry in (*entries(told.get(name, "")), *entries(signs.get(name, ""))):
            words = " ".join(tokens(entry.rstrip("*")))
            into = stems if entry.endswith("*") else phrases
            into[words] = float(name)
    return Lexicon(
        phrases=phrases,
        stems=stems,
        firsts=first_words((*phrases, *stems)),
        turning=frozenset(entries(told.get("not", ""))),
        stronger=frozenset(entries(told.get("very", ""))),
        weaker=frozenset(entries(told.get("little", ""))),
        but=frozenset(entries(told.get("but", ""))),
    )


def first_words(phrases: Iterable[str]) -> dict[str, int]:
    """First words of phrases, and how many words the longest of them has."""
    firsts: dict[str, int] = {}
    for entry in phrases:
        words = entry.split()
        if len(words) > 1:
            firsts[words[0]] = max(len(words), firsts.get(words[0], 0))
    return firsts


def entries(text: str) -> Iterator[str]:
    """What stands between commas, white space as one space."""
    for entry in text.split(","):
        if words := " ".join(entry.split()):
            yield words
