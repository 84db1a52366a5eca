"""Tables with a header row, as any spreadsheet writes them: each row one feedback."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, ClassVar

from triage.connector import ConfigError, Cursor, Page
from triage_connectors import csv_presets, dialect, lines, mapping, paging
from triage_connectors.csv_rows import Table
from triage_connectors.place import opened


@dataclass(frozen=True, slots=True)
class CsvFile:
    """
    A table in a text file (.csv, .tsv) whose first row names the columns.

    Columns are recognised by their names in several languages; what is none of ours is
    kept in the context. A row that cannot be read is reported and the rest is read. A
    row without an id is named after its content, so a second import changes nothing.

    Attributes:
        path: The file.
        columns: Our field = the column it is in; an empty one leaves the field out.
            The rest is recognised.
        encoding: Of the file; told from its bytes where empty.
        delimiter: Between cells: "," ";" "|" or "tab"; told from the rows where empty.
        date_format: As strptime takes it; where empty, told from the column. Numbers
            like 3/4/2026 are day first, unless a row shows that they are not.
        channel: How customers spoke, where the rows do not say; review where empty,
            survey in exports of survey tools.
        scale: Of the ratings, like 1-5; told from the column where empty.
        metric: What the rating measures: stars, nps, csat or ces.
        preset: Whose export it is: delighted, google-forms, qualtrics, trustpilot or
            g2; told from the header where empty, none to read it like any table.
        words: In such an export the columns with open answers, joined with their
            questions; the beginning of a name is enough. Told from the rows where
            empty.
    """

    summary: ClassVar[str] = "A table with a header row: CSV, TSV, semicolons or bars"

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    date_format: str = ""
    channel: str = ""
    scale: str = ""
    metric: str = ""
    preset: str = ""
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._settings().check()
        csv_presets.check(self.preset)
        if self.delimiter not in {"", "tab"} and len(self.delimiter) != 1:
            raise ConfigError(
                f"“{self.delimiter}” is no delimiter: use one character, or tab"
            )

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:
        """Tell how surely this is such a file, 0 to 100."""
        if not head:
            return 0
        named = path.suffix.lower() in {".csv", ".tsv"}
        try:
            how = lines.encoding(head, "", "CSV")
        except ConfigError:
            return 20 if named else 0
        text = how.beginning(head)
        if text.lstrip().startswith(("{", "[{", "From ")):
            return 20 if named else 0
        delimiter, share = dialect.sniffed(text)
        if named:
            return 90 if share else 70
        return 45 if share >= 0.9 and dialect.has_names(text, delimiter) else 0

    async def pull(
        self,
        http: object,  # noqa: ARG002 - files are on this machine
        cursor: Cursor | None,
    ) -> AsyncIterator[Page]:
        """Yield what the file holds since ``cursor``; ``http`` is not asked."""
        async for page in paging.pages(self.path, cursor, self._open):
            yield page

    def preview(self, count: int = 5) -> mapping.Preview:
        """Return what is understood of the file, with its first rows."""
        with opened(self.path) as file:
            size = self.path.stat().st_size
            reading = self._open(file, size)
            rows = itertools.islice(reading.rows(0, size, whole=True), count)
            first = tuple(row for _, row in rows)
        if reading.arranged is not None:
            left = reading.arranged.others(reading.header)
            return mapping.Preview(reading.columns, left, first)
        used = reading.layout.used
        left = [name for name in reading.header if name not in used]
        return mapping.Preview(reading.columns, tuple(left), first)

    def _settings(self) -> mapping.Settings:
        return mapping.Settings(
            columns=self.columns,
            channel=self.channel,
            date_format=self.date_format,
            scale=self.scale,
            metric=self.metric,
            preset=self.preset,
            words=self.words,
        )

    def _open(self, file: BinaryIO, size: int) -> Table:  # noqa: ARG002 - JSON asks
        file.seek(0)
        sample = file.read(lines.SAMPLE)
        try:
            how = lines.encoding(sample, self.encoding, "CSV")
            delimiter = "\t" if self.delimiter == "tab" else self.delimiter
            return Table(file, how, sample, delimiter, self._settings())
        except ConfigError as error:
            raise ConfigError(f"{self.path}: {error}") from None
