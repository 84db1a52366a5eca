"""
Guesses of pain points beside what people could use instead, on labelled texts.

    python tests/bench/suggestions.py FOLDER [QUESTIONS]

FOLDER holds any of banking77, clinc150, hwu64 (lines {"text", "label"}),
minibar_clusters ({"text", "cluster", "app"}), mrpc_pairs and korean_question_pairs
({"a", "b", "label"}), each a ``.jsonl``. Evidence comes from one half of a file, told by
a hash of the text, and is asked about the other; or, where QUESTIONS has a file of the
same name, about that one. Three draws of the evidence are averaged. mini-BAR is asked
text by text, each left out of the evidence in turn.

Peers score a pain point by the mean of its three nearest quotes (mini-BAR: by the
nearest), which suits them best. Peers that are not installed are left out and named.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from triage.grouping import blocking
from triage.grouping.alike import alike
from triage.grouping.evidence_index import EvidenceIndex, Quoted
from triage.grouping.normalize import normalize, tokens
from triage.grouping.texts import Words

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]
Alike = Callable[[list[str], list[str]], Floats]

DRAWS = (5, 6, 7)
MOST = 1500
"""Questions asked of each draw; brute force over more takes minutes."""

LABELLED = (("banking77", 5), ("banking77", 20), ("clinc150", 10), ("hwu64", 10))


def main() -> None:
    """Print a table a kind of truth."""
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder, *rest = map(Path, sys.argv[1:])
    print(f"{'data':26}{'engine':32}{'top 1':>7}{'top 3':>7}{'@95 %':>7}{'CPU ms':>8}")
    for name, quotes in LABELLED:
        rows = [row for row in _rows(folder, name) if row["label"] != "oos"]
        asked = [row for where in rest for row in _rows(where, name)]
        if rows:
            _labelled(f"{name}, {quotes} quotes", rows, asked, quotes)
    reviews = _rows(folder, "minibar_clusters")
    reviews += [row for where in rest for row in _rows(where, "minibar_clusters")]
    for app in sorted({row["app"] for row in reviews}):
        _left_out(app, [row for row in reviews if row["app"] == app])
    print(f"\n{'pairs':26}{'engine':32}{'AUC':>7}")
    for name in ("mrpc_pairs", "korean_question_pairs"):
        pairs = [row for where in (folder, *rest) for row in _rows(where, name)]
        if pairs:
            _pairs(name, pairs)


def _labelled(name: str, rows: list[Row], asked: list[Row], quotes: int) -> None:
    told = rows if asked else [row for row in rows if _half(row["text"])]
    asked = asked or [row for row in rows if not _half(row["text"])]
    figures: dict[str, list[Floats]] = defaultdict(list)
    for draw in DRAWS:
        dice = np.random.default_rng(draw)
        labels = np.array([row["label"] for row in told])
        chosen = np.concatenate(
            [
                dice.permutation(np.flatnonzero(labels == label))[:quotes]
                for label in np.unique(labels)
            ]
        )
        few = [asked[at] for at in dice.permutation(len(asked))[:MOST]]
        names, homes = np.unique(labels[chosen], return_inverse=True)
        right = np.searchsorted(names, [row["label"] for row in few])
        texts = [told[at]["text"] for at in chosen]
        questions = [row["text"] for row in few]
        began = time.process_time()
        index = _index(texts, homes)
        scores = np.array([index.compare(one).likeness for one in questions])
        figures["triage"].append(_figures(scores, right, began))
        for peer, score in PEERS.items():
            began = time.process_time()
            try:
                near = score([normalize(one) for one in questions],
                             [normalize(one) for one in texts])  # fmt: skip
            except ImportError as error:
                print(f"{name:26}{peer:32}not installed ({error.name})")
                continue
            figures[peer].append(_figures(_nearest(near, homes, 3), right, began))
    for engine, several in figures.items():
        _print(name, engine, np.mean(several, axis=0))


def _left_out(app: str, rows: list[Row]) -> None:
    sizes = Counter(row["cluster"] for row in rows)
    rows = [row for row in rows if sizes[row["cluster"]] > 1]
    texts = [row["text"] for row in rows]
    names, homes = np.unique([row["cluster"] for row in rows], return_inverse=True)
    name = f"{app}, {len(rows)} in {len(names)}"
    began = time.process_time()
    index = _index(texts, homes)
    scores = np.zeros((len(rows), len(names)))
    for one in index.quotes:
        left = index.by_feedback[one.feedback]
        scores[one.feedback - 1] = index.compare(one.text, left).likeness
    _print(name, "triage", _figures(scores, homes, began))
    normal = [normalize(one) for one in texts]
    for peer, score in PEERS.items():
        began = time.process_time()
        try:
            near = score(normal, normal)
        except ImportError as error:
            print(f"{name:26}{peer:32}not installed ({error.name})")
            continue
        np.fill_diagonal(near, -1)
        _print(name, peer, _figures(_nearest(near, homes, 1), homes, began))


def _pairs(name: str, rows: list[Row]) -> None:
    from rapidfuzz import fuzz

    truth = np.array([row["label"] for row in rows]) > 0
    normal = [(normalize(row["a"]), normalize(row["b"])) for row in rows]
    terms = [(tokens(one), tokens(other)) for one, other in normal]
    df = Counter(term for pair in terms for side in pair for term in {*side})
    ids = np.array([Words()[term] for term in df], np.uint32)
    told = blocking.weights(ids, np.array([*df.values()]), 2 * len(rows))
    idf = dict(zip(df, told.tolist(), strict=True))
    for engine, scores in (
        ("triage alike", [alike(one, other, idf) for one, other in terms]),
        ("token_sort_ratio", [fuzz.token_sort_ratio(*pair) for pair in normal]),
        ("token_set_ratio", [fuzz.token_set_ratio(*pair) for pair in normal]),
    ):
        print(f"{name:26}{engine:32}{_auc(np.array(scores), truth):7.3f}")


def _token_set(asked: list[str], told: list[str]) -> Floats:
    from rapidfuzz import fuzz, process

    return np.asarray(process.cdist(asked, told, scorer=fuzz.token_set_ratio) / 100.0)


def _token_sort(asked: list[str], told: list[str]) -> Floats:
    from rapidfuzz import fuzz, process

    return np.asarray(process.cdist(asked, told, scorer=fuzz.token_sort_ratio) / 100.0)


def _tf_idf_words(asked: list[str], told: list[str]) -> Floats:
    return _tf_idf(asked, told, {"analyzer": tokens})


def _tf_idf_all(asked: list[str], told: list[str]) -> Floats:
    def words(text: str) -> list[str]:
        own = tokens(text)
        pairs = pairwise(own)
        return own + [f"{one} {other}" for one, other in pairs]

    pieces = {"analyzer": "char_wb", "ngram_range": (3, 5)}
    return np.asarray(
        (_tf_idf(asked, told, {"analyzer": words}) + _tf_idf(asked, told, pieces)) / 2
    )


def _tf_idf(asked: list[str], told: list[str], how: dict[str, Any]) -> Floats:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(sublinear_tf=True, **how)
    known = vectors.fit_transform(told)
    return np.asarray((vectors.transform(asked) @ known.T).toarray())


PEERS: dict[str, Alike] = {
    "token_set_ratio": _token_set,
    "token_sort_ratio": _token_sort,
    "TF-IDF words": _tf_idf_words,
    "TF-IDF words, pairs, characters": _tf_idf_all,
}


def _index(texts: Sequence[str], homes: npt.NDArray[np.intp]) -> EvidenceIndex:
    return EvidenceIndex(
        [
            Quoted(int(home) + 1, text, number, number)
            for number, (text, home) in enumerate(zip(texts, homes, strict=True), 1)
        ]
    )


def _nearest(near: Floats, homes: npt.NDArray[np.intp], many: int) -> Floats:
    """The mean of the nearest quotes of each pain point."""
    found = np.zeros((len(near), int(homes.max()) + 1))
    for home in range(found.shape[1]):
        ranked = -np.sort(-near[:, homes == home], axis=1)[:, :many]
        found[:, home] = ranked.mean(axis=1)
    return found


def _figures(scores: Floats, right: npt.NDArray[Any], began: float) -> Floats:
    """Top 1, top 3, what a margin covers at 95 % precision, processor ms a question."""
    spent = (time.process_time() - began) / len(scores) * 1000
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    hits = order == right[:, None]
    best = np.take_along_axis(scores, order, axis=1)
    by_margin = np.argsort(best[:, 1] - best[:, 0], kind="stable")
    precise = np.cumsum(hits[by_margin, 0]) / np.arange(1, len(hits) + 1) >= 0.95
    covered = (np.flatnonzero(precise).max(initial=-1) + 1) / len(hits)
    return np.array([hits[:, 0].mean(), hits.any(axis=1).mean(), covered, spent])


def _auc(scores: Floats, truth: npt.NDArray[np.bool]) -> float:
    """The chance that a true pair stands above a false one; ties count half."""
    _, places, many = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(many) - (many - 1) / 2)[places]
    good, bad = truth.sum(), (~truth).sum()
    return float((ranks[truth].sum() - good * (good + 1) / 2) / (good * bad))


def _rows(folder: Path, name: str) -> list[Row]:
    file = folder / f"{name}.jsonl"
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.open(encoding="utf-8")]


def _half(text: str) -> bool:
    return bool(blake2b(text.encode(), digest_size=1).digest()[0] & 1)


def _print(name: str, engine: str, figures: Floats) -> None:
    first, third, covered, spent = figures
    print(f"{name:26}{engine:32}{first:7.3f}{third:7.3f}{covered:7.2f}{spent:8.2f}")


if __name__ == "__main__":
    main()
