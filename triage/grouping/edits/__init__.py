"""
Near-duplicates are made from real texts, so that their truth is known exactly.

Grouping is trained and judged on these: some texts get copies, edited the way people
and programs edit (``rewriting``), some a neighbour in the same wording that is about
another thing (``other_issues``), and most stand alone, as they do in life.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from triage.grouping.edits.other_issues import (
    Vocabulary,
    other_thing,
    other_wording,
)
from triage.grouping.edits.rewriting import Around, rewritten
from triage.grouping.edits.speech import language, speech

COPIED = 0.24
"""Share of texts that were sent more than once."""

COPIES = (
    (1, 1, 45),
    (2, 2, 22),
    (3, 3, 12),
    (4, 4, 7),
    (5, 7, 8),
    (8, 14, 4),
    (15, 35, 2),
)
"""How many copies, from and to, and how often."""

CONFUSED = 0.09
"""Share of texts with a neighbour about another thing, where one can be made."""

NAMED = 0.3
"""Share of those neighbours that name an opposite or sibling, where there is one."""

ORIGINAL = "original"
OTHER_ISSUE = "other issue"
SIBLING = "sibling"


@dataclass(frozen=True, slots=True)
class Labelled:
    """
    A text and what is true of it.

    Attributes:
        text: What is said.
        cluster: Equal for texts that say the same, and for those alone.
        edits: ``("original",)``; the names of ``rewriting.EDITS`` that changed it, in
            the order made; or ``("other issue",)`` for a neighbour with other telling
            words, ``("other issue", "sibling")`` for one that names an opposite.
    """

    text: str
    cluster: int
    edits: tuple[str, ...]


def make(texts: Sequence[str], size: int, seed: int) -> list[Labelled]:
    """
    Return ``size`` labelled texts in random order, the same for the same arguments.

    Args:
        texts: Distinct, no two saying the same; ``size`` of them always suffice.
        size: How many to return.
        seed: Of the dice.

    Raises:
        ValueError: There are too few texts.
    """
    dice = Random(seed)
    drawn = dice.sample(list(texts), len(texts))
    spoken = {text: language(text) for text in drawn}
    by_language: dict[str, list[str]] = defaultdict(list)
    for text, told in spoken.items():
        by_language[told].append(text)
    known = Vocabulary.of(spoken)
    made: list[Labelled] = []
    cluster = 0
    for text in drawn:
        if len(made) >= size:
            break
        told = spoken[text]
        made.append(Labelled(text, cluster, (ORIGINAL,)))
        around = Around(dice, speech(told), drawn, by_language[told])
        for _ in range(_copies(dice)):
            copy, edits = rewritten(text, around)
            made.append(Labelled(copy, cluster, edits))
        cluster += 1
        if dice.random() < CONFUSED:
            other, edits = _neighbour(text, told, known, dice)
            # Somebody may have said just that, and then it is not alone.
            if other and other not in spoken:
                made.append(Labelled(other, cluster, edits))
                cluster += 1
    if len(made) < size:
        raise ValueError(f"{len(texts)} texts make {len(made)}, not {size}")
    made = made[: max(size, 0)]
    dice.shuffle(made)
    return made


def _copies(dice: Random) -> int:
    if dice.random() >= COPIED:
        return 0
    weights = [weight for _, _, weight in COPIES]
    least, most, _ = dice.choices(COPIES, weights)[0]
    return dice.randint(least, most)


def _neighbour(
    text: str, spoken: str, known: Vocabulary, dice: Random
) -> tuple[str, tuple[str, ...]]:
    """A text about another thing and how it came to be; "" where none could be made."""
    if dice.random() < NAMED and (other := other_thing(text, spoken, dice)):
        return other, (OTHER_ISSUE, SIBLING)
    return other_wording(text, spoken, known, dice), (OTHER_ISSUE,)
