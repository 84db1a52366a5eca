"""Text from outside as Jira's wiki markup that means nothing but itself."""

from __future__ import annotations

import re

from triage.export.neutral import neutral
from triage.text.display import one_line, safe

# Wherever they stand, these may open macros, links, pictures, emphasis or tables.
_ALWAYS = re.compile(r"[\\{}\[\]*_?^~+|!]|-(?=-)|(?<!\w)-|-(?!\w)")
# At the start of a line: lists, headings, quotations.
_LEADING = re.compile(r"^(#|h[1-6]\.|bq\.|:|;|\()")


def wiki_line(text: str, limit: int = 500) -> str:
    """One line."""
    return _escaped(neutral(one_line(text, limit)))


def wiki_block(text: str) -> list[str]:
    """Its lines, blank ones kept as one."""
    lines: list[str] = []
    for raw in safe(text, multiline=True).split("\n"):
        written = _escaped(neutral(raw.strip()))
        if written or (lines and lines[-1]):
            lines.append(written)
    return lines[:-1] if lines and not lines[-1] else lines


def _escaped(text: str) -> str:
    return _LEADING.sub(_behind, _ALWAYS.sub(r"\\\g<0>", text))


def _behind(found: re.Match[str]) -> str:
    # A heading's letter cannot be escaped; its dot can stand apart from it.
    word = found.group()
    return f"{word[:-1]}\\{word[-1]}"
