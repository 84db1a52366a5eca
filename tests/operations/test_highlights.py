"""Highlights: words copied exactly, feelings with intensity, refusals that say why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON
from triage.errors import UsageError
from triage.model import Channel, Feedback, Kind
from triage.operations import highlights
from triage.operations.pain_points import Span, text_of
from triage.research import Comparison, Feeling, Highlight, Meaning, Stance

EMPTY = Highlight(id=1, feedback_id=1, quote="", start=0, end=0)
HARD = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\r\n\t e\u0301👩‍👧🇩🇪\u200d\u202eمם日本\ufe0f"),
    ),
    max_size=40,
)
"""Letters, and what breaks them: CRLF, combining marks, joined emoji, directions."""


def said(body: str, title: str = "") -> Feedback:
    """A feedback of these words."""
    return Feedback(
        id=7, number=3, source="mail", external_id="1", channel=Channel.EMAIL,
        kind=Kind.FEEDBACK, title=title, body=body, received_at=NOON,
    )  # fmt: skip


def heard(**told: Any) -> Highlight:
    """What is then heard where nothing was."""
    return highlights.hearing(EMPTY, {}, told)


@given(title=HARD, body=HARD, ends=st.tuples(st.integers(-3, 90), st.integers(-3, 90)))
def test_the_quote_is_the_text_between_its_ends(
    title: str, body: str, ends: tuple[int, int]
) -> None:
    """Whatever the text is made of, words are copied as they stand, or refused."""
    feedback = said(body, title)
    text = text_of(feedback)
    start, end = ends
    if 0 <= start < end <= len(text) and text[start:end].strip():
        made = highlights.passage(EMPTY, feedback, Span(start, end))
        assert made.quote == text[made.start : made.end] == text[start:end]
        assert made.feedback_id == feedback.id
        again = highlights.found_again(feedback, made.quote, made.start)
        assert again == Span(start, end)
    else:
        with pytest.raises(UsageError):
            highlights.passage(EMPTY, feedback, Span(start, end))


def test_all_of_it_is_highlighted_without_a_span() -> None:
    """Title and body are one text, as they are for quotes."""
    made = highlights.passage(EMPTY, said("is lost", "Export"), None)
    assert (made.quote, made.start, made.end) == ("Export\n\nis lost", 0, 15)


def test_words_that_moved_are_found_nearest_to_where_they_stood() -> None:
    """An edit at the source shifts words; the copy of them leads back."""
    found = highlights.found_again(said("slow. very slow, too slow"), "slow", 12)
    assert found == Span(11, 15)
    assert highlights.found_again(said("fast"), "slow", 0) is None


@pytest.mark.parametrize(
    ("before", "told", "feeling", "intensity"),
    [
        ({}, {"feeling": Feeling.ANGRY}, Feeling.ANGRY, 2),
        ({}, {"feeling": Feeling.ANGRY, "intensity": 3}, Feeling.ANGRY, 3),
        ({"feeling": Feeling.SAD, "intensity": 1}, {"feeling": Feeling.ANGRY},
         Feeling.ANGRY, 1),
        ({"feeling": Feeling.SAD, "intensity": 1}, {"intensity": 3}, Feeling.SAD, 3),
        ({"feeling": Feeling.SAD, "intensity": 1}, {"feeling": None}, None, 0),
        ({"feeling": Feeling.SAD, "intensity": 1}, {"tags": ["x"]}, Feeling.SAD, 1),
        ({"feeling": Feeling.SAD, "intensity": 3}, {"intensity": None},
         Feeling.SAD, 3),
    ],
)  # fmt: skip
def test_a_feeling_has_an_intensity(
    before: dict[str, Any], told: dict[str, Any], feeling: Feeling, intensity: int
) -> None:
    """Plainly where nobody says how strongly, and none without a feeling."""
    after = highlights.hearing(heard(**before), {}, told)
    assert (after.feeling, after.intensity) == (feeling, intensity)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"intensity": 2}, "say which, as angry:3"),
        ({"feeling": Feeling.SAD, "intensity": 4}, "it goes from 1 to 3"),
        ({"tags": ["a,b"]}, "has a comma"),
        ({"comparison": Comparison(competitor=" ")}, "with whom are we compared"),
        ({"comparison": Comparison(competitor="x" * 61)}, "60 at most"),
        ({"comparison": Comparison(competitor="Ac\x1bme")}, "no name of a competitor"),
    ],
)
def test_what_makes_no_sense_is_refused(told: dict[str, Any], words: str) -> None:
    """Nothing is half set, and the sentence says what would do."""
    with pytest.raises(UsageError, match=words):
        highlights.highlight(heard(**told), said("slow"))


def test_the_history_says_what_was_heard() -> None:
    """A step's label has the words, the feeling, the meaning and who is compared."""
    made = heard(
        feeling=Feeling.FRUSTRATED, intensity=3, meaning=Meaning.NEED,
        comparison=Comparison(
            competitor="Acme  Pro", aspect=" Price ", stance=Stance.BETTER
        ),
    )  # fmt: skip
    made = highlights.passage(made, said("too slow"), None)
    step = highlights.highlight(made, said("too slow"))
    assert step.label == (
        "Highlighted “too slow” (frustrated:3, need, Acme Pro better) in f3 “too slow”"
    )
    assert step.changes[0].after is not None
    assert step.changes[0].after["aspect"] == "price"
