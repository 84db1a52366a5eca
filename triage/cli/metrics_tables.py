"""Metrics for people: a row a figure, or a table a figure with a row a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from triage.cli.output import count, emit, note, table
from triage.measures.figure import Origin
from triage.text.display import one_line
from triage.workspace.metrics import PEOPLE

if TYPE_CHECKING:
    from triage.measures.figure import Change, Figure
    from triage.workspace.measured import Measured, MeasuredPart

_BAR = 12


def show(found: Measured, limit: int) -> None:
    """Print what was asked for."""
    if not any(part.n for part in found.parts):
        note("nothing was rated in this time; --weeks looks further back")
        return
    if len(found.waves) > 1:
        names = [one_line(wave.name, 24) for wave in found.waves]
        for part in _most(found, limit):
            if found.by:
                emit(named(part, found.by))
            compared(part.changes, names)
            emit()
    elif found.by:
        _by(found, _most(found, limit))
    else:
        listed(found.parts[0].figures)
    _notes(found, limit)


def listed(figures: Iterable[Figure]) -> None:
    """A row a figure; what reviews say is in a table of its own."""
    told = [one for one in figures if one.n]
    for origins in (set(Origin) - {Origin.REVIEW}, {Origin.REVIEW}):
        rows = [one for one in told if one.origin in origins]
        if rows and origins == {Origin.REVIEW} and len(rows) < len(told):
            emit()
        head = "reviews" if origins == {Origin.REVIEW} else "metric"
        table(
            (head, ">n", ">value", "95 % interval", "how"),
            [(_called(one), one.n, one.spelt, one.between, one.method) for one in rows],
        )


def compared(changes: Sequence[Change], names: Sequence[str]) -> None:
    """Both waves of each figure, then how far apart they are."""
    told = [one for one in changes if one.before.n or one.now.n]
    table(
        ("metric", ">n", names[0], ">n", names[1]),
        [
            (_called(one.now), one.before.n, _value(one.before), one.now.n,
             _value(one.now))
            for one in told
        ],
    )  # fmt: skip
    if told:
        emit()
    table(
        ("metric", ">change", "95 % interval", "is it there?"),
        [(_called(one.now), one.spelt, one.between, _verdict(one)) for one in told],
    )


def named(part: MeasuredPart, by: str) -> str:
    """What a part is called; ``not told``, or ``none of them`` of saved queries."""
    if part.name:
        return one_line(part.name, 60)
    return "in none" if by in PEOPLE else "not told"


def _by(found: Measured, parts: Sequence[MeasuredPart]) -> None:
    for place, told in enumerate(_together(parts)):
        if place:
            emit()
        first = told[0][1]
        emit(one_line(f"{first.called}: {first.method}", 200))
        values = [one.value for _, one in told if one.value is not None]
        low = min([0.0, *values])
        most = max([0.0, *values]) - low or 1.0
        table(
            (found.by, ">n", ">value", "95 % interval", ""),
            [
                (
                    named(part, found.by), one.n, one.spelt, one.between,
                    "" if one.value is None or low < 0
                    else "█" * max(1, round(_BAR * one.value / most)),
                )
                for part, one in told
            ],
        )  # fmt: skip


def _together(
    parts: Sequence[MeasuredPart],
) -> Iterator[list[tuple[MeasuredPart, Figure]]]:
    """The same figure of every part, figure by figure."""
    found: dict[tuple[str, str, str], list[tuple[MeasuredPart, Figure]]] = {}
    for part in parts:
        for one in part.figures:
            if one.n:
                key = one.origin.value, one.called, one.formula
                found.setdefault(key, []).append((part, one))
    origins = [one.value for one in Origin]
    yield from (
        found[key] for key in sorted(found, key=lambda one: origins.index(one[0]))
    )


def _most(found: Measured, limit: int) -> list[MeasuredPart]:
    parts = [part for part in found.parts if part.n or part.name]
    if not limit or len(parts) <= limit:
        return parts
    if found.by in {"month", "week"}:
        return parts[-limit:]
    return parts[:limit]


def _notes(found: Measured, limit: int) -> None:
    left = len([part for part in found.parts if part.n or part.name])
    left -= len(_most(found, limit))
    if left > 0:
        note(f"{count(left, 'part')} more; --limit 0 shows all of them")
    if any(one.origin is Origin.REVIEW for part in found.parts for one in part.figures):
        note("reviews are given unasked: never put together with what surveys asked")
    if found.unnamed:
        ratings = count(found.unnamed, "rating")
        note(f"{ratings} left out: their source says not what they measure (metric=)")


def _called(one: Figure) -> str:
    """``CES 1-7 index``: what tells the figures of one name apart."""
    word = {"ces-mean-1": "mean", "ces-agree-1": "agree", "ces-index-1": "index"}
    return f"{one.called} {word.get(one.formula, '')}".strip()


def _value(one: Figure) -> str:
    return f"{one.spelt} ({one.between})" if one.spelt else one.between


def _verdict(one: Change) -> str:
    z = one.difference.z
    return one.verdict if z is None else f"{one.verdict} (z {z:.2f})"
