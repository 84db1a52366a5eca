from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage_connectors.ratings import Ratings, check_scale, number, told_by


@pytest.mark.parametrize(
    ("cell", "rating"),
    [
        ("4", (4.0, "")),
        ("4.0", (4.0, "")),
        ("4,5", (4.5, "")),
        (4, (4.0, "")),
        ("4/5", (4.0, "1-5")),
        ("8 / 10", (8.0, "0-10")),
        ("4 out of 5", (4.0, "1-5")),
        ("4 von 5 Sternen"[:7], (4.0, "1-5")),
        ("★★★★☆", (4.0, "1-5")),
        ("⭐⭐⭐", (3.0, "1-5")),
        ("★ ★ ☆ ☆ ☆", (2.0, "1-5")),
        ("4 stars", (4.0, "")),
        ("1 star", (1.0, "")),
        ("3 Sterne", (3.0, "")),
        ("80%", (80.0, "0-100")),
        ("great", None),
        ("", None),
        (None, None),
        (True, None),
        ("4 apples", None),
        ("2026-01-01", None),
        ("9" * 50, None),
    ],
)
def test_ratings_are_read_as_exports_write_them(cell: Any, rating: Any) -> None:
    """Numbers, fractions, stars and words of stars are ratings; the rest is none."""
    assert number(cell) == rating


@pytest.mark.parametrize(
    ("cells", "column", "scale", "metric"),
    [
        (["1", "5"], "rating", "1-5", "stars"),
        (["0", "5"], "rating", "0-5", ""),
        (["9", "10"], "score", "0-10", ""),
        (["3", "4"], "nps score", "0-10", "nps"),
        (["3", "4"], "csat", "1-5", "csat"),
        (["70"], "satisfaction", "0-100", ""),
        (["3/7"], "ease", "1-7", ""),
        ([], "rating", "", ""),
    ],
)
def test_the_scale_is_told_by_the_column(
    cells: list[str], column: str, scale: str, metric: str
) -> None:
    """The name and the numbers of a column tell its scale and what it measures."""
    assert told_by(cells, column, scale="", metric="", review=True) == Ratings(
        scale, metric
    )


def test_a_rating_off_the_scale_is_none() -> None:
    """A number outside the scale is not counted."""
    assert Ratings("1-5").read("7") is None
    assert Ratings("1-5").read("5") == (5.0, "1-5")
    assert Ratings("1-5").read("7/10") == (7.0, "0-10")


def test_scales_are_written_in_one_way() -> None:
    """A scale is two numbers in order; anything else is refused."""
    assert check_scale("1 to 5") == check_scale("1–5") == "1-5"
    for wrong in ("5", "5-1", "good", ""):
        with pytest.raises(ValueError, match="is not a scale"):
            check_scale(wrong)


@given(st.text(max_size=60))
def test_no_text_crashes_it(text: str) -> None:
    """Any text is a rating or none."""
    Ratings("1-5").read(text)
