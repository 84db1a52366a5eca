"""Several texts in one cell, told apart again whatever they hold."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"(\\*);$")
_ENDS = re.compile(r"(\\+)$")
_BAR = re.compile(r"\\*\|")

SEMICOLON = "; "
BAR = " | "


def joined(parts: list[str], between: str) -> str:
    """
    The parts in one cell, each on one line.

    Where a part holds what stands between them, a backslash goes before that.
    """
    folded = [" ".join(part.split()) for part in parts]
    if between == SEMICOLON:
        folded = [_semicolons_held(part) for part in folded]
    elif between == BAR:
        folded = [_bars_held(part) for part in folded]
    return between.join(folded)


def parted(cell: str, between: str) -> list[str]:
    """What ``joined`` was given, white space folded; nothing of an empty cell."""
    if not cell:
        return []
    if between == BAR:
        return _parted_at_bars(cell)
    return _parted_at_semicolons(cell) if between == SEMICOLON else cell.split(between)


def _semicolons_held(part: str) -> str:
    *words, last = part.split(" ")
    held = [_CLOSED.sub(lambda found: found[1] * 2 + "\\;", word) for word in words]
    return " ".join([*held, _ENDS.sub(r"\1\1", last)])


def _parted_at_semicolons(cell: str) -> list[str]:
    parts: list[list[str]] = [[]]
    words = cell.split(" ")
    for position, word in enumerate(words):
        found = _CLOSED.search(word) if position < len(words) - 1 else None
        if found is None:
            parts[-1].append(word)
        elif len(found[1]) % 2:
            kept = found[1][: len(found[1]) // 2]
            parts[-1].append(f"{word[: found.start()]}{kept};")
        else:
            parts[-1].append(_halved(word[:-1]))
            parts.append([])
    parts[-1][-1:] = [_halved(word) for word in parts[-1][-1:]]
    return [" ".join(words) for words in parts]


def _halved(word: str) -> str:
    return _ENDS.sub(lambda found: found[1][: len(found[1]) // 2], word)


def _bars_held(part: str) -> str:
    return " ".join(
        f"\\{word}" if _BAR.fullmatch(word) else word for word in part.split(" ")
    )


def _parted_at_bars(cell: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for word in cell.split(" "):
        if word == "|":
            parts.append([])
        else:
            parts[-1].append(word[1:] if _BAR.fullmatch(word) else word)
    return [" ".join(words) for words in parts]
