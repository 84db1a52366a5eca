"""
A session as one text: what is known of it, then what was said, in Markdown.

::

    ---
    kind: interview
    participant: Ana
    consent: anonymous
    date: 2026-11-20 14:30
    follow-ups:
    - [ ] send the screenshot by 2026-12-01
    ---
    ==It took me an hour== {frustrated 2 #export need} and then the tags were gone.

``session_fields`` says what may stand above, ``marked_text`` how passages are marked.
Comments of HTML are hints for whoever writes and no part of the text, and so are
headings (## and deeper) with nothing below them: what was never answered was not said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from triage.errors import UsageError
from triage.model import Channel
from triage.operations import marked_text, session_fields
from triage.operations.marked_text import Heard, Marked
from triage.operations.session_promises import Promised
from triage.research import Consent, Highlight, Session
from triage.text.charset import clean

__all__ = [
    "Heard",
    "Marked",
    "Promised",
    "SessionText",
    "marks_of",
    "parsed",
    "text_of_session",
    "written",
]

LONGEST = 200_000
"""Characters of a session's text at most: some forty pages."""

_COMMENT = re.compile(r"<!--.*?-->[^\S\n]*\n?", re.DOTALL)
_EMPTY = re.compile(
    r"^\#{2,6}[^\S\n][^\n]*\n?(?:[^\S\n]*\n)*(?=\#{2,6}[^\S\n]|\Z)", re.M
)
_FENCE = re.compile(r"(?:-{3,}|\.{3,})\s*")
_REMARK = re.compile(r"#(?!#)(?:\s.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionText:
    """
    What a text says of a session.

    Attributes:
        id: What whoever keeps the text calls it; "" for no name of its own.
        consent: None where it says nothing about it.
        held_at: None where it does not say when.
        text: What was said, without marks.
        highlights: What is marked in ``text``, in order.
    """

    kind: Channel = Channel.INTERVIEW
    text: str
    id: str = ""
    title: str = ""
    participant: str = ""
    email: str = ""
    company: str = ""
    segment: str = ""
    language: str = ""
    consent: Consent | None = None
    held_at: datetime | None = None
    guide: str = ""
    asked: str = ""
    confirmed: bool | None = None
    surprise: str = ""
    circumstances: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, float] = field(default_factory=dict)
    rating: float | None = None
    scale: str = ""
    metric: str = ""
    follow_ups: tuple[Promised, ...] = ()
    highlights: tuple[Marked, ...] = ()


def parsed(text: str, kind: Channel = Channel.INTERVIEW) -> SessionText:
    """
    What a text says of a session, of this kind unless it says which.

    A text without a line --- at its top has nothing above it. Lines before that which
    begin with # are remarks.

    Raises:
        UsageError: Naming the line that is not understood, and what is allowed.
    """
    lines = _plain(text).split("\n")
    begin = 0
    while begin < len(lines) and (
        not lines[begin].strip() or _REMARK.fullmatch(lines[begin].strip())
    ):
        begin += 1
    found: dict[str, Any] = {}
    if begin < len(lines) and _FENCE.fullmatch(lines[begin]):
        end = _end_of_fields(lines, begin + 1)
        found = session_fields.read(lines[begin + 1 : end], begin + 2)
        begin = end + 1
    else:
        begin = 0
    said, passages = _said("\n".join(lines[begin:]), begin + 1)
    if len(said) > LONGEST:
        raise UsageError(
            f"a text of {len(said):,} characters is too long: {LONGEST:,} at most;"
            " write a session for each part"
        )
    return SessionText(**({"kind": kind} | found), text=said, highlights=passages)


def written(told: SessionText) -> str:
    """The session as a text that ``parsed`` reads back."""
    values = {one.name: getattr(told, one.name) for one in fields(told)}
    above = "\n".join(session_fields.lines_of(values))
    shown = marked_text.showable(told.text, told.highlights)
    return f"---\n{above}\n---\n\n{marked_text.marked(told.text, shown)}\n"


def marks_of(highlights: Sequence[Highlight], offset: int) -> list[Marked]:
    """
    Highlights of a feedback as marks of a session's text.

    Args:
        offset: Where that text begins in the feedback's.
    """
    return [
        Marked(
            start=one.start - offset,
            end=one.end - offset,
            heard=Heard(
                tags=one.tags, feeling=one.feeling, intensity=one.intensity,
                meaning=one.meaning, comparison=one.comparison,
            ),
        )
        for one in highlights
        if one.start >= offset
    ]  # fmt: skip


def text_of_session(
    session: Session, consent: Consent, highlights: Sequence[Marked] = ()
) -> SessionText:
    """What a session's text would say."""
    shared = {one.name for one in fields(Session)} & {
        one.name for one in fields(SessionText)
    }
    values = {name: getattr(session, name) for name in shared}
    values |= {
        "id": session.key.removeprefix(NAMED) if session.key.startswith(NAMED) else "",
        "consent": consent,
        "follow_ups": tuple(
            Promised(
                text=one.text, due=one.due, is_done=one.done_at is not None,
                done_on=one.done_at.astimezone().date() if one.done_at else None,
            )
            for one in session.follow_ups
        ),
        "highlights": tuple(marked_text.showable(session.text, highlights)),
    }  # fmt: skip
    return SessionText(**values)


NAMED = "id:"
"""How the key of a session begins whose text gives it an id."""


def _plain(text: str) -> str:
    return clean(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _end_of_fields(lines: list[str], begin: int) -> int:
    for number in range(begin, len(lines)):
        if _FENCE.fullmatch(lines[number]):
            return number
    raise UsageError(
        f"line {begin}: what is known of the session ends nowhere; put a line --- below"
        " it"
    )


def _said(text: str, first_line: int) -> tuple[str, tuple[Marked, ...]]:
    """The text without hints, marks and the space around it, and what is marked."""
    # Once with each hint's lines left blank, so that an error names the line it is in.
    marked_text.unmarked(_COMMENT.sub(_blank, text), first_line)
    while (bare := _EMPTY.sub("", _COMMENT.sub("", text))) != text:
        text = bare
    said, passages = marked_text.unmarked(text, first_line)
    begin = len(said) - len(said.lstrip())
    return said.strip(), tuple(
        replace(one, start=one.start - begin, end=one.end - begin) for one in passages
    )


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")
