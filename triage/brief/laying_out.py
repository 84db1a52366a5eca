"""A brief as blocks, in the order it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from triage.brief import words
from triage.brief.blocks import Bars, Block, Heading, Paragraph, Points, Said, Table
from triage.brief.brief import Brief, BriefPain, Planned, Shipped, ToTell
from triage.brief.effect import WEEKS
from triage.text.counting import counted

MOST_MOVED = 10
"""Pain points told of as moved, at most; the others are counted."""

_HOW = (
    "An interval is where the true figure lies in 19 of 20 cases; a change whose"
    " interval has 0 in it may be chance. What comes after a release need not come"
    " from it."
)


def laid_out(brief: Brief) -> tuple[Block, ...]:
    """Everything the brief says."""
    return tuple(_blocks(brief))


def _blocks(brief: Brief) -> Iterator[Block]:
    yield Heading(1, "What customers tell us")
    last = brief.until - timedelta(microseconds=1)
    yield Paragraph(f"{words.day(brief.since)} to {words.day(last)}")
    yield from _summary(brief)
    yield Heading(2, "What hurts most")
    if not brief.pains:
        yield Paragraph("No pain point is open.")
    for pain in brief.pains:
        yield from _pain(pain)
    left = brief.ranked - len(brief.pains)
    if left > 0:
        yield Paragraph(f"{counted(left, 'more pain point')} are open.", True)
    yield Heading(2, "What moved, and why")
    yield from _moved(brief)
    yield Heading(2, "In figures")
    yield from _figures(brief)
    yield Heading(2, "What shipped")
    if not brief.shipped:
        yield Paragraph("Nothing shipped in this time.")
    for one in brief.shipped:
        yield from _shipped(one)
    yield Heading(2, "What is planned")
    yield from _planned(brief.planned)
    yield Heading(2, "Whom to tell")
    yield from _to_tell(brief.to_tell)
    yield Heading(2, "How this was counted")
    yield Paragraph(
        f"Ranked by {brief.formula}, after any priority a person set; either ranking is"
        " by what was decided until then, and by the weights in force. People are"
        " counted once each.", True,
    )  # fmt: skip
    yield Paragraph(_HOW, True)


def _summary(brief: Brief) -> Iterator[Block]:
    heard = sum(week.count for week in brief.weeks)
    negative = sum(week.negative for week in brief.weeks)
    opened = counted(brief.ranked, "pain point")
    moved = counted(len(brief.moved), "change")
    shipped = counted(len(brief.shipped), "plan")
    said = (
        f"{brief.feedback[0]:,} feedback from {words.people(brief.people[0])};"
        f" {brief.feedback[1]:,} from {words.people(brief.people[1])} in as long before"
    )
    stands = f"{opened} open; {moved} in the ranking"
    plans = f"{shipped} shipped, {len(brief.planned):,} still to come"
    yield Points((said, stands, plans))
    if heard:
        first = words.day(brief.weeks[0].monday)
        yield Bars(
            f"Feedback a week since {first}: "
            + ", ".join(str(week.count) for week in brief.weeks)
            + f". {negative:,} of {heard:,} sound negative: the lower part of a bar.",
            tuple(week.count for week in brief.weeks),
            tuple(week.negative for week in brief.weeks),
        )


def _pain(pain: BriefPain) -> Iterator[Block]:
    yield Heading(3, f"{pain.rank}. {pain.title} ({pain.short})")
    facts = [
        "no score" if pain.score is None else f"score {words.number(pain.score)}",
        words.heard(pain), pain.way,
        *([f"priority {pain.priority}"] if pain.priority else []),
    ]  # fmt: skip
    yield Paragraph(" · ".join(facts))
    if pain.statement.strip():
        yield Paragraph(pain.statement)
    if any(pain.trend):
        yield Bars(
            "Quotes a week: " + " ".join(map(str, pain.trend)), pain.trend, small=True
        )
    for quote in pain.quotes:
        yield Said(quote.text, quote.who)
    if pain.more:
        yield Paragraph(f"… and {counted(pain.more, 'more quote')}.", True)
    if pain.plans:
        yield Paragraph(f"Planned: {'; '.join(pain.plans)}")


def _moved(brief: Brief) -> Iterator[Block]:
    if not brief.moved:
        yield Paragraph("Nothing moved, and nobody new was heard.")
        return
    rows = tuple(
        (
            move.way,
            "–" if move.before is None else str(move.before),
            "–" if move.rank is None else str(move.rank),
            f"{move.title} ({move.short})",
            move.why,
        )
        for move in brief.moved[:MOST_MOVED]
    )
    yield Table(("", ">from", ">to", "pain point", "because of"), rows)
    left = len(brief.moved) - MOST_MOVED
    if left > 0:
        yield Paragraph(f"… and {counted(left, 'more pain point')}.", True)


def _figures(brief: Brief) -> Iterator[Block]:
    if not brief.metrics:
        yield Paragraph("Nothing was said in this time.")
        return
    rows = tuple(
        (
            one.name, f"{one.n:,}", words.figure(one),
            f"{one.before_n:,}", words.change(one),
        )
        for one in brief.metrics
    )  # fmt: skip
    yield Table(("figure", ">n", "now", ">n before", "against before"), rows)


def _shipped(one: Shipped) -> Iterator[Block]:
    yield Heading(3, f"{one.title} ({one.short})")
    pains = "; ".join(one.pains)
    yield Paragraph(
        f"Shipped {words.day(one.at)}" + (f" for {pains}." if pains else ".")
    )
    if not one.pains:
        yield Paragraph("No pain point is linked to it, so nothing can be compared.")
        return
    yield Paragraph(words.after(one.effect))
    if any(one.effect.weeks):
        before = " ".join(map(str, one.effect.weeks[: one.effect.weeks_before]))
        since = " ".join(map(str, one.effect.weeks[one.effect.weeks_before :]))
        yield Bars(
            f"Feedback a week, before: {before}; after: {since}",
            one.effect.weeks, split=one.effect.weeks_before,
        )  # fmt: skip
    rated = words.rated(one.effect)
    if rated:
        yield Paragraph(rated)
    yield Paragraph(
        f"Counted is what is quoted on the pain, {WEEKS} weeks on either side at most;"
        " feedback nobody has read yet is not.", True,
    )  # fmt: skip


def _planned(planned: tuple[Planned, ...]) -> Iterator[Block]:
    if not planned:
        yield Paragraph("Nothing is planned.")
        return
    has_target = any(one.target for one in planned)
    rows = tuple(
        (
            one.horizon,
            f"{one.title} ({one.short})",
            (one.status or "unmapped").replace("_", " "),
            *([one.target] if has_target else []),
            f"{one.people:,}",
            ", ".join(one.pains),
        )
        for one in planned
    )
    target = ["target"] if has_target else []
    yield Table(("when", "what", "status", *target, ">people", "settles"), rows)


def _to_tell(told: tuple[ToTell, ...]) -> Iterator[Block]:
    if not told:
        yield Paragraph("Nobody waits to be told of anything that shipped.")
        return
    for one in told:
        asked = words.people(one.asked)
        skipped = f", {one.skipped:,} not to be" if one.skipped else ""
        where = f" in {words.companies(one.companies)}" if one.companies else ""
        yield Paragraph(
            f"{one.title} ({one.short}), settled by {one.item}: {asked}{where} asked,"
            f" {one.told:,} told{skipped}."
        )
        if one.names:
            yield Points(one.names)
