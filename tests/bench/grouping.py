"""
Ours beside what people could use instead, on the same labelled texts, in one call.

    python tests/bench/grouping.py [FILE.jsonl]      lines {"text", "cluster"}

Every engine gets the same normalised texts, except ours, which normalises them itself.
Ours uses the thresholds it ships with; each peer gets the threshold that is best on
these very texts. Cost is processor time, which other programs on the machine disturb
least. Peers that are not installed are left out and named.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from triage.grouping.normalize import normalize
from triage.workspace.oneshot import group_texts

LABELLED = Path(__file__).parents[1] / "grouping" / "labelled.jsonl"
BRUTE = 12_000
"""Texts above which comparing each with each is left out: it would take hours."""

Pairs = list[tuple[int, int, float]]


def main() -> None:
    """Print a line an engine."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else LABELLED
    rows = [json.loads(line) for line in file.open(encoding="utf-8")]
    texts, truth = [row["text"] for row in rows], [str(row["cluster"]) for row in rows]
    print(f"{file.name}: {len(rows)} texts, {len(set(truth))} clusters")
    print(f"{'engine':34}{'CPU s':>8}{'P':>8}{'R':>8}{'F1':>8}{'B3 F1':>8}")
    began = time.process_time()
    ours = group_texts(texts)
    _print("triage, shipped thresholds", time.process_time() - began, truth, ours)
    normal = [normalize(text) for text in texts]
    for name, peer in (
        ("rapidfuzz token_sort, brute force", _token_sort),
        ("rapidfuzz token_set, brute force", _token_set),
        ("TF-IDF words, cosine", _tf_idf),
    ):
        if "brute" in name and len(texts) > BRUTE:
            print(f"{name:34}left out above {BRUTE} texts")
            continue
        began = time.process_time()
        try:
            pairs = peer(normal)
        except ImportError as error:
            print(f"{name:34}not installed ({error.name})")
            continue
        spent = time.process_time() - began
        _print(f"{name}, best threshold", spent, truth, _best(truth, pairs))


def _token_sort(normal: Sequence[str]) -> Pairs:
    from rapidfuzz import fuzz

    return _brute(normal, fuzz.token_sort_ratio)


def _token_set(normal: Sequence[str]) -> Pairs:
    from rapidfuzz import fuzz

    return _brute(normal, fuzz.token_set_ratio)


def _brute(normal: Sequence[str], scorer: Callable[..., float]) -> Pairs:
    import numpy as np
    from rapidfuzz import process

    found: Pairs = []
    for start in range(0, len(normal), 500):
        scores = process.cdist(
            normal[start : start + 500], normal[: start + 500], scorer=scorer,
            score_cutoff=60, dtype=np.uint8, workers=-1,
        )  # fmt: skip
        for left, right in zip(*np.nonzero(scores), strict=True):
            if right < start + left:
                score = float(scores[left, right])
                found.append((int(right), int(start + left), score))
    return found


def _tf_idf(normal: Sequence[str]) -> Pairs:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), max_df=0.05)
    matrix = words.fit_transform([text or "-" for text in normal]).tocsr()
    found: Pairs = []
    for start in range(0, len(normal), 1000):
        alike = (matrix[start : start + 1000] @ matrix.T).tocoo()
        near = alike.data >= 0.4
        found += [
            (right, start + left, 100 * score)
            for left, right, score in zip(
                alike.row[near].tolist(), alike.col[near].tolist(),
                alike.data[near].tolist(), strict=True,
            )
            if right < start + left
        ]  # fmt: skip
    return found


def _best(truth: Sequence[str], pairs: Pairs) -> list[int]:
    """Connected components at the threshold that is best on these texts."""
    candidates = (_components(len(truth), pairs, t) for t in range(60, 100, 3))
    return max(candidates, key=lambda labels: _quality(truth, labels)[2])


def _components(size: int, pairs: Pairs, threshold: float) -> list[int]:
    parent = list(range(size))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right, score in pairs:
        if score >= threshold:
            parent[root(right)] = root(left)
    return [root(one) for one in range(size)]


def _quality(
    truth: Sequence[str], found: Sequence[int]
) -> tuple[float, float, float, float]:
    """Precision, recall and F1 over pairs, and B-cubed F1."""
    both = Counter(zip(truth, found, strict=True))
    true, told = Counter(truth), Counter(found)
    right, claimed, wanted = (_pairs(counts.values()) for counts in (both, told, true))
    precision = right / claimed if claimed else 1.0
    recall = right / wanted if wanted else 1.0
    b3_precision = sum(n * n / told[label] for (_, label), n in both.items())
    b3_recall = sum(n * n / true[label] for (label, _), n in both.items())
    size = len(truth)
    return (
        precision,
        recall,
        _f1(precision, recall),
        _f1(b3_precision / size, b3_recall / size),
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _f1(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def _print(name: str, spent: float, truth: Sequence[str], found: Sequence[int]) -> None:
    figures = "".join(f"{figure:8.4f}" for figure in _quality(truth, found))
    print(f"{name:34.34}{spent:8.2f}{figures}")


if __name__ == "__main__":
    main()
