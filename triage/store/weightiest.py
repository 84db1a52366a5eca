"""Which quotes say most: what matters most to whoever said it, each person first."""

from __future__ import annotations

from collections.abc import Iterable

from triage.measures import person_of
from triage.store.views import Quote


def weightiest(quotes: Iterable[Quote]) -> list[Quote]:
    """Most important first, then said before inferred, then newest."""
    return sorted(
        quotes,
        key=lambda one: (
            -int(one.evidence.importance),
            not one.evidence.observed,
            -one.feedback.id,
            one.evidence.id,
        ),
    )


def of_each(quotes: Iterable[Quote]) -> list[Quote]:
    """The first quote of each person, in the order they come."""
    first: dict[str, Quote] = {}
    for one in quotes:
        first.setdefault(person_of(one.feedback), one)
    return list(first.values())
