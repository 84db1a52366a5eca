"""A score is the same from either side, and says what it is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grouping.arrays import compared, one_pair, weighed
from triage.grouping import scoring
from triage.grouping.bands import ABOUT, GROUPED, SUGGESTED
from triage.grouping.comparing import FALLING, FIGURES, RISING, compare
from triage.grouping.normalize import normalize, tokens
from triage.grouping.tables import Tables, shipped
from triage.grouping.texts import Texts

WORDS = st.sampled_from(
    [
        "export", "exprot", "exports", "pdf", "csv", "tags", "lose", "loses", "all",
        "my", "the", "notebook", "large", "larger", "12", "13", "app", "application",
        "検索", "索が", "バグ",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=30).map(normalize)
NOBODY = np.zeros(0, np.int64)


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_from_either_side(left: str, right: str) -> None:
    """Whichever text is on the left, figures and scores are the same to the digit."""
    texts = Texts.of([left, right])
    ends, weight = (np.array([0, 1]), np.array([1, 0])), weighed(texts)
    for figure, values in compare(texts, *ends, weight).figures.items():
        assert values[0] == pytest.approx(values[1], abs=1e-9), figure
    scores = scoring.score(texts, *ends, weight)
    assert scores.score[0] == scores.score[1]
    assert 0 <= scores.score[0] <= 100
    there, back = scoring.reasons(texts, *ends, weight)
    assert (there["left"], there["right"]) == (back["right"], back["left"])
    assert set(there["shared"]) <= {*tokens(left)}


@given(TEXTS.filter(lambda text: len(set(text.split())) >= 5))
@settings(max_examples=60, deadline=None)
def test_equal_texts_are_grouped(text: str) -> None:
    """What is said in the same words is as sure as grouping asks for."""
    assert compared(text, text)[0] >= GROUPED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("exporting a large notebook loses all tags", "exporting a large notebook looses all tags"),
        ("sync takes an hour every morning on my phone", "every morning sync takes an hour on my phone"),
        ("I was charged twice in march, nobody answers", "I was charged twice in march and nobody answers me"),
        ("the app crashes when I attach a photo to a note", "the application crashes when I attach a picture to a note"),
    ],
)  # fmt: skip
def test_edited_copies_are_grouped(left: str, right: str) -> None:
    """Misspelt, turned round, with a word more or a synonym, it is the same said."""
    assert compared(left, right)[0] >= GROUPED


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("single sign-on with Okta fails with an error", "single sign-on with Azure fails with an error"),
        ("please add a shortcut to archive the open note", "please add a shortcut to delete the open note"),
        ("export to PDF loses all my tags every time", "export to CSV loses all my tags every time"),
    ],
)  # fmt: skip
def test_another_thing_is_not_grouped(left: str, right: str) -> None:
    """One telling word in another's place makes it another thing; a person may look."""
    sameness, likeness = compared(left, right)
    assert sameness < GROUPED
    assert sameness >= SUGGESTED or likeness >= ABOUT


def test_unlike_texts_are_not_even_suggested() -> None:
    """What shares only small words is no suggestion."""
    sameness, likeness = compared(
        "the price of the yearly plan is too high", "it is the best app for my notes"
    )
    assert (sameness < SUGGESTED, likeness < ABOUT) == (True, True)


def told(left: str, right: str) -> dict[str, Any]:
    texts = Texts.of([normalize(left), normalize(right)])
    (reason,) = scoring.reasons(texts, np.array([0]), np.array([1]), weighed(texts))
    return reason


def test_the_reason_says_which_words() -> None:
    """A person sees what both say, what only one says, and what stands for what."""
    reason = told(
        "exporting my notes to PDF loses tags", "exportin my notes to CSV loses tags"
    )
    assert "loses" in reason["shared"]
    assert reason["meant"] == [["exporting", "exportin"]]
    assert (reason["left"], reason["right"]) == (["pdf"], ["csv"])
    assert reason["swapped"] == [["pdf", "csv"]]
    assert reason["version"] == shipped().version


def test_the_points_are_the_score() -> None:
    """Anyone can add up the points and come to the sureness shown."""
    reason = told("export to PDF loses tags", "export to CSV loses tags")
    total = sum(reason["points"].values())
    assert total == pytest.approx(reason["odds"], abs=0.011)
    assert 100 / (1 + np.exp(-total)) == pytest.approx(reason["sameness"], abs=0.3)
    assert set(reason["points"]) == {"start", *FIGURES}


def test_what_would_change_the_verdict() -> None:
    """Of two that opposites keep apart, these are named; of a sure pair, what it hangs by."""
    apart = told(
        "export to PDF loses all my tags every time since spring",
        "export to CSV loses all my tags every time since spring",
    )
    assert apart["sameness"] < GROUPED
    assert {one["figure"] for one in apart["changes"]} <= FALLING
    assert "opposed" in {one["figure"] for one in apart["changes"]}
    alike = told("export loses my tags every time", "export loses my tags every time")
    assert {one["room"] < 0 for one in alike["changes"]} == {True}


def test_every_table_is_monotone() -> None:
    """More of what speaks for a pair never takes points, more against never gives any."""
    tables = shipped().tables
    assert set(tables) == RISING | FALLING == set(FIGURES)
    for name, table in tables.items():
        steps = np.diff(table.points)
        assert (steps > 0).all() if name in RISING else (steps < 0).all()
        assert list(table.edges) == sorted(table.edges)
        assert len(table.points) == len(table.edges) + 1


def test_tables_survive_their_file() -> None:
    """What is written is what is read."""
    assert Tables.from_json(shipped().to_json()) == shipped()


def test_nothing_to_score() -> None:
    """No pairs, and texts that say nothing, raise no error."""
    empty = Texts.of([])
    assert len(scoring.score(empty, NOBODY, NOBODY, np.zeros(0)).score) == 0
    assert scoring.reasons(empty, NOBODY, NOBODY, np.zeros(0)) == []
    silent = Texts.of(["", "word"])
    assert one_pair(silent, 0, 1).score[0] == 0
