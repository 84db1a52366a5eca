"""Which people behave alike: segments worth one persona, and personas that are two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING

from triage.query import Query, Term, parsed
from triage.store import researched

if TYPE_CHECKING:
    # Comparing people is not needed for a first frame.
    from triage.config import Config
    from triage.measures.alikeness import Compared
    from triage.store.database import Database
    from triage.store.speakers import Speaker

VALUES = 8
"""Values of a field that are compared, at most: those with the most people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """
    Some people, by what they have in common.

    Attributes:
        name: A value of ``field``; the name of a persona or of a segment.
        field: "" for a persona or a segment.
        query: Who they are.
        pains: How many of them are quoted most for what.
    """

    name: str
    field: str
    query: str
    people: frozenset[int]
    pains: Counter[int]

    @property
    def called(self) -> str:
        """What stands for it where people read: the query of a value, else its name."""
        return self.query if self.field else self.name

    def only(self, people: frozenset[int], most: Mapping[int, int]) -> Crowd:
        """Those of them who are among these."""
        both = self.people & people
        return replace(self, people=both, pains=Counter(most[who] for who in both))


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdPair:
    """
    Two crowds side by side, those who are in both left out.

    Attributes:
        within: The persona whose people are compared; "" for everybody's.
        pains: Titles of the pain points in ``compared.shares``, by id.
    """

    left: Crowd
    right: Crowd
    within: str
    compared: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeGroup:
    """
    Values of one field whose people all speak alike: worth one persona.

    Attributes:
        query: Who they are together.
        known: The persona that has this very query; "" for none.
    """

    field: str
    names: tuple[str, ...]
    query: str
    people: int
    pairs: tuple[CrowdPair, ...]
    known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """
    What was found.

    Attributes:
        speakers: How many people are quoted for any pain point.
        groups: Values of a field that are worth one persona.
        named: Personas and segments that behave alike.
        lumped: People within one persona who differ.
        too_few: How many pairs are of too few people to say.
        pairs: Every pair that was compared.
        titles: Titles of pain points by id.
    """

    speakers: int
    groups: tuple[AlikeGroup, ...]
    named: tuple[CrowdPair, ...]
    lumped: tuple[CrowdPair, ...]
    too_few: int
    pairs: tuple[CrowdPair, ...]
    titles: Mapping[int, str]


class Alikeness:
    """Asked which people behave alike; nothing is written."""

    db: Database
    config: Config
    clock: Callable[[], datetime]

    def alike(self) -> Alike:
        """
        Crowds whose people are quoted for pain points in alike proportions, or not.

        Compared are values of one field with one another, personas and segments with
        one another, and within each persona the values of each field.
        """
        from triage.measures.alikeness import Verdict, compared
        from triage.store.speakers import speakers

        read = self.db.read()
        speaking = speakers(read)
        most = {one.person: one.pain_point for one in speaking}
        by_value = _by_value(speaking, most)
        named, personas = self._crowds(most)
        told = [
            *_pairs(by_value.values(), ""),
            *_pairs([named], ""),
            *(
                pair
                for one in personas
                for pair in _pairs(
                    [
                        [crowd.only(one.people, most) for crowd in crowds]
                        for crowds in by_value.values()
                    ],
                    one.name,
                )
            ),
        ]
        judged = compared([_counts(left, right, most) for left, right, _ in told])
        pairs = tuple(
            CrowdPair(left=left, right=right, within=within, compared=one)
            for (left, right, within), one in zip(told, judged, strict=True)
        )
        of_all = [one for one in pairs if not one.within]
        return Alike(
            speakers=len(speaking),
            groups=tuple(_groups(by_value, of_all, personas)),
            named=tuple(
                one
                for one in of_all
                if not one.left.field and one.compared.verdict is Verdict.ALIKE
            ),
            lumped=tuple(
                one
                for one in pairs
                if one.within and one.compared.verdict is Verdict.DIFFERENT
            ),
            too_few=sum(one.compared.verdict is Verdict.TOO_FEW for one in pairs),
            pairs=pairs,
            titles={
                row["id"]: row["title"]
                for row in read.execute("SELECT id, title FROM pain_point")
            },
        )

    def _crowds(self, most: Mapping[int, int]) -> tuple[list[Crowd], list[Crowd]]:
        """Personas and segments, and the personas alone."""
        from triage.store.persona_counts import people

        read = self.db.read()
        personas = [one for one in researched.personas(read) if one.query]
        told = [
            *((one.name, one.query) for one in personas),
            *((one.name, one.query) for one in self.config.weights.segments),
        ]
        found = people(read, [parsed(query) for _, query in told], self.clock())
        crowds = [
            _crowd(who & most.keys(), most, name=name, field="", query=query)
            for (name, query), who in zip(told, found, strict=True)
        ]
        return crowds, crowds[: len(personas)]


