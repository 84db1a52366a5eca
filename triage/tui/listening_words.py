"""A week's listening in words: how long, who was heard, whose voices are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triage.measures.listening import Part
from triage.model import Feedback
from triage.text.display import one_line
from triage.tui import number_words, words
from triage.tui.passage import Passage
from triage.tui.table import Field
from triage.workspace import ListeningWeek
from triage.workspace.listening import Silent

SHOWN = 12
"""People told of a part, the latest who spoke."""

_CELLS = 20


def fields() -> tuple[Field[Part], ...]:
    """Columns of the parts."""
    return (
        Field(name="voices", width=19, style="row", say=called),
        Field(name="of", width=8, say=lambda one: one.kind),
        Field(name="spoke", width=5, right=True, say=lambda one: f"{one.spoke:,}"),
        Field(name="heard", width=5, right=True, say=lambda one: f"{one.heard:,}"),
        Field(name="share", say=share),
    )


def called(one: Part | Silent) -> str:
    """What the voices of a part are called."""
    return words.row_text(one.called, 60)


def share(one: Part) -> str:
    """``missing``, ``24 % (15–36)``, ``too few to say``."""
    if one.is_missing:
        return "missing"
    if one.interval is None:
        return "too few to say"
    low, high = one.interval
    return f"{number_words.percent(one.share)} ({low * 100:.0f}–{high * 100:.0f})"


def title(week: ListeningWeek) -> str:
    """``Week 47, from 16 November 2026, so far``."""
    number = week.monday.isocalendar().week
    runs = "" if week.is_over else ", so far"
    return f"Week {number}, from {week.monday.day} {week.monday:%B %Y}{runs}"


def time(week: ListeningWeek) -> tuple[str, str]:
    """A bar of the minutes set aside, and what it stands for."""
    part = min(1.0, week.listened / week.minutes)
    full = round(part * _CELLS)
    if week.listened and not full:
        full = 1
    bar = "█" * full + "░" * (_CELLS - full)
    return bar, f" {week.listened:.0f} of {week.minutes:.0f} minutes set aside"


def heard(week: ListeningWeek) -> str:
    """``9 of 154 people heard, 6 % (3–11)``, and of what that is made."""
    if not week.spoke:
        return "Nobody has spoken in the four weeks up to its end"
    told = f"{week.heard:,} of {words.people(week.spoke)} heard"
    if week.heard:
        told += f", {share(week.whole)}"
    parts = [words.count(len(week.sessions), "session")]
    if week.held:
        parts.append(words.count(len(week.held), "conversation"))
    parts.append(f"{len(week.feedback):,} feedback")
    if week.noted:
        parts.append(words.count(week.noted, "note"))
    return f"{told} · {' · '.join(parts)}"


def part(
    one: Part, said: Sequence[Feedback], week: ListeningWeek, when: Sequence[str]
) -> Iterator[Passage]:
    """Some voices: how many were heard, and who of them was not."""
    yield Passage(text=called(one), style="title")
    spoke = words.people(one.spoke)
    told = "nobody of them was heard" if one.is_missing else f"{one.heard:,} heard"
    yield Passage(text=f"{spoke} spoke in four weeks, {told}", style="dim")
    if one.interval is None:
        yield Passage(text="Fewer than ten: too few to say a share.", style="note")
    elif one.heard:
        yield Passage(text=f"{share(one)}, 95 % interval after Wilson", style="note")
    if one.unheard:
        left = words.people(len(one.unheard))
        yield Passage(text=f"{left} not heard this week", style="head", gap=1)
    for place, (each, ago) in enumerate(zip(said, when, strict=True)):
        yield Passage(
            text=f"{one_line(words.author(each), 40)} · {ago}", style="dim",
            gap=int(place > 0), brief=True,
        )  # fmt: skip
        yield Passage(text=words.row_text(each.title or each.body, 300), brief=True)
    if len(one.unheard) > len(said):
        left = f"{len(one.unheard) - len(said):,}"
        yield Passage(text=f"and {left} more", style="dim", gap=1)
    yield from _silent(week)


def _silent(week: ListeningWeek) -> Iterator[Passage]:
    if week.silent:
        yield Passage(text="Silent for eight weeks", style="head", gap=1)
    for one in week.silent:
        since = f"since {one.last:%Y-%m-%d}" if one.last else "ever"
        name = called(one)
        yield Passage(text=f"{name} ({one.kind}), {since}", style="dim", brief=True)
