"""
What people could use instead: each peer scores pairs of normalised texts.

A peer is prepared first (imports, models; not counted) and then run (counted). It is
given the settings a careful person would give it; what it finds is swept over every
threshold afterwards. ``pip install`` for all of them: rapidfuzz numpy scipy
scikit-learn sparse-dot-topn datasketch semhash wordllama splink pandas.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bench.grouping.quality import Pair

_NEAREST = 40
"""Neighbours kept of a text by cosine."""


class Given(NamedTuple):
    """The same for every peer: normalised texts, and their terms parted by spaces."""

    texts: list[str]
    terms: list[str]


Found = Iterable[Pair] | dict[float, list[int]]
"""Scored pairs, or a label for each text at each of some thresholds."""

Run = Callable[[Given], Callable[[], Found]]
"""What is counted; what it returns tells what was found, and is not counted."""


@dataclass(frozen=True, slots=True)
class Peer:
    """
    One thing people use, with one choice of scorer.

    Attributes:
        most: Texts above which it is left out: it would take many minutes, or hours.
    """

    name: str
    prepare: Callable[[], Run]
    most: int | None = None


def _brute(scorer: str, cutoff: int) -> Callable[[], Run]:
    def prepare() -> Run:
        import numpy as np
        from rapidfuzz import fuzz, process

        alike = getattr(fuzz, scorer)

        def run(given: Given) -> Callable[[], Found]:
            texts, blocks = given.texts, []
            for start in range(0, len(texts), 500):
                scores = process.cdist(
                    texts[start : start + 500], texts[start:], scorer=alike,
                    score_cutoff=cutoff, dtype=np.uint8, workers=1,
                )  # fmt: skip
                left, right = np.nonzero(np.triu(scores, 1))
                blocks.append((left + start, right + start, scores[left, right]))
            return lambda: (pair for block in blocks for pair in _paired(*block))

        return run

    return prepare


def _cosine(**choices: Any) -> Callable[[], Run]:
    def prepare() -> Run:
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sparse_dot_topn import sp_matmul_topn

        def run(given: Given) -> Callable[[], Found]:
            vectorizer = TfidfVectorizer(
                min_df=2, sublinear_tf=True, dtype=np.float32, **choices
            )
            words = choices["analyzer"] == "word"
            vectors = vectorizer.fit_transform(given.terms if words else given.texts)
            vectors = vectors.tocsr()
            near = sp_matmul_topn(
                vectors, vectors.T.tocsr(), top_n=_NEAREST + 1, threshold=0.3,
                n_threads=1,
            ).tocoo()  # fmt: skip
            return lambda: _paired(near.row, near.col, near.data)

        return run

    return prepare


def _datasketch() -> Run:
    from datasketch import MinHash, MinHashLSH

    def run(given: Given) -> Callable[[], Found]:
        grams = [
            {text[at : at + 4].encode() for at in range(max(1, len(text) - 3))}
            for text in given.texts
        ]
        # Missed neighbours cost more than looked-at strangers, hence the weights.
        index = MinHashLSH(threshold=0.45, num_perm=128, weights=(0.3, 0.7))
        hashes = MinHash.bulk(grams, num_perm=128)
        pairs = []
        for number, one in enumerate(hashes):
            pairs += [
                Pair(other, number, float(one.jaccard(hashes[other])))
                for other in index.query(one)
            ]
            index.insert(number, one)
        return lambda: pairs

    return run


def _semhash() -> Run:
    from pathlib import Path

    import numpy as np
    import wordllama
    from semhash import SemHash

    # It looks for its own bundled tokenizer on the network unless told the folder.
    model = wordllama.WordLlama.load(
        cache_dir=Path(wordllama.__file__).parent, dim=256, disable_download=True
    )

    class Encoder:
        def encode(self, texts: Sequence[str], **_: Any) -> Any:
            vectors = model.embed(list(texts), norm=True, batch_size=512)
            return np.asarray(vectors, dtype=np.float32)

    def run(given: Given) -> Callable[[], Found]:
        # It refuses to embed nothing.
        texts = [text or "-" for text in given.texts]
        result = SemHash.from_records(texts, model=Encoder()).self_deduplicate(0.7)

        def at_each() -> dict[float, list[int]]:
            # Its own way to another threshold: it chooses anew whom to keep.
            found = {}
            for step in range(70, 101):
                result.rethreshold(step / 100)
                kept = {one.record: one.duplicate_of for one in result.filtered}
                names = {text: at for at, text in enumerate(texts)}
                found[step / 100] = [names[kept.get(text, text)] for text in texts]
            return found

        return at_each

    return run


def _splink() -> Run:
    import logging

    import numpy as np
    import pandas as pd
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
    from splink import comparison_library as compare

    logging.getLogger("splink").setLevel(logging.ERROR)
    by_keys = {"blocking_rule": "l.keys = r.keys", "arrays_to_explode": ["keys"]}

    def run(given: Given) -> Callable[[], Found]:
        terms, keys = _rarest(given.terms, 4)
        frame = pd.DataFrame(
            {
                "unique_id": np.arange(len(terms)),
                "text": [text[:300] for text in given.texts],
                "words": [list(dict.fromkeys(one)) for one in terms],
                "keys": [one or ["-"] for one in keys],
            }
        )
        settings = SettingsCreator(
            link_type="dedupe_only",
            blocking_rules_to_generate_predictions=[by_keys],
            comparisons=[
                compare.JaccardAtThresholds("text", [0.95, 0.9, 0.85, 0.8, 0.7]),
                compare.ArrayIntersectAtSizes("words", [20, 10, 6, 4, 2]),
            ],
        )
        linker = Linker(DuckDBAPI().register(frame), settings)
        training = linker.training
        training.estimate_u_using_random_sampling(max_pairs=2e5, seed=1)
        training.estimate_parameters_using_expectation_maximisation(
            block_on("substr(text, 1, 12)")
        )
        told = linker.inference.predict(
            threshold_match_probability=0.01
        ).as_pandas_dataframe()
        return lambda: _paired(
            told["unique_id_l"].to_numpy(),
            told["unique_id_r"].to_numpy(),
            told["match_weight"].to_numpy(),
        )

    return run


def _full_text() -> Run:
    import sqlite3

    from rapidfuzz import fuzz

    def run(given: Given) -> Callable[[], Found]:
        db = sqlite3.connect(":memory:")
        db.execute("CREATE VIRTUAL TABLE said USING fts5(words, content='')")
        db.executemany(
            "INSERT INTO said (rowid, words) VALUES (?, ?)", enumerate(given.terms)
        )
        pairs: list[Pair] = []
        for number, rare in enumerate(_rarest(given.terms, 8)[1]):
            asked = " OR ".join(f'"{term}"' for term in rare) or '""'
            nearest = db.execute(
                "SELECT rowid FROM said WHERE said MATCH ?"
                " ORDER BY bm25(said) LIMIT 21",
                (asked,),
            )
            others = [other for (other,) in nearest if other != number]
            pairs += _scored(fuzz.token_set_ratio, given.texts, number, others)
        db.close()
        return lambda: pairs

    return run


def _rare_terms() -> Run:
    from rapidfuzz import fuzz

    def run(given: Given) -> Callable[[], Found]:
        holding: dict[str, list[int]] = defaultdict(list)
        pairs: list[Pair] = []
        for number, rare in enumerate(_rarest(given.terms, 4)[1]):
            others = {other for term in rare for other in holding[term][-200:]}
            pairs += _scored(fuzz.token_set_ratio, given.texts, number, others)
            for term in rare:
                holding[term].append(number)
        return lambda: pairs

    return run


def _rarest(said: Sequence[str], most: int) -> tuple[list[list[str]], list[list[str]]]:
    """The terms of each text, and those few of them that fewest texts have."""
    terms = [one.split() for one in said]
    texts = Counter(term for one in terms for term in set(one))
    rare = [sorted(set(one), key=lambda t: (texts[t], t))[:most] for one in terms]
    return terms, rare


def _scored(
    scorer: Callable[..., float], texts: Sequence[str], one: int, others: Iterable[int]
) -> Iterator[Pair]:
    for other in others:
        score = scorer(texts[one], texts[other], score_cutoff=60)
        if score:
            yield Pair(other, one, score)


def _paired(left: Any, right: Any, score: Any) -> Iterator[Pair]:
    """Arrays of indices and scores as pairs, without a text and itself."""
    told = zip(left.tolist(), right.tolist(), score.tolist(), strict=True)
    return (Pair(*one) for one in told if one[0] != one[1])


PEERS = (
    Peer("rapidfuzz token_sort, brute force", _brute("token_sort_ratio", 60), 12_000),
    Peer("rapidfuzz token_set, brute force", _brute("token_set_ratio", 70), 12_000),
    Peer("rapidfuzz WRatio, brute force", _brute("WRatio", 70), 1_000),
    Peer(
        "TF-IDF words 1-2, sparse_dot_topn",
        _cosine(analyzer="word", token_pattern=r"\S+", ngram_range=(1, 2)),
    ),
    Peer(
        "TF-IDF characters 3-4, sparse_dot_topn",
        _cosine(analyzer="char_wb", ngram_range=(3, 4)),
    ),
    Peer("datasketch MinHashLSH", _datasketch),
    Peer("semhash, wordllama", _semhash, 30_000),
    Peer("splink, rare terms", _splink, 30_000),
    Peer("SQLite FTS5 bm25, token_set", _full_text, 30_000),
    Peer("rare terms, token_set", _rare_terms),
)
