"""JSON, one object a line or one array of them: each object is one feedback."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, ClassVar

from triage.connector import ConfigError, Cursor, Page
from triage_connectors import lines, mapping, paging
from triage_connectors.json_rows import Objects
from triage_connectors.place import opened


@dataclass(frozen=True, slots=True)
class JsonlFile:
    """
    JSON lines (.jsonl, .ndjson) or a JSON array (.json) of objects.

    Each line stands for itself: one that is no JSON object is reported and the rest is
    read. A last line without its end is left while somebody is still writing the file.
    A row without an id is named after its content, so a second import changes nothing.

    Attributes:
        path: The file.
        columns: Our field = its name in the file; a path like "review.text" goes
            into objects; an empty one leaves the field out. The rest is recognised.
        channel: How customers spoke, where the rows do not say.
        encoding: Of the file; told from its bytes where empty.
        date_format: As strptime takes it; where empty, told from the column. Numbers
            like 3/4/2026 are day first, unless a row shows that they are not.
        scale: Of the ratings, like 1-5; told from the column where empty.
        metric: What the rating measures: stars, nps, csat or ces.
    """

    summary: ClassVar[str] = "JSON lines, or a JSON array of objects, from a file"

    path: Path
    columns: Mapping[str, str] = field(default_factory=dict)
    channel: str = "review"
    encoding: str = ""
    date_format: str = ""
    scale: str = ""
    metric: str = ""

    def __post_init__(self) -> None:
        self._settings().check()

    @classmethod
    def recognises(cls, path: Path, head: bytes) -> int:
        """Tell how surely this is such a file, 0 to 100."""
        named = path.suffix.lower() in {".jsonl", ".ndjson", ".json"}
        text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if text.startswith(b"{"):
            first = text.partition(b"\n")[0]
            return 95 if named else 60 if first.rstrip().endswith(b"}") else 0
        if text.startswith(b"[") and text[1:].lstrip().startswith(b"{"):
            return 90 if named else 50
        return 40 if named else 0

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
        if reading.layout is None:
            return mapping.Preview({}, (), first)
        used = reading.layout.used
        left = tuple(n for n in reading.names if n not in used and "." not in n)
        return mapping.Preview(reading.layout.columns, left, first)

    def _settings(self) -> mapping.Settings:
        return mapping.Settings(
            columns=self.columns,
            channel=self.channel,
            date_format=self.date_format,
            scale=self.scale,
            metric=self.metric,
        )

    def _open(self, file: BinaryIO, size: int) -> Objects:
        file.seek(0)
        sample = file.read(lines.SAMPLE)
        try:
            how = lines.encoding(sample, self.encoding, "JSON")
        except ConfigError as error:
            raise ConfigError(f"{self.path}: {error}") from None
        try:
            return Objects(
                file, how, sample, self._settings(), whole=size <= len(sample)
            )
        except ConfigError as error:
            raise ConfigError(f"{self.path}: {error}") from None
