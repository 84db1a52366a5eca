"""Text from outside as Markdown that means nothing but itself."""

from __future__ import annotations

import re

from triage.text.display import one_line, safe

# Wherever they stand, these may open code, emphasis, links, HTML, tables or formulas.
_ALWAYS = re.compile(r"[\\`*_{}\[\]<>&~|#$^]")
# Only at the start of a line: lists, headings drawn by underlining, rules, fences, and
# what some trackers obey: `/close`.
_LEADING = re.compile(r"^([-+=:!/]|\d{1,9}[.)])")
# What renderers make links of unasked: addresses, with a scheme or without.
_LINK = re.compile(r"(?<=[A-Za-z]):(?=\S)|(?<=\w)\.(?=[^\W\d])|@")


def inline(text: str, limit: int = 200) -> str:
    """The text on one line, every character to be read as it stands."""
    return _line(one_line(text, limit))


def block(text: str, prefix: str = "") -> list[str]:
    """
    The text as lines of paragraphs, each behind ``prefix``.

    Blank lines are kept as one; what would indent or begin a block does not.
    """
    lines: list[str] = []
    for line in safe(text, multiline=True).split("\n"):
        written = _line(line.strip())
        if written or (lines and lines[-1] != prefix.rstrip()):
            lines.append(f"{prefix}{written}" if written else prefix.rstrip())
    while lines and lines[-1] == prefix.rstrip():
        lines.pop()
    return lines


def code(text: str, limit: int = 500) -> str:
    """The text on one line in a code span, whatever backticks it holds."""
    shown = one_line(text, limit)
    longest = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    # A span may not begin or end with its own mark; one space each is taken off.
    padded = f" {shown} " if shown[:1] in {"`", ""} or shown[-1:] == "`" else shown
    return f"{fence}{padded}{fence}"


def _line(text: str) -> str:
    escaped = _ALWAYS.sub(r"\\\g<0>", text)
    escaped = _LINK.sub(r"\\\g<0>", escaped)
    return _LEADING.sub(_behind_a_backslash, escaped)


def _behind_a_backslash(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found[:-1]}\\{found[-1]}"
