"""Any texts put together at once, in memory, by the same stages the store uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from triage.grouping import blocking
from triage.grouping.bands import DEFAULT, Level
from triage.grouping.clustering import Link, join
from triage.grouping.normalize import taken_apart
from triage.grouping.scoring import FEWEST, Scores, score
from triage.grouping.templates import fingerprints, is_template, own_words
from triage.grouping.texts import Floats, Ints, Texts


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of texts worth comparing, and what each word of the texts tells."""

    left: Ints
    right: Ints
    weight: Floats


@dataclass(frozen=True, slots=True, eq=False)
class AtOnce:
    """
    Distinct texts compared and grouped at once.

    Attributes:
        distinct: The texts; ``pairs`` and ``scores`` are of indices into them.
        part_of: The part each text is in.
    """

    distinct: list[str]
    pairs: Pairs
    scores: Scores
    part_of: dict[str, int]


def together(texts: Iterable[str], level: Level = DEFAULT) -> list[int]:
    """
    Return for each text the index of the first text of its group.

    The same whatever order the texts come in.
    """
    normal = _own(texts)
    first: dict[str, int] = {}
    for index, said in enumerate(normal):
        first.setdefault(said, index)
    first.pop("", None)
    part_of = at_once(first, level).part_of
    earliest: dict[int, int] = {}
    for said, index in first.items():
        earliest.setdefault(part_of[said], index)
    return [
        earliest[part_of[said]] if said else index for index, said in enumerate(normal)
    ]


def at_once(
    normal: Iterable[str],
    level: Level,
    tell: Callable[[str, float], None] = lambda _word, _share: None,
) -> AtOnce:
    """
    Compare distinct normalised texts, none empty, and put together what is sure.

    ``tell`` hears what is being done and about how much of all is done, 0 to 1.
    """
    # In an order of their own, so that ties are broken the same whoever came first.
    distinct = sorted(normal)
    texts = Texts.of(distinct)
    pairs = block(texts, lambda share: tell("finding pairs", 0.1 + 0.25 * share))
    scores = score(
        texts, pairs.left, pairs.right, pairs.weight,
        tell=lambda share: tell("comparing", 0.35 + 0.4 * share),
    )  # fmt: skip
    tell("putting together", 0.75)
    links = heard(pairs.left, pairs.right, scores.sameness, level)
    parts = join(range(len(distinct)), links, {}, level)
    part_of = {distinct[at]: part for at, part in parts.items()}
    return AtOnce(distinct, pairs, scores, part_of)


def _own(texts: Iterable[str]) -> list[str]:
    """What each text says of its own, normalised."""
    apart = [taken_apart(text) for text in texts]
    said = [(normal, fingerprints(sentences)) for normal, sentences in apart]
    df = Counter(mark for _, marks in said for mark in marks)
    common = {mark for mark, count in df.items() if is_template(count, len(apart))}
    return [own_words(normal, marks, common.__contains__) for normal, marks in said]


def block(texts: Texts, tell: Callable[[float], None] = lambda _: None) -> Pairs:
    """Which of these texts to compare with which, each pair once."""
    total = len(texts)
    _, place, count = np.unique(texts.terms, return_inverse=True, return_counts=True)
    df = count[place]
    weight = blocking.weights(texts.terms, df, total)
    found_by = blocking.rare(texts, df, weight, total)
    text = np.repeat(np.arange(total), np.diff(found_by.bounds))
    worded = texts.sizes() >= FEWEST
    kept = worded[text]
    postings = blocking.Postings.of(texts.terms[found_by.entries[kept]], text[kept])
    met = blocking.meet(
        texts, np.arange(total), found_by, weight, postings, found_by.mass, tell
    )
    one, other = once(met.query, met.number)
    sayers = worded[one] & worded[other]
    return Pairs(one[sayers], other[sayers], weight)


def once(query: Ints, number: Ints) -> tuple[Ints, Ints]:
    """These pairs, each once, the smaller number on the left."""
    left, right = np.minimum(query, number), np.maximum(query, number)
    keys = np.unique((left << 32) | right)
    return keys >> 32, keys & 0xFFFFFFFF


def heard(left: Ints, right: Ints, sameness: Floats, level: Level) -> list[Link]:
    """
    The links between texts that are sure enough of any other to come together.

    Links that are unsure are kept among those: they speak against.
    """
    sure = sameness >= level.link
    near = np.zeros(int(max(left.max(), right.max())) + 1 if len(left) else 1, np.bool_)
    near[left[sure]] = near[right[sure]] = True
    kept = near[left] & near[right]
    return [
        Link(*one)
        for one in zip(
            left[kept].tolist(), right[kept].tolist(), sameness[kept].tolist(),
            strict=True,
        )
    ]  # fmt: skip
