"""The parts of a mail, found in its bytes; an attachment is measured, never copied."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message

from triage.text import charset as charsets
from triage.text import headers

PARTS = 200
DEPTH = 20
TEXT = 1024 * 1024
"""Bytes of one part's text that are decoded."""
_BLOCK = 16 * 1024
_CANDIDATES = 20_000
_FLOWED = 100_000
"""Lines that are joined; what follows stays as it was sent."""
_IDENTITY = frozenset({"", "7bit", "8bit", "binary"})


@dataclass(frozen=True, slots=True)
class Part:
    """
    One leaf of a mail.

    Attributes:
        type: "text/plain", in lower case.
        name: File name the sender gave; "" for none.
        attached: True where the sender says it is not to be shown in place.
        embedded: True for a picture the text shows by its Content-ID.
        start: Where its body begins in the message.
        end: Where it ends.
    """

    type: str
    name: str
    attached: bool
    embedded: bool
    charset: str
    encoding: str
    flowed: bool
    delsp: bool
    start: int
    end: int

    @property
    def size(self) -> int:
        """Bytes once decoded, near enough."""
        length = self.end - self.start
        return length * 3 // 4 if self.encoding == "base64" else length

    def decoded(self, raw: bytes) -> bytes:
        """Return its content, transfer encoding taken off, up to the cap."""
        data = raw[self.start : min(self.end, self.start + 2 * TEXT)]
        if self.encoding == "base64":
            data = headers.base64(data)
        elif self.encoding == "quoted-printable":
            data = binascii.a2b_qp(data)
        return data[:TEXT]

    def text(self, raw: bytes) -> charsets.Decoded:
        """Return its content as text, lines unwrapped where the sender wrapped them."""
        data = self.decoded(raw)
        declared = self.charset or (
            _declared_in_html(data) if "html" in self.type else ""
        )
        found = charsets.decode(data, declared)
        text = found.text.replace("\r\n", "\n").replace("\r", "\n")
        if self.flowed:
            text = _unflowed(text, delsp=self.delsp)
        return charsets.Decoded(text, found.charset, found.sure)


