"""What a service answers is looked at before it is taken."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.connector import SourceUnavailable
from triage_connectors import payload

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.parametrize(
    "told",
    ["2026-03-02T12:00:00Z", "2026-03-02T13:00:00+01:00", "2026-03-02T12:00:00",
     1772452800, 1772452800.0, 1772452800000],
)  # fmt: skip
def test_a_time_in_any_form_is_one_moment(told: object) -> None:
    """ISO 8601 with and without zone, seconds and milliseconds are the same time."""
    assert payload.at(told) == datetime(2026, 3, 2, 12, tzinfo=UTC)


@given(ANY)
def test_no_value_surprises(value: Any) -> None:
    """Whatever stands under a name is read, or is nothing; nothing else is raised."""
    values = {"x": value}
    payload.text(values, "x")
    payload.texts(values, "x")
    payload.key(values, "x")
    payload.number(values, "x")
    payload.moment(values, "x")
    payload.within(values, "x", "y")
    payload.inside(values, "x")


@pytest.mark.parametrize("value", [None, {}, "x", [1], [{}, None]])
def test_what_must_be_a_list_of_objects_is_refused_else(value: object) -> None:
    """A list that is none ends the pull with a sentence."""
    with pytest.raises(SourceUnavailable, match="try again later"):
        payload.rows({"tickets": value}, "tickets")


def test_a_list_that_may_be_missing_is_one_where_it_is_there() -> None:
    """Nothing is no list of something; anything else than a list is refused."""
    assert payload.rows_if_any({"tags": None}, "tags") == []
    assert payload.rows_if_any({"tags": [{}]}, "tags") == [{}]
    with pytest.raises(SourceUnavailable, match="try again later"):
        payload.rows_if_any({"tags": {}}, "tags")


def test_what_must_have_an_id_is_refused_without() -> None:
    """Something without its id could never be told again; the pull ends."""
    assert payload.must_be_key({"id": 12}) == "12"
    with pytest.raises(SourceUnavailable, match="without its id"):
        payload.must_be_key({"id": True})
