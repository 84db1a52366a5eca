"""Where in a mail's lines older messages are quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from triage.text import mail_words as words
from triage.text.listed import folded

_LOOKED_AT = 10_000
"""Lines; what follows is kept as it is."""
_INTRO = 400
_FIRST = frozenset({"from", "sent", "subject"})
"""Which line a quoted header begins with, by what it says."""
_MARKS = str.maketrans("", "", "\u200b\u200e\u200f\u202a\u202b\u202c\ufeff")
RULER = re.compile(r"[-_=*\u2010-\u2015]{5,}")
_DASHES = "-_=*\u2010\u2011\u2012\u2013\u2014\u2015"


@dataclass(frozen=True, slots=True)
class Block:
    """
    A quoted header: the line after it, and who it says the message is from.

    Attributes:
        is_sure: Whether it has what a journey or a form has not: a subject or an
            address.
    """

    end: int
    sender: str
    is_sure: bool = True


def unquoted(lines: Sequence[str]) -> list[str]:
    """Return the lines without older messages; replies between their lines stay."""
    kept: list[str] = []
    near = near_colons(lines)
    number, quoting = 0, False
    while number < len(lines):
        if number > _LOOKED_AT:
            return [*kept, *lines[number:]]
        line = lines[number]
        if _ends_here(lines, number):
            return without_ruler(kept)
        if number in near and (taken := intro(lines, number)):
            if not _quote_follows(lines, number + taken):
                return (
                    kept
                    if _is_dated(lines[number : number + taken])
                    else [*kept, *lines[number:]]
                )
            number += taken
            quoting = True
        elif line.startswith(">") and (quoting or _is_quote(lines, number)):
            number += 1
        else:
            kept.append(line)
            number += 1
    return kept


def block(lines: Sequence[str], number: int) -> Block | None:
    """Return the block of quoted headers that begins near a line; None if none does."""
    roles: set[str] = set()
    sender = ""
    end = number
    for at in range(number, min(number + 16, len(lines))):
        line = lines[at]
        if not line.strip(" >*"):
            if roles and "subject" in roles and len(roles) >= 3:
                break
            continue
        role = _role(line)
        if role:
            roles.add(role)
            end = at + 1
            if role == "from" and not sender:
                sender = line.replace("：", ":").partition(":")[2]
        elif not roles or at - end >= 2:
            break
    roles.discard("other")
    if "from" not in roles or len(roles) < 3:
        return None
    return Block(end, sender, "subject" in roles or "@" in sender)


def near_colons(lines: Sequence[str]) -> frozenset[int]:
    """Return where an "On … wrote:" can begin: up to three lines before its colon."""
    ends = [
        number
        for number, line in enumerate(lines[: _LOOKED_AT + 4])
        if ":" in (end := line[-8:]) or "：" in end
    ]
    return frozenset(number - back for number in ends for back in range(4))


def intro(lines: Sequence[str], number: int) -> int:
    """Return how many lines an "On … wrote:" takes that begins here; 0 if none does."""
    first = lines[number][:_INTRO]
    if not (words.WHEN.search(first) or "@" in first or _wraps(lines, number)):
        return 0
    whole = ""
    for taken, line in enumerate(lines[number : number + 4], start=1):
        if not line.strip():
            return 0
        whole = f"{whole} {line[: _INTRO + 1].translate(_MARKS).strip(' >*')}".strip()
        if len(whole) > _INTRO:
            return 0
        if whole.endswith((":", "：")):
            return taken if _isintro(whole) else 0
    return 0


def _wraps(lines: Sequence[str], number: int) -> bool:
    """Tell whether a name is broken off before its address."""
    after = lines[number + 1][:_INTRO] if number + 1 < len(lines) else ""
    return after.startswith("<") and ">" in after and bool(lines[number].strip())


def _ends_here(lines: Sequence[str], number: int) -> bool:
    """Tell whether everything from this line on is an older message."""
    line = lines[number]
    if line[:1] in _DASHES and line:
        if bare(line) in words.ORIGINAL:
            return True
        if line.startswith("---") and line.endswith("---"):
            return words.WROTE.search(line[:_INTRO]) is not None
    if not number or _role(line) not in _FIRST:
        return False
    found = block(lines, number)
    return found is not None and (found.is_sure or _is_ruled(lines, number))


def _is_ruled(lines: Sequence[str], number: int) -> bool:
    """Tell whether a ruler stands over a line."""
    above = [line.strip() for line in lines[max(0, number - 2) : number]]
    return any(RULER.fullmatch(line[:200]) for line in above)


def _is_dated(intro_lines: Sequence[str]) -> bool:
    """Tell whether a line says a day or an address, as only programs write it."""
    return words.DATED.search(" ".join(intro_lines)[: 2 * _INTRO]) is not None


def is_over(line: str) -> bool:
    """Tell whether a line may say what stands below it: in dashes, or with a colon."""
    return line.lstrip(" \t>*")[:1] in _DASHES or line[-4:].rstrip(" *").endswith(
        (":", "：")
    )


def is_from(line: str) -> bool:
    return _role(line) == "from"


def _role(line: str) -> str:
    head = line[:60]
    if ":" not in head and "：" not in head:
        return ""
    key, colon, _ = head.translate(_MARKS).replace("：", ":").partition(":")
    return words.HEADER_ROLES.get(key.strip(" \t>*").casefold(), "") if colon else ""


def bare(line: str) -> str:
    return folded(line[:120].translate(_MARKS).strip(f" \t>{_DASHES}:："))


def _isintro(whole: str) -> bool:
    if words.ADDRESS_AND_COLON.search(whole[-330:]) and words.WHEN.search(whole):
        return True
    ends = [found.end() for found in words.WROTE.finditer(whole)]
    # "… wrote:" ends the line; in "schrieb Ann:" a name stands between.
    return bool(ends) and len(whole) - ends[-1] <= 120


def _quote_follows(lines: Sequence[str], number: int) -> bool:
    for line in lines[number : number + 6]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _is_quote(lines: Sequence[str], number: int) -> bool:
    """Tell a quoted line from a sentence that happens to begin with “>”."""
    before = lines[number - 1] if number else "first"
    after = lines[number + 1] if number + 1 < len(lines) else ""
    return not before or before.startswith(">") or after.startswith(">")


def without_ruler(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and (not kept[-1].strip() or RULER.fullmatch(kept[-1].strip()[:200])):
        kept.pop()
    return kept
