"""JSON lines as commands read them: one object a line, and a bad line is named."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from triage.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

PIPE = "-"


def opened(file: str) -> AbstractContextManager[BinaryIO]:
    """The file, or standard input for ``-``."""
    if file == PIPE:
        return nullcontext(sys.stdin.buffer)
    if not Path(file).is_file():
        raise UsageError(f"{file} is no file; check the path")
    return Path(file).open("rb")


def fields(file: str, *names: str) -> Iterator[list[Any]]:
    """
    What each line of JSON holds under these names, read as it is asked for.

    Empty lines are passed over.
    """
    with opened(file) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                told = json.loads(line)
                found = [told[name] for name in names]
            except (ValueError, TypeError, KeyError, RecursionError) as error:
                like = ", ".join(f'"{name}": …' for name in names)
                raise UsageError(
                    f"{file}, line {number}: not a line like {{{like}}}"
                ) from error
            yield found
