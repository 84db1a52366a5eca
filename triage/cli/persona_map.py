"""persona map: a persona's empathy map in the terminal, or as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from triage.cli.output import cells, emit, emit_json, note
from triage.cli.persona import persona
from triage.cli.session import Session
from triage.cli.verbs import verb
from triage.text.display import one_line

if TYPE_CHECKING:
    from triage.persona_map import MapArea, MapEntry, Sheet

_PIPED = 100
"""Cells of a line where no terminal says how wide it is."""

_THREE, _TWO = 108, 66
"""Cells from which on areas stand three, and two, beside each other."""

_QUOTES = 3
"""Quotes drawn beneath an entry, at most; the others are counted."""


@verb(
    "map", within=persona, schemas=("persona-map",),
    example="triage persona map u1 --out nina.html",
)  # fmt: skip
@click.argument("name", metavar="U")
@click.option(
    "--out", "file", type=click.Path(), metavar="FILE",
    help="Write it to a file that ends in .md, .html or .svg.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file where it is there.")
@click.option("--names", is_flag=True, help="Name in the file who may be named.")
def persona_map(
    session: Session, name: str, file: str | None, force: bool, names: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """
    Draw a persona's empathy map, and what speaks against it.

    ● is what somebody said, ○ what somebody concluded. A file has no words of people
    heard in person who have not agreed to that, nor entries that rest on such words;
    it says how many were withheld.
    """
    from triage.persona_map.sheet_of import HERE, Shown, sheet_of

    workspace = session.open()
    view = workspace.persona_view(workspace.persona(name))
    biases, rests_on = workspace.bias(view), workspace.rests_on(view)
    if file is not None:
        from pathlib import Path

        from triage.persona_map import write_to

        sheet = sheet_of(
            view, biases, rests_on, Shown(leaves=True, names=names), workspace.clock()
        )
        write_to(sheet, Path(file), force=force)
        note(one_line(f"wrote {file}", 1000))
        if sheet.missing:
            note(sheet.missing)
    if as_json:
        from triage.cli.persona_shapes import of_map

        emit_json("persona-map", of_map(view, biases, rests_on))
    elif file is None:
        sheet = sheet_of(view, biases, rests_on, HERE, workspace.clock())
        for line in drawn(sheet, _room()):
            emit(line)


def drawn(sheet: Sheet, room: int) -> Iterator[str]:
    """The map in lines of at most so many cells."""
    yield from _wrapped(sheet.title, room)
    yield from _wrapped(sheet.role, room)
    for fact in sheet.facts:
        yield from _wrapped(fact, room)
    across = 3 if room >= _THREE else 2 if room >= _TWO else 1
    for start in range(0, len(sheet.areas), across):
        yield from _row(sheet.areas[start : start + across], across, room)
    for start in range(0, len(sheet.own), across):
        yield from _row(sheet.own[start : start + across], across, room)
    if sheet.pains:
        yield ""
        yield "What its people are quoted for"
        for pain in sheet.pains:
            yield from _wrapped(pain, room, "  ")
    if sheet.feelings:
        yield from _wrapped(f"Felt: {sheet.feelings}", room, "  ")
    yield ""
    yield "What speaks against it"
    yield from _wrapped(sheet.verdict, room, "  ")
    for one in sheet.biases:
        yield from _wrapped(f"{one.what}: {one.todo}", room, "    ", "  ! ")
    yield ""
    yield from _wrapped("● somebody said it · ○ somebody concluded it", room)


def _row(areas: Sequence[MapArea], across: int, room: int) -> Iterator[str]:
    """Areas in frames beside each other, each as high as the highest."""
    wide = (room - (across - 1)) // across
    told = [list(_area(one, wide - 4)) for one in areas]
    high = max(map(len, told))
    yield " ".join(_top(one, wide) for one in areas)
    for place in range(high):
        yield " ".join(
            f"│ {_padded(lines[place] if place < len(lines) else '', wide - 4)} │"
            for lines in told
        )
    yield " ".join(f"└{'─' * (wide - 2)}┘" for _ in areas)


def _top(area: MapArea, wide: int) -> str:
    title = f"─ {area.title} "
    told = f" {area.told} ─"
    if cells(title) + cells(told) > wide - 2:
        told = ""
    return f"┌{title}{'─' * (wide - 2 - cells(title) - cells(told))}{told}┐"


def _area(area: MapArea, room: int) -> Iterator[str]:
    for place, one in enumerate(area.entries):
        if place:
            yield ""
        yield from _entry(one, room)


def _entry(one: MapEntry, room: int) -> Iterator[str]:
    yield from _wrapped(f"{one.short} {one.text}", room, "  ", f"{one.sign} ")
    if one.told:
        yield from _wrapped(f"({one.told})", room, "  ")
    for quote in one.quotes[:_QUOTES]:
        if not quote.text:
            yield from _wrapped(f"{quote.short} {quote.who}", room, "    ", "  — ")
            continue
        yield from _wrapped(f"“{quote.text}”", room, "  │ ")
        yield from _wrapped(f"{quote.short} {quote.who}", room, "  │   ", "  │ — ")
    left = len(one.quotes) - _QUOTES
    if left > 0:
        yield f"  │ and {left} more"


def _wrapped(
    text: str, room: int, indent: str = "", first: str | None = None
) -> Iterator[str]:
    from triage.persona_map.measuring import wrapped

    before = indent if first is None else first
    for line in wrapped(one_line(text, 4_000), room - cells(indent), cells):
        yield f"{before}{line}"
        before = indent


def _padded(text: str, room: int) -> str:
    return f"{text}{' ' * (room - cells(text))}"


def _room() -> int:
    import os
    import shutil
    import sys

    told = os.environ.get("COLUMNS", "")
    if not sys.stdout.isatty() and not told.isdigit():
        return _PIPED
    return max(24, min(160, shutil.get_terminal_size().columns))
