"""The header of a mail: capped before anything parses it, decoded without surprises."""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache

from triage.text import charset

BLOCK = 256 * 1024
"""Bytes of one header block that are looked at."""
_FIELDS = 1000
_LINES = 5000
_FIELD = 16 * 1024
_ADDRESSES = 4 * 1024
_PARAMETERS = 4 * 1024
_MOST = 100
"""Addresses read of one field."""

_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,10}:")
_WHOLE_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,10}:([^\n]*(?:\n[ \t][^\n]*)*)\n")
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,4000})\?=")
_WORD = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,4000}\?="
_RUN = re.compile(rf"{_WORD}(?:[ \t]{{1,9}}{_WORD})*")
_HIDDEN = ',;:<>()@"\\'
_HIDE = {ord(letter): 0xF700 + place for place, letter in enumerate(_HIDDEN)}
_SHOW = {hidden: letter for letter, hidden in _HIDE.items()}
_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Field:
    """
    One header field.

    Attributes:
        name: In lower case.
        value: The bytes after the colon, unfolded, capped.
    """

    name: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an address, either of them perhaps empty."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Headers:
    """
    A header block.

    Attributes:
        end: Where the body begins, in bytes from where the block began.
        cut: True where a cap left something out.
        hint: The charset of raw bytes that are not UTF-8.
        first: The first field of each name.
    """

    fields: Sequence[Field]
    end: int
    cut: bool = False
    hint: str = ""
    first: Mapping[str, bytes] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        first = {one.name: one.value for one in reversed(self.fields)}
        object.__setattr__(self, "first", first)

    def raw(self, name: str) -> bytes:
        """Return the first field of that name; empty where there is none."""
        return self.first.get(name, b"")

    def all(self, name: str) -> list[bytes]:
        """Return every field of that name, in order."""
        return [one.value for one in self.fields if one.name == name]

    def has(self, name: str) -> bool:
        """Tell whether there is a field of that name."""
        return name in self.first

    def token(self, name: str) -> str:
        """Return a field as plain lower-case letters: for keywords, not for people."""
        return self.raw(name)[:1000].decode("latin-1").strip().lower()

    def text(self, name: str) -> str:
        """Return a field as people read it, on one line."""
        return words(self.raw(name), self.hint)

    def addresses(self, name: str) -> list[Address]:
        """Return who a field names; at most a hundred."""
        return [
            one for value in self.all(name)[:5] for one in addresses(value, self.hint)
        ]

    def date(self, name: str) -> datetime | None:
        """Return a field's moment; None where there is none or nobody can tell."""
        return moment(self.raw(name)[:200].decode("latin-1"))

    def content(self) -> Message:
        """Return the fields that say what a part is, for the standard parser."""
        message = Message()
        for name in ("content-type", "content-disposition"):
            if value := self.raw(name)[:_PARAMETERS]:
                message[name] = _SPACE.sub(" ", _raw_text(value, self.hint))
        return message


def read(
    raw: bytes, start: int = 0, stop: int | None = None, *, block: int = BLOCK
) -> Headers:
    """Return the header that begins at ``start``; never raises, keeps to the caps."""
    stop = len(raw) if stop is None else stop
    limit = min(stop, start + block)
    return _well_formed(raw, start, limit) or _line_by_line(raw, start, stop, limit)


def _well_formed(raw: bytes, start: int, limit: int) -> Headers | None:
    """Return the same for a header in which nothing is broken or over a cap."""
    gap = raw.find(b"\n\n", start, limit)
    wide = raw.find(b"\n\r\n", start, limit if gap < 0 else gap)
    last = wide if wide >= 0 else gap
    if last < 0:
        return None
    fields: list[Field] = []
    at = start
    while at <= last:
        found = _WHOLE_FIELD.match(raw, at, last + 1)
        if found is None or len(fields) == _FIELDS:
            return None
        value = found[2]
        if len(value) >= _FIELD:
            return None
        at = found.end()
        if b"\n" in value:
            value = b" ".join([line.strip() for line in value.split(b"\n")])
        fields.append(Field(found[1].decode("latin-1").lower(), value.strip()))
    if raw.count(b"\n", start, at) >= _LINES:
        return None
    return Headers(fields, last + (3 if last == wide else 2) - start)


def _line_by_line(raw: bytes, start: int, stop: int, limit: int) -> Headers:
    fields: list[Field] = []
    parts: list[bytes] = []
    name, length = "", 0
    at = start
    cut = False
    for _ in range(_LINES):
        newline = raw.find(b"\n", at, limit)
        end = limit if newline < 0 else newline + 1
        line = raw[at:end].rstrip(b"\r\n")
        found = _NAME.match(line)
        broken = found is None and line[:1] not in {b" ", b"\t"}
        if found or at >= limit or (broken and _stops(raw, line, start, at, end)):
            if name:
                fields.append(Field(name, b" ".join(parts).strip()[:_FIELD]))
            if at >= limit or found is None:
                over = at >= limit and limit < stop
                end = _after_gap(raw, at, stop) if over else (at if line else end)
                return Headers(fields, end - start, cut or over)
        if found is not None:
            if len(fields) >= _FIELDS:
                break
            name = found[1].decode("latin-1").lower()
            parts, length = [line[found.end() :].strip()], len(line)
        elif name and not broken:
            parts.append(line.strip())
            length += len(line)
        if length > _FIELD:
            cut = True
            parts, length = [b" ".join(parts)[:_FIELD]], _FIELD
        at = end
    return Headers(fields, _after_gap(raw, at, stop) - start, cut=True)


