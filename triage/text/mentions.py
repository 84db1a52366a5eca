"""
Where names stand in texts: whole words, however capitalised, and near spellings.

A near spelling differs from a name of five to seven letters by one letter, of eight and
more by two (optimal string alignment: a letter more, less, other, or two changed
round); shorter names have none. It begins with the same letter, is no everyday word,
and is written in far fewer texts than the name is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.text.everyday import everyday
from triage.text.plain import plain
from triage.text.words import fts_query

_UNSPACED = "[\u0e00-\u0eff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKED = re.compile("[\u0300-\u036f]")
_MARKS = "[\u0300-\u036f]*"
_SAYS = re.compile(
    r"\s*(?:['’]s|does|doesn|has|hasn|is|isn|was|can|cannot|lets|offers|handles|"
    r"already|costs|had|did|hat|ist|kann|macht|bietet)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:^|[.!?…:\n])[\s\"'“„*(-]*$")

_SHORTEST, _LONG = 5, 8
_BRIEF = 3
"""Letters up to which a name needs its capital as an everyday word does."""

_SHARE = 5
"""A near spelling is in at most one text for so many that have the name."""

Words = Callable[[str], Mapping[str, int]]
"""All words that begin with a letter, with how many texts each is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """
    One way a name is written.

    Attributes:
        words: Its words, as compared.
        is_near: Somebody mistyped it.
        as_written: The capitals it needs; "" where they do not matter.
    """

    name: str
    words: tuple[str, ...]
    is_near: bool = False
    as_written: str = ""

    @property
    def sought(self) -> str:
        """What full-text search is asked for."""
        return fts_query(" ".join(self.words), is_exact=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name in a text, from ``start`` to ``end``."""

    name: str
    start: int
    end: int
    is_near: bool = False


def spellings(name: str, others: Iterable[str], words: Words) -> tuple[Spelling, ...]:
    """
    How a name and its other names are written, near spellings among them.

    An everyday word counts with its capital alone; other names count however they are
    capitalised, for somebody listed them.
    """
    found: dict[tuple[str, ...], Spelling] = {}
    for given in (name, *others):
        is_own = given == name
        for parts in _ways(given):
            needs = is_own and len(parts) == 1 and _needs_capital(parts[0])
            one = Spelling(name=name, words=parts, as_written=name if needs else "")
            found.setdefault(parts, one)
            if not needs:
                for near in _near(parts, words):
                    found.setdefault(
                        near, Spelling(name=name, words=near, is_near=True)
                    )
    return tuple(found.values())


def _ways(given: str) -> Iterator[tuple[str, ...]]:
    """``Acme Pro`` is written acmepro as well; ``AcmePro`` also acme pro."""
    parts = tuple(_WORD.findall(plain(given)))
    if not parts:
        return
    yield parts
    if 1 < len(parts) <= 3 and not re.search(_UNSPACED, given):
        yield ("".join(parts),)
    humps = tuple(_WORD.findall(plain(_HUMP.sub(" ", given))))
    if humps != parts and min(map(len, humps)) > 2:
        yield humps


def _needs_capital(word: str) -> bool:
    is_brief = len(word) <= _BRIEF and not re.search(_UNSPACED, word)
    return is_brief or word in everyday()


def _near(parts: tuple[str, ...], words: Words) -> Iterator[tuple[str, ...]]:
    """The same with one of its words mistyped."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for place, part in enumerate(parts):
        if len(part) < _SHORTEST or re.search(_UNSPACED, part) or part in everyday():
            continue
        known = words(part[0])
        most = 2 if len(part) >= _LONG else 1
        often = max(1, known.get(part, 0) // _SHARE)
        for near, distance, _ in process.extract(
            part, list(known), scorer=OSA.distance, score_cutoff=most, limit=None
        ):
            is_word = near in everyday() or near.isdecimal()
            if distance and not is_word and known[near] <= often:
                yield (*parts[:place], near, *parts[place + 1 :])


class Names:
    """Finds mentions of several names in a text."""

    def __init__(self, spelt: Iterable[Spelling]) -> None:
        # What is near to one name may be the very name of another.
        surest_first = sorted(spelt, key=lambda one: one.is_near)
        once: dict[tuple[str, ...], Spelling] = {}
        for one in surest_first:
            once.setdefault(one.words, one)
        self._spelt = [(one, _pattern(one.words)) for one in once.values()]

    def mentions(self, text: str) -> list[Mention]:
        """Every mention, in order; the longest name where several stand."""
        folded = plain(text)
        # Marks of their own stand between letters; else a name's first word is there.
        is_marked = not folded.isascii() and bool(_MARKED.search(folded))
        found = [
            Mention(
                name=one.name, start=match.start(), end=match.end(),
                is_near=one.is_near,
            )
            for one, pattern in self._spelt
            if is_marked or one.words[0] in folded
            for match in pattern.finditer(folded)
            if _is_meant(one, text, *match.span())
        ]  # fmt: skip
        if len(found) < 2:
            return found
        longest_first = sorted(found, key=lambda one: (one.start, -one.end))
        kept = longest_first[:1]
        for one in longest_first[1:]:
            if one.start >= kept[-1].end:
                kept.append(one)
        return kept


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    spelt = r"[\W_]{1,3}".join(
        "".join(re.escape(char) + _MARKS for char in word) for word in words
    )
    start = "" if re.match(_UNSPACED, words[0]) else r"(?<!\w)"
    end = "" if re.match(_UNSPACED, words[-1][-1]) else r"(?!\w)"
    return re.compile(f"{start}{spelt}{end}")


def _is_meant(one: Spelling, text: str, start: int, end: int) -> bool:
    """Whether an everyday word is the name here: by its capital, within a sentence."""
    if not one.as_written:
        return True
    said = text[start:end]
    is_all_capitals = len(said) > 1 and said.isupper() and not one.as_written.isupper()
    if not said[:1].isupper() or is_all_capitals:
        return said == one.as_written and not said.islower()
    begins = _BEFORE.search(text[max(0, start - 12) : start]) is not None
    return not begins or _SAYS.match(text[end : end + 20]) is not None
