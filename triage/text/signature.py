"""Where in a mail's lines the message is over and its signature begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from triage.text import legal_words as legal
from triage.text import mail_words as words
from triage.text.listed import folded
from triage.text.quotes import RULER, without_ruler

_DASHED_NAME = re.compile(r"[-–—/] ?[^\W\d_][\w.]{0,30}(?: [^\W\d_][\w.]{0,30}){0,2}")
_POSTSCRIPT = re.compile(r"(?:p\.? ?){1,3}[sd]\.?(?:[ :,\-–—]|$)|n\.?b\.?[ :]", re.I)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.|https?://|\bwww\.|\+?\d[\d ()/.\-]{6,30}\d"
)
_SENTENCE_END = (".", "?", "!", "。", "？", "！")
_LOOKED_AT = 300
"""Lines, the last: nobody signs longer."""
_LEFT_MARGIN = " \t*_-–—<>|"


def unsigned(lines: Sequence[str], author: str = "") -> list[str]:
    """Return the lines without signature, disclaimer and what a phone adds."""
    return [*lines[:-_LOOKED_AT], *_unsigned(list(lines[-_LOOKED_AT:]), author)]


def _unsigned(lines: list[str], author: str) -> list[str]:
    kept = _without_disclaimer(lines)
    for number, line in enumerate(kept):
        if (
            number
            and line.strip() in {"--", "—-", "--\xa0"}
            and len(kept) - number <= 30
        ):
            kept = _without(kept, number)
            break
    kept = _without_list_footer(kept)
    kept = _without_phone(kept)
    kept = _without_sign_off(kept)
    kept = _without_contacts(kept)
    kept = _without_name(kept, author)
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


def _without(lines: list[str], start: int) -> list[str]:
    """Cut from a line on, but for a postscript below it."""
    for number in range(start + 1, len(lines)):
        if _POSTSCRIPT.match(lines[number].lstrip()[:12]):
            return [*lines[:start], "", *lines[number:]]
    return lines[:start]


def _without_disclaimer(lines: list[str]) -> list[str]:
    """Cut what a company or a scanner adds under every message it sends."""
    kept = lines
    while (start := _last_paragraph(bare := without_ruler(kept))) > 0:
        said = " ".join(bare[start:])[:4000].casefold()
        # Once the notice is gone, its heading is left.
        headed = kept is not lines and len(bare) - start == 1
        if not (
            legal.is_legal(said)
            or said.startswith(words.SCANNED)
            or (headed and said.strip(" *_:").startswith(words.DISCLAIMERS))
        ):
            break
        kept = bare[:start]
    for number, line in enumerate(kept):
        start_of_line = line[:80].strip(" *_").casefold()
        if (
            number
            and not kept[number - 1]
            and start_of_line.startswith(words.DISCLAIMERS)
            and legal.is_named(" ".join(kept[number : number + 8])[:2000].casefold())
        ):
            return without_ruler(kept[:number])
    return kept if kept is lines else without_ruler(kept)


def _last_paragraph(lines: Sequence[str]) -> int:
    """Return where the last paragraph begins; paragraphs end at rulers too."""
    number = len(lines)
    while number and not lines[number - 1].strip():
        number -= 1
    while number and lines[number - 1].strip():
        if RULER.fullmatch(lines[number - 1].strip()[:200]):
            break
        number -= 1
    return number


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
        if number and _is_added_by_phone(lines[number]):
            return _without(lines, number)
    return lines


def _is_added_by_phone(line: str) -> bool:
    said = line[:160].strip(_LEFT_MARGIN).casefold()
    if len(said) > 120 or "," in said or said.endswith(("?", "!")):
        return False
    length = len(said.split())
    if said.startswith(words.SENT_FROM):
        return length <= (12 if _names_a_device(said) else 8)
    if "outlook" in said and said.split("<")[0].rstrip().endswith(words.OUTLOOK_FOR):
        return length <= 10
    if said.startswith("von meinem"):
        said_so = length <= 10 and said.endswith(("gesendet", "gesendet."))
    elif said.startswith(words.SENT):
        said_so = length <= 8
    else:
        said_so = length <= 4 and said.rstrip(".").endswith(words.SENT_LAST)
    return said_so and _names_a_device(said)


def _names_a_device(said: str) -> bool:
    return any(device in said for device in words.DEVICES)


def _without_sign_off(lines: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for place in range(max(1, len(filled) - 15), len(filled)):
        below = [lines[number] for number in filled[place + 1 :]]
        ruled = bool(below) and RULER.fullmatch(below[0].strip()[:200]) is not None
        if _opens_signature(lines[filled[place]], 1 if ruled else len(below)) and (
            ruled or _are_data(below)
        ):
            return _without(lines, filled[place])
    if len(filled) > 1:
        last = filled[-1]
        name = _DASHED_NAME.fullmatch(lines[last].strip()[:100])
        if name and last - filled[-2] > 1:
            return lines[:last]
    return lines


def _opens_signature(line: str, below: int) -> bool:
    if len(line) > 80:
        return False
    said = folded(line)
    if len(said) > 60:
        return False
    plain = said.strip(" ,.!*_-–;:\u3000、。，")
    if plain in words.THANKS:
        return 1 <= below <= 6
    return plain in words.REGARDS or (
        said.endswith((",", "!"))
        and len(said) <= 45
        and plain.startswith(words.REGARDS_BEGIN)
    )


def _are_data(below: Sequence[str]) -> bool:
    """Tell whether lines are names and addresses, up to a postscript."""
    for line in below:
        if _POSTSCRIPT.match(line.lstrip()[:12]):
            return True
        if len(line) > 90 or _is_sentence(line):
            return False
    return True


def _is_sentence(line: str) -> bool:
    """Tell whether a person may have written a line for its reader."""
    said = line.strip()
    if _CONTACT.search(said[:200]) or "|" in said:
        return False
    length = len(said.split())
    return (length >= 4 and said.endswith(_SENTENCE_END)) or length >= 9


def _without_contacts(lines: list[str]) -> list[str]:
    """Cut what stands under a ruler where it is names, numbers and addresses."""
    for number in range(max(1, len(lines) - 30), len(lines)):
        if not RULER.fullmatch(lines[number].strip()[:200]):
            continue
        below = [line for line in lines[number + 1 :] if line.strip()]
        contacts = sum(_CONTACT.search(line[:200]) is not None for line in below)
        if contacts >= 2 and _are_data(below):
            return without_ruler(lines[:number])
    return lines


def _without_name(lines: list[str], author: str) -> list[str]:
    """Cut from the sender's own name on, where only names and addresses follow."""
    own = frozenset(_NAME_WORD.findall(folded(author[:100])))
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for place in range(max(1, len(filled) - 9), len(filled)) if own else ():
        said = _NAME_WORD.findall(folded(lines[filled[place]][:80]))
        if (
            0 < len(said) <= 5
            and len(said[0]) > 1
            and own.issuperset(said)
            and len(lines[filled[place]]) <= 60
            and _are_data([lines[number] for number in filled[place + 1 :]])
        ):
            return _without(lines, filled[place])
    return lines


_NAME_WORD = re.compile(r"[^\W\d_]+")
