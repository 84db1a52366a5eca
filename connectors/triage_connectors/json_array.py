"""The elements of one JSON array, one after the other, in bounded memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from triage_connectors.lines import Encoding

_CHUNK: Final = 256 * 1024
_LONGEST: Final = 16 * 1024 * 1024
_GAP = re.compile(r"[\s,]*")
_STEP = re.compile(r'["{}\[\]\\]')


def elements(
    file: BinaryIO, how: Encoding, at: int, stop: int
) -> Iterator[tuple[int, bytes]]:
    """Yield each element's bytes, with where it ends in the file."""
    file.seek(max(at, how.begins))
    read = max(at, how.begins)
    decoder = codecs.getincrementaldecoder(how.name)("replace")
    held, place, first = "", read, at <= how.begins
    while True:
        chunk = file.read(max(0, min(_CHUNK, stop - read)))
        read += len(chunk)
        held += decoder.decode(chunk, final=not chunk)
        spent = 0
        for start, end in _spans(held, final=not chunk, first=first):
            place += _size(held[spent:end], how)
            spent = end
            yield place, held[start:end].encode(how.name, "replace")
        first = first and not spent
        held = held[spent:]
        if not chunk or len(held) > _LONGEST:
            return


def texts(text: str) -> Iterator[str]:
    """Yield the elements of an array's beginning that are whole."""
    for start, end in _spans(text, final=False, first=True):
        yield text[start:end]


def _spans(text: str, *, final: bool, first: bool) -> Iterator[tuple[int, int]]:
    """Yield where elements begin and end; one that is not whole only at the end."""
    at = 0
    if first:
        begin = text.find("[")
        if begin < 0:
            return
        at = begin + 1
    while True:
        found = _GAP.match(text, at)
        at = found.end() if found else at
        if at >= len(text) or text[at] == "]":
            return
        end = _end(text, at)
        if end < 0:
            if final:
                yield at, len(text)
            return
        if end >= len(text) and not final:
            return
        yield at, end
        at = end


def _end(text: str, start: int) -> int:
    """Return where the element that begins at ``start`` ends; -1 if it does not."""
    if text[start] not in '{["':
        found = re.compile(r"[^,\]\s]*").match(text, start)
        return found.end() if found and found.end() > start else start + 1
    depth, quoted, at = 0, False, start
    while found := _STEP.search(text, at):
        mark, at = found[0], found.end()
        if quoted:
            if mark == "\\":
                at += 1
            elif mark == '"':
                quoted = False
        elif mark == '"':
            quoted = True
        elif mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
        if depth <= 0 and not quoted:
            return at
    return -1


def _size(text: str, how: Encoding) -> int:
    return len(text.encode(how.name, "replace"))
