"""Every pattern mails are read with takes time in proportion to the text."""

from __future__ import annotations

import importlib
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

UNITS = (
    "a", " ", "-", "\n", ">", "<", "0", ".", "@", ":", "=", "?", ";", "\t", "_", "é", "日",
    "a.", "a@", "a-", "0 ", "0-", "On 2026 ", "wrote ", "From ", "From a\n", "=?a?q?", "a:",
    " a", "\n ", "\n-", "<a", "</", 'a="', "www.", "(", "ps ", "charset=", "--a\n", "x via ",
)  # fmt: skip
SIZE = 2000
READERS = (
    "headers html left_out mail mail_author mail_kind mail_words mime quotes reply"
    " signature charset mbox eml"
)
PLACED = {"headers._NAME", "headers._WHOLE_FIELD", "headers._RUN"}
"""Which are only matched at a place, or on what a cap has left."""


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    for name in READERS.split():
        package = "triage_connectors" if name in {"mbox", "eml"} else "triage.text"
        for inside, value in vars(importlib.import_module(f"{package}.{name}")).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{inside}", value


@pytest.mark.parametrize(("name", "pattern"), [*patterns()])
def test_no_pattern_backtracks(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes]
) -> None:
    """Four times the text takes about four times as long, whatever it is made of."""
    for unit in UNITS:
        for tries in (1, 3, 9):
            small = min(_cpu(name, pattern, unit, SIZE) for _ in range(tries))
            large = min(_cpu(name, pattern, unit, 4 * SIZE) for _ in range(tries))
            if large <= 8 * small + 0.005:
                break
        else:
            pytest.fail(f"{name} over {unit!r}: {small:.4f} s, {large:.4f} s")


def _cpu(
    name: str, pattern: re.Pattern[str] | re.Pattern[bytes], unit: str, size: int
) -> float:
    text = unit * (size // len(unit)) + "\x00"
    told: Any = text if isinstance(pattern.pattern, str) else text.encode()
    begun = time.process_time()
    if name not in PLACED:
        pattern.search(told)
    pattern.match(told)
    pattern.fullmatch(told)
    return time.process_time() - begun
