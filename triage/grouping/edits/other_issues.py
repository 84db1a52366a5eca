"""Some texts differ in a word or two and mean another thing: the hard negatives."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from triage.grouping.edits.speech import cased, speech

WORDS = 6
"""Words a text needs for another issue to be told in the same wording."""

DRAWN = 12
"""Words drawn to choose from, that some are not the text's own."""

_EDGES = re.compile(r"^\W+|\W+$")
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How many texts have a word, and which words tell what a text is about."""

    texts_with: Mapping[str, int]
    telling: Mapping[str, Sequence[str]]
    """By language, words of middling frequency, once for each text that has one."""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Vocabulary:
        """
        Count the words of texts, each with its language.

        Middling is in three texts or more, and in 20 or 1 of 130 at most.
        """
        # Not a set: what the dice draw must not hang on how strings hash.
        said = {text: dict.fromkeys(map(_core, text.split())) for text in texts}
        counts = Counter(word for words in said.values() for word in words)
        most = max(20, len(texts) // 130)
        telling: dict[str, list[str]] = defaultdict(list)
        for text, spoken in texts.items():
            telling[spoken].extend(
                word for word in said[text] if 2 < counts[word] <= most and _tells(word)
            )
        return cls(counts, telling)


def other_wording(text: str, spoken: str, known: Vocabulary, dice: Random) -> str:
    """
    Put other telling words for the rarest one to three; "" where there are none.

    ``spoken`` is the text's language as ``language`` tells it.
    """
    words = text.split()
    mine = {_core(word) for word in words}
    places = [at for at, word in enumerate(words) if _tells(_core(word))]
    telling = known.telling.get(spoken)
    if len(words) < WORDS or len(places) < 2 or not telling:
        return ""
    others = [word for word in dice.choices(telling, k=DRAWN) if word not in mine]
    if not others:
        return ""
    places.sort(key=lambda at: known.texts_with[_core(words[at])])
    for at in places[: _replaced(len(words))]:
        bare = _EDGES.sub("", words[at])
        words[at] = words[at].replace(bare, cased(dice.choice(others), bare))
    return " ".join(words)


def other_thing(text: str, spoken: str, dice: Random) -> str:
    """Name one thing's opposite or sibling instead; "" where we know none."""
    changed = speech(spoken).other.replaced(dice, text, share=1, most=1)
    return changed if changed.casefold() != text.casefold() else ""


def _replaced(words: int) -> int:
    """How many words make another issue: more would be another wording too."""
    if words < 10:
        return 1
    return 3 if words < 15 else 2


def _core(word: str) -> str:
    return _EDGES.sub("", word).lower()


def _tells(word: str) -> bool:
    """Whether a word can tell what a text is about; Hangul says more in less."""
    return word.isalpha() and len(word) > (1 if _HANGUL.match(word) else 3)
