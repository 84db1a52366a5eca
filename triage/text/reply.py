"""What was written now, and what was passed on: a mail's text without the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from triage.text import mail_words as words
from triage.text.quotes import (
    Block,
    bare,
    block,
    intro,
    is_from,
    is_over,
    near_colons,
    unquoted,
    without_ruler,
)
from triage.text.signature import unsigned, without_caution

FEWEST = 3
"""Words that must be left; with fewer the whole text is kept."""
QUOTED = ">\n>"
"""Lines that stand for an older message which was left out before."""
_POINTER = 200
"""Letters in which a note says that the answers stand below."""
_LINES = 5000
"""Lines in which a forwarded message begins."""
_ADDRESS = re.compile(r"(?:mailto:)?([\w.+-]{1,64}@[\w.-]{1,255})")


@dataclass(frozen=True, slots=True)
class Forward:
    """
    A message inside a message.

    Attributes:
        text: The inner message, headers taken off.
        note: What the forwarder wrote above it.
    """

    text: str
    name: str
    email: str
    note: str


def latest(text: str, *, whole: str = "", author: str = "") -> str:
    """
    Return what was written now: no quoted messages, signature or disclaimer.

    Replies between quoted lines are kept. Fewer than ``FEWEST`` words left mean the
    rules misread the mail, and the whole text is returned; so it is where all that is
    left says that the answers stand below, in red or between the lines.

    Args:
        whole: The whole text, where ``text`` has older messages left out already.
        author: The sender's name, which opens a signature.
    """
    kept = unquoted(without_caution(_split(text)))
    reply = _joined(unsigned(kept, author))
    if len(reply) <= _POINTER and _points_below(reply):
        return (whole or text).strip()
    if not is_enough(reply):
        reply = _joined(kept)
    return reply if is_enough(reply) else (whole or text).strip()


def _points_below(said: str) -> bool:
    return bool(words.ANSWERS.search(said) and words.BELOW.search(said))


def forwarded(text: str, subject: str = "") -> Forward | None:
    """
    Return the message a mail forwards; None where it forwards none.

    Told by a forwarder's line over a block of headers, or by the subject's "Fwd:" and
    such a block. A message quoted in a reply is not forwarded.
    """
    lines = _split(text)[:_LINES]
    told = is_forward(subject)
    near = near_colons(lines)
    for number, line in enumerate(lines):
        marked = bool(line) and is_over(line) and bare(line) in words.FORWARDED
        if marked or (told and is_from(line)):
            header = block(lines, number + 1 if marked else number)
            if header is not None:
                return _forward(lines, number, header)
        if number in near and intro(lines, number):
            return None
    return None


def is_forward(subject: str) -> bool:
    """Tell whether a subject begins with "Fwd:" or what other languages write."""
    return words.FORWARD_SUBJECT.match(subject[:200]) is not None


def is_enough(text: str) -> bool:
    """Tell whether a text has ``FEWEST`` words: less is no message of its own."""
    head = text[:2000]
    said = (word for word in head.split() if any(map(str.isalnum, word)))
    if sum(1 for _ in islice(said, FEWEST)) == FEWEST:
        return True
    # Scripts that write no spaces: a word is about two letters.
    return sum(ord(letter) > 0x2E80 for letter in head) >= 2 * FEWEST


def _forward(lines: Sequence[str], start: int, header: Block) -> Forward:
    inner = lines[header.end :]
    quoted = sum(line.startswith(">") for line in inner)
    if quoted * 2 > sum(bool(line) for line in inner):
        inner = [line.removeprefix(">").removeprefix(" ") for line in inner]
    sender = header.sender[:500]
    address = _ADDRESS.search(sender)
    name = sender[: address.start()] if address else sender
    return Forward(
        text=_joined(inner),
        name=name.strip(" \t*\"'<[("),
        email=address[1].lower().rstrip(".") if address else "",
        note=_joined(without_ruler(lines[:start])),
    )


def _split(text: str) -> list[str]:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in unified.split("\n")]


def _joined(lines: Sequence[str]) -> str:
    """Return the lines as text, never more than one empty line in a row."""
    out: list[str] = []
    for line in lines:
        if line.strip() or (out and out[-1]):
            out.append(line if line.strip() else "")
    return "\n".join(out).strip("\n").rstrip()
