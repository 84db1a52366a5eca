"""A text as a document of Atlassian's own format (ADF), in which all is plain text."""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from triage_connectors.prose import Block, Kind, blocks

_LISTS: Final = {Kind.BULLET: "bulletList", Kind.STEP: "orderedList"}


def document(text: str) -> dict[str, Any]:
    """
    Return the document of a text in Markdown; see ``prose.blocks`` for what it knows.

    No node but text, paragraphs, headings, lists and quotations is in it, so nobody is
    mentioned and nothing leads anywhere.
    """
    content: list[dict[str, Any]] = []
    for kind, group in groupby(blocks(text), key=lambda one: one.kind):
        told = list(group)
        if kind in _LISTS:
            content.append({"type": _LISTS[kind], "content": list(map(_entry, told))})
        else:
            content += map(_node, told)
    # A document without a block is refused.
    return {"type": "doc", "version": 1, "content": content or [_paragraph("")]}


def _node(block: Block) -> dict[str, Any]:
    match block.kind:
        case Kind.HEADING:
            told = _words(block.text)
            attrs = {"level": block.level}
            return {"type": "heading", "attrs": attrs, "content": told}
        case Kind.QUOTE:
            return {"type": "blockquote", "content": [_paragraph(block.text)]}
    return _paragraph(block.text)


def _entry(block: Block) -> dict[str, Any]:
    return {"type": "listItem", "content": [_paragraph(block.text)]}


def _paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": _words(text)}


def _words(text: str) -> list[dict[str, Any]]:
    """The lines of a text, broken where it breaks; a text node is never empty."""
    words: list[dict[str, Any]] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            words.append({"type": "hardBreak"})
        if line:
            words.append({"type": "text", "text": line})
    return words
