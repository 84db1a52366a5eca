"""Where in a mail's lines the message is over and its signature begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from triage.text import mail_words as words
from triage.text.quotes import RULER, without_ruler

_DASHED_NAME = re.compile(r"[-–—/] ?[^\W\d_][\w.]{0,30}(?: [^\W\d_][\w.]{0,30}){0,2}")


def unsigned(lines: Sequence[str]) -> list[str]:
    kept = _without_disclaimer(list(lines))
    for number, line in enumerate(kept):
        if (
            number
            and line.strip() in {"--", "—-", "--\xa0"}
            and len(kept) - number <= 30
        ):
            kept = kept[:number]
            break
    kept = _without_list_footer(kept)
    kept = _without_phone(kept)
    kept = _without_sign_off(kept)
    return _without_phone(kept)


def without_caution(lines: Sequence[str]) -> list[str]:
    """Leave out the paragraph a mail gateway puts on top."""
    for number, line in enumerate(lines[:10]):
        if line.strip(" *[").casefold().startswith(words.CAUTIONS):
            end = number
            while end < len(lines) and lines[end].strip():
                end += 1
            return [*lines[:number], *lines[end:]]
        if line.strip():
            break
    return list(lines)


def _without_disclaimer(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        start = line[:80].strip(" *_").casefold()
        if number and start.startswith(words.DISCLAIMERS) and not lines[number - 1]:
            return without_ruler(lines[:number])
    return lines


def _without_list_footer(lines: list[str]) -> list[str]:
    """Cut what a mailing list adds: a ruler, then an address or a way out."""
    for number in range(max(1, len(lines) - 12), len(lines)):
        if not RULER.fullmatch(lines[number].strip()[:200]):
            continue
        below = " ".join(lines[number + 1 :])[:2000].casefold()
        if any(word in below for word in words.LIST_FOOTERS):
            return without_ruler(lines[:number])
    return lines


def _without_phone(lines: list[str]) -> list[str]:
    last = [number for number, line in enumerate(lines) if line.strip()][-4:]
    for number in last:
        line = lines[number].strip(" \t*_-<>").casefold()
        added = line.startswith(words.SENT_FROM) and len(line) <= 120
        if number and added and "," not in line and len(line.split()) <= 12:
            return lines[:number]
    return lines


def _without_sign_off(lines: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for place in range(max(1, len(filled) - 11), len(filled)):
        below = filled[place + 1 :]
        if any(len(lines[number]) > 90 for number in below):
            continue
        if _opens_signature(lines[filled[place]], len(below)):
            return lines[: filled[place]]
    if len(filled) > 1:
        last = filled[-1]
        name = _DASHED_NAME.fullmatch(lines[last].strip()[:100])
        if name and last - filled[-2] > 1:
            return lines[:last]
    return lines


def _opens_signature(line: str, below: int) -> bool:
    said = line.strip().casefold()
    if len(said) > 60:
        return False
    plain = said.strip(" ,.!*_-–;:\u3000、。，")
    if plain in words.THANKS:
        return 1 <= below <= 6
    return plain in words.REGARDS or (
        said.endswith((",", "!"))
        and len(said) <= 45
        and plain.startswith(tuple(f"{regards} " for regards in words.REGARDS))
    )
