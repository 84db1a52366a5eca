"""Whose voices were heard, beside whose there were: counted by people, purely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from triage.measures import FEW, wilson
from triage.text.language_names import language

KINDS = ("segment", "channel", "language", "company")
"""By what voices are told apart, in this order."""

NO_COMPANY = "no company known"
OTHERS = "in no segment"
"""What those are called who are of no company, or in no segment."""

_SIZES = ((1, "companies of 1"), (9, "companies of 2–9"))
_MANY = "companies of 10+"
"""Companies by how many people of them spoke."""


@dataclass(frozen=True, slots=True)
class Voice:
    """
    Something somebody said.

    Attributes:
        feedback_id: Its key, which follows the moment it was received.
        person: Who counts as one.
        company: Folded; "" where it is not known.
        language: "" where it is not known.
    """

    feedback_id: int
    person: int
    company: str
    channel: str
    language: str
    segments: tuple[str, ...] = ()


def called(kind: str, name: str) -> str:
    """What voices of a kind are called, as people read it."""
    match kind:
        case "language":
            return language(name)
        case "channel":
            return name.replace("_", " ")
        case _:
            return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    Some voices that have something in common.

    Attributes:
        kind: One of ``KINDS``.
        spoke: How many people spoke; ``heard`` so many of them were listened to.
        unheard: The latest of each person here whom nobody heard, the latest first.
    """

    kind: str
    name: str
    spoke: int
    heard: int
    unheard: tuple[Voice, ...] = ()

    @property
    def called(self) -> str:
        """Its name, as people read it."""
        return called(self.kind, self.name)

    @property
    def is_missing(self) -> bool:
        """Whether they spoke and nobody of them was heard."""
        return self.spoke > 0 and self.heard == 0

    @property
    def share(self) -> float:
        """0 to 1; 0 of nobody."""
        return self.heard / self.spoke if self.spoke else 0.0

    @property
    def interval(self) -> tuple[float, float] | None:
        """Of the share (Wilson, 95 %); None where too few spoke to say."""
        return wilson(self.heard, self.spoke) if self.spoke >= FEW else None


def parts(
    spoke: Sequence[Voice], heard: Collection[int], segments: Iterable[str]
) -> tuple[Part, ...]:
    """
    Those who spoke, by segment, channel, language and company.

    Whose voices are missing comes first, the most people first; then the others, the
    least heard share first.

    Args:
        spoke: Every voice there was, and every one that was heard.
        heard: Keys of the feedback that was listened to.
        segments: Names of the segments there are; with none, nobody is told apart so.
    """
    was_heard = {one.person for one in spoke if one.feedback_id in heard}
    sizes = _sizes(spoke)
    named = tuple(segments)
    said: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    for one in spoke:
        for place in _places(one, named, sizes):
            said[place].append(one)
    found = [
        Part(
            kind=kind,
            name=name,
            spoke=len({one.person for one in voices}),
            heard=len({one.person for one in voices if one.feedback_id in heard}),
            unheard=_latest(voices, was_heard),
        )
        for (kind, name), voices in said.items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.is_missing, one.share, -one.spoke, KINDS.index(one.kind),
                one.name,
            ),
        )
    )  # fmt: skip


def missing(found: Iterable[Part]) -> tuple[int, ...]:
    """One voice of each person of those parts nobody was heard of, largest first."""
    first: dict[int, int] = {}
    for part in found:
        for one in part.unheard if part.is_missing else ():
            first.setdefault(one.person, one.feedback_id)
    return tuple(first.values())


def _places(
    one: Voice, segments: Sequence[str], sizes: dict[str, str]
) -> Iterator[tuple[str, str]]:
    if segments:
        for name in one.segments or (OTHERS,):
            yield "segment", name
    yield "channel", one.channel
    if one.language:
        yield "language", one.language
    yield "company", sizes.get(one.company, NO_COMPANY)


def _sizes(spoke: Iterable[Voice]) -> dict[str, str]:
    """Each company by how many people of it spoke."""
    people: dict[str, set[int]] = defaultdict(set)
    for one in spoke:
        if one.company:
            people[one.company].add(one.person)
    return {
        name: next((word for most, word in _SIZES if len(who) <= most), _MANY)
        for name, who in people.items()
    }


def _latest(voices: Iterable[Voice], was_heard: Collection[int]) -> tuple[Voice, ...]:
    latest: dict[int, Voice] = {}
    for one in sorted(voices, key=lambda one: -one.feedback_id):
        if one.person not in was_heard:
            latest.setdefault(one.person, one)
    return tuple(latest.values())
