"""What a FETCH answered, as rows; what is no such answer is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

Row = dict[bytes, Any]
"""Values by the name of what was asked for: bytes, numbers, None, tuples of those."""

_TOKEN: Final = re.compile(
    rb'[ \t]*(?:([()])|"((?:[^"\\]|\\.)*)"|([^\s()"\[]+(?:\[[^\]]*\][^\s()"]*)?))'
)
_LITERAL: Final = re.compile(rb"\{\d+\}\Z")
_DEEPEST: Final = 20
_OPEN, _CLOSE = object(), object()


def rows(told: Sequence[Any]) -> list[Row]:
    """
    Return each FETCH answer by itself, in order.

    The library's own parser goes letter by letter and joins answers by the number of
    the message, which is another message's once mail is deleted meanwhile.

    Raises:
        ValueError: It is not what IMAP's grammar allows.
    """
    found: list[Row] = []
    tokens = iter(_tokens(told))
    for number in tokens:
        if not isinstance(number, int) or next(tokens, None) is not _OPEN:
            raise ValueError("an answer does not begin with its number")
        values = _values(tokens)
        pairs = zip(values[::2], values[1::2], strict=True)
        found.append({_name(name): value for name, value in pairs})
    return found


def _name(told: Any) -> bytes:
    if not isinstance(told, bytes):
        raise ValueError("a value has no name")  # noqa: TRY004 - an answer, not a bug
    return told.upper()


def _values(tokens: Iterator[Any]) -> list[Any]:
    """Return what stands up to the bracket that closes; inner brackets are tuples."""
    waiting: list[list[Any]] = []
    values: list[Any] = []
    for token in tokens:
        if token is _OPEN:
            waiting.append(values)
            values = []
            if len(waiting) > _DEEPEST:
                break
        elif token is not _CLOSE:
            values.append(token)
        elif waiting:
            inner, values = tuple(values), waiting.pop()
            values.append(inner)
        else:
            return values
    raise ValueError("an answer does not end")


def _tokens(told: Sequence[Any]) -> Iterator[Any]:
    for piece in told:
        text, literal = piece if isinstance(piece, tuple) else (piece, None)
        end = len(text)
        if literal is not None:
            announced = _LITERAL.search(text)
            end = announced.start() if announced else end
        at = 0
        while at < end:
            match = _TOKEN.match(text, at, end)
            if match is None:
                if text[at:end].strip():
                    raise ValueError("an answer is no IMAP")
                break
            at = match.end()
            yield _meant(match)
        if literal is not None:
            yield literal


def _meant(match: re.Match[bytes]) -> Any:
    bracket, quoted, atom = match.groups()
    if bracket:
        return _OPEN if bracket == b"(" else _CLOSE
    if quoted is not None:
        return re.sub(rb"\\(.)", rb"\1", quoted) if b"\\" in quoted else quoted
    if atom.isdigit():
        return int(atom)
    return None if atom.upper() == b"NIL" else atom
