"""
How many people use which words: each once, whatever they send again.

A text that somebody else sent word for word before is a form, and counts once for all
who sign it, unless it is too short to have been copied.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from triage.grouping.normalize import tokens

FORM = 8
"""Words from which two texts are not alike by chance."""

_UNSPACED = "\u0e00"
"""From here on scripts are written without spaces; their terms are pairs already."""


class Told(NamedTuple):
    """
    One text.

    Attributes:
        number: Of its feedback.
        person: Who counts as one.
        normal: The text, normalised.
        unwanted: Words that tell of nothing in its language.
        names: Of its author, and of those who answer.
    """

    number: int
    person: int
    normal: str
    unwanted: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    What some texts say.

    Attributes:
        people: How many people use each word or phrase of two.
        n: How many people there are.
        texts: How many texts were counted.
    """

    people: Counter[str]
    n: int
    texts: int


def phrases(
    normal: str,
    unwanted: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
) -> set[str]:
    """
    The words of a normalised text, and the pairs of words that follow each other.

    Left out are words of one letter, numbers, names and what is unwanted, and with them
    the pairs they are in.

    >>> sorted(phrases("the dark mode flickers", frozenset({"the"})))
    ['dark', 'dark mode', 'flickers', 'mode', 'mode flickers']
    """
    found: set[str] = set()
    before = ""
    for word in tokens(normal):
        if word in unwanted or word in names or len(word) < 2 or word.isdigit():
            before = ""
            continue
        found.add(word)
        if before:
            found.add(f"{before} {word}")
        before = word if word < _UNSPACED else ""
    return found


def spoken(texts: Iterable[Told]) -> Spoken:
    """What people say in these texts, in whatever order they are."""
    by_person: dict[int, list[Told]] = defaultdict(list)
    forms: set[str] = set()
    many = 0
    for one in sorted(texts):
        many += 1
        theirs = by_person[one.person]
        if one.normal.count(" ") + 1 >= FORM:
            if one.normal in forms:
                continue
            forms.add(one.normal)
        theirs.append(one)
    people: Counter[str] = Counter()
    for theirs in by_person.values():
        if len(theirs) == 1:
            people.update(phrases(*theirs[0][2:]))
        else:
            people.update(set().union(*(phrases(*one[2:]) for one in theirs)))
    return Spoken(people, len(by_person), many)


def saying(texts: Iterable[Told], words: str, limit: int) -> tuple[int, ...]:
    """Numbers of the first of these texts that have these words in them."""
    found: list[int] = []
    wanted = words if words >= _UNSPACED else f" {words} "
    for one in texts:
        if wanted in f" {one.normal} ":
            found.append(one.number)
            if len(found) == limit:
                break
    return tuple(found)
