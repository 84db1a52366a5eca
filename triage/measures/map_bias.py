"""What an empathy map rests on too much or too little, in figures; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from triage.empathy import MAP, Area
from triage.measures.persona_confidence import FEW_PEOPLE, REVIEW
from triage.text.counting import counted

INFERRED = 0.5
"""A larger share of entries nobody said is an objection."""

ONE_SOURCE = 0.8
"""A larger share of the quotes from one source is an objection."""

ONE_PERSON = 0.5
"""A larger share of the quotes from one person is an objection."""

STALE = timedelta(days=180)
"""A map without any quote younger than this is stale."""

FEW_QUOTES = 3
"""Fewer quotes than these come from one source or sound alike by themselves."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a map: where it stands, whether it is observed, who wrote it."""

    area: Area
    is_observed: bool
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """
    One passage a map cites, once however many entries cite it.

    Attributes:
        person: Who said it; whatever tells people apart.
        tone: Below 0 for a bad feeling or sentiment, above for a good one, 0 for
            neither or unknown.
        is_theirs: Whether one of the persona's people said it.
    """

    person: int | str
    source: str
    channel: str
    at: datetime
    company: str = ""
    tone: int = 0
    is_theirs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """
    One objection to a map.

    Attributes:
        name: What kind it is; stable, for scripts.
        what: What is wrong, as a clause with its figures.
        todo: What to do next.
        figures: What it was made of.
    """

    name: str
    what: str
    todo: str
    figures: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """
    What a map is judged by.

    Attributes:
        entries: Of the six areas and the persona's own.
        made: When the persona was written down.
        found: People its query finds.
    """

    entries: Sequence[Entry]
    voices: Sequence[Voice]
    made: datetime | None
    reviewed: datetime | None
    found: int
    now: datetime


def biases(mapped: Mapped) -> tuple[Bias, ...]:
    """Every objection there is, what weighs most first; none is an answer, too."""
    return tuple(bias for judge in _JUDGES if (bias := judge(mapped)) is not None)


def summary(mapped: Mapped) -> str:
    """What a map rests on, in a line: entries, observed, quotes, people, channels."""
    observed = sum(one.is_observed for one in mapped.entries)
    people = len({one.person for one in mapped.voices})
    channels = len({one.channel for one in mapped.voices})
    return (
        f"{counted(len(mapped.entries), 'entry', 'entries')}, {observed} observed;"
        f" {counted(len(mapped.voices), 'quote')} of"
        f" {counted(people, 'person', 'people')} in {counted(channels, 'channel')}"
    )


def _assumed(mapped: Mapped) -> Bias | None:
    if mapped.found:
        return None
    return Bias(
        name="assumed",
        what="the persona is assumed: its query finds nobody",
        todo="give it a query that finds the people you mean",
        figures={"people": 0},
    )


def _inferred(mapped: Mapped) -> Bias | None:
    whole = len(mapped.entries)
    inferred = sum(not one.is_observed for one in mapped.entries)
    if not whole or inferred <= INFERRED * whole:
        return None
    return Bias(
        name="inferred",
        what=f"{inferred} of {counted(whole, 'entry', 'entries')} are inferred"
        if inferred > 1
        else f"{inferred} of {counted(whole, 'entry', 'entries')} is inferred",
        todo="cite what was said, or ask and listen before you build on it",
        figures={"inferred": inferred, "entries": whole},
    )


def _one_author(mapped: Mapped) -> Bias | None:
    by = Counter(one.by for one in mapped.entries if not one.is_observed)
    if len(by) != 1 or sum(by.values()) < 2:
        return None
    ((who, many),) = by.items()
    return Bias(
        name="one_author",
        what=f"{who or 'somebody unnamed'} alone wrote all {many} inferred entries",
        todo="have somebody else read the quotes and write what they hear",
        figures={"inferred": many, "by": who},
    )


def _few_people(mapped: Mapped) -> Bias | None:
    people = len({one.person for one in mapped.voices})
    if people >= FEW_PEOPLE or not mapped.entries:
        return None
    said = (
        "nobody is"
        if not people
        else f"only {counted(people, 'person is', 'people are')}"
    )
    return Bias(
        name="few_people",
        what=f"{said} quoted; fewer than {FEW_PEOPLE} say little of everybody",
        todo="quote more of the people its query finds",
        figures={"people": people, "wanted": FEW_PEOPLE},
    )


