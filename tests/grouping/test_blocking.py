"""What is worth comparing is found by rare words, at a cost that does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.grouping import blocking

TEXTS = st.lists(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5, unique=True),
    min_size=1, max_size=12,
)  # fmt: skip


def frequencies(texts: Sequence[Sequence[str]]) -> dict[str, int]:
    return {
        term: sum(term in text for text in texts) for text in texts for term in text
    }


def mass(terms: Iterable[str], df: Mapping[str, int], total: int) -> float:
    return sum(blocking.weight(df[term], total) ** 2 for term in terms)


def postings(texts: Sequence[Sequence[str]]) -> dict[str, blocking.Numbers]:
    return {
        term: np.array([n for n, text in enumerate(texts, 1) if term in text], np.int32)
        for text in texts
        for term in text
    }


@given(TEXTS)
@settings(max_examples=80)
def test_sharing_a_telling_word_is_enough(texts: list[list[str]]) -> None:
    """Each pair that shares enough comes once, the later asking, with what it shares."""
    df = frequencies(texts)
    own = list(range(1, len(texts) + 1))
    wanted = [blocking.telling_terms(text, df) for text in texts]
    met = blocking.candidates(
        wanted, own, postings(texts), df, len(texts), top=len(texts)
    )
    found = {
        (own[query], number): shared
        for query, number, shared in zip(
            met.query.tolist(), met.number.tolist(), met.shared.tolist(), strict=True
        )
    }
    assert len(found) == len(met.query)
    for later in own:
        full = mass(wanted[later - 1], df, len(texts))
        for earlier in range(1, later):
            both = set(wanted[later - 1]) & set(texts[earlier - 1])
            share = mass(both, df, len(texts)) / full if full else 0.0
            if abs(share - blocking.FLOOR) < 1e-6:
                continue
            if share < blocking.FLOOR:
                assert (later, earlier) not in found
            else:
                assert found.pop((later, earlier)) == pytest.approx(share, abs=1e-5)
    assert not found


def test_what_came_before_may_have_a_later_number() -> None:
    """A text that comes again meets stored ones after it, but none of its own batch."""
    texts = [["x", "y"]] * 4
    met = blocking.candidates(
        [["x", "y"]], [2], postings(texts), frequencies(texts), 4, batch=[2, 3]
    )
    assert sorted(met.number.tolist()) == [1, 4]


def test_the_nearest_come_first_and_few() -> None:
    """Of a hundred candidates the dozen that share most are kept."""
    texts = [["a", "b", "c"]] * 5 + [["a", "b"]] * 95 + [["a", "b", "c"]]
    met = blocking.candidates(
        [["a", "b", "c"]], [101], postings(texts), frequencies(texts), 101
    )
    assert len(met.number) == blocking.TOP
    assert {1, 2, 3, 4, 5} <= set(met.number.tolist())


def test_common_words_are_better_than_none() -> None:
    """A text of nothing but common words is still found by its three rarest."""
    df = {"the": 90_000, "app": 80_000, "is": 70_000, "good": 60_000}
    assert blocking.rare_terms(list(df), df, 100_000) == ["good", "is", "app"]
    assert blocking.rare_terms(["odd", "word", "here", "the"], df | {
        "odd": 2, "word": 1, "here": 3}, 100_000) == ["word", "odd", "here"]  # fmt: skip


def test_a_word_of_ones_own_leads_nowhere() -> None:
    """A misspelling nobody else has costs no lookup."""
    assert blocking.telling_terms(["tpyo", "export"], {"tpyo": 1, "export": 7}) == [
        "export"
    ]


def test_nobody_to_meet() -> None:
    """Without texts, words or lists there is nothing to compare."""
    assert len(blocking.candidates([], [], {}, {}, 1).query) == 0
    assert len(blocking.candidates([["a"]], [1], {}, {"a": 2}, 1).query) == 0
    alone = postings([["a"]])
    assert len(blocking.candidates([["a"]], [1], alone, {"a": 1}, 1).query) == 0
