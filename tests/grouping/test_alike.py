"""Two ways of saying one thing rank above two things said in one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.grouping.alike import alike
from triage.grouping.normalize import normalize, tokens

terms = st.lists(st.sampled_from(["export", "exports", "fails", "앱이", "a", ""]))
IDF = {"export": 2.0, "exports": 3.0, "fails": 1.0, "앱이": 4.0}


def of(one: str, other: str) -> float:
    first, second = tokens(normalize(one)), tokens(normalize(other))
    return alike(first, second, dict.fromkeys([*first, *second], 1.0))


@given(terms, terms)
def test_neither_side_nor_order_matters(one: list[str], other: list[str]) -> None:
    """It is the same from either side, to the last bit, however the terms stand."""
    told = alike(one, other, IDF)
    assert told == alike(other, one, IDF) == alike(one[::-1], other, IDF)
    assert 0 <= told <= 1 + 1e-9


def test_a_copy_is_all_alike_and_a_stranger_not_at_all() -> None:
    """1 for the same words, 0 for nothing in common, and for nothing said."""
    assert of("Sync lost my notes", "my notes: sync lost!") == pytest.approx(1)
    assert of("Sync lost my notes", "앱이 멈춰요") == 0
    assert of("", "") == of("", "words") == 0


def test_a_part_is_no_paraphrase() -> None:
    """What says as much with other endings is nearer than what leaves half unsaid."""
    said = "exporting the report loses all images and the last column"
    again = "the exported reports lose all image and the last columns"
    assert of(said, again) > of(said, "exporting the report")
