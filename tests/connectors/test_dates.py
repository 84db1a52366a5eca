from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage_connectors.dates import Dates, told_by

AT = datetime(2026, 3, 4, 15, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T15:06:07Z",
        "2026-03-04T16:06:07+01:00",
        "2026-03-04 15:06:07",
        "2026-03-04 15:06:07 UTC",
        "2026-03-04 15:06:07 +0000",
        "2026/03/04 15:06:07",
        "20260304T150607Z",
        "1772636767",
        "1772636767000",
        "1772636767000000",
        "1772636767.0",
        "4/3/2026 15:06:07",
        "04.03.2026, 15:06:07",
        "4-3-26 3:06:07 PM",
        "4 March 2026 15:06:07",
        "March 4, 2026 3:06:07 PM",
        "Mar 4, 2026, 15:06:07",
        "4. März 2026 um 15:06:07",
        "4 mars 2026 15:06:07",
        "4 de marzo de 2026 15:06:07",
        "Wed, 04 Mar 2026 15:06:07 GMT",
        "Wed, 4 Mar 2026 16:06:07 +0100",
        "Wednesday, March 4, 2026 3:06:07 PM",
    ],
)
def test_common_forms_are_read(text: str) -> None:
    """ISO, numbers since 1970, mail dates and the usual local forms mean one moment."""
    assert Dates().read(text) == AT


@pytest.mark.parametrize(
    "value", [1772636767, 1772636767.0, 1772636767000, 1772636767000000]
)
def test_numbers_are_told_by_their_size(value: float) -> None:
    """Seconds, thousandths and millionths since 1970 are told apart."""
    assert Dates().read(value) == AT


@pytest.mark.parametrize(
    "value", ["", " ", "-", "N/A", "null", None, 0, "0000-00-00", True]
)
def test_an_empty_cell_is_no_date(value: Any) -> None:
    """What exports write for nothing is nothing, not an error."""
    assert Dates().read(value) is None


@pytest.mark.parametrize(
    "value",
    ["yesterday", "2026-13-01", "31/02/2026", "12", "99999999999999999999", "1/2/3/4",
     "2026-03-04T25:00:00Z", "May", "1" * 500, "1e10", [1], 1e300, "0"[:0] + "0026-01-01"],
)  # fmt: skip
def test_what_is_no_date_says_so(value: Any) -> None:
    """Anything else is an error that shows the cell."""
    with pytest.raises(ValueError, match="is not a date"):
        Dates().read(value)


def test_the_column_tells_which_number_is_the_day() -> None:
    """A number over 12 settles the order; without one, and in dots, the day is first."""
    assert told_by(["3/4/2026", "12/25/2026"]).month_first
    assert not told_by(["3/4/2026", "25/12/2026"]).month_first
    assert not told_by(["3/4/2026"]).month_first
    month_first = Dates(month_first=True)
    assert month_first.read("3/4/2026") == datetime(2026, 3, 4, tzinfo=UTC)
    assert month_first.read("3.4.2026") == datetime(2026, 4, 3, tzinfo=UTC)


def test_a_form_reads_nothing_else() -> None:
    """A format that is given is the only one."""
    form = Dates(form="%Y-%d-%m %H:%M %z")
    assert form.read("2026-04-03 16:06 +0100") == AT.replace(second=0)
    with pytest.raises(ValueError, match="is not a date"):
        form.read("2026-03-04")


@given(st.integers(1, 7_000_000_000))
def test_iso_comes_back(seconds: int) -> None:
    """What is written as ISO 8601 is read as the same moment."""
    at = datetime.fromtimestamp(seconds, UTC)
    assert Dates().read(at.isoformat()) == at
    assert Dates().read(at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")) == at


@given(st.text(max_size=40) | st.text("0123456789/-.: TZapm", max_size=30))
def test_no_text_crashes_it(text: str) -> None:
    """Any text is a date, nothing, or an error with a sentence."""
    for dates in (Dates(), Dates(month_first=True), Dates(form="%d/%m/%y")):
        with suppress(ValueError):
            found = dates.read(text)
            assert found is None or found.tzinfo is not None
