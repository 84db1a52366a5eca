"""
The prioritised backlog, out and back in.

A ``Backlog`` is built from what the workspace shows; an exporter writes it as text. One
file per format, found by entry point (``triage.exports``), ours and a stranger's alike.
"""

from __future__ import annotations

from typing import ClassVar, Protocol, TextIO

from triage.export.backlog import Backlog, BacklogRow, backlog_of
from triage.export.columns import COLUMNS, Column
from triage.export.files import write_to
from triage.export.reading import is_backlog

__all__ = [
    "COLUMNS",
    "Backlog",
    "BacklogRow",
    "Column",
    "Exporter",
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
