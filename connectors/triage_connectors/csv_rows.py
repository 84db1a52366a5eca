"""The rows of an open table, with the bytes each was written in."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from triage.connector import Channel, ConfigError, Incoming, Unreadable
from triage.text import charset
from triage_connectors import csv_arranged, dialect, lines, mapping
from triage_connectors.repeats import Repeats

LONGEST: Final = 16 * 1024 * 1024
"""Bytes of one row; more mean a quote that nobody closed."""
_KEPT: Final = 64 * 1024
_SEEN: Final = 500
# What our own export puts an apostrophe before, so that no spreadsheet runs it.
_GUARDED: Final = frozenset("=+-@\t\r\n\x00'＝＋－＠")


class Cells:
    """
    One open file, with what its head told.

    Attributes:
        header: The columns' names, each of them once.
        first: The first rows, by column.
        channel: How customers spoke in what cannot be read.
    """

    def __init__(
        self, file: BinaryIO, how: lines.Encoding, sample: bytes, delimiter: str
    ) -> None:
        # The limit of the standard reader is one for the whole process.
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
        self._file = file
        self._how = how
        self._repeats = Repeats()
        text = dialect.unified(how.beginning(sample))
        self._told = dialect.told(text)
        self._delimiter = delimiter or self._told or dialect.sniffed(text)[0]
        self._spaced = (
            f'{self._delimiter} "' in text and f'{self._delimiter}"' not in text
        )
        rows = list(itertools.islice(self._sampled(text), _SEEN + 1))
        if not rows:
            raise ConfigError("the file is empty: a table begins with its header row")
        self.header = _named(rows[0])
        self.first = [dict(zip(self.header, row, strict=False)) for row in rows[1:]]
        self.channel = Channel.REVIEW

    @property
    def unnamed(self) -> bool:
        return self._repeats.used

    def by_name(
        self, at: int, stop: int, *, whole: bool
    ) -> Iterator[tuple[int, dict[str, Any] | Unreadable, bytes]]:
        """Yield where each row ends, its cells by column, and its bytes."""
        begins = max(at, self._how.begins)
        feed = _Feed(
            lines.Lines(self._file, self._how, begins, stop, LONGEST), self._how
        )
        headed = begins > self._how.begins
        told = self._told
        reader = self._reader(feed)
        while True:
            cells = self._next(reader, feed)
            if not feed.pieces:
                return
            if feed.endless:
                if not whole and feed.at_end:
                    return
                swallowed = self._swallowed(feed)
                yield feed.lines.end, swallowed, swallowed.raw
                continue
            raw, ended = feed.taken()
            if told and not headed:
                told = ""
            elif not any(cell and not cell.isspace() for cell in cells):
                continue
            elif not headed:
                headed = True
            elif not ended and not whole:
                return
            else:
                after = feed.lines.end if ended else feed.began
                yield after, self._row(cells, raw), raw

    def _next(self, reader: Iterator[list[str]], feed: _Feed) -> list[str]:
        try:
            return next(reader, [])
        except _Endless:
            return []
        except csv.Error:
            # A lone carriage return in a cell without quotes.
            text = self._how.text(b"".join(feed.pieces)).replace("\r", " ")
            return next(self._reader(iter(text.splitlines(keepends=True))), [])

    def _reader(self, feed: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(
            feed, delimiter=self._delimiter, skipinitialspace=self._spaced
        )

    def _row(self, cells: list[str], raw: bytes) -> dict[str, Any]:
        if b"\x00" in raw:
            cells = [charset.clean(cell) for cell in cells]
        row: dict[str, Any] = dict(zip(self.header, cells, strict=False))
        for number, cell in enumerate(cells[len(self.header) :], len(self.header) + 1):
            row[f"column {number}"] = cell
        return row

    def _swallowed(self, feed: _Feed) -> Unreadable:
        """Return what a quote took in that nobody closed: one line, or all of it."""
        raw, _ = feed.taken()
        following = raw[len(feed.first) : len(feed.first) + _KEPT]
        if feed.over or self._looks_like_rows(following):
            raw = feed.first
            feed.back_to(feed.first_end)
        return Unreadable(
            external_id=self._repeats.name(raw.strip()),
            raw=raw[:_KEPT] if len(raw) > LONGEST else raw,
            why="a quote is opened and never closed",
            channel=self.channel,
        )

    def _looks_like_rows(self, raw: bytes) -> bool:
        text = dialect.unified(self._how.text(raw)).split("\n")[:21]
        alike = [
            len(next(self._reader(iter([one])), ())) for one in text if one.strip()
        ]
        fitting = sum(cells == len(self.header) for cells in alike)
        return bool(alike) and fitting * 2 >= len(alike)

    def _sampled(self, text: str) -> Iterator[list[str]]:
        if self._told:
            text = text.partition("\n")[2]
        for row in self._reader(io.StringIO(text)):
            if any(cell.strip() for cell in row):
                yield row


class Table(Cells):
    """
    One open file whose columns mean what was seen in them.

    Attributes:
        arranged: How its rows become ours, where it is some tool's export.
        columns: Our field → the column it is in; several for words.
    """

    def __init__(
        self,
        file: BinaryIO,
        how: lines.Encoding,
        sample: bytes,
        delimiter: str,
        settings: mapping.Settings,
    ) -> None:
        super().__init__(file, how, sample, delimiter)
        preset = csv_arranged.preset_of(settings, self.header)
        self.arranged: csv_arranged.Arranged | None = None
        names, seen = self.header, self.first
        if preset is not None:
            found = csv_arranged.arranged(preset, names, seen, settings)
            self.arranged, settings = found, csv_arranged.settled(settings, found)
            apart = Repeats()
            seen = [found.row(row, apart) for row in seen if found.is_read(row)]
            names = csv_arranged.names()
        self.layout = mapping.laid_out(names, seen, settings)
        self.columns = dict(self.layout.columns)
        if self.arranged is not None:
            self.columns = dict(self.arranged.places)
            if self.arranged.preset.author:
                self.columns["author"] = " + ".join(self.arranged.authors(self.header))
            if self.arranged.words:
                self.columns["body"] = " + ".join(self.arranged.words)
        self.channel = self.layout.channel

    def rows(
        self, at: int, stop: int, *, whole: bool
    ) -> Iterator[tuple[int, Incoming | Unreadable]]:
        for after, row, raw in self.by_name(at, stop, whole=whole):
            if isinstance(row, Unreadable):
                yield after, row
                continue
            cells, kept = row, raw
            if b"'" in raw:
                cells = {name: _unguarded(cell) for name, cell in row.items()}
            if self.arranged is not None:
                if not self.arranged.is_read(cells):
                    continue
                kept = self.arranged.kept(cells, raw)
                cells = self.arranged.row(cells, self._repeats)
            yield after, self.layout.incoming(cells, kept, self._repeats)


class _Endless(Exception):
    """A row goes on and on."""


class _Feed:
    """
    Lines as text for the standard reader, remembering the bytes of the row at hand.

    Attributes:
        began: Where the row begins.
        first: Its first line, which ends at ``first_end``.
        endless: Whether the row never ended; ``at_end`` if the file did first.
    """

    def __init__(self, source: lines.Lines, how: lines.Encoding) -> None:
        self.lines = source
        self._how = how
        self.pieces: list[bytes] = []
        self._weight = 0
        self.began = 0
        self.first = b""
        self.first_end = 0
        self.endless = self.at_end = self.over = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self.lines, None)
        if line is None:
            self.endless = self.at_end = bool(self.pieces)
            raise StopIteration
        if not self.pieces:
            self.began = self.lines.start
            self.first, self.first_end = line, self.lines.end
        self.pieces.append(line)
        self._weight += len(line)
        if self.lines.over or self._weight > LONGEST:
            self.endless = self.over = True
            raise _Endless
        text = self._how.text(line)
        return text.replace("\r", "\n") if self._how.newline == b"\r" else text

    def taken(self) -> tuple[bytes, bool]:
        """Return the row's bytes and whether its line ended; forget them."""
        raw = b"".join(self.pieces) if len(self.pieces) > 1 else self.pieces[0]
        self.pieces = []
        self._weight = 0
        self.endless = self.at_end = False
        return raw, raw.endswith(self._how.newline)

    def back_to(self, at: int) -> None:
        self.over = False
        self.lines.back_to(at)


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _GUARDED else cell


def _named(cells: Sequence[str]) -> list[str]:
    """Return the header's names, each of them once and none empty."""
    names: dict[str, None] = {}
    for number, cell in enumerate(cells, start=1):
        name = charset.clean(" ".join(_unguarded(cell).split()))[:200]
        name = name or f"column {number}"
        unique, again = name, 2
        while unique in names:
            unique, again = f"{name} ({again})", again + 1
        names[unique] = None
    return list(names)
