"""
Which lines of a guide are questions: its headings, notes and numbers are not.

Markdown and plain text alike. What stands in brackets after a question are probes for
whoever asks; a line set in brackets, a block quote or a comment is a note to them, but
for a block quote in quotation marks: those words are to be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from triage.guides.rules import Rules

LONGEST = 500
"""Characters of a question that are judged."""

_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)(?:\n|\Z)", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_HEADING = re.compile(r"^\s{0,3}(?:#{1,6}(?:\s|$)|(?:\*{3,}|_{3,})\s*$)")
_UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{2,})\s*$")
_ASIDE = re.compile(r"^\s*(?:>|\||\[(?![ xX]\])|\()")
_NUMBER = re.compile(
    r"^\s*(?:[-*+•–]\s+)?(?:\[[ xX]\]\s*)?(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})"
    r"(?:\.\d{1,3})*[.):]\s+)?"
)
_STARTS = re.compile(r"^\s*(?:[-*+•–]\s+|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s+)")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`)")
_QUOTED = re.compile(r"\s{0,3}>[ \t]?")
_OPENING, _CLOSING = tuple('"“„«'), tuple('"”“»')
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_BRACKETS = re.compile(r"(?:(?<=\s)|^)\(([^()]*)\)|(?<=[?.!]\s)\[([^\[\]]*)\]")
_ENDED = r"[\"”“')]*\s+"
_SENTENCE = re.compile(rf"(?<=[?!…]){_ENDED}|(?<=[.]){_ENDED}(?=[^\W\d_a-zäöüß])")
_SPOKEN = re.compile('["“„«](.*)["”“»]')
_FIELD = re.compile(r"^(\w+)\s*:\s*(.*?)\s*$", re.M)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question of a guide.

    Attributes:
        line: Where it begins, from 1.
        text: As it is asked: without number, emphasis and brackets.
        probes: What stood in brackets after it.
    """

    line: int
    text: str
    probes: tuple[str, ...] = ()


def fields(text: str) -> dict[str, str]:
    """What the front matter says, name by name; empty where there is none."""
    front = _FRONT.match(text.replace("\r\n", "\n"))
    if front is None:
        return {}
    return {name.lower(): told.strip("\"'") for name, told in _FIELD.findall(front[1])}


def questions(text: str, rules: Rules) -> list[Asked]:
    """The questions of a guide, in order."""
    found = []
    for number, passage in _passages(_blanked(text), rules):
        plain, probes = _plain(passage, rules)
        kept = " ".join(one for one in sentences(plain) if is_question(one, rules))
        if kept:
            found.append(Asked(number, kept[:LONGEST], probes))
    return found


def sentences(text: str) -> list[str]:
    """A text sentence by sentence."""
    return [one for one in (part.strip() for part in _SENTENCE.split(text)) if one]


def is_question(sentence: str, rules: Rules) -> bool:
    """Whether somebody is asked something: a question mark, or an invitation."""
    asks = sentence.rstrip("\"”“')*_ ").endswith(("?", "？"))
    return asks or rules.reading.invites.search(sentence) is not None


def _blanked(text: str) -> str:
    """The text with front matter and comments taken out, lines as they were."""

    def empty(found: re.Match[str]) -> str:
        return "\n" * found[0].count("\n")

    plain = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return _said(_COMMENT.sub(empty, _FRONT.sub(empty, plain)))


def _said(text: str) -> str:
    """The text with what is quoted word for word no longer set as a quotation."""
    lines, speaking = [], False
    for line in text.split("\n"):
        quoted = _QUOTED.match(line)
        words = line[quoted.end() :] if quoted else ""
        speaking = bool(words) and (speaking or words[0] in _OPENING)
        lines.append(words if speaking else line)
        speaking = speaking and words.rstrip()[-1:] not in _CLOSING
    return "\n".join(lines)


def _passages(text: str, rules: Rules) -> Iterator[tuple[int, str]]:
    """Lines that may be asked, those that were wrapped put together again."""
    passage: list[str] = []
    begun, fenced = 0, False
    for number, line in enumerate(text.split("\n"), 1):
        if _FENCE.match(line):
            fenced = not fenced
        if _UNDERLINE.match(line):
            # What it underlines is a heading.
            passage = []
            continue
        skipped = fenced or not line.strip() or _is_note(line, rules)
        goes_on = passage and not _STARTS.match(line) and not _is_whole(passage[-1])
        if passage and (skipped or not goes_on):
            yield begun, " ".join(passage)
            passage = []
        if not skipped:
            begun = begun if passage else number
            passage.append(line.strip())
    if passage:
        yield begun, " ".join(passage)


def _is_whole(line: str) -> bool:
    return line.rstrip("\"”“')*_ ")[-1:] in {"?", ".", "!", ":", "…", "？"}


def _is_note(line: str, rules: Rules) -> bool:
    if _HEADING.match(line) or (_ASIDE.match(line) and not _LINK.match(line.strip())):
        return True
    bare = _EMPHASIS.sub("", line[_NUMBER.match(line).end() :])  # type: ignore[union-attr]
    return rules.reading.notes.match(bare.strip()) is not None


def _plain(passage: str, rules: Rules) -> tuple[str, tuple[str, ...]]:
    """A passage as it is asked, and the probes in brackets."""
    text = passage[_NUMBER.match(passage).end() :]  # type: ignore[union-attr]
    text = _EMPHASIS.sub("", _LINK.sub(r"\1", text)).replace("’", "'")
    label = rules.reading.labels.match(text)
    if label:
        text = text[label.end() :]
    bracketed = ("".join(either).strip() for either in _BRACKETS.findall(text))
    probes = tuple(one for one in bracketed if one)
    text = " ".join(_BRACKETS.sub(" ", text).split())
    marks = [one for one in text if one in (*_OPENING, *_CLOSING)]
    # One alone is the end of a quotation that began on another line.
    if len(marks) == 1 or (len(marks) == 2 and _SPOKEN.fullmatch(text)):
        text = text.strip("".join(marks))
    return text, probes
