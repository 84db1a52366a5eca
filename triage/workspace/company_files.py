"""Companies in a CSV file: domain, name, and a column for each attribute."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from triage.errors import UsageError

_MOST = 64 * 1024 * 1024
_NAMES = {"domain": "domain", "website": "domain", "name": "name", "company": "name"}


@dataclass(frozen=True, slots=True)
class Row:
    """A company as a file or a person tells it; only what was told."""

    domain: str
    name: str
    attributes: Mapping[str, str]


def rows_of(path: Path) -> list[tuple[int, Row]]:
    """
    The companies of a file with the line each ends on; an empty cell tells nothing.

    Raises:
        UsageError: The file is no CSV with a column ``domain`` or ``name``.
    """
    text = _text(path)
    head = text.partition("\n")[0]
    # Spreadsheets where a comma is in numbers write semicolons.
    mark = next((one for one in ",;\t" if one in head), ",")
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise UsageError(
            f"{path.name}, line {reader.line_num}: no CSV ({error})"
        ) from error
    return _rows(lines, path.name)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST:
            raise UsageError(f"{path.name} is larger than a list of companies can be")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is no UTF-8; save it as such") from error


def _rows(lines: list[tuple[int, list[str]]], name: str) -> list[tuple[int, Row]]:
    heads = [head.strip() for head in lines[0][1]] if lines else []
    places = {head: _NAMES[key] for head in heads if (key := head.casefold()) in _NAMES}
    if (
        not places
        or len(set(places.values())) < len(places)
        or len({head.casefold() for head in heads if head}) < sum(map(bool, heads))
    ):
        raise UsageError(
            f"{name} needs a column “domain” or “name” in its first line, and one for"
            " each attribute, each once"
        )
    found: list[tuple[int, Row]] = []
    for line, cells in lines[1:]:
        told = dict(zip(heads, map(str.strip, cells), strict=False))
        kept = {head: text for head, text in told.items() if head and text}
        if kept:
            named = {places[head]: kept.pop(head) for head in places if head in kept}
            row = Row(named.get("domain", ""), named.get("name", ""), kept)
            found.append((line, row))
    return found
