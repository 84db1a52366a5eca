"""
What single words and pairs of words were found to mean, in one small file.

The file is a line of JSON, which says what the weights were learnt from, and the
weights: one signed byte for each slot a word is hashed to, compressed.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from triage.errors import ConfigError
from triage.text.lexicon import Hit

VERSION = 2
"""The newest form of the file this program reads."""

SLOTS = 1 << 18
"""Few enough to ship, many enough that two words seldom share one."""

LEXICON_ALONE = 3.9, 0.9, 0.4
"""
What the list's balance and opening weigh, and the start, where nothing was learnt.

As found on English and French reviews when nothing but the two was looked at.
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """
    Learnt weights.

    Attributes:
        about: How they came about: version, training sets, what was measured.
        languages: The languages they were learnt in; in others they mean nothing.
        listed: What the balance and the opening of the listed words weigh.
        start: The log-odds of a text before any word of it.
        step: What one unit of a slot is worth.
        values: A signed byte a slot.
    """

    about: Mapping[str, Any]
    languages: frozenset[str]
    listed: tuple[float, float]
    start: float
    step: float
    values: array[int]

    def of(self, tokens: Sequence[str]) -> list[Hit]:
        """What each word and each pair of neighbouring words adds to the log-odds."""
        return [
            Hit(words, self.values[slot] * self.step * share(said))
            for said in slots(tokens)
            for slot, words in said.items()
            if self.values[slot]
        ]

    def total(self, tokens: Sequence[str]) -> float:
        """What all of them add together; several times quicker than ``of``."""
        values = self.values
        return self.step * sum(
            sum([values[slot] for slot in said]) * share(said) for said in slots(tokens)
        )

    def packed(self) -> bytes:
        """The file."""
        header = {
            **self.about,
            "version": VERSION,
            "languages": sorted(self.languages),
            "listed": list(self.listed),
            "start": self.start,
            "step": self.step,
        }
        line = json.dumps(header, sort_keys=True, ensure_ascii=True)
        return line.encode() + b"\n" + zlib.compress(self.values.tobytes(), 9)


def slots(tokens: Sequence[str]) -> tuple[dict[int, str], dict[int, str]]:
    """The slots of a text's words, and of its pairs of neighbouring words."""
    return _slots(tokens), _slots(list(map(" ".join, pairwise(tokens))))


def share(said: Sized) -> float:
    """What each of so many counts: the more is said, the less each of it says."""
    return 1 / math.sqrt(len(said) or 1)


def _slots(said: Sequence[str]) -> dict[int, str]:
    found = [zlib.crc32(words.encode("utf-8", "replace")) % SLOTS for words in said]
    return dict(zip(found, said, strict=True))


def unpacked(file: bytes) -> Weights:
    """The weights in a file; ``ConfigError`` where it is none of ours."""
    line, _, small = file.partition(b"\n")
    try:
        about = json.loads(line)
        values = array("b", zlib.decompress(small))
        version = about["version"]
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise ConfigError(
            "this is no file of weights; `triage sentiment train` writes one"
        ) from error
    if version != VERSION or len(values) != SLOTS:
        raise ConfigError(f"these weights are of version {version}, not {VERSION}")
    return Weights(
        about=about,
        languages=frozenset(about["languages"]),
        listed=(about["listed"][0], about["listed"][1]),
        start=about["start"],
        step=about["step"],
        values=values,
    )


@cache
def shipped() -> Weights:
    """The weights this program comes with, read once."""
    file = resources.files("triage.text") / "sentiment.weights"
    return unpacked(file.read_bytes())
