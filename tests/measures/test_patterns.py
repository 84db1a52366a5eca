"""Words, rises and pairs are told by people, and by no fewer than three."""

from __future__ import annotations

import doctest
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.grouping import phrases as module
from triage.grouping.phrases import Told, phrases, saying, spoken
from triage.measures.keywords import keywords
from triage.measures.rising import shifted
from triage.measures.together import together

WORDS = st.lists(
    st.sampled_from(["export", "slow", "dark", "mode", "login", "fails"]), max_size=6
)


def test_phrases_of_the_manual() -> None:
    """What the docstring shows comes out so."""
    assert doctest.testmod(module) == (0, 1)


def test_class_based_tf_idf_by_hand() -> None:
    """The weight is tf · log(1 + A / f), worked out on two small parts."""
    parts = {"a": {"export": 4, "slow": 3}, "b": {"export": 3, "login": 6}}
    found = keywords(parts, 5)
    weights = {one.words: one.weight for one in found["a"]}
    assert weights["export"] == pytest.approx(4 * log(1 + 8 / 7))
    assert weights["slow"] == pytest.approx(3 * log(1 + 8 / 3))
    assert [one.words for one in found["b"]] == ["login", "export"]


def test_two_people_make_no_keyword() -> None:
    """A word that two use is none, however often they say it."""
    assert keywords({"a": {"export": 2}}, 5) == {"a": []}


def test_a_phrase_says_its_words() -> None:
    """Where those who use a word use it in one phrase, the phrase stands for it."""
    parts = {"a": {"dark": 5, "mode": 5, "dark mode": 5}, "b": {"export": 5}}
    assert [one.words for one in keywords(parts, 5)["a"]] == ["dark mode"]


@given(st.lists(st.tuples(st.integers(1, 5), WORDS), max_size=12), st.data())
def test_saying_it_again_changes_nothing(
    told: list[tuple[int, list[str]]], data: st.DataObject
) -> None:
    """What one person sends twice, in whatever order, moves no word's count."""
    texts = [
        Told(number, person, " ".join(words))
        for number, (person, words) in enumerate(told)
    ]
    again = data.draw(st.lists(st.sampled_from(texts))) if texts else []
    more = texts + [one._replace(number=100 + at) for at, one in enumerate(again)]
    assert spoken(more).people == spoken(texts).people
    assert spoken(data.draw(st.permutations(texts))).people == spoken(texts).people


def test_a_form_letter_counts_once() -> None:
    """The same long text of many people is one; a short one is each of theirs."""
    form = "please bring back the old export dialog with presets now"
    told = spoken(Told(number, number, form) for number in range(9))
    assert told.people["export"] == 1
    short = spoken(Told(number, number, "crashes daily") for number in range(9))
    assert short.people["crashes"] == 9


def test_names_and_stop_words_are_kept_out() -> None:
    """An author's own name and everyday words are in no phrase."""
    found = phrases(
        "thanks ana the export fails", frozenset({"the"}), frozenset({"ana"})
    )
    assert "ana" not in found
    assert "export fails" in found
    assert not any("the" in one.split() for one in found)


def test_words_lead_to_what_says_them() -> None:
    """The feedback named has the word itself, not one it is part of."""
    texts = [Told(3, 1, "start the export"), Told(2, 2, "art works")]
    assert saying(texts, "art", 5) == (2,)


def test_what_rises_and_what_sinks() -> None:
    """A word new to many rises, one that is no more said sinks, a steady one does not."""
    found = {
        one.words: one
        for one in shifted(
            {"export": 30, "same": 20}, 100, {"login": 60, "same": 40}, 200
        )
    }
    assert found["export"].g2 > 0 > found["login"].g2
    assert found["export"].q < 0.01
    assert found["same"].q > 0.5
    assert (found["export"].people, found["export"].before_of) == (30, 200)


def test_pains_that_go_together() -> None:
    """Two pains of the same five of fifty people are a pair; two people are no theme."""
    spoke = {person: {3} for person in range(50)}
    spoke |= {person: {1, 2} for person in range(5)}
    spoke |= {100 + person: {4, 5} for person in range(2)}
    found = together(spoke)
    (pair,) = found.pairs
    assert (pair.left, pair.right, pair.people) == (1, 2, 5)
    assert pair.expected == pytest.approx(5 * 5 / 52)
    assert pair.q < 0.01
    assert (found.people, found.compared) == (52, 3)
