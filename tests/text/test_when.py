"""Moments read as people write them, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text.when import Until, until, when

NOW = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("later today", "2026-03-05 15:00"),
        ("tonight", "2026-03-05 18:00"),
        ("tomorrow", "2026-03-06 09:00"),
        ("Tomorrow 14:15", "2026-03-06 14:15"),
        ("tomorrow at 2pm", "2026-03-06 14:00"),
        ("14:00", "2026-03-05 14:00"),
        ("8:00", "2026-03-06 08:00"),
        ("8am", "2026-03-06 08:00"),
        ("12pm", "2026-03-06 12:00"),
        ("fri", "2026-03-06 09:00"),
        ("thursday", "2026-03-12 09:00"),
        ("next mon 10:30", "2026-03-09 10:30"),
        ("next week", "2026-03-09 09:00"),
        ("next month", "2026-04-01 09:00"),
        ("weekend", "2026-03-07 09:00"),
        ("in 3 days", "2026-03-08 09:00"),
        ("3d", "2026-03-08 09:00"),
        ("in 2 weeks", "2026-03-19 09:00"),
        ("two weeks", "2026-03-19 09:00"),
        ("in 90 minutes", "2026-03-05 14:00"),
        ("4h", "2026-03-05 16:30"),
        ("in a month", "2026-04-05 09:00"),
        ("2026-04-01", "2026-04-01 09:00"),
        ("2026-04-01T16:00", "2026-04-01 16:00"),
        ("3 May", "2026-05-03 09:00"),
        ("May 3rd 8:30", "2026-05-03 08:30"),
        ("on 1 mar", "2027-03-01 09:00"),
        ("noon", "2026-03-06 12:00"),
        ("evening", "2026-03-05 18:00"),
        ("tomorrow evening", "2026-03-06 18:00"),
        ("fri afternoon", "2026-03-06 14:00"),
        ("day after tomorrow", "2026-03-07 09:00"),
        ("end of day", "2026-03-05 17:00"),
        ("end of the week", "2026-03-06 17:00"),
        ("end of month", "2026-03-31 17:00"),
        ("eom", "2026-03-31 17:00"),
        ("end of quarter", "2026-03-31 17:00"),
        ("eoy", "2026-12-31 17:00"),
        ("next quarter", "2026-04-01 09:00"),
        ("a week from now", "2026-03-12 09:00"),
        ("2026-05-03 evening", "2026-05-03 18:00"),
        ("1 January 2028", "2028-01-01 09:00"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    """Days begin at nine; a time alone is its next occurrence."""
    assert when(text, NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "yesterday", "31 april", "25:00", "13pm", "2020-01-01", "in 0 days",
     "in days", "may", "99999 years", "9999 years", "today 8:00",
     "3/5", "03.05.2026", "morgen", "lundi", "in a while", "evidence"],
)  # fmt: skip
def test_no_moment(text: str) -> None:
    """What is past, or no moment, is nothing."""
    assert when(text, NOW) is None


@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    """No text breaks it, and what it finds is to come."""
    found = when(text, NOW)
    assert found is None or found > NOW


def test_keeps_the_zone() -> None:
    """Nine in the morning is nine where the person is."""
    zone = timezone(timedelta(hours=9))
    found = when("tomorrow", NOW.astimezone(zone))
    assert found is not None
    assert (found.hour, found.tzinfo) == (9, zone)


FRIDAY = datetime(2026, 3, 6, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("fri", Until(FRIDAY, on_evidence=False)),
        ("Evidence", Until(None, on_evidence=True)),
        ("something new", Until(None, on_evidence=True)),
        ("fri or evidence", Until(FRIDAY, on_evidence=True)),
        ("new evidence or fri 9:00", Until(FRIDAY, on_evidence=True)),
    ],
)
def test_what_ends_a_sleep(text: str, ends: Until) -> None:
    """A moment, new evidence, or whichever comes first."""
    assert until(text, NOW) == ends


@pytest.mark.parametrize("text", ["", "or", "soon or evidence", "fri or mon", "fri or"])
def test_no_end_is_guessed(text: str) -> None:
    """Where one part means nothing, the whole means nothing."""
    assert until(text, NOW) is None


@pytest.mark.parametrize("day", [1, 15, 27, 28, 30, 31])
@pytest.mark.parametrize("what", ["day", "week", "month", "quarter", "year"])
def test_ends_are_to_come(what: str, day: int) -> None:
    """The end of whatever is now is never past while it lasts."""
    now = datetime(2026, 1, day, 9, tzinfo=UTC)
    found = when(f"end of {what}", now)
    assert found is not None
    assert found > now
