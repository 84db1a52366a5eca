"""Tags are set and never toggled, and one tag has one spelling."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON
from triage.errors import UsageError
from triage.model import Channel, Feedback, Kind, Label, PainPoint
from triage.operations import notes, tags
from triage.step import Step


def feedback(key: int) -> Feedback:
    return Feedback(
        id=key, number=key, source="mail", external_id=str(key), channel=Channel.EMAIL,
        kind=Kind.FEEDBACK, title="", body=f"words {key}", received_at=NOON,
    )  # fmt: skip


ONE, OTHER = feedback(1), feedback(2)


def after(step: Step) -> dict[int, Any]:
    """Feedback id to the tags a step leaves; None where the row goes."""
    return {
        change.row: json.loads(change.after["tags"]) if change.after else None
        for change in step.changes
    }


def test_adding_and_removing_are_set() -> None:
    """Who has a tag keeps it, who lacks it gets it; the order of the old ones stays."""
    now = {1: Label(feedback_id=1, tags=("login", "billing"))}
    step = tags.tag(
        [ONE, OTHER], now, add=["billing", "vip"], remove=["login"], known={}
    )
    assert after(step) == {1: ["billing", "vip"], 2: ["billing", "vip"]}
    assert step.label == "Tagged f1 “words 1” and 1 more: +billing +vip -login"
    again = {key: Label(feedback_id=key, tags=("billing", "vip")) for key in (1, 2)}
    assert tags.tag([ONE, OTHER], again, add=["vip"], known={}).changes == ()


def test_the_last_tag_takes_the_row_with_it() -> None:
    """Nothing pinned is no row; an owner alone is a reason for one."""
    bare = {1: Label(feedback_id=1, tags=("x",))}
    assert after(tags.tag([ONE], bare, remove=["X"], known={})) == {1: None}
    owned = {1: Label(feedback_id=1, tags=("x",), owner="dana")}
    assert after(tags.tag([ONE], owned, remove=["x"], known={})) == {1: []}


def test_the_first_spelling_is_kept() -> None:
    """Neither case, accents nor spaces make another tag."""
    known = {"uber uns": "Über uns"}
    step = tags.tag([ONE], {}, add=["uber  UNS", "ÜBER UNS"], known=known)
    assert after(step) == {1: ["Über uns"]}


@pytest.mark.parametrize(
    ("add", "remove"),
    [
        ((), ()), ((" ",), ()), (("a,b",), ()), (("x" * 61,), ()), (("a\x1bb",), ()),
        (("Bill",), ("bill",)),
    ],
)  # fmt: skip
def test_what_is_no_tag_is_refused(
    add: tuple[str, ...], remove: tuple[str, ...]
) -> None:
    """Nothing named, blanks, commas, novels, control characters, both at once."""
    with pytest.raises(UsageError):
        tags.tag([ONE], {}, add=add, remove=remove, known={})


def test_renaming_into_another_leaves_one() -> None:
    """Everywhere, in its place; where both were, one is left, as it was written."""
    labels = [
        Label(feedback_id=1, tags=("a", "Invoices", "Billing")),
        Label(feedback_id=2, tags=("invoices",)),
    ]
    point = PainPoint(id=3, title="Paying", tags=("Invoices", "money"))
    known = {"a": "a", "invoices": "Invoices", "billing": "Billing", "money": "money"}
    step = tags.rename(labels, [point], "invoices", "billing", known=known)
    found = [
        (one.table, one.row, json.loads((one.after or {})["tags"]))
        for one in step.changes
    ]
    assert found == [
        ("label", 1, ["a", "Billing"]),
        ("label", 2, ["Billing"]),
        ("pain_point", 3, ["Billing", "money"]),
    ]
    assert "2 feedback and 1 pain point" in step.label


def test_a_spelling_is_put_right() -> None:
    """The same name in other letters is written as given."""
    labels = [Label(feedback_id=1, tags=("billling", "BILLING"))]
    step = tags.rename(labels, [], "billing", "Billing", known={"billing": "BILLING"})
    assert after(step) == {1: ["billling", "Billing"]}


@given(st.text(max_size=20))
def test_folding_settles(name: str) -> None:
    """What is folded stays as it is when folded again."""
    assert tags.folded(tags.folded(name)) == tags.folded(name)


def test_a_note_needs_words() -> None:
    """Blanks are no note, and a book is too long a one."""
    for text in (" \n ", "x" * (notes.LONGEST + 1)):
        with pytest.raises(UsageError):
            notes.write([ONE], text, 1, at=NOON, by="dana")
