"""What a query asks for, as data, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from triage.model import State

_PLAIN = re.compile(r'[^\s",:]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """
    One field and what it must be: any of the values, or none of them if ``negated``.

    Attributes:
        compare: "", or one of < <= > >= with one value, or ".." with two, from and to.
    """

    field: str
    values: tuple[str, ...]
    compare: str = ""
    negated: bool = False

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        if self.compare == "..":
            value = "..".join(_quoted(one) for one in self.values)
        else:
            value = self.compare + ",".join(_quoted(one) for one in self.values)
        return f"{sign}{self.field}:{value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """
    A word that must be said, or must not.

    Attributes:
        is_exact: Just so, and all of it together where there are several; else a word
            may go on: ``crash`` finds crashes.
    """

    text: str
    negated: bool = False
    is_exact: bool = False

    def __str__(self) -> str:
        sign = "-" if self.negated else ""
        return sign + (f'"{self.text}"' if self.is_exact else self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """
    What a list is narrowed to; all of it must hold.

    Attributes:
        state: Where feedback must stand: a state, "all", or "" for wherever it is
            asked from.
        sort: "" for the newest first, else one of ``fields.SORTS``.
        each: Whether every feedback has a row of its own, instead of its group.
    """

    terms: tuple[Term, ...] = ()
    words: tuple[Word, ...] = ()
    state: str = ""
    sort: str = ""
    each: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves anything out, apart from states."""
        return bool(self.terms or self.words)

    @property
    def said(self) -> tuple[str, ...]:
        """The words looked for, to mark where they are found."""
        return tuple(word.text for word in self.words if not word.negated)

    def with_term(self, term: Term) -> Query:
        """This query, narrowed further."""
        return self if term in self.terms else replace(self, terms=(*self.terms, term))

    def without(self, part: Term | Word) -> Query:
        """This query, less narrow."""
        return replace(
            self,
            terms=tuple(one for one in self.terms if one != part),
            words=tuple(one for one in self.words if one != part),
        )

    def __str__(self) -> str:
        parts = [*(str(one) for one in self.terms), *(str(one) for one in self.words)]
        if self.state:
            parts.insert(0, f"state:{self.state}")
        if self.sort:
            parts.append(f"sort:{self.sort}")
        if self.each:
            parts.append("show:each")
        return " ".join(parts)


NOTHING = Query()
"""Narrowed to nothing: everything that stands where it is asked from."""


EVERYWHERE = "all"
"""The state that is every state."""


def place(query: Query, home: State | None) -> State | None:
    """Where a query looks: where it says, else where it is asked from; None is all."""
    if query.state:
        return None if query.state == EVERYWHERE else State(query.state)
    return home


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and ".." not in value else f'"{value}"'
