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
    queue.marks.add([9, 5])
    queue.take([9])
    assert list(queue.marks.chosen()) == [5]
    queue.refill(array("q", [8, 7]))
    assert not queue.marks


@given(st.permutations(range(1, 30)), st.data())
def test_any_order_is_kept(order: list[int], data: st.DataObject) -> None:
    """In an order keys do not tell, what leaves returns to its place too."""
    queue = Frozen(order, is_newest_first=False)
    steps = data.draw(
        st.lists(st.lists(st.sampled_from(order), unique=True), max_size=4)
    )
    taken = []
    for keys in steps:
        here = [key for key in keys if key in queue]
        queue.take(here)
        taken.append(here)
    for keys in reversed(taken):
        queue.put_back(keys)
    assert list(queue.keys) == order


@given(KEYS, st.data())
def test_marks_of_all_are_as_a_set(keys: set[int], data: st.DataObject) -> None:
    """All but some, kept as a flag and exceptions, is what a set would be."""
    ordered = sorted(keys, reverse=True)
    queue, marked = Frozen(ordered), set[int]()
    some = st.lists(st.sampled_from(ordered), unique=True) if ordered else st.just([])
    for _ in range(data.draw(st.integers(0, 6))):
        chosen = data.draw(some)
        match data.draw(st.sampled_from(["all", "none", "add", "drop", "take"])):
            case "all":
                queue.marks.everything()
                marked = set(queue.keys)
            case "none":
                queue.marks.clear()
                marked = set()
            case "add":
                here = [key for key in chosen if key in queue]
                queue.marks.add(here)
                marked |= set(here)
            case "drop":
                queue.marks.drop([key for key in chosen if key in queue])
                marked -= set(chosen)
            case "take":
                gone = [key for key in chosen if key in queue]
                queue.take(gone)
                marked -= set(gone)
        assert set(queue.marks.chosen()) == marked
        assert len(queue.marks) == len(marked)
        assert bool(queue.marks) is bool(marked)


def test_places() -> None:
    """A key stands where it stands, or where it would."""
    queue = Frozen([9, 7, 5])
    assert [queue.place(key) for key in (10, 9, 8, 5, 1)] == [0, 0, 1, 2, 3]
    assert queue.index(8) is None
    assert 7 in queue
    assert queue.between(2, 1) == [7, 5]
