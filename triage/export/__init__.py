"""
The prioritised backlog, out and back in.

A ``Backlog`` is built from what the workspace shows; an exporter writes it, as a text,
as bytes or as several files. One file per format, found by entry point
(``triage.exports``), ours and a stranger's alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar, Protocol, TextIO

from triage.export.backlog import Backlog, BacklogRow, backlog_of
from triage.export.columns import COLUMNS, Column
from triage.export.files import write_to
from triage.export.manifest import Exported
from triage.export.reading import is_backlog

__all__ = [
    "COLUMNS",
    "Backlog",
    "BacklogRow",
    "BinaryExporter",
    "Column",
    "Exported",
    "Exporter",
    "SetExporter",
    "backlog_of",
    "is_backlog",
    "write_to",
]


class Exporter(Protocol):
    """One format; a frozen dataclass whose fields are its options."""

    name: ClassVar[str]
    """What ``--to`` calls it."""
    suffix: ClassVar[str]
    """How its files end, with the dot."""

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """
        Write the whole backlog as text.

        ``out`` must take any Unicode and leave line ends as they are (``newline=""``).
        The same backlog gives the same bytes.
        """
        ...


class BinaryExporter(Protocol):
    """One format that is no text."""

    name: ClassVar[str]
    suffix: ClassVar[str]

    def write_bytes(self, backlog: Backlog, out: BinaryIO) -> None:
        """Write the whole backlog; the same backlog gives the same bytes."""
        ...


class SetExporter(Protocol):
    """One format that is several files in a folder."""

    name: ClassVar[str]
    suffix: ClassVar[str]

    def write_set(self, backlog: Backlog) -> Mapping[str, str]:
        """The text of each file by its name; the same backlog gives the same."""
        ...
