"""A filled-in survey becomes one feedback, whatever was answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.connector import Channel, ConfigError, Kind
from triage_connectors.survey import Filled, Rating, check_metric, joined, short

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = st.text(min_size=1)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_every_answer_is_in_the_words(words: list[tuple[str, str]]) -> None:
    """No open answer is lost, in order; questions stand where there are several."""
    text = joined(words)
    at = 0
    for question, answer in words:
        if len(words) > 1:
            at = text.index(question, at) + len(question)
        at = text.index(answer, at) + len(answer)


@pytest.mark.parametrize(
    ("name", "question", "kept"),
    [
        ("plan", "Which plan?", "plan"),
        ("3f2b1c7a-0d5e-4a6b-9c8d-7e6f5a4b3c2d", "Which plan?", "Which plan?"),
        ("725296464", "Which plan?", "Which plan?"),
        ("725296464", "", "725296464"),
        ("", "", ""),
    ],
)
def test_short(name: str, question: str, kept: str) -> None:
    """What a machine named is kept under its question."""
    assert short(name, question) == kept


def test_a_number_only() -> None:
    """Without a word it is a rating, which nobody triages."""
    filled = Filled(name="r1", title="NPS", at=AT, rating=Rating(9, "0-10", "nps"))
    told = filled.incoming({}, {"id": "r1"})
    assert (told.kind, told.channel, told.body) == (Kind.AUTO, Channel.SURVEY, "")
    assert (told.rating, told.scale, told.metric) == (9.0, "0-10", "nps")
    assert told.edited_at == told.received_at == AT


def test_metric() -> None:
    """A metric there is none of is refused with those there are."""
    check_metric("ces")
    with pytest.raises(ConfigError, match="csat, ces, nps, stars"):
        check_metric("joy")
