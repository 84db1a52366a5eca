"""What front ends are shown of people and companies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from triage.people import Company
from triage.store.views import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """
    One customer as a source or an address knows them.

    Attributes:
        domain: The registered domain of the address; "" at a public provider.
        sources: Where they spoke and how often, the most first.
    """

    id: int
    name: str
    email: str
    company: str
    domain: str
    sources: tuple[tuple[str, int], ...]

    @property
    def short(self) -> str:
        """The id people type."""
        return f"c{self.id}"

    @property
    def count(self) -> int:
        """How often they said anything."""
        return sum(many for _, many in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """
    Somebody: the customers that are one, the earliest first.

    Attributes:
        whose: The company they belong to; None for nobody's.
    """

    id: int
    faces: tuple[Face, ...]
    whose: Company | None

    @property
    def short(self) -> str:
        """The id people type."""
        return f"c{self.id}"

    @property
    def name(self) -> str:
        """What they are called, first where an address is known."""
        return self._first("name")

    @property
    def email(self) -> str:
        """Their first address."""
        return self._first("email")

    @property
    def desk(self) -> str:
        """The company a desk named first."""
        return self._first("company")

    @property
    def called(self) -> str:
        """Their name, or else their address."""
        return self.name or self.email or "somebody"

    @property
    def count(self) -> int:
        """How often they said anything."""
        return sum(face.count for face in self.faces)

    @property
    def sources(self) -> tuple[tuple[str, int], ...]:
        """Where they spoke and how often, the most first."""
        return tuple(
            sum((Counter(dict(face.sources)) for face in self.faces), Counter[str]())
            .most_common()
        )  # fmt: skip

    def _first(self, name: str) -> str:
        known = sorted(self.faces, key=lambda face: not face.email)
        return next((told for face in known if (told := getattr(face, name))), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """
    Two people who may be one, and why.

    Attributes:
        reason: In words, the strongest first where several speak for it.
    """

    left: Person
    right: Person
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyView:
    """
    A company and how much of it is here.

    Attributes:
        people: How many of it ever said anything.
        feedback: How much they said.
    """

    company: Company
    people: int
    feedback: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """
    One person, and what they said last, newest first.

    Attributes:
        company: As a desk names it; "" where none does.
        count: How often they said anything, shown or not.
        faces: The customers they are, the earliest first.
        whose: The company they belong to; None for nobody's.
    """

    id: int
    name: str
    email: str
    company: str
    count: int
    outcomes: tuple[Outcome, ...]
    faces: tuple[Face, ...]
    whose: Company | None

    @property
    def short(self) -> str:
        """The id people type."""
        return f"c{self.id}"
