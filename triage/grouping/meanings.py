"""What words mean in feedback: the same in other words, the opposite, or little."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from triage.grouping.overlap import Flags
from triage.grouping.texts import Ids, Ints, Words

_FILE = Path(__file__).with_name("meanings.toml")


def same(ours: Ids, theirs: Ids) -> Flags:
    """Which of these pairs of words, by id, are two words for the same."""
    return _in_one_line("same", ours, theirs)


def opposite(ours: Ids, theirs: Ids) -> Flags:
    """Which of these pairs of words, by id, make two texts tell of different things."""
    return _in_one_line("opposite", ours, theirs)


def small(words: Ids) -> Flags:
    """Which of these words, by id, tell little in any text."""
    known = _lines("small")[0]
    at = np.searchsorted(known, words)
    at[at == len(known)] = 0
    return np.asarray(known[at] == words)


def _in_one_line(kind: str, ours: Ids, theirs: Ids) -> Flags:
    words, lines = _lines(kind)
    one, other = np.searchsorted(words, ours), np.searchsorted(words, theirs)
    one[one == len(words)] = other[other == len(words)] = 0
    found = (words[one] == ours) & (words[other] == theirs) & (ours != theirs)
    at = np.flatnonzero(found)
    mine, yours = lines[one[at]], lines[other[at]]
    both = (mine[:, :, None] == yours[:, None, :]) & (mine > 0)[:, :, None]
    found[at] = both.any(axis=(1, 2))
    return np.asarray(found)


@cache
def _lines(kind: str) -> tuple[Ids, Ints]:
    """Ids of the words, ascending, and the lines each is in, from 1; 0 is none."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))[kind]
    ids = Words()
    lines: dict[int, list[int]] = {}
    texts = [line for language in told.values() for line in language.split("\n")]
    for number, line in enumerate(texts, 1):
        for word in line.split():
            lines.setdefault(ids[word], []).append(number)
    words = np.array(sorted(lines), np.uint32)
    table = np.zeros((len(words), max(map(len, lines.values()))), np.int64)
    for row, word in enumerate(words.tolist()):
        table[row, : len(lines[word])] = lines[word]
    return words, table
