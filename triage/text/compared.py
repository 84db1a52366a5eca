"""
What a sentence says of a competitor beside us: rules with the words that gave it.

Rules are patterns over the sentence in lower case, the competitor's name written §
and any other competitor's ¤, in a file of ``comparisons`` for each language; the first
that holds decides. A question says nothing, unless it asks why we do not do what they
do. A language without a file says nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from triage.research import Stance
from triage.text.mentions import Mention
from triage.text.sentiment import sentiment

NAMED, OTHER = "§", "¤"
"""What stands for the competitor asked about, and for any other."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    What words suggest about a competitor.

    Attributes:
        words: Those that say so, as the rule caught them.
    """

    stance: Stance
    words: str


_NOTHING, _SOUNDS, _OF_US = "nothing", "sounds", "sounds of us"


def suggestion(sentence: str, language: str = "en") -> Suggestion | None:
    """
    What a sentence says of the competitor written §; None where it says nothing.

    Args:
        sentence: In any capitals, with § for the name and ¤ for others.
    """
    told = sentence.casefold()
    needed, rules = _rules(language)
    said = {one for one in needed if one in told}
    for says, pattern, needs in rules:
        if needs and needs.isdisjoint(said):
            continue
        # Compiled where it is first needed, and kept by ``re``.
        match = re.search(pattern, told)
        if match is None:
            continue
        if says == _NOTHING:
            return None
        stance = (
            _sounding(match[match.lastindex or 0], language, of_us=says == _OF_US)
            if says in {_SOUNDS, _OF_US}
            else Stance(says)
        )
        if stance is not None:
            return Suggestion(stance, " ".join(match.group().split()))
    return None


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence, from ``start`` to ``end`` of a text, and what it suggests."""

    start: int
    end: int
    suggestion: Suggestion


def in_text(
    text: str, mentions: Sequence[Mention], name: str, language: str = ""
) -> Iterator[Compared]:
    """
    What the sentences of a text that name a competitor suggest about it.

    Args:
        mentions: Where competitors stand in the text, in order.
        language: What the text is in; one that is not known is taken for English.
    """
    seen = -1
    for mention in mentions:
        if mention.name != name or mention.start < seen:
            continue
        start, end = _sentence(text, mention.start, mention.end)
        seen = end
        told = suggestion(_named(text, start, end, mentions, name), language or "en")
        if told is not None:
            yield Compared(start, end, told)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence round a place, without spaces at its ends, no longer than a few."""
    before = text[max(0, start - _REACH) : start]
    ends = [match.end() for match in _END.finditer(before)]
    first = start - len(before) + (ends[-1] if ends else 0)
    after = _END.search(text, end, end + _REACH)
    last = after.end() if after else min(len(text), end + _REACH)
    piece = text[first:last]
    return first + len(piece) - len(piece.lstrip()), last - (
        len(piece) - len(piece.rstrip())
    )


def _named(
    text: str, start: int, end: int, mentions: Sequence[Mention], name: str
) -> str:
    """The sentence with § for this competitor and ¤ for the others."""
    parts, place = [], start
    for one in mentions:
        if start <= one.start and one.end <= end and one.start >= place:
            parts += [text[place : one.start], NAMED if one.name == name else OTHER]
            place = one.end
    return "".join((*parts, text[place:end]))


def _sounding(words: str, language: str, *, of_us: bool) -> Stance | None:
    """Whether these praise or blame."""
    score = sentiment(words, language, reasons=False).score
    if abs(score) < _CLEAR:
        return None
    return Stance.BETTER if (score > 0) != of_us else Stance.WORSE


_PART = re.compile(r"<([a-z]+)>")
_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|\n")
_REACH = 300
"""Characters of a sentence read before a name, and after it."""

_CLEAR = 0.15
"""A score from which words are taken to praise or to blame."""


@cache
def _rules(
    language: str,
) -> tuple[frozenset[str], tuple[tuple[str, str, frozenset[str]], ...]]:
    """
    Rules of a language; none where it has no file.

    Returns:
        All that any rule needs, and of each what it says, its pattern and its needs.
    """
    path = resources.files("triage.text") / "comparisons" / f"{language}.toml"
    if not language.isalpha() or not path.is_file():
        return frozenset(), ()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = told["parts"]

    def filled(pattern: str) -> str:
        return _PART.sub(lambda match: filled(parts[match[1]]), pattern)

    rules = tuple(
        (rule["says"], filled(rule["pattern"]), frozenset(rule.get("needs", ())))
        for rule in told["rules"]
    )
    return frozenset().union(*(needs for _, _, needs in rules)), rules
