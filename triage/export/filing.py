"""
What a tracker is told of a pain point, in Markdown that does nothing there.

What customers said is text and no more: it makes no heading, link or picture, mentions
nobody, and refers to nothing of the tracker's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage import measures
from triage.export.escaping import block, inline
from triage.export.stories import without_unfit
from triage.operations.story_text import criterion, sentence
from triage.store.views import PainView, Quote
from triage.store.weightiest import of_each, weightiest
from triage.text.counting import counted

QUOTES = 5
"""Quotes that are told at most."""

_LONGEST = 1_500  # characters of one quote: what follows is not read there
_LONGEST_LINE = 4_000

# Backslashes do not keep a tracker from making mentions and references: it looks for
# them in what is left when the Markdown is gone.
_REFERENCE = re.compile(r"([@#!~])(?=\w)")
_JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class Telling:
    """
    How quotes are told.

    Attributes:
        names: Whether it says who said it; nobody's name leaves here unasked.
    """

    names: bool = False


def created(view: PainView, telling: Telling, whole: PainView | None = None) -> str:
    """
    What hurts, how many say so, the stories, and the weightiest quotes.

    Stories that rest on nothing stay here, as of every export.

    Args:
        whole: It with the quotes that are withheld: whoever said them counts.
    """
    fit, _ = without_unfit(view, whole)
    return _text(
        [
            *block(view.pain_point.statement),
            "",
            "## Who says so",
            "",
            *_heard((whole or view).quotes),
            "",
            *_stories(fit),
            *_quoted("## In their words", view.quotes, telling),
        ]
    )


def commented(
    title: str,
    quotes: Sequence[Quote],
    fresh: Sequence[Quote],
    since: datetime | None,
    telling: Telling,
    told: Sequence[Quote],
) -> str:
    """
    What is new of a pain point since its tracker was told last.

    Args:
        quotes: All of it, of whom people are counted.
        told: What may be told of ``fresh``.
    """
    people = {measures.person_of(one.feedback) for one in quotes}
    known = {measures.person_of(one.feedback) for one in quotes if one not in fresh}
    when = f"Since {since:%Y-%m-%d}" if since else "So far"
    more = counted(len(people - known), "more person", "more people")
    all_of_them = counted(len(people), "person", "people")
    parts = [
        f"{when}, {more} said so; {all_of_them} in all: {inline(title)}",
        "",
        *_quoted("", told, telling),
    ]
    return _text(parts)


def _heard(quotes: Sequence[Quote]) -> list[str]:
    if not quotes:
        return ["Nobody is quoted yet."]
    people = {measures.person_of(one.feedback) for one in quotes}
    companies = {measures.company_of(one.feedback) for one in quotes} - {""}
    where = sorted({str(one.feedback.channel) for one in quotes})
    days = sorted(one.feedback.received_at for one in quotes)
    who = counted(len(people), "person", "people")
    if companies:
        who += f" of {counted(len(companies), 'company', 'companies')}"
    span = f"{days[0]:%Y-%m-%d}"
    if days[-1].date() != days[0].date():
        span = f"{span} to {days[-1]:%Y-%m-%d}"
    return [f"{who}, {span}, by {', '.join(where)}."]


def _stories(view: PainView) -> Iterator[str]:
    """Those that may leave; where none was told, what stands on the pain point."""
    for story in view.stories:
        yield from ("## Story", "", inline(sentence(story), _LONGEST_LINE), "")
        if story.assumption:
            yield from ("This is an assumption: no customer is quoted for it.", "")
        if story.context:
            yield from (*block(story.context), "")
        if story.criteria:
            yield from ("Acceptance criteria:", "")
            for one in story.criteria:
                yield f"- {inline(criterion(one), _LONGEST_LINE)}"
            yield ""
    point = view.pain_point
    if not view.stories and point.story:
        yield from ("## Story", "", *block(point.story), "")
    if not view.stories and point.acceptance:
        yield from ("## Acceptance criteria", "", *block(point.acceptance), "")


def _quoted(heading: str, quotes: Sequence[Quote], telling: Telling) -> list[str]:
    """The weightiest of these, each of another person."""
    parts = [heading, ""] if heading and quotes else []
    for one in of_each(weightiest(quotes))[:QUOTES]:
        said = one.feedback
        who = [f"{said.received_at:%Y-%m-%d}", str(said.channel)]
        if telling.names:
            who += [
                inline(name, 500) for name in (said.author or said.email, said.company)
            ]
        words = one.evidence.quote
        if len(words) > _LONGEST:
            words = f"{words[: _LONGEST - 1].rstrip()}…"
        parts += [*block(words, "> "), "", ", ".join(one for one in who if one), ""]
    return parts


def _text(parts: Iterable[str]) -> str:
    """The lines as one text, never two of them empty in a row."""
    lines: list[str] = []
    for part in parts:
        if part or (lines and lines[-1]):
            lines.append(_quiet(part))
    return "\n".join(lines).strip()


def _quiet(line: str) -> str:
    return _REFERENCE.sub(rf"\1{_JOINER}", line)
