"""What stands in a document of Atlassian's own format (ADF), as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from triage_connectors import payload

_LISTS: Final = frozenset({"bulletList", "orderedList", "taskList", "decisionList"})
_ENTRIES: Final = frozenset({"listItem", "taskItem", "decisionItem"})
_CELLS: Final = frozenset({"tableCell", "tableHeader"})
_LINES: Final = frozenset({"paragraph", "heading", "codeBlock", "tableRow", "caption"})
_CARDS: Final = frozenset({"inlineCard", "blockCard", "embedCard"})


def to_text(document: Any) -> str:
    """
    Return what a reader sees, paragraphs apart; of pictures nothing.

    A link shows its address where its text does not. What is plain text already stays.
    """
    if isinstance(document, str):
        return document.strip()
    if not isinstance(document, Mapping):
        return ""
    return "\n".join(_blocks(document)).strip()


def _blocks(node: Mapping[str, Any]) -> list[str]:
    """The lines of a node, an empty one between those that stand apart."""
    kind = payload.text(node, "type")
    if kind in _LINES:
        return _inline(node).split("\n")
    if kind in _LISTS:
        return _listed(node, numbered=kind == "orderedList")
    if kind in _CARDS or kind in {"text", "mention", "emoji", "date", "hardBreak"}:
        return [_word(node)]
    lines: list[str] = []
    title = payload.text(payload.within(node, "attrs"), "title")
    parts = [[title]] if title else []
    parts += [_blocks(one) for one in _content(node)]
    is_table = kind == "table"
    for part in parts:
        if any(part):
            lines += [*([""] if lines and not is_table else []), *part]
    return lines


def _content(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes in a node; one alone may stand there without its list."""
    alone = payload.within(node, "content")
    return [alone] if alone else payload.inside(node, "content")


def _listed(node: Mapping[str, Any], *, numbered: bool) -> list[str]:
    lines: list[str] = []
    number = 0
    for entry in _content(node):
        if payload.text(entry, "type") not in _ENTRIES:
            lines += [f"  {line}" for line in _blocks(entry)]
            continue
        number += 1
        mark = f"{number}. " if numbered else "• "
        inner = [line for line in _entry(entry) if line]
        lines += [f"{mark}{line}" for line in inner[:1]]
        lines += [f"  {line}" for line in inner[1:]]
    return lines


def _entry(node: Mapping[str, Any]) -> list[str]:
    """An entry's lines; of a task its words stand in it without a paragraph."""
    if payload.text(node, "type") != "listItem":
        return _inline(node).split("\n")
    return [line for one in _content(node) for line in _blocks(one)]


def _inline(node: Mapping[str, Any]) -> str:
    words = []
    for one in _content(node):
        if payload.text(one, "type") in _CELLS:
            words.append(" ".join(_blocks(one)).strip() + " | ")
        else:
            words.append(_word(one))
    return "".join(words).removesuffix(" | ").strip()


def _word(node: Mapping[str, Any]) -> str:
    kind, about = payload.text(node, "type"), payload.within(node, "attrs")
    if kind == "hardBreak":
        return "\n"
    if kind in _CARDS:
        return payload.text(about, "url")
    if kind == "date":
        at = payload.at(payload.number(about, "timestamp"))
        return f"{at:%F}" if at else ""
    if kind in {"mention", "emoji", "status"}:
        return payload.text(about, "text") or payload.text(about, "shortName")
    told = node.get("text")
    if not isinstance(told, str):
        return _inline(node)
    for mark in payload.inside(node, "marks"):
        address = payload.text(payload.within(mark, "attrs"), "href")
        if payload.text(mark, "type") == "link" and address not in {"", told.strip()}:
            return f"{told} ({address})"
    return told
