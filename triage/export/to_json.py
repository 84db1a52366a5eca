"""``--to json``: the whole backlog, restorable; the format for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, TextIO

from triage.export.backlog import Backlog
from triage.export.document import document


@dataclass(frozen=True, slots=True)
class Json:
    """One JSON document in ASCII, by ``docs/schemas/backlog-1.schema.json``."""

    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"

    def write(self, backlog: Backlog, out: TextIO) -> None:
        """Write a key a line, and what a key lists one a line, to compare by line."""
        out.writelines(_lines(document(backlog)))
        out.write("\n")


def _lines(told: dict[str, Any], indent: str = "") -> Iterator[str]:
    """
    An object, its keys each on a line.

    The encoder's own way to indent is written in Python: six times as slow.
    """
    yield "{"
    between = "\n"
    for key, value in told.items():
        yield f"{between}{indent}  {_key(key)}: "
        yield from _value(value, f"{indent}  ")
        between = ",\n"
    yield f"\n{indent}}}"


def _value(value: Any, indent: str) -> Iterator[str]:
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        yield _json(value)
        return
    between = "[\n"
    for one in value:
        yield f"{between}{indent}  "
        if "evidence" in one and "rank" in one:
            yield from _lines(one, f"{indent}  ")
        else:
            yield _json(one)
        between = ",\n"
    yield f"\n{indent}]"


_json = json.JSONEncoder(allow_nan=False).encode
_key = cache(_json)
