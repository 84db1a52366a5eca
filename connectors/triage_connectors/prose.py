"""What a person wrote in Markdown, as blocks of plain text for whichever tracker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import Final

from triage.text.display import safe


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    STEP = "step"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """
    Lines that stand together.

    Attributes:
        text: As it is to be read: nothing in it is markup, whatever it looks like.
        level: Of a heading, 1 to 6.
    """

    kind: Kind
    text: str
    level: int = 0


_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.+)")
_BULLET: Final = re.compile(r"[-*+][ \t]+(.+)")
_STEP: Final = re.compile(r"\d{1,9}[.)][ \t]+(.+)")
_QUOTE: Final = re.compile(r">[ \t]?(.*)")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ALONE: Final = frozenset({Kind.HEADING, Kind.BULLET, Kind.STEP})

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~&!$^]")
_LINE_START: Final = re.compile(r"(?m)^([ \t]*)(?:([-+=#])|(\d{1,9})([.)]))")
_BREAK: Final = "\u200b"
_CALLS: Final = re.compile(
    r"(?<=@)(?=[\w\[\\])"  # a person, a team, or who has that address
    r"|(?<=#)(?=\d)|(?<=\b[Gg][Hh]-)(?=\d)"  # something else there
    r"|(?<=:)(?=//)|(?<=\b[Ww]{3})(?=\.)|(?<=(?i:mailto))(?=:)"  # an address
    r"|(?<=:)(?=[\w+-]+:)"  # an emoji by its name
)
"""Where what trackers make links and mentions of, even in plain text, begins."""


def blocks(text: str) -> list[Block]:
    """
    Return the blocks of a text: headings, lists, quotations and paragraphs.

    Nothing else of Markdown is understood: emphasis, links, pictures and HTML stay the
    characters they are, for a customer's words stand among ours. A quotation is plain
    text all through. Control characters and such become visible.
    """
    lines = safe(text, multiline=True, limit=len(text)).split("\n")
    return list(_joined(map(_line, lines)))


def to_markdown(text: str) -> str:
    """
    Return a text as Markdown that renders as its blocks and as nothing else.

    Mentions, references to issues and addresses are broken by a space of no width, for
    trackers make links of them wherever they stand.
    """
    return "\n\n".join(_rendered(blocks(text)))


def escaped(text: str) -> str:
    """Return one line or more as Markdown that shows these very characters."""
    quiet = _LINE_START.sub(_line_start, _MARKUP.sub(r"\\\g<0>", text))
    # A tracker looks for these in what is rendered, where an escape is gone.
    return _CALLS.sub(_BREAK, quiet)


def _line(line: str) -> Block | None:
    """What one line is; None where it is empty."""
    bare = line.strip()
    if not bare:
        return None
    if found := _HEADING.fullmatch(bare):
        return Block(Kind.HEADING, _plain(found[2]), len(found[1]))
    if found := _BULLET.fullmatch(bare):
        return Block(Kind.BULLET, _plain(found[1]))
    if found := _STEP.fullmatch(bare):
        return Block(Kind.STEP, _plain(found[1]))
    if found := _QUOTE.fullmatch(bare):
        return Block(Kind.QUOTE, _plain(found[1]))
    return Block(Kind.PARAGRAPH, _plain(bare))


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _joined(lines: Iterator[Block | None]) -> Iterator[Block]:
    """Lines of one paragraph or quotation as one block; an empty line ends it."""
    for kind, group in groupby(lines, key=lambda one: one.kind if one else None):
        told = [one for one in group if one]
        if kind in _ALONE:
            yield from told
        elif told:
            yield Block(told[0].kind, "\n".join(one.text for one in told).strip())


def _rendered(parts: list[Block]) -> Iterator[str]:
    """Each block as Markdown; a list is one, however many entries it has."""
    for kind, group in groupby(parts, key=lambda one: one.kind):
        told = list(group)
        match kind:
            case Kind.HEADING:
                yield from (f"{'#' * one.level} {escaped(one.text)}" for one in told)
            case Kind.BULLET:
                yield "\n".join(f"- {escaped(one.text)}" for one in told)
            case Kind.STEP:
                yield "\n".join(
                    f"{number}. {escaped(one.text)}"
                    for number, one in enumerate(told, 1)
                )
            case Kind.QUOTE:
                yield "\n\n".join(_quoted(one.text) for one in told)
            case Kind.PARAGRAPH:
                yield from (_broken(escaped(one.text)) for one in told)


def _quoted(text: str) -> str:
    lines = _broken(escaped(text)).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _broken(text: str) -> str:
    """The same with its line breaks kept, which Markdown would fold."""
    return re.sub(r"(?<=\S)\n(?=\S)", "\\\\\n", text)


def _line_start(found: re.Match[str]) -> str:
    if found[2]:
        return f"{found[1]}\\{found[2]}"
    return f"{found[1]}{found[3]}\\{found[4]}"
