"""A walk by time of change goes on where it was, and knows what it has seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.connector import SourceError
from triage_connectors import saved, watermark
from triage_connectors.watermark import Watermark

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_next_walk_begins_a_stretch_before_the_last() -> None:
    """What is told late is still met, for the walk begins a stretch earlier."""
    mark = Watermark().after([("1", NOON, "a")], MINUTE)
    assert mark.begins(MINUTE) == NOON - MINUTE
    assert Watermark().begins(MINUTE) is None


def test_what_was_stored_is_known_by_its_version() -> None:
    """The same version is known, another of the same name is not."""
    mark = Watermark().after([("1", NOON, "a")], MINUTE)
    assert mark.knows("1", "a")
    assert not mark.knows("1", "b")
    assert not mark.knows("2", "a")


def test_what_lies_before_the_stretch_is_forgotten() -> None:
    """A cursor stays small, however many changes came."""
    mark = Watermark().after(
        [(str(n), NOON + n * MINUTE, "v") for n in range(100)], MINUTE
    )
    assert sorted(mark.seen) == ["98", "99"]


def test_so_much_at_once_is_not_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many changes of one moment the cursor keeps a bounded number."""
    monkeypatch.setattr(watermark, "MOST", 10)
    mark = Watermark().after([(str(n), NOON, "v") for n in range(100)], MINUTE)
    assert len(mark.seen) == 10


@given(
    st.lists(
        st.tuples(st.text(max_size=3), st.integers(0, 500), st.text(max_size=3)),
        max_size=20,
    ),
    st.integers(1, 10),
)
def test_a_cursor_keeps_a_watermark(
    changes: list[tuple[str, int, str]], minutes: int
) -> None:
    """What a cursor gives back is what was written, and its time never goes back."""
    told = [(name, NOON + at * MINUTE, how) for name, at, how in changes]
    mark = Watermark()
    for one in told:
        later = mark.after([one], minutes * MINUTE)
        assert mark.until is None or (later.until and later.until >= mark.until)
        mark = later
    cursor = mark.cursor()
    values = saved.parsed(cursor, watermark.NAMES)
    assert Watermark.read(values, NOON + timedelta(days=1)) == mark


@pytest.mark.parametrize(
    "values",
    [
        {"until": "x", "seen": {}},
        {"until": "", "seen": []},
        {"until": "", "seen": {"1": "a"}},
        {"until": "", "seen": {"1": ["a", 2]}},
        {"until": "2030-01-01T00:00:00+00:00", "seen": {}},
    ],
)
def test_a_damaged_one_is_refused(values: dict[str, object]) -> None:
    """What cannot be true is refused with a sentence, never taken for the start."""
    read = saved.parsed(saved.written(json.loads(json.dumps(values))), watermark.NAMES)
    with pytest.raises(SourceError, match="was left"):
        Watermark.read(read, NOON)
