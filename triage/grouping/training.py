"""
Score tables learned from texts that may be redistributed, and judged on any others.

The texts are made into near-duplicates with known truth (``edits``); the pairs that
blocking finds among them are labelled, and the tables boosted on those. The same texts
and seed give the same tables, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from triage.grouping.boosting import RATE, ROUNDS, boost
from triage.grouping.comparing import FALLING, FIGURES, RISING, compare, glance
from triage.grouping.edits import make
from triage.grouping.normalize import normalize, tokens
from triage.grouping.overlap import Flags
from triage.grouping.tables import Tables
from triage.grouping.texts import Floats, Texts
from triage.grouping.together import block

SIZES = (8_000, 8_000, 3_000, 1_000, 1_000)
"""Texts of the sets made to learn from: what a word tells depends on how many."""

_FEWEST_WORDS, _SHORTEST, _LONGEST = 5, 20, 1500
"""Texts that say less, or more, make no near-duplicates worth learning from."""

_TOO_ALIKE = 0.55
"""Likeness from which two given texts may say the same, so that only one is used."""


@dataclass(frozen=True, slots=True)
class Quality:
    """
    How well texts were put together, against the truth.

    Attributes:
        precision: Of the pairs put together, the share that belongs together.
        recall: Of the pairs that belong together, the share put together.
        b_cubed: F1 of the same, averaged over texts instead of pairs (Bagga and
            Baldwin 1998), so that large groups do not drown small ones.
    """

    texts: int
    groups: int
    precision: float
    recall: float
    b_cubed: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _f1(self.precision, self.recall)


def train(given: Mapping[str, Sequence[str]], *, version: str, seed: int) -> Tables:
    """
    Return tables learned from these texts.

    Args:
        given: Texts by the name and licence of where they are from.
        version: What to call the tables.

    Raises:
        ValueError: There are too few usable texts.
    """
    texts = usable([text for told in given.values() for text in told])
    sizes = [size for size in SIZES if size <= len(texts)]
    if not sizes:
        raise ValueError(
            f"{len(texts)} usable texts are too few; give at least {min(SIZES)}"
        )
    parts = [_examples(texts, size, seed + at) for at, size in enumerate(sizes)]
    figures = {
        name: np.concatenate([found[name] for found, _ in parts]) for name in FIGURES
    }
    same = np.concatenate([truth for _, truth in parts])
    direction = dict.fromkeys(RISING, 1) | dict.fromkeys(FALLING, -1)
    start, tables = boost(figures, same, direction)
    return Tables(
        version=version,
        start=start,
        tables=tables,
        trained={
            "texts": {name: _told(texts_of) for name, texts_of in given.items()},
            "usable": len(texts),
            "sets": sizes,
            "seed": seed,
            "pairs": len(same),
            "same": int(same.sum()),
            "rounds": ROUNDS,
            "rate": RATE,
        },
    )


def usable(texts: Iterable[str]) -> list[str]:
    """Those texts that say enough, no two of which may say the same."""
    kept: dict[frozenset[str], str] = {}
    normal: list[str] = []
    for text in texts:
        said = normalize(text)
        words = frozenset(tokens(said))
        if len(words) < _FEWEST_WORDS or not _SHORTEST <= len(said) <= _LONGEST:
            continue
        if words not in kept:
            kept[words] = text
            normal.append(said)
    found = Texts.of(normal)
    pairs = block(found)
    alike, *_ = glance(found, pairs.left, pairs.right, pairs.weight)
    gone = set(pairs.right[alike >= _TOO_ALIKE].tolist())
    return [text for at, text in enumerate(kept.values()) if at not in gone]


def judge(found: Sequence[int], truth: Sequence[Any]) -> Quality:
    """How well these groups agree with the truth; both name a group for each text."""
    both = Counter(zip(truth, found, strict=True))
    true, told = Counter(truth), Counter(found)
    right, claimed, wanted = (_pairs(counts.values()) for counts in (both, told, true))
    size = max(1, len(truth))
    return Quality(
        texts=len(truth),
        groups=len(told),
        precision=right / claimed if claimed else 1.0,
        recall=right / wanted if wanted else 1.0,
        b_cubed=_f1(
            sum(n * n / told[label] for (_, label), n in both.items()) / size,
            sum(n * n / true[label] for (label, _), n in both.items()) / size,
        ),
    )


def _examples(
    texts: Sequence[str], size: int, seed: int
) -> tuple[dict[str, Floats], Flags]:
    """The figures of the pairs blocking finds among edited texts, and their truth."""
    cluster: dict[str, int] = {}
    for made in make(texts, size, seed):
        cluster.setdefault(normalize(made.text), made.cluster)
    found = Texts.of(sorted(cluster))
    truth = np.array([cluster[said] for said in found.normal])
    pairs = block(found)
    *_, worth = glance(found, pairs.left, pairs.right, pairs.weight)
    left, right = pairs.left[worth], pairs.right[worth]
    figures = compare(found, left, right, pairs.weight).figures
    return figures, truth[left] == truth[right]


def _told(texts: Sequence[str]) -> dict[str, Any]:
    digest = sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return {"texts": len(texts), "sha256": digest.hexdigest()}


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _f1(precision: float, recall: float) -> float:
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0