@dataclass(frozen=True, slots=True)
class Body:
    """
    What a mail consists of.

    Attributes:
        inner: Where messages inside this one begin and end.
        cut: True where there are more parts, or deeper ones, than are looked at.
    """

    parts: tuple[Part, ...]
    inner: tuple[tuple[int, int], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """Bytes that begin with a header, not yet looked at."""

    start: int
    end: int
    depth: int = 0
    digest: bool = False


def body(raw: bytes, head: headers.Headers) -> Body:
    """Return the parts of a message whose header is read; never raises."""
    waiting: list[_Section] = []
    parts: list[Part] = []
    inner: list[tuple[int, int]] = []
    section, cut = _Section(0, len(raw)), head.cut
    while len(parts) < PARTS:
        part, boundary = _described(head, section)
        pieces: list[_Section] = []
        if part.type.startswith("multipart/"):
            if section.depth >= DEPTH:
                cut = True
            else:
                pieces = _pieces(raw, boundary, part, section) or _pieces(
                    raw, _written_boundary(raw, part), part, section
                )
                # A boundary that never comes: what is there is read as it stands.
                part = part if pieces else replace(part, type="text/plain")
        if part.type == "message/rfc822" and part.encoding in _IDENTITY:
            inner.append((part.start, part.end))
        if pieces:
            waiting.extend(reversed(pieces))
        else:
            parts.append(part)
        if not waiting:
            return Body(tuple(parts), tuple(inner), cut)
        section = waiting.pop()
        head = headers.read(raw, section.start, section.end, block=_BLOCK)
        cut = cut or head.cut
    return Body(tuple(parts), tuple(inner), cut=True)


def _pieces(
    raw: bytes, boundary: bytes, part: Part, section: _Section
) -> list[_Section]:
    """Return what stands between the boundary's lines; empty if there are none."""
    if not boundary:
        return []
    digest = part.type == "multipart/digest"
    out: list[_Section] = []
    begun: int | None = None
    for start, end, last in _boundaries(raw, boundary, part.start, part.end):
        if begun is not None:
            out.append(_Section(begun, max(begun, start), section.depth + 1, digest))
        begun = end
        if last or len(out) >= PARTS:
            return out
    if begun is not None and begun < part.end:
        out.append(_Section(begun, part.end, section.depth + 1, digest))
    return out


_WRITTEN = re.compile(rb"\s{0,20}--([^\s]{1,70})[ \t]{0,9}\r?\nContent-", re.IGNORECASE)


def _written_boundary(raw: bytes, part: Part) -> bytes:
    """Return the boundary that is there where the one that was told never comes."""
    found = _WRITTEN.match(raw, part.start, part.end)
    return found[1] if found else b""


def _boundaries(
    raw: bytes, boundary: bytes, start: int, stop: int
) -> Iterator[tuple[int, int, bool]]:
    """Yield where each boundary line begins and ends, and whether it is the last."""
    mark = b"--" + boundary
    at = (
        start
        if raw.startswith(mark, start)
        else raw.find(b"\n" + mark, start, stop) + 1
    )
    for _ in range(_CANDIDATES):
        if at < start or (at == 0 and not raw.startswith(mark)):
            return
        after = at + len(mark)
        newline = raw.find(b"\n", after, min(after + 200, stop))
        end = newline + 1 if newline >= 0 else stop
        rest = raw[after:end].strip()
        if rest in {b"", b"--"} and (newline >= 0 or stop - after <= 200):
            yield at, end, rest == b"--"
        at = raw.find(b"\n" + mark, max(after, end - 1), stop) + 1
        if at == 0:
            return


def _described(head: headers.Headers, section: _Section) -> tuple[Part, bytes]:
    """Return the section as a part, and its boundary if it is made of parts."""
    part = Part(
        type="text/plain",
        name="",
        attached=False,
        embedded=False,
        charset="",
        encoding=head.token("content-transfer-encoding").strip(' ";'),
        flowed=False,
        delsp=False,
        start=min(section.start + head.end, section.end),
        end=section.end,
    )
    if section.digest and not head.has("content-type"):
        return replace(part, type="message/rfc822"), b""
    if (simple := _simply(head)) is not None:
        return _of_fields(part, head, *simple)
    content = head.content()
    try:
        name = content.get_filename("") or ""
        boundary = content.get_boundary("") or ""
        part = replace(
            part,
            type=content.get_content_type(),
            name=headers.words(name.encode("utf-8", "replace"))[:200],
            attached=content.get_content_disposition() == "attachment",
            embedded=head.has("content-id")
            and content.get_content_maintype() == "image",
            charset=_parameter(content, "charset"),
            flowed=_parameter(content, "format").lower() == "flowed",
            delsp=_parameter(content, "delsp").lower() == "yes",
        )
    except (LookupError, ValueError, TypeError, AttributeError):
        # A parameter in an encoding nobody has: the part is read as plain text.
        return part, b""
    return part, boundary.encode("latin-1", "replace")


def _of_fields(
    part: Part, head: headers.Headers, kind: str, parameters: dict[str, str]
) -> tuple[Part, bytes]:
    """Return the same for a Content-Type that is written plainly and stands alone."""
    part = Part(
        type=kind,
        name=headers.words(parameters.get("name", "").encode())[:200],
        attached=False,
        embedded=head.has("content-id") and kind.startswith("image/"),
        charset=parameters.get("charset", ""),
        encoding=part.encoding,
        flowed=parameters.get("format", "").lower() == "flowed",
        delsp=parameters.get("delsp", "").lower() == "yes",
        start=part.start,
        end=part.end,
    )
    return part, parameters.get("boundary", "").rstrip().encode()


_PARAMETER = rb"[A-Za-z]{1,20}=(?:\"[!#-\[\]-~ ]{0,200}\"|[A-Za-z0-9._+/-]{1,200})"
_PLAINLY = re.compile(
    rb"([A-Za-z]{1,20}/[A-Za-z0-9.+-]{1,60})((?:[ \t]{0,4};[ \t]{0,4}"
    + _PARAMETER
    + rb"){0,8})[ \t]{0,4};?[ \t]{0,4}"
)
_PLAIN_PARAMETER = re.compile(_PARAMETER)


def _simply(head: headers.Headers) -> tuple[str, dict[str, str]] | None:
    """Return type and parameters where nothing about them needs the whole grammar."""
    if head.has("content-disposition"):
        return None
    found = _PLAINLY.fullmatch(head.raw("content-type"))
    if found is None:
        return None
    parameters: dict[str, str] = {}
    for one in _PLAIN_PARAMETER.findall(found[2]):
        name, _, value = one.decode("ascii").partition("=")
        if parameters.setdefault(name.lower(), value.strip('"')) != value.strip('"'):
            return None
    return found[1].decode("ascii").lower(), parameters


def _parameter(content: Message, name: str) -> str:
    value = content.get_param(name, "")
    return value if isinstance(value, str) else str(value[-1])


_DECLARED = re.compile(rb"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,40})")


def _declared_in_html(data: bytes) -> str:
    found = _DECLARED.search(data[:2048])
    return found[1].decode("ascii") if found else ""


def _unflowed(text: str, *, delsp: bool) -> str:
    """Join the lines a sender's program broke (RFC 3676)."""
    out: list[str] = []
    open_quote: str | None = None
    *lines, rest = text.split("\n", _FLOWED)
    for line in [*lines, *([] if len(lines) == _FLOWED else [rest])]:
        bare = line.lstrip(">")
        quote = line[: len(line) - len(bare)]
        bare = bare.removeprefix(" ")
        signature = bare == "-- "
        if open_quote != quote or signature:
            if out:
                out.append("\n")
            out.append(f"{quote} " if quote else "")
        flows = bare.endswith(" ") and not signature
        out.append(bare[:-1] if flows and delsp else bare)
        open_quote = quote if flows else None
    return "".join([*out, "\n", rest] if len(lines) == _FLOWED else out)
