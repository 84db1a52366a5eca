"""A map as Markdown in which nothing but our own marks means anything."""

from __future__ import annotations

from collections.abc import Iterator

from triage.export.escaping import block, inline
from triage.persona_map.sheet import MapArea, MapEntry, Sheet

_LONGEST = 2_000


def markdown(sheet: Sheet) -> str:
    """The whole text; it ends with a line feed."""
    return "\n\n".join(_parts(sheet)) + "\n"


def _parts(sheet: Sheet) -> Iterator[str]:
    yield f"# {inline(sheet.title)}"
    if sheet.role:
        yield inline(sheet.role)
    yield "\n".join(f"- {inline(fact, _LONGEST)}" for fact in sheet.facts)
    for area in (*sheet.areas, *sheet.own):
        yield from _area(area)
    if sheet.pains:
        yield "## What its people are quoted for"
        yield "\n".join(f"- {inline(one, _LONGEST)}" for one in sheet.pains)
    if sheet.feelings:
        yield f"Felt, as highlights have it: {inline(sheet.feelings, _LONGEST)}."
    yield "## What speaks against it"
    yield inline(sheet.verdict, _LONGEST)
    if sheet.biases:
        yield "\n".join(
            f"- {inline(one.what, _LONGEST)}: {inline(one.todo, _LONGEST)}"
            for one in sheet.biases
        )
    if sheet.missing:
        yield inline(sheet.missing, _LONGEST)
    drawn = sheet.at.date().isoformat()
    yield f"● somebody said it · ○ somebody concluded it · drawn on {drawn}"


def _area(area: MapArea) -> Iterator[str]:
    yield f"## {area.title}"
    if not area.entries:
        yield "Nothing yet."
    for one in area.entries:
        yield "\n".join(_entry(one))


def _entry(one: MapEntry) -> Iterator[str]:
    told = f" *({inline(one.told, _LONGEST)})*" if one.told else ""
    yield f"- {one.sign} {inline(one.text, 4_000) if one.text else ''}{told}".rstrip()
    for quote in one.quotes:
        yield ""
        if quote.text:
            yield from block(quote.text, "  > ")
            yield "  >"
        yield f"  > — {inline(quote.who, _LONGEST)}"
