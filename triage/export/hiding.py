"""What in a text tells who somebody is: addresses, numbers, links, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

_AT = r"(?:@|\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*)"
_DOT = r"(?:\.|\s*[\[({<]\s*(?:dot|\.)\s*[\])}>]\s*)"
_EMAIL = re.compile(
    rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}{_AT}[\w-]+(?:{_DOT}[\w-]+)*", re.IGNORECASE
)
_ENDINGS = (
    "com|net|org|info|biz|edu|gov|example|test|app|dev|io|co|ai|me|tv|cc|ly|gl|gg|to|eu"
    "|uk|us|ca|au|nz|in|de|at|ch|fr|es|it|nl|be|pl|se|no|dk|fi|cz|ru|ua|cn|jp|kr|br|mx"
    "|xyz|online|site|shop|link|page|cloud|tech|top"
)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{0,30}:[/\\]{2}[^\s<>\"”»]+"
    r"|\b(?:mailto|tel|sms|skype|xmpp|javascript|data):[^\s<>\"”»]+"
    r"|\bwww\.[^\s<>\"”»]+",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    rf"(?<![\w.-])(?:[\w-]+\.)+(?:{_ENDINGS})(?![\w-])(?:[/:?#][^\s<>\"”»]*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@])@[\w.-]*\w(?:@[\w.-]*\w)?")
_SECRET = re.compile(
    r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9_-]{20,}(?![\w-])"
)
_IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
    r"|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w])\+?\(?\d(?:[\s().\-/–]{0,3}\d){6,}(?!\w)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d(?::?\d\d){0,2})?")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BETWEEN = re.compile(r"[^\w\n]{0,3}|[-_.\s]{1,3}")


def visible(text: str) -> str:
    """
    The text as one reads it: what is invisible gone, what looks like a letter one.

    Else an address with a mark nobody sees in it would be none.
    """
    if text.isascii():
        return text
    told = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in told if unicodedata.category(sign) != "Cf")


@dataclass(slots=True)
class Names:
    """
    Names that are known, each with what stands for it.

    Attributes:
        whole: Every name as its words, folded.
        lengths: First word to how many words names that begin with it have.
        parts: Parts of names, folded; hidden where they are written as names are.
    """

    whole: dict[tuple[str, ...], str] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, stands: str, *, by_parts: bool) -> None:
        """Hide this name from now on; the first to have a name keeps it."""
        words = tuple(_folded(name))
        if sum(map(len, words)) < 2:
            return
        self.whole.setdefault(words, stands)
        lengths = self.lengths.setdefault(words[0], [])
        if len(words) not in lengths:
            lengths.append(len(words))
            lengths.sort(reverse=True)
        if by_parts and not _ROLES.intersection(words):
            for word in words:
                if len(word) > 2:
                    self.parts.setdefault(word, stands)

    def hidden_in(self, text: str, own: str = "") -> str:
        """The text without them; parts of whoever is ``own`` go in any case."""
        words = list(_WORD.finditer(text))
        folded = [_fold(word.group()) for word in words]
        told: list[str] = []
        upto = position = 0
        while position < len(words):
            count, stands = self._found(text, words, folded, position, own)
            if count:
                told += (text[upto : words[position].start()], stands)
                upto = words[position + count - 1].end()
            position += count or 1
        return "".join([*told, text[upto:]])

    def _found(
        self,
        text: str,
        words: list[re.Match[str]],
        folded: list[str],
        position: int,
        own: str,
    ) -> tuple[int, str]:
        for length in self.lengths.get(folded[position], ()):
            end = position + length
            stands = self.whole.get(tuple(folded[position:end]), "")
            if stands and _stand_together(text, words[position:end]):
                return length, stands
        stands = self.parts.get(folded[position], "")
        is_name = words[position].group()[0].isupper() or stands == own
        return (1, stands) if stands and is_name else (0, "")


def _stand_together(text: str, words: list[re.Match[str]]) -> bool:
    """Whether no more is between them than stands between the words of a name."""
    return all(
        _BETWEEN.fullmatch(text[left.end() : right.start()])
        for left, right in pairwise(words)
    )


_ROLES = frozenset(
    {
        "admin", "anonymous", "client", "customer", "customers", "google", "guest",
        "guests", "member", "nobody", "people", "person", "reviewer", "somebody",
        "someone", "support", "team", "unknown", "user", "users",
    }
)  # fmt: skip
"""Words of names that name nobody."""


def hidden(text: str, names: Names, own: str = "") -> str:
    """The text with all of it hidden behind words in brackets and stand-ins."""
    if not text:
        return text
    told = visible(text)
    for pattern, put in _PUT.items():
        told = pattern.sub(put, told)
    return names.hidden_in(told, own)


def _number(found: re.Match[str]) -> str:
    return found.group() if _DAY.fullmatch(found.group()) else "[number]"


_PUT: Mapping[re.Pattern[str], str | Callable[[re.Match[str]], str]] = {
    _LINK: "[link]",
    _EMAIL: "[email]",
    _DOMAIN: "[link]",
    _HANDLE: "[handle]",
    _SECRET: "[secret]",
    _IP: "[address]",
    _NUMBER: _number,
}
"""In this order: an address of mail is part of a link, and a domain part of both."""


def _folded(name: str) -> list[str]:
    return [_fold(word.group()) for word in _WORD.finditer(visible(name))]


def _fold(word: str) -> str:
    folded = word.casefold()
    if folded.isascii():
        return folded
    apart = unicodedata.normalize("NFKD", folded)
    told = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return told.replace("’", "'")
