"""What changes from one grouping to another is what one would count by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from triage.grouping.difference import SHOWN, Shift, difference


@st.composite
def groupings(draw: st.DrawFn) -> dict[int, int]:
    """Members with their group, which is named by its earliest."""
    labels = draw(st.lists(st.integers(0, 5), max_size=14))
    first: dict[int, int] = {}
    found = {n: first.setdefault(label, n) for n, label in enumerate(labels)}
    kept = draw(st.sets(st.sampled_from(range(14))))
    # Somebody alone may be left out.
    alone = {n for n in found if list(found.values()).count(found[n]) == 1}
    return {n: group for n, group in found.items() if n not in alone or n in kept}


def test_by_hand() -> None:
    """Of 123 45 becoming 12 345: one goes from the first to the second group."""
    told = difference({1: 1, 2: 1, 3: 1, 4: 4, 5: 4}, {1: 1, 2: 1, 3: 3, 4: 3, 5: 3})
    assert (told.before, told.after, told.together, told.apart, told.moved) == (
        2, 2, 1, 1, 1,
    )  # fmt: skip
    assert told.largest == (
        Shift(is_together=False, group=1, parts=((1, 2), (3, 1))),
        Shift(is_together=True, group=3, parts=((4, 2), (1, 1))),
    )


def test_a_new_name_moves_nobody() -> None:
    """Where the earliest leaves, the rest are called otherwise and stay together."""
    told = difference({1: 1, 2: 1, 3: 1, 4: 1}, {2: 2, 3: 2, 4: 2})
    assert (told.together, told.apart, told.moved) == (0, 1, 1)
    assert told.largest[0].parts == ((2, 3), (1, 1))


@given(groupings(), groupings())
def test_there_and_back(one: dict[int, int], other: dict[int, int]) -> None:
    """Nothing changes to the same; back again, what came together comes apart."""
    same = difference(one, one)
    assert (same.together, same.apart, same.moved, same.largest) == (0, 0, 0, ())
    there, back = difference(one, other), difference(other, one)
    assert (there.together, there.apart) == (back.apart, back.together)
    assert (there.before, there.after) == (back.after, back.before)
    assert there.moved == back.moved
    assert bool(there.moved) is bool(there.together or there.apart)
    assert len(there.largest) == min(SHOWN, there.together + there.apart)
    sizes = [shift.size - shift.parts[0][1] for shift in there.largest]
    assert sizes == sorted(sizes, reverse=True)
