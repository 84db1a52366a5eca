"""Waves are stretches of whole days, months or years, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from triage.errors import UsageError
from triage.measures.wave import wave, waves


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2026", (2026, 1, 1), (2027, 1, 1)), ("2026-Q4", (2026, 10, 1), (2027, 1, 1)),
        ("2026-12", (2026, 12, 1), (2027, 1, 1)), ("2026-02-28", (2026, 2, 28), (2026, 3, 1)),
        ("2026-01..2026-03", (2026, 1, 1), (2026, 4, 1)),
        ("2026-W01", (2025, 12, 29), (2026, 1, 5)), ("2026-q1", (2026, 1, 1), (2026, 4, 1)),
    ],
)  # fmt: skip
def test_waves(
    text: str, begin: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    """Both ends are in it, whole."""
    found = wave(text)
    assert (found.begin, found.end) == (
        datetime(*begin, tzinfo=UTC), datetime(*end, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13", "2026-Q5", "2026-W54", "0000", "2026-03..2026-01", "9999-12",
     "2026-02-30", "2026-01..", "..2026"],
)  # fmt: skip
def test_what_is_no_wave(text: str) -> None:
    """It is refused, with how to write one."""
    with pytest.raises(UsageError):
        wave(text)


def test_waves_that_overlap() -> None:
    """Who is in both would be compared with themselves."""
    with pytest.raises(UsageError, match="overlap"):
        waves("2026-01..2026-03", "2026-03")
    assert waves("2026-02", "2026-01")[0].name == "2026-02"
