"""CSV for importers: what they read is what there is, and no mark is left in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from triage.text.display import safe


def write_rows(
    out: TextIO,
    names: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    bom: bool = False,
) -> None:
    """UTF-8, every cell quoted, lines end in CRLF; a name may stand there twice."""
    if bom:
        out.write("\ufeff")
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(names)
    for row in rows:
        table.writerow([safe(cell, multiline=True) for cell in row])


def label(text: str, *, spaces: bool = False) -> str:
    """A tag as importers take it: without commas, and without spaces unless allowed."""
    from triage.export.neutral import line

    told = line(text, 50).replace(",", " ")
    return " ".join(told.split()) if spaces else "-".join(told.split())
