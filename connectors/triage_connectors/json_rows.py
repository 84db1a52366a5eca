"""The objects of an open JSON file, with the bytes each was written in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from triage.connector import ConfigError, Incoming, Unreadable
from triage.text import charset
from triage_connectors import channels, json_array, lines, mapping
from triage_connectors.json_values import Bad, Parser
from triage_connectors.repeats import Repeats

LONGEST: Final = 16 * 1024 * 1024
"""Bytes of one line; a longer one is unreadable, and its beginning is kept."""
_KEPT: Final = 64 * 1024
_SEEN: Final = 500
_TOO_LONG: Final = f"the line is longer than {LONGEST // 1024 // 1024} MB"


class Objects:
    """One open file, with what its head told."""

    def __init__(
        self,
        file: BinaryIO,
        how: lines.Encoding,
        sample: bytes,
        settings: mapping.Settings,
        *,
        whole: bool,
    ) -> None:
        self._file = file
        self._how = how
        self._parse = Parser().parse
        self._repeats = Repeats()
        self._channel = channels.named(settings.channel)
        text = how.beginning(sample).lstrip()
        self._is_array = text.startswith("[")
        rows = [row for row in self._sampled(text, whole=whole) if row]
        self.names = mapping.flat_names(rows)
        self.layout = mapping.laid_out(self.names, rows, settings) if rows else None
        if not rows and text.startswith("{") and "\n" in text.strip():
            raise ConfigError(
                "this is neither JSON lines, one object a line, nor an array of "
                "objects; `jq -c '.[]'` or the like makes such lines"
            )

    @property
    def unnamed(self) -> bool:
        return self._repeats.used

    def rows(
        self, at: int, stop: int, *, whole: bool
    ) -> Iterator[tuple[int, Incoming | Unreadable]]:
        if self._is_array:
            for end, raw in json_array.elements(self._file, self._how, at, stop):
                yield end, self._row(raw, self._how.text(raw))
            return
        reader = lines.Lines(
            self._file, self._how, max(at, self._how.begins), stop, LONGEST
        )
        for line in reader:
            text = self._how.text(line)
            if text.isspace():
                continue
            if reader.over:
                yield reader.end, self._unreadable(line, _TOO_LONG)
                continue
            begins = reader.start
            ended = line.endswith(self._how.newline)
            row = self._row(line, text)
            if not ended and isinstance(row, Unreadable):
                if not whole:
                    return
                yield begins, row
            else:
                yield reader.end, row

    def _row(self, raw: bytes, text: str) -> Incoming | Unreadable:
        try:
            row = self._parse(text)
        except Bad as bad:
            return self._unreadable(raw, str(bad))
        if self.layout is None:
            return self._unreadable(raw, "no row before it could be read")
        if "\\u" in text:
            row = charset.cleaned(row)
        return self.layout.incoming(row, raw, self._repeats)

    def _unreadable(self, raw: bytes, why: str) -> Unreadable:
        kept = raw if len(raw) <= LONGEST else raw[:_KEPT]
        name = self._repeats.name(raw.strip())
        return Unreadable(external_id=name, raw=kept, why=why, channel=self._channel)

    def _sampled(self, text: str, *, whole: bool) -> Iterator[dict[str, Any]]:
        if self._is_array:
            found: Iterator[str] = json_array.texts(text)
        else:
            pieces = text.split("\n" if "\n" in text else "\r")
            found = iter(pieces if whole else pieces[:-1] or pieces)
        for piece in itertools.islice(found, _SEEN):
            if not piece.strip():
                continue
            try:
                yield self._parse(piece)
            except Bad:
                continue
