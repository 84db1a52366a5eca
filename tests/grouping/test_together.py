"""Any texts put together at once: the same whatever their order, within bounds."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.grouping.bands import STRICT
from triage.grouping.edits import make
from triage.grouping.together import together
from triage.grouping.training import judge

ISSUES = [
    "exporting a large notebook to a file loses all of the tags",
    "sync takes an hour every morning on my old phone",
    "I was charged twice in march and nobody answers my mails",
    "the widget shows yesterday's tasks until I restart the phone",
    "dark mode hurts my eyes because the links stay bright blue",
    "offline notes vanish after an update on the train",
    "dictation stops after ten seconds without a warning",
    "the search finds nothing written in japanese or korean",
]


def partition(texts: list[str], groups: list[int]) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for text, group in zip(texts, groups, strict=True):
        found.setdefault(group, set()).add(text)
    return {frozenset(group) for group in found.values()}


@given(st.integers(0, 10_000), st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_arrival_makes_no_difference(
    seed: int, dice: random.Random
) -> None:
    """Texts in any order make the same groups."""
    texts = sorted({one.text for one in make(ISSUES, 8, seed)} | set(ISSUES))
    once = partition(texts, together(texts))
    dice.shuffle(texts)
    assert partition(texts, together(texts)) == once


def test_a_group_is_named_by_its_first() -> None:
    """Each text gets the index of the first that says the same; alone, its own."""
    texts = [ISSUES[0], ISSUES[1], ISSUES[0].upper() + "!!", "", "", ISSUES[1] + " :("]
    assert together(texts) == [0, 1, 0, 3, 4, 1]


def test_made_duplicates_come_together(pytestconfig: pytest.Config) -> None:
    """Of texts edited like people edit, nearly all come together and hardly any wrongly."""
    del pytestconfig
    bases = [
        f"{issue} {extra}"
        for issue in ISSUES
        for extra in (
            "since tuesday", "on windows 11", "in the berlin office", "when roaming",
            "for our whole sales team", "after the reinstall", "with two accounts",
        )
    ]  # fmt: skip
    made = make(ISSUES, 8, 3)
    assert (
        judge(
            together([one.text for one in made]), [one.cluster for one in made]
        ).precision
        == 1
    )
    # Two dozen words about one thing, and three that make it another's.
    loose = judge(together(bases), list(range(len(bases))))
    strict = judge(together(bases, STRICT), list(range(len(bases))))
    assert strict.groups >= loose.groups


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("ten thousand copies of one text", [ISSUES[0]] * 10_000),
        ("ten thousand of one template", [f"Dear team, my order number {n * 7919} has not arrived, please look into it and answer me by {n}" for n in range(10_000)]),
        ("a megabyte", ["export " * 150_000, "word" * 250_000, "й" * 1_000_000]),
        ("no letters", ["!!!", "...", "☹️☹️☹️", "12 34 56 78", "12 34 56 78"] * 50),
        ("letters under heaps of accents", ["ẑ̷̡͇a̴l̶g̸o̵ text " + "\u0335\u0321" * 5000] * 20),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)  # fmt: skip
def test_hostile_texts_stay_within_time(name: str, texts: list[str]) -> None:
    """Nothing anybody sends takes longer than a few seconds to put together."""
    began = time.process_time()
    groups = together(texts)
    assert len(groups) == len(texts), name
    assert time.process_time() - began < 20
