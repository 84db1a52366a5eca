"""A score is the same from either side, and says what it is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.grouping import scoring
from triage.grouping.clustering import GROUPED, SUGGESTED
from triage.grouping.normalize import normalize
from triage.grouping.scoring import Points, Text

RARE: Mapping[str, float] = defaultdict(lambda: 7.0) | dict.fromkeys(
    [
        "the",
        "a",
        "to",
        "of",
        "and",
        "is",
        "my",
        "it",
        "i",
        "in",
        "on",
        "for",
        "not",
        "with",
        "but",
        "all",
    ],
    1.0,
)

WORDS = st.sampled_from(
    [
        "export",
        "exprot",
        "exports",
        "pdf",
        "csv",
        "tags",
        "lose",
        "loses",
        "all",
        "my",
        "the",
        "notebook",
        "large",
        "larger",
        "12",
        "13",
        "検索",
        "索が",
        "バグ",
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=30).map(normalize)


def compared(left: str, right: str) -> Points:
    idf: Mapping[str, float] = defaultdict(lambda: 7.0, RARE)
    one, other = Text.of(normalize(left)), Text.of(normalize(right))
    return scoring.score([one], [other], idf)[0]


@given(TEXTS, TEXTS)
@settings(max_examples=300)
def test_from_either_side(left: str, right: str) -> None:
    """Whichever text is on the left, the score is the same and the reason mirrored."""
    idf: Mapping[str, float] = defaultdict(lambda: 7.0, RARE)
    one, other = Text.of(left), Text.of(right)
    there, back = (
        scoring.score([one], [other], idf)[0],
        scoring.score([other], [one], idf)[0],
    )
    assert there.score == pytest.approx(back.score, abs=1e-9)
    assert 0 <= there.score <= 100
    assert there.reason()["left"] == back.reason()["right"]
    assert set(there.reason()["shared"]) <= {*one.terms, *other.terms}


@given(TEXTS.filter(lambda text: len(set(text.split())) >= 4))
@settings(max_examples=60)
def test_equal_texts_are_grouped(text: str) -> None:
    """What is said in the same words is as sure as grouping asks for."""
    assert compared(text, text).score >= GROUPED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exporting a large notebook loses all tags", "exporting a large notebook looses all tags"),
        ("sync takes an hour every morning on my phone", "every morning sync takes an hour on my phone"),
        ("I was charged twice in march, nobody answers", "I was charged twice in march and nobody answers me"),
    ],
)  # fmt: skip
def test_edited_copies_are_grouped(left: str, right: str) -> None:
    """Misspelt, turned round or with a word more, it is the same thing said."""
    assert compared(left, right).score >= GROUPED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("single sign-on with Okta fails with an error", "single sign-on with Azure fails with an error"),
        ("please add a shortcut to archive the open note", "please add a shortcut to delete the open note"),
        ("the android app crashes when I attach a photo", "the ios app crashes when I attach a photo"),
        ("export to PDF loses all my tags every time", "export to CSV loses all my tags every time"),
    ],
)  # fmt: skip
def test_another_thing_is_not_grouped(left: str, right: str) -> None:
    """One telling word in another's place makes it another thing; a person may look."""
    assert SUGGESTED <= compared(left, right).score < GROUPED


def test_unlike_texts_are_not_even_suggested() -> None:
    """What shares only small words is no suggestion."""
    found = compared(
        "the price of the yearly plan is too high", "it is the best app for my notes"
    )
    assert found.score < SUGGESTED


def test_the_reason_says_which_words() -> None:
    """A person sees what both say and what only one of them says."""
    reason = compared("export to PDF loses tags", "export to CSV loses tags").reason()
    assert "export" in reason["shared"]
    assert (reason["left"], reason["right"]) == (["pdf"], ["csv"])
    assert reason["version"] == scoring.VERSION
    assert sum(reason["points"].values()) - 2 * reason["points"]["total"] < 20


def test_nothing_to_score() -> None:
    """No pairs, and texts that say nothing, raise no error."""
    assert len(scoring.score([], [], {})) == 0
    assert len(scoring.gate([], [], np.zeros(0, np.float32))) == 0
    assert scoring.score([Text.of("")], [Text.of("")], {})[0].score >= 0
