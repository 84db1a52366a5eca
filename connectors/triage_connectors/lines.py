"""A file's lines as bytes, in any encoding, from any offset, in bounded memory."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO, Final

from triage.connector import ConfigError
from triage.text import charset

SAMPLE: Final = 256 * 1024
"""Bytes from the head of a file by which it is judged."""
_CHUNK: Final = 256 * 1024

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDTHS: Final = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}

# The first bytes of what people hand over by mistake, and what to do about it.
_OTHERS: Final = (
    (b"PK\x03\x04", "a spreadsheet or an archive: save or export it as {kind}"),
    (b"\xd0\xcf\x11\xe0", "an old Office file: save or export it as {kind}"),
    (b"%PDF", "a PDF: export the data as {kind}"),
    (b"\x1f\x8b", "compressed: unpack it first"),
    (b"SQLite format 3", "a database: export a table of it as {kind}"),
    (b"PAR1", "a Parquet file: export it as {kind}"),
    (b"\x89PNG", "a picture"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """
    How a file's bytes are read.

    Attributes:
        name: As Python knows it.
        begins: Bytes of a byte order mark, where the text begins.
        newline: The bytes that end a line.
    """

    name: str
    begins: int = 0
    newline: bytes = b"\n"

    @property
    def width(self) -> int:
        """Bytes in one unit: a newline counts only on a multiple of it."""
        return _WIDTHS.get(self.name, 1)

    def beginning(self, sample: bytes) -> str:
        """Return the text a file begins with, but for a letter cut in two."""
        bare = sample[self.begins :]
        try:
            return codecs.getincrementaldecoder(self.name)().decode(bare)
        except ValueError:
            return "".join(self.text(line) for line in bare.splitlines(keepends=True))

    def text(self, line: bytes) -> str:
        """Return a line's text; bytes that do not fit are read as Windows-1252."""
        try:
            return line.decode(self.name)
        except ValueError:
            if self.name == "utf-8":
                return charset.decode(line, "windows-1252").text
            return line.decode(self.name, "replace")


def encoding(sample: bytes, declared: str, kind: str) -> Encoding:
    """
    Return how a file is written, told by its head.

    ``kind`` is what it should be ("CSV"): a binary file raises ConfigError and says so.
    """
    for start, why in _OTHERS:
        if sample.startswith(start):
            advice = why.format(kind=kind)
            raise ConfigError(f"looks binary, not {kind}: it is {advice}")
    begins, name = next(
        ((len(bom), name) for bom, name in _BOMS if sample.startswith(bom)), (0, "")
    )
    if declared:
        name = charset.codec(declared) or ""
        if not name:
            raise ConfigError(f"“{declared}” is no encoding Triage reads; try utf-8")
        if name in {"utf-16", "utf-32", "utf-8-sig"}:
            name = _marked(sample, name)
    name = name or _wide(sample)
    if not name:
        if sample.count(0) * 100 > len(sample):
            raise ConfigError(f"looks binary, not {kind}")
        name = _narrow(sample)
    found = Encoding(name, begins)
    if "\n".encode(name) in sample or "\r".encode(name) not in sample:
        return Encoding(name, begins, "\n".encode(name))
    return Encoding(name, begins, "\r".encode(found.name))


def _marked(sample: bytes, name: str) -> str:
    """Return which of two byte orders an encoding means that leaves it to the mark."""
    if name == "utf-8-sig":
        return "utf-8"
    mark = codecs.BOM_UTF16_BE if name == "utf-16" else codecs.BOM_UTF32_BE
    return f"{name}-be" if sample.startswith(mark) else f"{name}-le"


def _wide(sample: bytes) -> str:
    """Return the UTF-16 without a mark that every other byte being 0 tells of."""
    head = sample[: len(sample) // 2 * 2][:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 10 > len(head) and not even:
        return "utf-16-le"
    if even * 10 > len(head) and not odd:
        return "utf-16-be"
    return ""


def _narrow(sample: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except ValueError:
        text = sample.decode("utf-8", "replace")
        read = sum(letter > "\x7f" for letter in text)
        # A few broken letters in what is UTF-8 otherwise do not make it something else.
        if text.count("\ufffd") * 10 <= read:
            return "utf-8"
        beyond = next(at for at, byte in enumerate(sample) if byte > 127)
        return charset.guessed(sample[max(0, beyond - 512) :])
    return "utf-8"


class Lines:
    """
    The lines of a file, from an offset up to ``stop``.

    Attributes:
        start: Where the line just read begins.
        end: Where the next one begins.
        over: Whether the line just read was longer than ``longest``: only its
            beginning was returned.
    """

    def __init__(
        self, file: BinaryIO, how: Encoding, at: int, stop: int, longest: int
    ) -> None:
        file.seek(at)
        self._file = file
        self._how = how
        self._longest = longest
        self._stop = stop
        self._buffer = b""
        self._at = 0
        self._read = at
        self.start = self.end = at
        self.over = False

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> bytes:
        self.start = self.end
        line = self._simple() if self._how.newline == b"\n" else self._unit_wise()
        if not line:
            raise StopIteration
        return line

    def back_to(self, at: int) -> None:
        """Go on reading from an earlier place."""
        self._file.seek(at)
        self._buffer = b""
        self._at = 0
        self._read = self.end = at

    def _simple(self) -> bytes:
        line = self._file.readline(self._longest + 1)
        self.end += len(line)
        self.over = len(line) > self._longest
        if self.over and not line.endswith(b"\n"):
            self._skip()
        if self.end > self._stop:
            line = line[: self._stop - self.end] if self.start < self._stop else b""
            self.end = max(self._stop, self.start)
        return line

    def _skip(self) -> None:
        """Pass over the rest of a line that is too long."""
        while self.end < self._stop:
            more = self._file.readline(_CHUNK)
            self.end += len(more)
            if not more or more.endswith(b"\n"):
                return

    def _unit_wise(self) -> bytes:
        """Read a line that ends otherwise, or in an encoding of wider units."""
        newline = self._how.newline
        self.over = False
        dropped, searched = 0, self._at
        while True:
            found = self._found(newline, searched)
            if found >= 0:
                break
            searched = max(self._at, len(self._buffer) - len(newline))
            searched -= (searched - self._at) % self._how.width
            before = len(self._buffer) - self._at
            more = self._file.read(min(_CHUNK, self._stop - self._read))
            self._read += len(more)
            if not more:
                newline, found = b"", len(self._buffer)
                break
            kept = self._buffer[self._at :]
            if before > self._longest:
                self.over = True
                keep = self._longest - self._longest % self._how.width
                tail = len(newline)
                dropped += len(kept) - keep - tail
                kept = kept[:keep] + kept[len(kept) - tail :]
                before = len(kept)
            self._buffer = kept + more
            searched, self._at = max(0, before - len(newline)), 0
            searched -= searched % self._how.width
        after = found + len(newline)
        line = self._buffer[self._at : after]
        self._at = after
        self.end += len(line) + dropped
        return line

    def _found(self, newline: bytes, start: int) -> int:
        found = self._buffer.find(newline, start)
        while found >= 0 and (found - self._at) % self._how.width:
            found = self._buffer.find(newline, found + 1)
        return found
