"""The words of a Zendesk ticket or comment, without what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from triage_connectors import payload
from triage_connectors.wording import written

REDACTED: Final = "▇"
"""What Zendesk writes in place of each letter it was told to take out."""

_CHATS: Final = frozenset({"chat", "native_messaging"})
_SPOKEN: Final = re.compile(
    r"\((\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?)\) (?:([^:\n]{1,80}): )?(.*)"
)


def channel(row: Mapping[str, Any]) -> str:
    """How it was said, in the desk's word: "email", "web", "chat" …; "" if untold."""
    return payload.text(payload.within(row, "via"), "channel")


def opening(row: Mapping[str, Any], author: str) -> str:
    """What a ticket begins with."""
    return _bare(payload.text(row, "description"), channel(row), author)


def of(comment: Mapping[str, Any], via: str, author: str) -> str | None:
    """
    What a comment says; None where the desk tells of it without its words.

    Args:
        via: The ticket's channel, for comments that tell none.
        author: What the one who said it is called.
    """
    how = channel(comment) or via
    html = comment.get("html_body")
    if how == "email" and isinstance(html, str) and html.strip():
        return written(html, mail=True, author=author)
    for name in ("plain_body", "body"):
        if isinstance(comment.get(name), str):
            return _bare(payload.text(comment, name), how, author)
    return written(html) if isinstance(html, str) else None


def _bare(text: str, how: str, author: str) -> str:
    if how == "email":
        return written("", text, mail=True, author=author)
    return _own(text, author) if how in _CHATS else text


def _own(text: str, author: str) -> str:
    """Of a conversation kept as one text, only what its customer said."""
    lines = text.splitlines()
    spoken = [_SPOKEN.fullmatch(line.strip()) for line in lines]
    if not lines or spoken[0] is None:
        return text
    kept: list[str] = []
    is_own = False
    for line, found in zip(lines, spoken, strict=True):
        if found is not None:
            is_own = bool(found[2]) and found[2].strip() == author
        if is_own:
            kept.append(found[3] if found is not None else line)
    return "\n".join(kept).strip()
