"""A mailbox in one file: read as a stream, split where messages really begin."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Final

from triage.connector import ConfigError, Cursor, Incoming, Page, Unreadable
from triage.text import mail
from triage_connectors import mail_incoming, paging

_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 1024
# A sentence can begin with "From " as well: what counts is a date or a dash after it,
# and a header on the next line.
_BEGINS: Final = re.compile(
    rb"(?:\A|(?<=\n))From (?:-|[^\n]{1,300}\d\d:\d\d[^\n]{0,60})[ \t]*\r?\n"
    rb"(?=[!-9;-~]{1,100}[ \t]*:|>From )"
)
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mbox:
    """
    A mailbox file (.mbox; Google Takeout, Thunderbird): each message one feedback.

    The last message of a mailbox that is just being written is left for the next pull;
    one that goes on when the file has grown is read again, as the same feedback.

    Attributes:
        path: The file.
        own_domains: Domains our side writes from; mail from them is kept as an
            agent's, never triaged. A complaint they forward is its author's.
    """

    summary: ClassVar[str] = "A mailbox file: mbox, as mail programs export it"

    path: Path
    own_domains: tuple[str, ...] = ()

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:
        """Tell how surely this is a mailbox, 0 to 100."""
        if head and _BEGINS.match(head):
            return 98
        return 30 if head and path.suffix.lower() == ".mbox" else 0

    async def pull(
        self,
        http: object,  # noqa: ARG002 - files are on this machine
        cursor: Cursor | None,
    ) -> AsyncIterator[Page]:
        """Yield the messages added since ``cursor``; ``http`` is not asked."""
        # An empty line ends a paragraph as well as a message: whether the last one is
        # whole is told by nobody's writing.
        async for page in paging.pages(self.path, cursor, self._open, endings=()):
            yield page

    def _open(self, file: BinaryIO, size: int) -> _Reading:
        file.seek(0)
        if size and not _BEGINS.match(file.read(_OVERLAP)):
            raise ConfigError(
                f"{self.path} is no mailbox: it does not begin with a “From ” line; "
                "single messages are read with --as eml"
            )
        return _Reading(file, self.own_domains)


class _Reading:
    """One open mailbox."""

    unnamed = False

    def __init__(self, file: BinaryIO, own_domains: tuple[str, ...]) -> None:
        self._file = file
        self._own = own_domains

    def rows(
        self, at: int, stop: int, *, whole: bool
    ) -> Iterator[tuple[int, Incoming | Unreadable]]:
        name = ""
        if (begun := self._begun(at, stop)) is not None:
            name, at = self._named(begun, at), begun
        for start, body, end in self._spans(at, stop):
            last = end >= stop
            if last and not whole:
                return
            raw = self._read(body, end)
            cut = len(raw) < end - body
            seen = _QUOTED.sub(rb"\1", raw) if b"\n>" in raw else raw
            row = mail_incoming.incoming(
                raw, self._own, external_id=name, cut=cut, seen=seen
            )
            name = ""
            open_ended = last and not raw.endswith((b"\n\n", b"\n\r\n"))
            yield start if open_ended else end, row

    def _begun(self, at: int, stop: int) -> int | None:
        """Return where a message began that goes on here; None where one begins."""
        if not 0 < at < stop:
            return None
        self._file.seek(at - 1)
        if _BEGINS.match(self._file.read(_OVERLAP + 1), 1):
            return None
        place = at
        while place > 0:
            place = max(0, place - _CHUNK)
            found = [start for start, _ in self._begins(place, at)]
            if found:
                return found[-1]
        return None

    def _named(self, start: int, end: int) -> str:
        """Return the name under which the first part of a message was told."""
        [(_, body, _)] = [one for one in self._spans(start, end) if one[0] == start]
        raw = self._read(body, end)
        seen = _QUOTED.sub(rb"\1", raw)
        return mail_incoming.incoming(raw, self._own, seen=seen).external_id

    def _read(self, start: int, end: int) -> bytes:
        """Return a message; of one over the limit its beginning."""
        length = end - start
        if length > mail.LIMIT:
            length = mail_incoming.BEGINNING
        self._file.seek(start)
        return self._file.read(length)

    def _spans(self, at: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield where messages begin, where their header does, and where they end."""
        held: tuple[int, int] | None = None
        for start, body in self._begins(at, stop):
            if held is not None:
                yield *held, start
            held = (start, body)
        if held is not None:
            yield *held, stop

    def _begins(self, at: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield each “From ” line, a megabyte of the file at a time."""
        place = at
        while place < stop:
            before = 1 if place else 0
            self._file.seek(place - before)
            chunk = self._file.read(min(_CHUNK, stop - place) + before)
            if len(chunk) <= before:
                return
            last = place - before + len(chunk) >= stop
            # What begins in the overlap is seen whole in the next piece.
            until = len(chunk) if last else len(chunk) - _OVERLAP
            for start, end in _found(chunk):
                if before <= start < until or start == before == 0:
                    yield place - before + start, place - before + end
            if last:
                return
            place += until - before


def _found(chunk: bytes) -> Iterator[tuple[int, int]]:
    """Yield where “From ” lines begin and end; a plain search finds them fastest."""
    at = 0 if chunk.startswith(b"From ") else chunk.find(b"\nFrom ") + 1
    while at > 0 or chunk.startswith(b"From ", at):
        found = _BEGINS.match(chunk, at)
        if found:
            yield found.span()
        at = chunk.find(b"\nFrom ", at) + 1
        if not at:
            return
