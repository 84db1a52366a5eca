"""Who somebody is, in words: their customers, where they spoke, their company."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from triage.errors import NotFound
from triage.text.display import one_line
from triage.tui import words
from triage.tui.around import became
from triage.tui.passage import Passage
from triage.workspace import (
    Face,
    Likeness,
    Outcome,
    Person,
    Workspace,
)

HEARD = 12
"""Messages shown of somebody who is compared, the latest."""

_REVENUE = ("monthly_revenue", "mrr", "revenue")
_FIRST = ("segment", "plan", *_REVENUE)
"""Attributes everybody asks for, in the order they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPair:
    """
    Two people who are compared, as things stand.

    Attributes:
        ruled: Whether somebody ruled that they are two.
        said: What each said last, newest first.
    """

    left: Person
    right: Person
    reasons: tuple[str, ...]
    ruled: bool
    said: tuple[tuple[Outcome, ...], tuple[Outcome, ...]]

    @property
    def is_settled(self) -> bool:
        """Whether they are one by now, or a person ruled that they are two."""
        return self.ruled or self.left.id == self.right.id


def pair(workspace: Workspace, found: Likeness) -> PersonPair | None:
    """The two of a suggestion as they are now; None if one said nothing any more."""
    try:
        left, right = (workspace.customer(one.id, HEARD)
                       for one in (found.left, found.right))  # fmt: skip
    except NotFound:
        return None
    if not left.count or not right.count:
        return None
    return PersonPair(
        left=workspace.person(left.id), right=workspace.person(right.id),
        reasons=found.reasons, ruled=workspace.are_two(left.id, right.id),
        said=(left.outcomes, right.outcomes),
    )  # fmt: skip


def side(
    person: Person, said: Sequence[Outcome], now: datetime, *, brief: bool
) -> Iterator[Passage]:
    """One of two people: who, where they spoke, what they said last."""
    yield Passage(text=one_line(person.called, 80), style="title")
    facts = [person.short, *_addresses(person)]
    if person.whose:
        facts.append(one_line(person.whose.called, 60))
    yield Passage(text=" · ".join(facts), style="dim")
    if person.whose and person.whose.attributes:
        yield Passage(text=" · ".join(attributes(person.whose.attributes)), style="dim")
    for face in person.faces if len(person.faces) > 1 else ():
        yield Passage(text=known_as(face), style="note", brief=True)
    yield Passage(
        text=f"{words.count(person.count, 'message')}: {places(person.sources)}",
        style="head", gap=0 if brief else 1,
    )  # fmt: skip
    for one in said[:2] if brief else said:
        heard = one.feedback
        yield Passage(
            text=f"{words.age(heard.received_at, now):>4}  {one_line(heard.source, 20)}"
            f"  {became(one, now)}",
            style="dim", gap=0 if brief else 1, brief=True,
        )  # fmt: skip
        told = " — ".join(part for part in (heard.title, heard.body) if part)
        text = words.row_text(told, 100 if brief else 300)
        yield Passage(text=text, style="text", indent=2)


def why(two: PersonPair) -> Iterator[Passage]:
    """What speaks for their being one, or that a person ruled."""
    if two.left.id == two.right.id:
        yield Passage(text="A person said: they are one person.", style="good")
    elif two.ruled:
        yield Passage(text="A person said: they are two people.", style="good")
    for place, reason in enumerate(two.reasons):
        style = "text" if place else "head"
        yield Passage(text=_sentence(one_line(reason, 300)), style=style)
    yield Passage(
        text="Joined, they count once wherever people are counted; what each of them"
        " said stays where it was said.",
        style="note",
    )


def attributes(told: Mapping[str, Any]) -> list[str]:
    """``enterprise``, ``9.5k/month``, ``region EU``: what everybody asks for first."""
    first = [name for name in _FIRST if name in told]
    rest = [name for name in told if name not in _FIRST]
    return [_attribute(name, told[name]) for name in (*first, *rest)]


def places(sources: Sequence[tuple[str, int]], limit: int = 30) -> str:
    """``mail 3, app store 1``."""
    return ", ".join(f"{one_line(name, limit)} {many:,}" for name, many in sources)


def known_as(face: Face) -> str:
    """One customer in a line: ``c5 Jane Doe · app store 1``."""
    called = " ".join(part for part in (face.name, face.email) if part) or "somebody"
    return f"{face.short} {one_line(called, 80)} · {places(face.sources)}"


def _attribute(name: str, value: Any) -> str:
    if name in _REVENUE and isinstance(value, int | float):
        return f"{words.money(value)}/month"
    told = one_line(str(value), 40)
    return told if name in _FIRST else f"{one_line(name, 30)} {told}"


def _addresses(person: Person) -> list[str]:
    told = dict.fromkeys(face.email for face in person.faces if face.email)
    return [one_line(one, 60) for one in told]


def _sentence(reason: str) -> str:
    # An address is written as it is.
    is_word = reason.partition(" ")[0].isalpha()
    return f"{reason[:1].upper()}{reason[1:]}." if is_word else f"{reason}."
