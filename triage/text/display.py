"""The one way from stored text to a screen, a pipe or a human-readable export."""

from __future__ import annotations

import re

# Code points that move cursors, reorder lines, hide or carry other text.
_INVISIBLE = (
    "\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\u3164\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f{_INVISIBLE}\ud800-\udfff]")
_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_ZALGO = re.compile(f"({_MARK}{{8}}){_MARK}+")

LIMIT = 65_536
"""Characters shown of one text; the rest is one key away as raw."""


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    return f"\u27e8{code:02X}\u27e9"


def _picture_or_break(match: re.Match[str]) -> str:
    if match.group() == "\n":
        return "\n"
    return "    " if match.group() == "\t" else _picture(match)


def safe(text: str, *, multiline: bool = False, limit: int = LIMIT) -> str:
    """
    Return text that cannot command a terminal and hides nothing.

    Control, C1, bidi and invisible code points become visible pictures; they are never
    dropped, so what a sender tried stays to be seen. Line feeds and tabs survive only
    in ``multiline``. At most ``limit`` characters, then an ellipsis.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    shown = text[:limit]
    if multiline:
        shown = shown.replace("\r\n", "\n")
        shown = _UNSAFE.sub(_picture_or_break, shown)
    else:
        shown = _UNSAFE.sub(_picture, shown)
    shown = _ZALGO.sub(r"\1…", shown)
    return shown + "…" if len(text) > limit else shown


def one_line(text: str, limit: int = 200) -> str:
    """Return the text on one line, white space folded, at most ``limit`` characters."""
    return safe(" ".join(text[: limit * 4].split()), limit=limit)
