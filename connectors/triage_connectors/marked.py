"""What is told to a tracker carries the key of its draft where no reader sees it."""

from __future__ import annotations

import unicodedata

_MARK = "<!-- triage:{} -->"
_DEFINED = "[//]: # (triage:{})"

_JOINING = "\u200c\u200d"  # scripts and emoji are spelled with them


def mark(key: str) -> str:
    """The comment that marks what a draft told; Markdown shows no comments."""
    return _MARK.format(key)


def defined(key: str) -> str:
    """The same as a link nobody names, where readers see the comments of Markdown."""
    return _DEFINED.format(key)


def marked(text: str, key: str) -> str:
    """
    Markdown with the mark before it.

    Behind it, an open fence or comment of the text would hold the mark as well.
    """
    return f"{mark(key)}\n\n{text}"


def line(title: str, longest: int) -> str:
    """A title on one line, without control characters, cut to so many characters."""
    shown = "".join(
        " " if one.isspace() else one
        for one in title
        if one.isspace()
        or one in _JOINING
        or unicodedata.category(one) not in {"Cc", "Cf", "Cs"}
    )
    told = " ".join(shown.split())
    return told if len(told) <= longest else f"{told[: longest - 1].rstrip()}…"
