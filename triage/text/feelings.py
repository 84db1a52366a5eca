"""
Which feeling a short quote tells of, where its words say so; never a guess.

A list is a file of ``feeling_words``, one per language and one of emoji; ``en.toml``
says at its top how it is made. What turns, strengthens and weakens a word is what the
``lexicons`` of sentiment say. A person sets feelings; this only suggests one.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from triage.research import Feeling
from triage.text.language import language as spoken
from triage.text.lexicon import Hit, Lexicon, entries, first_words, lexicon, tokens
from triage.text.sentiment import sentiment

_READ = 600
"""Characters read: a quote is short, and a feeling of an essay is several."""

_CLAUSE = re.compile(r"[.!?;:…\n]+")
"""Where a "not" ends."""

_REACH = 5
"""Words behind which a "not" still turns, where it stands behind."""

_PLAIN, _STRONG = 1.0, 2.0

_LITTLE, _MUCH = 0.9, 1.25
"""Weights below which a feeling is faint, and from which it is strong."""

SIGN: Mapping[Feeling, int] = {
    Feeling.ANGRY: -1,
    Feeling.FRUSTRATED: -1,
    Feeling.DISAPPOINTED: -1,
    Feeling.WORRIED: -1,
    Feeling.CONFUSED: -1,
    Feeling.SAD: -1,
    Feeling.SURPRISED: 0,
    Feeling.HOPEFUL: 1,
    Feeling.RELIEVED: 1,
    Feeling.PLEASED: 1,
    Feeling.DELIGHTED: 1,
}
"""Whether a feeling is one to be glad of; a surprise may be either."""

_NOTHING = "nothing"
"""The key of entries that only look as if they told of a feeling."""

_LOUD = 0.8
"""
How sure sentiment must be of the contrary to be believed.

On 7,500 rated reviews it raises how often a feeling's sign is the rating's from .87 to
.89; at 0.3 it would be .92, at the price of one quote in ten that was read rightly.
"""

_TURNED = {
    Feeling.PLEASED: Feeling.DISAPPOINTED,
    Feeling.DELIGHTED: Feeling.DISAPPOINTED,
}
"""What is felt by whoever does not feel this; of others "not" leaves nothing to say."""


@dataclass(frozen=True, slots=True)
class Told:
    """
    A feeling words tell of.

    Attributes:
        intensity: 1 (faint) to 3 (strong).
        words: The words that say so, as they stand in the lists' spelling.
    """

    feeling: Feeling
    intensity: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """
    One language's words.

    Attributes:
        feelings: What each entry tells of; None of those that only look as if.
        not_after: Whether "not" may stand behind what it turns: "gefällt mir nicht".
    """

    lexicon: Lexicon
    feelings: Mapping[str, Feeling | None]
    not_after: bool


def feeling(text: str, language: str = "") -> Told | None:
    """
    The feeling a quote tells of; None where nothing, or two opposite things, say so.

    Args:
        language: ISO 639-1 code; read from the text where nobody says it.
    """
    read = text[:_READ]
    language = language or spoken(read)[0]
    listed = _listed(language) or _listed("emoji")
    assert listed is not None
    found: dict[Feeling, list[Hit]] = defaultdict(list)
    for clause in _CLAUSE.split(read):
        for felt, hit in _felt(tokens(clause), listed):
            found[felt].append(hit)
    if not found:
        return None
    weight = {felt: sum(abs(hit.weight) for hit in found[felt]) for felt in found}
    most = max(weight.values())
    first, *others = (felt for felt in found if weight[felt] == most)
    if any(SIGN[one] != SIGN[first] for one in others):
        return None
    if _is_contradicted(first, read, language):
        return None
    words = dict.fromkeys(hit.words for hit in found[first])
    return Told(first, max(map(_intensity, found[first])), tuple(words))


def languages() -> list[str]:
    """The languages there is a list of."""
    folder = resources.files("triage.text") / "feeling_words"
    names = (file.name.removesuffix(".toml") for file in folder.iterdir())
    return sorted(name for name in names if name != "emoji")


def _is_contradicted(felt: Feeling, text: str, language: str) -> bool:
    """Whether all the other words say the contrary, loudly; who hopes may complain."""
    if felt is Feeling.HOPEFUL or not SIGN[felt]:
        return False
    pleased = sentiment(text, language, reasons=False).score
    return pleased * SIGN[felt] <= -_LOUD


def _felt(said: list[str], listed: _List) -> Iterator[tuple[Feeling, Hit]]:
    """What the words of one clause tell of, in order."""
    words = listed.lexicon
    for hit in words.hits(said):
        told = listed.feelings[words.entry(hit.words)]
        if told is None or (listed.not_after and _is_turned_later(hit, said, words)):
            continue
        felt = told if hit.weight > 0 else _TURNED.get(told)
        if felt is not None:
            yield felt, hit


def _is_turned_later(hit: Hit, said: list[str], words: Lexicon) -> bool:
    last = hit.words.split()[-1]
    behind = said[said.index(last) + 1 :][:_REACH]
    return not words.turning.isdisjoint(behind)


def _intensity(hit: Hit) -> int:
    if hit.weight < 0:
        return 2
    return 1 if hit.weight < _LITTLE else 3 if hit.weight >= _MUCH else 2


@cache
def _listed(language: str) -> _List | None:
    if language != "emoji" and language not in languages():
        return None
    told = {**_read(language), **{f"{k} ": v for k, v in _read("emoji").items()}}
    around = lexicon(language)
    assert around is not None
    after = [*entries(told.get("after", "")), *around.stronger, *around.weaker]
    weights: dict[str, float] = {}
    feelings: dict[str, Feeling | None] = {}
    for name, words in told.items():
        kind = name.strip()
        felt = kind.rstrip("!")
        if felt not in {*Feeling, _NOTHING}:
            continue
        weight = _STRONG if kind.endswith("!") else _PLAIN
        for entry, much in _expanded(words, after, around):
            weights[entry] = weight * much
            feelings[entry] = None if felt == _NOTHING else Feeling(felt)
    made = Lexicon(
        phrases={one: weights[one] for one in weights if not one.endswith("*")},
        stems={one[:-1]: weights[one] for one in weights if one.endswith("*")},
        firsts=first_words(one.rstrip("*") for one in weights),
        turning=around.turning | frozenset(entries(told.get("not", ""))),
        stronger=around.stronger,
        weaker=around.weaker,
        # What stands before a "but" is felt no less.
        but=frozenset(),
    )
    return _List(made, feelings, not_after="not_after" in told)


def _expanded(
    words: str, after: list[str], around: Lexicon
) -> Iterator[tuple[str, float]]:
    """Entries as tokens, and how much stronger what stands in front makes each."""
    for entry in entries(words):
        star = "*" if entry.endswith("*") else ""
        said = " ".join(tokens(entry.lstrip("~").rstrip("*")))
        if not entry.startswith("~"):
            yield said + star, 1.0
            continue
        for before in after:
            much = 1.3 if before in around.stronger else 1.0
            much = 0.6 if before in around.weaker else much
            yield f"{' '.join(tokens(before))} {said}{star}", much


def _read(name: str) -> dict[str, str]:
    file = resources.files("triage.text") / "feeling_words" / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))