def _crowd(who: Iterable[int], most: Mapping[int, int], **told: str) -> Crowd:
    people = frozenset(who)
    return Crowd(
        people=people, pains=Counter(most[one] for one in people),
        name=told["name"], field=told["field"], query=told["query"],
    )  # fmt: skip


_Told = tuple[Crowd, Crowd, str]


def _by_value(
    speaking: Iterable[Speaker], most: Mapping[int, int]
) -> dict[str, list[Crowd]]:
    """Crowds of each field, those with the most people first; few of them."""
    who: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    shown: dict[tuple[str, str], str] = {}
    for one in speaking:
        for name, value in one.told.items():
            folded = value.casefold()
            shown.setdefault((name, folded), value)
            who[name][folded].add(one.person)
    found = {}
    for name, values in who.items():
        largest = sorted(values, key=lambda value: (-len(values[value]), value))
        found[name] = [
            _crowd(
                values[value], most, name=shown[name, value], field=name,
                query=_query(name, [shown[name, value]]),
            )
            for value in largest[:VALUES]
        ]  # fmt: skip
    return found


def _query(name: str, values: Sequence[str]) -> str:
    return str(Query(terms=(Term(field=name, values=tuple(values)),)))


def _pairs(crowds: Iterable[Sequence[Crowd]], within: str) -> Iterator[_Told]:
    for told in crowds:
        for left, right in combinations(told, 2):
            if left.people and right.people:
                yield left, right, within


def _counts(
    left: Crowd, right: Crowd, most: Mapping[int, int]
) -> tuple[Counter[int], Counter[int]]:
    """How many of either speak most of what; who is in both says nothing of either."""
    if left.people.isdisjoint(right.people):
        return left.pains, right.pains
    both = Counter(most[who] for who in left.people & right.people)
    return left.pains - both, right.pains - both


def _groups(
    by_value: Mapping[str, Sequence[Crowd]],
    pairs: Iterable[CrowdPair],
    personas: Collection[Crowd],
) -> Iterator[AlikeGroup]:
    """Of each field the values of which each is alike every other, put together."""
    from triage.measures.alikeness import Verdict

    found = {
        frozenset((one.left.query, one.right.query)): one
        for one in pairs
        if one.left.field and one.compared.verdict is Verdict.ALIKE
    }
    known = {str(parsed(one.query)): one.name for one in personas}
    for name, crowds in by_value.items():
        left = list(crowds)
        while left:
            together = [left.pop(0)]
            for one in list(left):
                if all(
                    frozenset((one.query, each.query)) in found for each in together
                ):
                    together.append(one)
                    left.remove(one)
            if len(together) == 1:
                continue
            names = tuple(one.name for one in together)
            query = _query(name, names)
            yield AlikeGroup(
                field=name, names=names, query=query, known=known.get(query, ""),
                people=len(frozenset().union(*(one.people for one in together))),
                pairs=tuple(
                    found[frozenset((one.query, other.query))]
                    for one, other in combinations(together, 2)
                ),
            )  # fmt: skip
