"""Groups follow from matches and rulings, whatever order they come in."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.grouping.bands import GROUPED, STRICT, SUGGESTED
from triage.grouping.clustering import Link, join, settle

NUMBERS = st.integers(1, 14)
PAIRS = st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] != pair[1])
SCORES = st.sampled_from([SUGGESTED, GROUPED - 1, GROUPED, 97.0, 99.5, 100.0])


def ordered(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return sorted({(min(pair), max(pair)) for pair in pairs})


LINKS = st.dictionaries(PAIRS.map(lambda p: (min(p), max(p))), SCORES, max_size=30).map(
    lambda found: [Link(left, right, score) for (left, right), score in found.items()]
)


@given(LINKS, st.lists(PAIRS, max_size=6), st.lists(PAIRS, max_size=6), st.randoms())
@settings(max_examples=200)
def test_settling_is_the_same_in_any_order(
    links: list[Link], same: list[tuple[int, int]], different: list[tuple[int, int]],
    dice: random.Random,
) -> None:  # fmt: skip
    """Members, links and rulings may come in any order, their ends too."""
    members = list(range(1, 15))
    once = settle(members, links, same, set(ordered(different)))
    shuffled = [
        Link(link.right, link.left, link.score) if dice.random() < 0.5 else link
        for link in links
    ]
    for some in (members, shuffled, same):
        dice.shuffle(some)
    turned = [(right, left) for left, right in same]
    assert once == settle(members, shuffled, turned, set(ordered(different)))


@given(LINKS, st.lists(PAIRS, max_size=6), st.lists(PAIRS, min_size=1, max_size=8))
@settings(max_examples=200)
def test_different_is_never_broken(
    links: list[Link], same: list[tuple[int, int]], different: list[tuple[int, int]]
) -> None:
    """Nobody and nothing puts together what a person called different."""
    apart = set(ordered(different))
    parts = settle(list(range(1, 15)), links, same, apart)
    assert all(parts[left] != parts[right] for left, right in apart)


@given(LINKS, st.lists(PAIRS, min_size=1, max_size=6))
@settings(max_examples=100)
def test_same_holds_where_nobody_said_different(
    links: list[Link], same: list[tuple[int, int]]
) -> None:
    """Without a “different”, every “same” is kept, and a part has its smallest's name."""
    parts = settle(list(range(1, 15)), links, same, set())
    assert all(parts[left] == parts[right] for left, right in same)
    for part in set(parts.values()):
        assert part == min(number for number, name in parts.items() if name == part)


@given(LINKS, st.dictionaries(st.integers(1, 6), st.integers(1, 3)), st.randoms())
@settings(max_examples=200)
def test_joining_is_the_same_in_any_order(
    links: list[Link], groups: Mapping[int, int], dice: random.Random
) -> None:
    """Newcomers and links may come in any order; only newcomers are placed."""
    stored = {number: groups.get(number, number) for number in range(1, 7)}
    stored = {number: min(group, number) for number, group in stored.items()}
    newcomers = list(range(7, 15))
    known = [link for link in links if max(link.left, link.right) > 6]
    once = join(newcomers, known, stored)
    assert {number: once[number] for number in stored} == stored
    assert set(once) == {*newcomers, *stored}
    shuffled = [
        Link(link.right, link.left, link.score) if dice.random() < 0.5 else link
        for link in known
    ]
    dice.shuffle(shuffled)
    dice.shuffle(newcomers)
    assert once == join(newcomers, shuffled, stored)


@given(LINKS)
@settings(max_examples=100)
def test_a_group_is_held_by_sure_links(links: list[Link]) -> None:
    """Whoever is placed with others has a sure link to one of them."""
    placed = join(list(range(1, 15)), links, {})
    for number, group in placed.items():
        company = {other for other, name in placed.items() if name == group} - {number}
        sure = {
            end
            for link in links
            if link.score >= GROUPED and number in {link.left, link.right}
            for end in (link.left, link.right)
        }
        assert not company or company & sure
        assert group == min({number, *company})


def test_groups_are_never_merged() -> None:
    """A newcomer like two groups joins one; the groups stay two."""
    links = [Link(9, 1, 99.0), Link(9, 2, 99.0), Link(9, 5, 99.9), Link(9, 6, 99.9)]
    stored = {1: 1, 2: 1, 5: 5, 6: 5}
    assert join([9], links, stored) == {**stored, 9: 5}


def test_what_nobody_has_seen_may_still_come_together() -> None:
    """A newcomer brings two groups together where one was made just now."""
    links = [Link(9, n, 99.0) for n in (1, 2)] + [Link(9, n, 99.9) for n in (5, 6)]
    links += [Link(1, 5, GROUPED), Link(2, 6, GROUPED)]
    stored = {1: 1, 2: 1, 5: 5, 6: 5}
    assert set(join([9], links, stored, unseen={5}).values()) == {1}
    assert set(join([9], links, stored, unseen={1, 5}).values()) == {1}
    unlike = [Link(one, other, 3.0) for one in (1, 2) for other in (5, 6)]
    assert join([9], [*links[:4], *unlike], stored, unseen={5}) == {**stored, 9: 5}


def test_one_friend_of_many_is_not_enough() -> None:
    """Sure of one member but unlike the others, a newcomer stays out: no chains."""
    crowd = dict.fromkeys(range(1, 9), 1)
    lone = [Link(20, 1, GROUPED + 1)] + [Link(20, n, SUGGESTED) for n in range(2, 9)]
    assert join([20], lone, crowd)[20] == 20
    agreed = [Link(20, number, GROUPED + 1) for number in range(1, 9)]
    assert join([20], agreed, crowd)[20] == 1


def test_strict_asks_for_more() -> None:
    """What is sure enough for most is left to a person where strictness was asked."""
    links = [Link(1, 2, GROUPED + 1)]
    assert join([1, 2], links, {}) == {1: 1, 2: 1}
    assert join([1, 2], links, {}, STRICT) == {1: 1, 2: 2}


def test_nobody_is_alone_in_a_group() -> None:
    """Without links, everybody is a group of their own, under their own name."""
    assert join([3, 1, 2], [], {}) == {1: 1, 2: 2, 3: 3}
    assert settle([3, 1, 2], [], [], set()) == {1: 1, 2: 2, 3: 3}
    assert join([], [], {}) == settle([], [], [], set()) == {}
