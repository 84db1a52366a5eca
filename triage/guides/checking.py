"""A guide as a whole: each of its questions judged, and what it lacks between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triage.errors import UsageError
from triage.guides import reading
from triage.guides.judging import Mark, marks, praise
from triage.guides.reading import Asked
from triage.guides.rewording import Instead, reworded
from triage.guides.rules import Kind, Rules, languages, rules
from triage.text.language import language as spoken

MINUTES = 60
"""How long a session is where nobody says so."""

EACH = 4
"""Minutes an open question and what follows from it take, as a rule of thumb."""

_OPENS = 2
"""Questions among which one should open the conversation."""


@dataclass(frozen=True, slots=True)
class Judged:
    """
    A question, what is wrong with it and what is right.

    Attributes:
        praise: Why it is well asked; only where nothing is marked.
        instead: How to ask it; only where something is.
    """

    asked: Asked
    marks: tuple[Mark, ...]
    praise: tuple[str, ...]
    instead: Instead | None


@dataclass(frozen=True, slots=True)
class Lack:
    """What a guide as a whole should have: a name for programs, and a sentence."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A guide, read.

    Attributes:
        language: Code of the language it was judged in.
        minutes: How long the session is.
    """

    language: str
    minutes: int
    questions: tuple[Judged, ...]
    lacks: tuple[Lack, ...]

    @property
    def marked(self) -> tuple[Judged, ...]:
        """Questions with something to ask differently."""
        return tuple(one for one in self.questions if one.marks)


def check(text: str, language: str = "", minutes: int = 0) -> Checked:
    """
    Judge the questions of a guide.

    ``language`` and ``minutes`` stand over what its front matter says; without either
    the language is read from the text.

    Raises:
        UsageError: There are no rules for the language.
    """
    told = reading.fields(text)
    table = _table(language or told.get("language", ""), text)
    stated = told.get("minutes", "")
    length = minutes or (int(stated[:4]) if stated[:4].isdecimal() else 0) or MINUTES
    found = tuple(judged(asked, table) for asked in reading.questions(text, table))
    return Checked(table.code, length, found, tuple(_lacks(found, length, table)))


def judged(asked: Asked, table: Rules) -> Judged:
    """One question, judged."""
    found = marks(asked.text, table)
    return Judged(
        asked=asked,
        marks=found,
        praise=() if found else praise(asked.text, table),
        instead=reworded(asked.text, found, table),
    )


def _table(code: str, text: str) -> Rules:
    """The rules of a language; of the one a text is in, else of English."""
    if code:
        named = rules(code.strip().lower()[:2])
        if named is None:
            known = ", ".join(languages())
            raise UsageError(f"there are no rules for {code!r} yet; there are: {known}")
        return named
    read, _ = spoken(text)
    found = rules(read) or rules("en")
    assert found is not None
    return found


def _lacks(found: Sequence[Judged], minutes: int, table: Rules) -> Iterator[Lack]:
    if not found:
        yield Lack("questions", "no question was found in it")
        return
    well = [one for one in found if not one.marks]
    if not any(table.opening.search(one.asked.text) for one in _first(found)):
        yield Lack(
            "opening", "nothing easy opens it: ask first about them and their day"
        )
    if not any(table.story.search(one.asked.text) for one in well):
        yield Lack(
            "story", "no question about the last time: ask for one that really was"
        )
    if not any(table.feelings.search(one.asked.text) for one in well):
        yield Lack("feelings", "no question on feelings: ask how something felt")
    room = max(1, minutes // EACH)
    if len(found) > room:
        why = (
            f"{len(found)} questions in {minutes} minutes: at {EACH} minutes each there"
            f" is room for {room}"
        )
        yield Lack("time", why)
    if _closed_first(found):
        yield Lack("order", "closed questions stand before the first open one")


def _first(found: Sequence[Judged]) -> list[Judged]:
    return [one for one in found[:_OPENS] if not one.marks]


def _closed_first(found: Sequence[Judged]) -> bool:
    first = next((one for one in found if _is_closed(one) or not one.marks), None)
    return first is not None and _is_closed(first)


def _is_closed(one: Judged) -> bool:
    return any(mark.kind is Kind.CLOSED for mark in one.marks)