def _one_person(mapped: Mapped) -> Bias | None:
    return _share(
        mapped, lambda one: one.person, ONE_PERSON, "one_person",
        lambda many, whole, _: f"one person gives {many} of {whole} quotes",
        "quote others, too",
    )  # fmt: skip


def _one_source(mapped: Mapped) -> Bias | None:
    return _share(
        mapped, lambda one: one.source, ONE_SOURCE, "one_source",
        lambda many, whole, name: f"{many} of {whole} quotes are from {name}",
        "look for the same people at other sources",
    )  # fmt: skip


def _one_channel(mapped: Mapped) -> Bias | None:
    channels = Counter(one.channel for one in mapped.voices)
    if len(channels) != 1 or len(mapped.voices) < FEW_QUOTES:
        return None
    ((name, many),) = channels.items()
    return Bias(
        name="one_channel",
        what=f"all {many} quotes came by one channel: {name.replace('_', ' ')}",
        todo="hear them elsewhere: who writes there is not who is asked in person",
        figures={"quotes": many, "channel": name},
    )


def _one_company(mapped: Mapped) -> Bias | None:
    told = Counter(one.company for one in mapped.voices)
    if len(told) != 1 or "" in told or len(mapped.voices) < FEW_QUOTES:
        return None
    ((name, many),) = told.items()
    return Bias(
        name="one_company",
        what=f"all {many} quotes are of people at one company",
        todo="quote people of other companies",
        figures={"quotes": many, "company": name},
    )


def _angry(mapped: Mapped) -> Bias | None:
    many = len(mapped.voices)
    if many < FEW_QUOTES or not all(one.tone < 0 for one in mapped.voices):
        return None
    return Bias(
        name="only_angry",
        what=f"all {many} quotes are of people who are upset",
        todo="ask those who are content what works for them, and cite them",
        figures={"quotes": many, "negative": many},
    )


def _elsewhere(mapped: Mapped) -> Bias | None:
    if not mapped.found or not mapped.voices:
        return None
    if any(one.is_theirs for one in mapped.voices):
        return None
    many = len(mapped.voices)
    return Bias(
        name="elsewhere",
        what=f"none of {counted(many, 'quote')} is of somebody its query finds",
        todo="quote the persona's own people, or change its query",
        figures={"quotes": many, "theirs": 0},
    )


def _old(mapped: Mapped) -> Bias | None:
    if not mapped.voices:
        return None
    days = (mapped.now - max(one.at for one in mapped.voices)).days
    if days <= STALE.days:
        return None
    return Bias(
        name="old_quotes",
        what=f"the youngest quote is {days} days old",
        todo="listen to what its people said since",
        figures={"days": days, "wanted": STALE.days},
    )


def _unreviewed(mapped: Mapped) -> Bias | None:
    since = mapped.reviewed or mapped.made
    if since is None or mapped.now - since <= REVIEW:
        return None
    days = (mapped.now - since).days
    return Bias(
        name="not_reviewed",
        what=f"nobody has reviewed it for {days} days",
        todo="read it again, change what no longer holds, and say it is reviewed",
        figures={"days": days, "wanted": REVIEW.days},
    )


def _empty(mapped: Mapped) -> Bias | None:
    filled = {one.area for one in mapped.entries}
    empty = [area for area in MAP if area not in filled]
    if not empty:
        return None
    names = "all six areas are" if len(empty) == len(MAP) else (
        f"{', '.join(empty)} {'is' if len(empty) == 1 else 'are'}"
    )  # fmt: skip
    return Bias(
        name="empty",
        what=f"{names} empty",
        todo="look among the highlights of its people for what belongs there",
        figures={"empty": len(empty), "areas": ", ".join(empty)},
    )


def _share(
    mapped: Mapped,
    of: Callable[[Voice], int | str],
    most: float,
    name: str,
    what: Callable[[int, int, int | str], str],
    todo: str,
) -> Bias | None:
    """One that gives more than its share of the quotes, where there are a few."""
    whole = len(mapped.voices)
    if whole < FEW_QUOTES:
        return None
    who, many = Counter(map(of, mapped.voices)).most_common(1)[0]
    if many <= most * whole:
        return None
    return Bias(
        name=name,
        what=what(many, whole, who),
        todo=todo,
        figures={"quotes": whole, "most": many},
    )


_JUDGES: tuple[Callable[[Mapped], Bias | None], ...] = (
    _assumed, _inferred, _elsewhere, _few_people, _one_person, _one_source,
    _one_channel, _one_company, _angry, _one_author, _old, _unreviewed, _empty,
)  # fmt: skip
