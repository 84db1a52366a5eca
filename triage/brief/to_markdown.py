"""Blocks as Markdown in which nothing but our own marks means anything."""

from __future__ import annotations

from collections.abc import Iterable

from triage.brief.blocks import Bars, Block, Heading, Paragraph, Points, Said, Table
from triage.export.escaping import block, inline

_LONGEST = 2_000


def markdown(blocks: Iterable[Block]) -> str:
    """The whole text; it ends with a line feed."""
    return "\n\n".join(_written(one) for one in blocks) + "\n"


def _written(one: Block) -> str:
    match one:
        case Heading():
            return f"{'#' * one.level} {inline(one.text)}"
        case Paragraph():
            return "\n".join(block(one.text))
        case Points():
            return "\n".join(f"- {inline(text, _LONGEST)}" for text in one.texts)
        case Said():
            said = block(one.text, "> ")
            return "\n".join([*said, ">", f"> — {inline(one.who)}"])
        case Table():
            return _table(one)
        case Bars():
            return inline(one.says, _LONGEST)


def _table(table: Table) -> str:
    names = [name.removeprefix(">") for name in table.headings]
    rule = "|".join("-:" if name[:1] == ">" else "---" for name in table.headings)
    rows = [" | ".join(inline(cell) or "–" for cell in row) for row in table.rows]
    return "\n".join(
        [f"| {' | '.join(names)} |", f"|{rule}|", *(f"| {row} |" for row in rows)]
    )
