"""What is told beside a ranking where somebody asks: what moved, how steady it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from triage.scoring import Formula, MoscowCheck, Moved, Ranked, Ranking, Stability
from triage.text.display import one_line
from triage.tui import words
from triage.tui.passage import Passage
from triage.tui.table import Field
from triage.workspace import Workspace

SPANS = (None, timedelta(days=7), timedelta(days=30), timedelta(days=91))
"""How far back one looks for what moved; not at all at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asides:
    """
    As far as it was asked for.

    Attributes:
        since: The moment the ranking is set beside; None for none.
        moved: By pain point, those that are gone too.
        steady: Its spans of ranks; None where nobody asked.
        check: Whether musts leave room, in a ranking by MoSCoW.
    """

    since: datetime | None = None
    moved: Mapping[int, Moved] = field(default_factory=dict)
    steady: Stability | None = None
    check: MoscowCheck | None = None


def looked_up(
    workspace: Workspace, formula: Formula, span: timedelta | None, *, steady: bool
) -> tuple[Ranking, Asides]:
    """The ranking of what is open, and what is asked for beside it."""
    since = workspace.clock() - span if span else None
    if since:
        moves = workspace.moved(since, formula.name)
        ranking = moves.after
    else:
        moves, ranking = None, workspace.rank(formula.name)
    return ranking, Asides(
        since=since,
        moved={one.pain_point.id: one for one in moves.moved} if moves else {},
        steady=workspace.stability(formula.name) if steady else None,
        check=workspace.moscow_check() if formula.name == "moscow" else None,
    )


def fields(asides: Asides) -> list[Field[Ranked]]:
    """The columns they have in the ranking."""
    made: list[Field[Ranked]] = []
    if asides.since is not None:
        made.append(
            Field(name="moved", width=5, right=True,
                  say=lambda one: _way(asides.moved.get(one.scored.pain_point_id)))
        )  # fmt: skip
    if asides.steady is not None and asides.steady.weights:
        made.append(
            Field(name="between", width=7, right=True,
                  say=lambda one: _span(one, asides.steady))
        )  # fmt: skip
    return made


def line(formula: Formula, asides: Asides) -> str:
    """What stands under the title: what was asked for, else what the formula says."""
    said = []
    if asides.check:
        said.append(asides.check.says[:1].upper() + asides.check.says[1:])
    if asides.since is not None:
        ways = Counter(one.way.split()[0] for one in asides.moved.values())
        told = [f"{ways[way]:,} {way}" for way in _WAYS if ways[way]]
        said.append(f"{_since(asides.since)}: {', '.join(told) or 'nothing moved'}")
    if asides.steady is not None:
        said.append(_steadiness(asides.steady))
    return " · ".join(said) or formula.says.split(";")[0]


def about(one: Ranked, asides: Asides) -> Iterator[Passage]:
    """Why one row moved, and between which places it would stand."""
    moved = asides.moved.get(one.scored.pain_point_id)
    if moved is not None and asides.since is not None:
        told = one_line(f"{_since(asides.since)}: {moved.says}", 400)
        yield Passage(text=told, style="note")
    span = asides.steady and asides.steady.spans.get(one.scored.pain_point_id)
    if span and asides.steady and asides.steady.weights:
        best, worst = words.ordinal(span.best), words.ordinal(span.worst)
        is_steady = span.best == span.worst
        told = (
            f"{best} even" if is_steady else f"{best} to {worst}"
        ) + " if any weight is 20 % off"
        yield Passage(text=told, style="note")


_WAYS = ("up", "down", "new", "gone")
_GLYPHS = {"up": "↑", "down": "↓"}


def _since(moment: datetime) -> str:
    here = moment.astimezone()
    return f"Since {here.day} {here:%b}"


def _way(moved: Moved | None) -> str:
    """``↑4``, ``↓2``, ``new``, ``=``."""
    if moved is None:
        return ""
    way, _, places = moved.way.partition(" ")
    return "=" if way == "stays" else _GLYPHS.get(way, way) + places


def _span(one: Ranked, steady: Stability | None) -> str:
    span = steady and steady.spans.get(one.scored.pain_point_id)
    if not span:
        return ""
    return f"{span.best}" if span.best == span.worst else f"{span.best}–{span.worst}"


def _steadiness(steady: Stability) -> str:
    if not steady.weights:
        return "It uses no weights of the settings"
    many = sum(one.best != one.worst for one in steady.spans.values())
    if not many:
        return "Nothing moves if any weight is 20 % off"
    worst = f", most by {one_line(steady.worst, 40)}" if steady.worst else ""
    return f"{many:,} of {len(steady.spans):,} move if a weight is 20 % off{worst}"
