"""A feedback is offered the pain point people speak of in the same words, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.grouping.evidence_index import EvidenceIndex, Quoted
from triage.grouping.guessing import guess
from triage.grouping.wording import Vocabulary

LINES = Path(__file__).with_name("pains.jsonl").read_text(encoding="utf-8").splitlines()
PAINS = [json.loads(line) for line in LINES]
"""Eight pain points, six quotes each in English, German and French; our own words."""

NAMES = sorted({one["pain"] for one in PAINS})

DARK, EXPORT, SYNC = 1, 2, 3
QUOTES = [
    Quoted(DARK, "Please add a dark mode, my eyes hurt at night", 11, 11),
    Quoted(DARK, "A dark theme would be lovely", 12, 12),
    Quoted(EXPORT, "Exporting the report fails", 21, 21),
    Quoted(EXPORT, "The export loses all images", 22, 22),
    Quoted(SYNC, "Sync replaced my newer notes", 31, 31),
]


def index_of(language: str = "") -> EvidenceIndex:
    return EvidenceIndex(
        [
            Quoted(NAMES.index(one["pain"]) + 1, one["text"], number, number)
            for number, one in enumerate(PAINS, 1)
            if language in {"", one["language"]}
        ]
    )


def hits(index: EvidenceIndex, first: int) -> float:
    """Share of quotes whose own pain point is among the first guesses without them."""
    right = [
        one.pain_point
        in {
            near.pain_point
            for near in guess(index, one.text, first, feedback=one.feedback).nearest
        }
        for one in index.quotes
    ]
    return sum(right) / len(right)


@pytest.mark.parametrize("language", ["en", "de", "fr", ""])
def test_the_right_one_is_among_three(language: str) -> None:
    """With five quotes each, the right one of eight is among three, three times of four."""
    index = index_of(language)
    assert len(index.quotes) == (48 if language else 144)
    assert hits(index, 3) >= (0.75 if language else 0.88)
    assert hits(index, 1) >= (0.55 if language else 0.72)


def test_a_guess_says_why() -> None:
    """It names the nearest quote and the words that speak for it, endings aside."""
    (best, *_) = guess(
        EvidenceIndex(QUOTES), "All images are gone, exported or not"
    ).nearest
    assert best.pain_point == EXPORT
    assert best.quote == "The export loses all images"
    assert {"images", "exported"} <= set(best.words)
    assert "are" not in best.words


def test_own_words_are_no_evidence() -> None:
    """A feedback that is quoted already is placed by what others said."""
    index = EvidenceIndex(QUOTES)
    text = QUOTES[4].text
    assert guess(index, text).nearest[0].pain_point == SYNC
    assert all(
        near.quote != text for near in guess(index, text, 5, feedback=31).nearest
    )


def test_nothing_in_common_is_no_guess() -> None:
    """A text that shares no word, and an empty one, are offered nothing."""
    index = EvidenceIndex(QUOTES)
    assert guess(index, "내보내기 중에 앱이 멈춰요").nearest == ()
    assert guess(index, "").nearest == ()
    assert guess(EvidenceIndex([]), "anything").nearest == ()
    assert guess(EvidenceIndex([Quoted(1, "?!", 1, 1)]), "?!").nearest == ()


def test_leaving_out_is_as_if_never_quoted() -> None:
    """A text is placed without a quote as by an index which never had it."""
    index = index_of()
    same = 0
    for at, one in enumerate(index.quotes):
        without = EvidenceIndex([*index.quotes[:at], *index.quotes[at + 1 :]])
        left = index.compare(one.text, [at]).likeness
        never = without.compare(one.text).likeness
        # The other quotes keep the lengths they had beside it.
        assert left == pytest.approx(never, abs=0.05)
        same += int(left.argmax() == never.argmax())
    assert same >= 0.95 * len(index.quotes)


def test_a_vocabulary_outlives_its_index() -> None:
    """An index built on words learnt before answers as one built anew."""
    words = Vocabulary()
    EvidenceIndex(QUOTES, words)
    EvidenceIndex([*QUOTES, Quoted(4, "another pain, other words", 41, 41)], words)
    assert EvidenceIndex(QUOTES, words).vocabulary is words
    learnt = len(words)
    again, anew = EvidenceIndex(QUOTES[:4], words), EvidenceIndex(QUOTES[:4])
    assert len(words) == learnt > len(anew.vocabulary)
    for one in QUOTES:
        assert guess(again, one.text) == guess(anew, one.text)


words = st.lists(
    st.sampled_from(
        ["export", "dark", "mode", "sync", "앱이", "멈춰요", "ñandú", "lost", "a"]
    )
).map(" ".join)


@given(st.lists(st.tuples(st.integers(1, 4), words), max_size=12), words)
def test_likeness_is_a_share(quotes: list[tuple[int, str]], text: str) -> None:
    """Any likeness is 0 to 1, falls along the guesses, and is 1 only for copies."""
    index = EvidenceIndex([Quoted(point, said, 9, 9) for point, said in quotes])
    guessed = guess(index, text, 10)
    assert all(0 <= one <= 1 + 1e-9 for one in guessed.likeness)
    assert list(guessed.likeness) == sorted(guessed.likeness, reverse=True)
    assert 0 <= guessed.margin <= 1 + 1e-9
    assert guess(index, text, 10) == guessed