def _stops(raw: bytes, line: bytes, start: int, at: int, end: int) -> bool:
    """Tell whether a line that is no field ends the header; one may be broken."""
    return not line or (at > start and _NAME.match(raw, end) is None)


def _after_gap(raw: bytes, at: int, stop: int) -> int:
    """Return where the body begins after a header block that is over a cap."""
    ends = [
        found + len(gap)
        for gap in (b"\n\n", b"\n\r\n")
        if (found := raw.find(gap, max(at - 1, 0), stop)) >= 0
    ]
    return min(ends, default=stop)


def words(value: bytes, hint: str = "") -> str:
    """
    Return a field's text: encoded words decoded, in one line.

    Raw bytes are UTF-8, or else in the charset ``hint`` names, mostly the body's.
    """
    text = _raw_text(value[:_FIELD], hint)
    if "=?" in text:
        text = _decoded(text)
    return charset.clean(_SPACE.sub(" ", text).strip())


def addresses(value: bytes, hint: str = "") -> list[Address]:
    """Return who an address field names; at most a hundred, never fails."""
    return list(_addresses(value[:_ADDRESSES], hint))


# A mail's sender is looked at several times, its addressee is mostly the one before's.
@lru_cache(maxsize=128)
def _addresses(value: bytes, hint: str) -> tuple[Address, ...]:
    text = _SPACE.sub(" ", _raw_text(value, hint))
    # A decoded name may hold commas and brackets, which are not the field's own.
    text = _RUN.sub(lambda run: _decoded(run[0]).translate(_HIDE), text)
    found = [_address(mailbox) for mailbox in _mailboxes(text)]
    return tuple(one for one in found if one.name or one.email)


def _mailboxes(text: str) -> list[str]:
    """Split at commas and semicolons that stand outside quotes, brackets, comments."""
    out: list[str] = []
    start, quoted, comment, angle = 0, False, 0, False
    skip = False
    for at, letter in enumerate(text):
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif letter == '"' and not comment:
            quoted = not quoted
        elif quoted:
            continue
        elif letter in "()":
            comment = max(0, comment + (1 if letter == "(" else -1))
        elif letter in "<>":
            angle = letter == "<"
        elif letter in ",;" and not comment and not angle:
            out.append(text[start:at])
            start = at + 1
            if len(out) >= _MOST:
                return out
    return [*out, text[start:]]


def _address(mailbox: str) -> Address:
    before, bracket, after = mailbox.partition("<")
    if bracket:
        group, colon, rest = before.partition(":")
        name = rest if colon and '"' not in group else before
        return Address(_name(name), _plain(after.partition(">")[0]))
    plain, _, comment = mailbox.partition("(")
    email = _plain(plain.rpartition(":")[2])
    name = comment.rpartition(")")[0] if email else plain.rpartition(":")[2]
    return Address(_name(name), email)


def _name(text: str) -> str:
    bare = text.strip().strip('"').replace('\\"', '"').strip(" '")
    return charset.clean(bare.translate(_SHOW))


def _plain(email: str) -> str:
    address = charset.clean(email.strip().strip("<>")).lower()
    return address if "@" in address and len(address) <= 320 else ""


def moment(text: str) -> datetime | None:
    """Return the moment a mail's date means; without a zone it is UTC."""
    try:
        found = parsedate_to_datetime(text[:200].strip())
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _raw_text(value: bytes, hint: str) -> str:
    try:
        return value.decode("utf-8")
    except ValueError:
        return charset.decode(value, hint).text


def _decoded(text: str) -> str:
    """Return the text with encoded words read; neighbours of one charset together."""
    out: list[str] = []
    pending = b""
    pending_in = ""
    at = 0
    for found in _ENCODED.finditer(text):
        between = text[at : found.start()]
        name = found[1].partition("*")[0].lower()
        if pending_in and (between.strip() or name != pending_in):
            out.append(charset.decode(pending, pending_in).text)
            pending, pending_in = b"", ""
        if between.strip() or at == 0:
            out.append(between)
        pending += _bytes_of(found[2], found[3])
        pending_in = name
        at = found.end()
    if pending_in:
        out.append(charset.decode(pending, pending_in).text)
    return "".join(out) + text[at:]


def _bytes_of(encoding: str, payload: str) -> bytes:
    data = payload.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    return base64(data)


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def base64(data: bytes) -> bytes:
    """Return what base64 letters stand for, whatever else is among them."""
    letters = _NOT_BASE64.sub(b"", data)
    whole = len(letters) - (len(letters) % 4 == 1)
    return binascii.a2b_base64(letters[:whole] + b"=" * (-whole % 4))
