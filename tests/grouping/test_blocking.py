"""What is worth comparing is found by rare words, at a cost that does not grow."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grouping.arrays import counted
from triage.grouping import blocking
from triage.grouping.blocking import Met, Postings
from triage.grouping.texts import Texts, Words

TEXTS = st.lists(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=5, unique=True).map(
        " ".join
    ),
    min_size=1, max_size=12,
)  # fmt: skip


def met(texts: list[str]) -> tuple[Met, blocking.Rare, Texts, np.ndarray]:
    """Everybody looking for everybody, each under its index."""
    found, weight, df = counted(texts)
    rare = blocking.rare(found, df, weight, len(texts))
    numbers = np.arange(len(texts))
    lists = Postings.of(
        found.terms[rare.entries], np.repeat(numbers, np.diff(rare.bounds))
    )
    told = blocking.meet(found, numbers, rare, weight, lists, rare.mass)
    return told, rare, found, weight


@given(TEXTS)
@settings(max_examples=80, deadline=None)
def test_sharing_telling_words_is_enough(texts: list[str]) -> None:
    """Exactly the pairs whose rare words are alike enough meet, from both sides."""
    told, rare, found, weight = met(texts)
    pairs = set(zip(told.query.tolist(), told.number.tolist(), strict=True))
    assert len(pairs) == len(told.query)
    rarest = [
        {
            int(found.terms[entry]): weight[entry] ** 2
            for entry in rare.entries[rare.bounds[at] : rare.bounds[at + 1]]
        }
        for at in range(len(texts))
    ]
    for one, ours in enumerate(rarest):
        for other, theirs in enumerate(rarest):
            both = sum(ours[word] for word in ours.keys() & theirs)
            cosine = both / np.sqrt(sum(ours.values()) * sum(theirs.values()))
            if one == other:
                assert (one, other) not in pairs
            elif abs(cosine - blocking.FLOOR) > 0.05:
                assert ((one, other) in pairs) == (cosine > blocking.FLOOR)


def test_the_nearest_come_first_and_few() -> None:
    """Of a hundred others the two dozen closest are kept."""
    texts = ["a b c"] * 5 + ["a b d e f g"] * 95 + ["a b c"]
    told = met(texts)[0]
    mine = told.number[told.query == 100].tolist()
    assert len(mine) == blocking.TOP
    assert {0, 1, 2, 3, 4} <= set(mine)


def test_common_words_are_better_than_none() -> None:
    """A text of nothing but common words is still found by its three rarest."""
    texts = Texts.of(["the app is good", "odd word here the"])
    ids = Words()
    often = {"the": 90_000, "app": 80_000, "is": 70_000, "good": 60_000}
    often |= {"odd": 2, "word": 1, "here": 3}
    by_id = {ids[word]: count for word, count in often.items()}
    df = np.array([by_id[term] for term in texts.terms.tolist()])
    rare = blocking.rare(texts, df, blocking.weights(texts.terms, df, 100_000), 100_000)
    name = {number: word for word, number in ids.items()}
    words = [name[term] for term in texts.terms[rare.entries].tolist()]
    assert words == ["good", "is", "app", "word", "odd", "here"]


def test_a_very_common_word_is_not_followed_to_the_end() -> None:
    """However many share its words, a text looks at so many places and no more."""
    texts = [f"common w{n} x{n} y{n} z{n}" for n in range(3000)]
    found, weight, df = counted(texts)
    rare = blocking.rare(found, df, weight, len(texts))
    assert blocking.cap(len(texts)) == 500
    assert np.diff(rare.bounds).max() == 4
    assert len(met(texts)[0].query) == 0


def test_a_byte_is_fine_enough_for_mass() -> None:
    """A mass as a byte is within 3 % of what it was, from next to nothing to the most."""
    mass = np.geomspace(1, 9000, 500)
    back = np.expm1(blocking.coded(mass) / 24)
    assert (abs(back / mass - 1) < 0.05).all()


def test_nobody_to_meet() -> None:
    """Without texts, words or lists there is nothing to compare."""
    assert len(met([""])[0].query) == 0
    assert len(met(["a b c"])[0].query) == 0
    found, weight, df = counted(["a b c"])
    rare = blocking.rare(found, df, weight, 1)
    nothing = Postings.of(np.zeros(0, np.uint32), np.zeros(0, np.int64))
    told = blocking.meet(found, np.arange(1), rare, weight, nothing, rare.mass)
    assert len(told.query) == 0
