"""A frozen queue keeps its order whatever leaves and returns."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from triage.tui.frozen import Frozen

KEYS = st.sets(st.integers(1, 10**15), max_size=40)


@given(KEYS, st.data())
def test_what_leaves_returns_to_its_place(keys: set[int], data: st.DataObject) -> None:
    """Taking rows out and putting them back leaves the list as it was."""
    ordered = sorted(keys, reverse=True)
    queue = Frozen(ordered)
    gone = data.draw(st.lists(st.sampled_from(ordered), unique=True)) if ordered else []
    queue.take(gone)
    assert list(queue.keys) == [key for key in ordered if key not in set(gone)]
    queue.put_back(gone)
    queue.put_back(gone)
    assert list(queue.keys) == ordered


def test_marks_leave_with_their_rows() -> None:
    """A mark on a row that left means nothing."""
    queue = Frozen([9, 7, 5])
    queue.marks.update([9, 5])
    queue.take([9])
    assert queue.marks == {5}
    queue.refill(array("q", [8, 7]))
    assert queue.marks == set()


def test_places() -> None:
    """A key stands where it stands, or where it would."""
    queue = Frozen([9, 7, 5])
    assert [queue.place(key) for key in (10, 9, 8, 5, 1)] == [0, 0, 1, 2, 3]
    assert queue.index(8) is None
    assert 7 in queue
    assert queue.between(2, 1) == [7, 5]
